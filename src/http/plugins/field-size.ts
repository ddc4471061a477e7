import {
  type FieldNode,
  type GraphQLField,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  valueFromASTUntyped,
} from 'graphql';

export type Variables = Record<string, unknown>;
export type Field = GraphQLField<unknown, unknown> | undefined;

/** Fields that look records up, or do the same work, with the arguments whose lengths are the number of lookups. */
const lookupFields: Readonly<Record<string, readonly string[] | null>> = {
  company: null,
  person: null,
  searchPeople: null,
  companies: ['by'],
  people: ['by'],
  quote: ['companies', 'people'],
};

/** The assumed length of lists that no argument limits. */
const assumedLengths: Readonly<Record<string, number>> = {
  // Limited by `first` of the field around them.
  nodes: 1,
  edges: 1,
  // An import has as many lines, and each line identifiers of four kinds.
  invalid: 10_000,
  unparsedIdentifiers: 40_000,
  // Of the schema itself.
  types: 200,
  args: 1,
};
const usualLength = 10;
/** The assumed rows of a report with `groupBy`: more than most have, so that the longest response stays affordable. */
const groupedRows = 1_000;
/** Relative to a name or a number; a provider's whole object has a few kilobytes. */
const weights = { list: 20, JSON: 200, others: 1 };

/** Whether a top-level field calls a provider: a quote does the work of lookups, but spends nothing. */
export const callsProvider = ({ name }: FieldNode): boolean =>
  Object.hasOwn(lookupFields, name.value) && name.value !== 'quote';

/** Top-level fields that read much of the ledger. */
const reportFields: ReadonlySet<string> = new Set(['usage', 'entries', 'unlocks']);

export const isReport = ({ name }: FieldNode): boolean => reportFields.has(name.value);

/** How many lookups a top-level field makes. */
export const lookupsOf = (node: FieldNode, variables: Variables): number => {
  const lists = Object.hasOwn(lookupFields, node.name.value) ? lookupFields[node.name.value] : undefined;
  if (lists === undefined) return 0;
  if (lists === null) return 1;
  return lists.reduce((sum, list) => sum + lengthOf(node, list, variables), 0);
};

const lengthOf = (node: FieldNode, list: string, variables: Variables): number => {
  const value = argumentOf(node, list, variables);
  if (value === null || value === undefined) return 0;
  // GraphQL takes a single value for a list of one.
  return Array.isArray(value) ? value.length : 1;
};

/** The size of one value of a field. */
export const weightOf = (field: Field): number => {
  if (field === undefined) return weights.others;
  const type = getNamedType(field.type);
  if (!isLeafType(type)) return weights.others;
  if (type.name === 'JSON') return weights.JSON;
  return isList(field.type) ? weights.list : weights.others;
};

/** How many items a field returns at most, as far as that is known before it runs. */
export const itemsOf = (
  field: Field,
  { lookups, rows }: { lookups: number; rows: number },
  node: FieldNode,
  variables: Variables,
): number => {
  if (field === undefined) return 1;
  const first = field.args.find(({ name }) => name === 'first');
  if (first !== undefined) {
    const length = argumentOf(node, 'first', variables) ?? first.defaultValue;
    return typeof length === 'number' && length > 0 ? length : 1;
  }
  if (!isList(field.type)) return 1;
  if (lookups > 0) return lookups;
  return field.name === 'rows' ? rows : (assumedLengths[field.name] ?? usualLength);
};

/** The rows of a report, one without `groupBy`; null for a field that is no report. */
export const rowsOf = (field: Field, node: FieldNode, variables: Variables): number | null => {
  if (field?.args.some(({ name }) => name === 'groupBy') !== true) return null;
  const by = argumentOf(node, 'groupBy', variables) ?? [];
  return Array.isArray(by) && by.length === 0 ? 1 : groupedRows;
};

const argumentOf = (node: FieldNode, name: string, variables: Variables): unknown => {
  const given = node.arguments?.find((argument) => argument.name.value === name);
  return given === undefined ? undefined : valueFromASTUntyped(given.value, variables);
};

const isList = (type: GraphQLOutputType): boolean => isListType(getNullableType(type));
