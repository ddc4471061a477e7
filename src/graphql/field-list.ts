import {
  getNamedType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLOutputType,
} from 'graphql';
import { suggestionList } from 'graphql/jsutils/suggestionList.js';
import { GatewayError } from '../errors.js';
import type { FieldPath } from '../jobs/exports/field-columns.js';

/** A list of more fields is a mistake. */
const fieldsMax = 500;
const suggestionsMax = 5;

/**
 * Reads a list of fields of a type of the API, such as `name,identifiers.abn,emails { work { value } }`: names, separated by
 * commas or spaces, with the fields inside an object behind a dot or in braces. An object stands for all of its fields.
 * Throws BAD_REQUEST with names near to one that the type does not have. The name itself is not repeated, because it may be a
 * key.
 */
export const readFieldList = (schema: GraphQLSchema, typeName: string, text: string): FieldPath[] => {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`the API has no object ${typeName}`);
  const tokens = [...text.matchAll(/[A-Za-z_]\w*|[.{}]|[^\s,]/g)].map(([token]) => token);
  const found = new Map<string, FieldPath>();
  let at = 0;

  const add = (path: FieldPath): void => {
    found.set(path.path.join('.'), path);
    if (found.size > fieldsMax) throw fault(`"fields" selects more than ${fieldsMax} fields: choose fewer.`);
  };

  /** Reads the fields of one object, up to its brace or the end. */
  const readFields = (of: GraphQLObjectType, above: FieldPath): void => {
    for (; at < tokens.length && tokens[at] !== '}'; ) readField(of, above);
  };

  const readField = (of: GraphQLObjectType, above: FieldPath): void => {
    const name = tokens[at] ?? '';
    const field = Object.hasOwn(of.getFields(), name) ? of.getFields()[name] : undefined;
    if (field === undefined || field.args.length > 0) throw unknownField(type, of, above, name);
    at += 1;
    const here = pathOf(above, name, field.type);
    const inside = getNamedType(field.type);
    const next = tokens[at];
    if (next !== '.' && next !== '{') {
      for (const leaf of leavesOf(here, inside)) add(leaf);
      return;
    }
    if (!isObjectType(inside))
      throw fault(`"${here.path.join('.')}" has no fields: leave out what follows it.`);
    at += 1;
    if (next === '.') {
      readField(inside, here);
      return;
    }
    if (tokens[at] === '}')
      throw fault(`"${here.path.join('.')} { }" names no field: name one, or omit the braces.`);
    readFields(inside, here);
    if (tokens[at] !== '}') throw fault('"fields" has an opening brace without its closing one: add it.');
    at += 1;
  };

  readFields(type, { path: [], listAt: null });
  if (at < tokens.length) throw fault('"fields" has a closing brace without its opening one: remove it.');
  if (found.size === 0) throw fault('"fields" names no field: name one, or omit it for the usual ones.');
  return [...found.values()];
};

const pathOf = ({ path, listAt }: FieldPath, name: string, type: GraphQLOutputType): FieldPath => ({
  path: [...path, name],
  listAt: listAt ?? (isObjectType(getNamedType(type)) && hasList(type) ? path.length : null),
});

const hasList = (type: GraphQLOutputType): boolean =>
  isListType(type) || (isNonNullType(type) && isListType(type.ofType));

/** The fields without fields of their own in this one, itself included. */
const leavesOf = (here: FieldPath, type: GraphQLNamedType): FieldPath[] => {
  if (!isObjectType(type)) return [here];
  return Object.values(type.getFields())
    .filter(({ args }) => args.length === 0)
    .flatMap((field) => leavesOf(pathOf(here, field.name, field.type), getNamedType(field.type)));
};

const unknownField = (
  type: GraphQLObjectType,
  of: GraphQLObjectType,
  above: FieldPath,
  name: string,
): GatewayError => {
  const all = leavesOf({ path: [], listAt: null }, type).map(({ path }) => path.join('.'));
  const prefix = above.path.map((one) => `${one}.`).join('');
  const lower = name.toLowerCase();
  const near = [
    ...suggestionList(name, Object.keys(of.getFields())).map((one) => `${prefix}${one}`),
    ...all.filter((path) => path.split('.').some((part) => part.toLowerCase() === lower)),
    ...suggestionList(name, all),
  ];
  const shown = [...new Set(near)].slice(0, suggestionsMax);
  const where = prefix === '' ? of.name : `"${above.path.join('.')}"`;
  return fault(
    shown.length > 0
      ? `"fields" names a field that ${where} does not have: near ones are ${shown.join(', ')}.`
      : `"fields" names a field that ${where} does not have: choose from ${Object.keys(of.getFields()).join(', ')}.`,
  );
};

const fault = (message: string): GatewayError =>
  new GatewayError('BAD_REQUEST', message, { field: ['fields'] });
