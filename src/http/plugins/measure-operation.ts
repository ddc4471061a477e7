import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getDirectiveValues,
  getNamedType,
  getNullableType,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLOutputType,
  GraphQLSkipDirective,
  isLeafType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  valueFromASTUntyped,
} from 'graphql';

type Variables = Record<string, unknown>;
export type OperationSize = {
  asks: number;
  rootFields: number;
  fields: number;
  depth: number;
  /** What its answer may hold: fields as often as the lists around them repeat them, and heavier ones by their weight. */
  values: number;
};

/** Fields that ask a provider, or do the same work, with the arguments whose lengths are the number of asks. */
const askFields: Readonly<Record<string, readonly string[] | null>> = {
  company: null,
  person: null,
  searchPeople: null,
  companies: ['by'],
  people: ['by'],
  quote: ['companies', 'people'],
};

/** Of lists that no argument bounds: what is bounded around them, what may be long, and what is usual. */
const lengthOfLists: Readonly<Record<string, number>> = {
  nodes: 1,
  edges: 1,
  // As many as an import has lines, and names of four kinds on each.
  invalid: 10_000,
  unparsedIdentifiers: 40_000,
  // Of the schema itself.
  types: 200,
  args: 1,
};
const usualLength = 10;
/** Of a report that is cut into groups: more than most have, so that the longest stays bearable. */
const rowsOfGroups = 1_000;
/** Compared with a name or a number; a provider's whole object is a few kilobytes. */
const weights = { list: 20, JSON: 200, others: 1 };

/**
 * How much an operation would do, counted as it will run: fragments written out, @skip and @include obeyed, list
 * lengths taken from the variables. Root fields that merge into one (same name, same alias) are counted as often as
 * they are written: never too few. Stops counting just past `fieldsMax`, so that fragments that multiply cost nothing.
 */
export const measureOperation = (options: {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Variables;
  fieldsMax: number;
}): OperationSize => {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of options.document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const variables = withDefaults(options.operation, options.variables);
  const size: OperationSize = { asks: 0, rootFields: 0, fields: 0, depth: 0, values: 0 };

  const visit = (selections: SelectionSetNode, depth: number, within: Within): void => {
    for (const selection of selections.selections) {
      if (size.fields > options.fieldsMax) return;
      if (!isIncluded(selection, variables)) continue;
      if (selection.kind === Kind.FIELD) {
        size.fields += 1;
        size.depth = Math.max(size.depth, depth);
        const asks = depth === 1 ? asksOf(selection, variables) : 0;
        if (depth === 1) size.rootFields += 1;
        size.asks += asks;
        const field = fieldOf(within.type, selection.name.value);
        size.values += within.times * weightOf(field);
        if (selection.selectionSet !== undefined) {
          const rows = rowsOf(field, selection, variables) ?? within.rows;
          const times = within.times * timesOf(field, { asks, rows }, selection, variables);
          const type = field === undefined ? null : getNamedType(field.type);
          visit(selection.selectionSet, depth + 1, { type, times, rows });
        }
      } else {
        // A spread counts as a field: fragments that hold only spreads would otherwise multiply uncounted.
        size.fields += 1;
        const inner =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        // What a fragment is about may be a type of its own.
        const named = inner?.typeCondition?.name.value;
        const type = named === undefined ? within.type : (options.schema.getType(named) ?? null);
        if (inner !== undefined) visit(inner.selectionSet, depth, { ...within, type });
      }
    }
  };
  const root = options.schema.getRootType(options.operation.operation) ?? null;
  visit(options.operation.selectionSet, 1, { type: root, times: 1, rows: 1 });
  return size;
};

/** Where a selection stands: on what, how often at most, and how many rows a report has there. */
type Within = { type: GraphQLNamedType | null; times: number; rows: number };
type Field = GraphQLField<unknown, unknown> | undefined;

const fieldOf = (type: GraphQLNamedType | null, name: string): Field => {
  // Valid on the query type alone, where the operation has been validated.
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
};

const weightOf = (field: Field): number => {
  if (field === undefined) return weights.others;
  const type = getNamedType(field.type);
  if (!isLeafType(type)) return weights.others;
  if (type.name === 'JSON') return weights.JSON;
  return isList(field.type) ? weights.list : weights.others;
};

/** How many of it one answer holds at most, as far as that is told beforehand. */
const timesOf = (
  field: Field,
  { asks, rows }: { asks: number; rows: number },
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
  if (asks > 0) return asks;
  return field.name === 'rows' ? rows : (lengthOfLists[field.name] ?? usualLength);
};

/** The rows of a report, one where it is not cut into groups; null for what is no report. */
const rowsOf = (field: Field, node: FieldNode, variables: Variables): number | null => {
  if (field?.args.some(({ name }) => name === 'groupBy') !== true) return null;
  const by = argumentOf(node, 'groupBy', variables) ?? [];
  return Array.isArray(by) && by.length === 0 ? 1 : rowsOfGroups;
};

const argumentOf = (node: FieldNode, name: string, variables: Variables): unknown => {
  const given = node.arguments?.find((argument) => argument.name.value === name);
  return given === undefined ? undefined : valueFromASTUntyped(given.value, variables);
};

const isList = (type: GraphQLOutputType): boolean => isListType(getNullableType(type));

const withDefaults = (operation: OperationDefinitionNode, given: Variables): Variables => {
  const variables: Variables = { ...given };
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    if (variables[name] === undefined && definition.defaultValue !== undefined) {
      variables[name] = valueFromASTUntyped(definition.defaultValue);
    }
  }
  return variables;
};

const isIncluded = (selection: SelectionSetNode['selections'][number], variables: Variables): boolean => {
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variables);
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, variables);
  return skip?.['if'] !== true && include?.['if'] !== false;
};

const asksOf = (field: FieldNode, variables: Variables): number => {
  const lists = Object.hasOwn(askFields, field.name.value) ? askFields[field.name.value] : undefined;
  if (lists === undefined) return 0;
  if (lists === null) return 1;
  return lists.reduce((sum, list) => sum + lengthOf(field, list, variables), 0);
};

const lengthOf = (field: FieldNode, list: string, variables: Variables): number => {
  const argument = field.arguments?.find((one) => one.name.value === list);
  if (argument === undefined) return 0;
  const value = valueFromASTUntyped(argument.value, variables);
  if (value === null || value === undefined) return 0;
  // GraphQL takes a single value for a list of one.
  return Array.isArray(value) ? value.length : 1;
};
