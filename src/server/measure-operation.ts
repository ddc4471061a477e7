import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';

type Variables = Record<string, unknown>;
export type OperationSize = { asks: number; rootFields: number; fields: number; depth: number };

/** Fields that ask a provider, or do the same work, with the arguments whose lengths are the number of asks. */
const askFields: Readonly<Record<string, readonly string[] | null>> = {
  company: null,
  person: null,
  searchPeople: null,
  companies: ['by'],
  people: ['by'],
  quote: ['companies', 'people'],
};

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
  const size: OperationSize = { asks: 0, rootFields: 0, fields: 0, depth: 0 };

  const visit = (selections: SelectionSetNode, depth: number): void => {
    for (const selection of selections.selections) {
      if (size.fields > options.fieldsMax) return;
      if (!isIncluded(selection, variables)) continue;
      if (selection.kind === Kind.FIELD) {
        size.fields += 1;
        size.depth = Math.max(size.depth, depth);
        if (depth === 1) {
          size.rootFields += 1;
          size.asks += asksOf(selection, variables);
        }
        if (selection.selectionSet !== undefined) visit(selection.selectionSet, depth + 1);
      } else {
        // A spread counts as a field: fragments that hold only spreads would otherwise multiply uncounted.
        size.fields += 1;
        const inner =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        if (inner !== undefined) visit(inner.selectionSet, depth);
      }
    }
  };
  visit(options.operation.selectionSet, 1);
  return size;
};

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
