import {
  type GraphQLArgument,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isLeafType,
  getNamedType,
  type GraphQLField,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSchema } from '../../src/graphql/schema.js';
import { startGateway, type TestGateway } from '../http/start-gateway.js';

const schema = createSchema();

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const texts: Record<string, string> = {
  'contains NUL': 'f1\u0000',
  'contains a lone surrogate': 'f1\ud800',
  'is a prefix with NUL': 'Company:f1\u0000',
  'is very long': 'x'.repeat(50_000),
  'is empty': '',
  'has control characters': '\u0001\u001f\u007f\u202e',
};

const plainOf: Readonly<Record<string, unknown>> = {
  Int: 1,
  Float: 1,
  Boolean: false,
  DateTime: '2026-01-01T00:00:00Z',
  TimeZone: 'UTC',
  Duration: '30d',
};

/** The paths of all texts in a value of the type, inputs in inputs included. */
const textsIn = (type: GraphQLInputType, depth = 0): string[][] => {
  if (isNonNullType(type) || isListType(type)) return textsIn(type.ofType, depth);
  if (isInputObjectType(type)) {
    return depth === 4
      ? []
      : Object.values(type.getFields()).flatMap((field) =>
          textsIn(field.type, depth + 1).map((path) => [field.name, ...path]),
        );
  }
  return isEnumType(type) || type.name in plainOf ? [] : [[]];
};

/** A value of the type with `text` at the path; elsewhere what is required, and no more. */
const valueOf = (type: GraphQLInputType, path: readonly string[] | null, text: string): unknown => {
  if (isNonNullType(type)) return valueOf(type.ofType, path, text);
  if (isListType(type)) return [valueOf(type.ofType, path, text)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const chosen = path?.[0] ?? (type.isOneOf ? Object.keys(type.getFields())[0] : undefined);
    const fields = Object.values(type.getFields()).filter(
      (field) => field.name === chosen || isNonNullType(field.type),
    );
    return Object.fromEntries(
      fields.map((field) => [
        field.name,
        valueOf(field.type, field.name === path?.[0] ? path.slice(1) : null, text),
      ]),
    );
  }
  return plainOf[type.name] ?? (path === null ? 'plain' : text);
};

const selectionOf = (field: GraphQLField<unknown, unknown>): string => {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return '';
  if (!isObjectType(type)) return '{ __typename }';
  const leaf = Object.values(type.getFields()).find(
    (one) => isLeafType(getNamedType(one.type)) && one.args.length === 0,
  );
  return leaf === undefined ? '{ __typename }' : `{ ${leaf.name} }`;
};

const operationOf = (kind: 'query' | 'mutation', field: GraphQLField<unknown, unknown>): string => {
  const declared = field.args.map(
    (argument: GraphQLArgument) => `$${argument.name}: ${argument.type.toString()}`,
  );
  const given = field.args.map(({ name }) => `${name}: $${name}`);
  return `${kind} (${declared.join(', ')}) { ${field.name}(${given.join(', ')}) ${selectionOf(field)} }`;
};

const fields = (['query', 'mutation'] as const).flatMap((kind) =>
  Object.values((kind === 'query' ? schema.getQueryType() : schema.getMutationType())?.getFields() ?? {})
    .filter(({ args }) => args.length > 0)
    .map((field) => [`${kind} ${field.name}`, kind, field] as const),
);

describe.each(Object.entries(texts))('a text that %s', (_, text) => {
  it.each(fields)('fails as a request or is data, and never INTERNAL, in %s', async (_name, kind, field) => {
    for (const argument of field.args) {
      for (const path of textsIn(argument.type)) {
        const variables = Object.fromEntries(
          field.args
            .filter((one) => one === argument || isNonNullType(one.type))
            .map((one) => [one.name, valueOf(one.type, one === argument ? path : null, text)]),
        );
        const { body } = await gateway.post(operationOf(kind, field), variables);
        const codes = (body.errors ?? []).map(({ extensions }) => extensions.code);
        expect(codes, `${argument.name}.${path.join('.')}`).not.toContain('INTERNAL');
      }
    }
  });
});
