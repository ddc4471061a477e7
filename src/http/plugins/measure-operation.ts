import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  valueFromASTUntyped,
} from 'graphql';
import {
  callsProvider,
  type Field,
  isReport,
  itemsOf,
  lookupsOf,
  rowsOf,
  type Variables,
  weightOf,
} from './field-size.js';

export type OperationSize = {
  lookups: number;
  /** Whether any of its fields calls a provider. */
  callsProvider: boolean;
  rootFields: number;
  reports: number;
  fields: number;
  depth: number;
  /** The most values in the response: fields times the lists around them, and heavier fields by their weight. */
  values: number;
};

/**
 * Measures an operation as it will run: with fragments expanded, @skip and @include applied, and list lengths from the
 * variables. Root fields that merge into one (same name, same alias) count as often as they are written, so the result is
 * never too small. Counting stops just past `fieldsMax`, so that fragments that multiply cost nothing.
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
  const size: OperationSize = {
    lookups: 0,
    callsProvider: false,
    rootFields: 0,
    reports: 0,
    fields: 0,
    depth: 0,
    values: 0,
  };

  const visit = (selections: SelectionSetNode, depth: number, parent: Parent): void => {
    for (const selection of selections.selections) {
      if (size.fields > options.fieldsMax) return;
      if (!isIncluded(selection, variables)) continue;
      if (selection.kind === Kind.FIELD) {
        size.fields += 1;
        size.depth = Math.max(size.depth, depth);
        const lookups = depth === 1 ? lookupsOf(selection, variables) : 0;
        if (depth === 1) size.rootFields += 1;
        if (depth === 1 && isReport(selection)) size.reports += 1;
        if (depth === 1 && callsProvider(selection)) size.callsProvider = true;
        size.lookups += lookups;
        const field = fieldOf(parent.type, selection.name.value);
        size.values += parent.times * weightOf(field);
        if (selection.selectionSet !== undefined) {
          const rows = rowsOf(field, selection, variables) ?? parent.rows;
          const times = parent.times * itemsOf(field, { lookups, rows }, selection, variables);
          const type = field === undefined ? null : getNamedType(field.type);
          visit(selection.selectionSet, depth + 1, { type, times, rows });
        }
      } else {
        // A spread counts as a field: fragments that hold only spreads would otherwise multiply uncounted.
        size.fields += 1;
        const inner =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        const condition = inner?.typeCondition?.name.value;
        const type = condition === undefined ? parent.type : (options.schema.getType(condition) ?? null);
        if (inner !== undefined) visit(inner.selectionSet, depth, { ...parent, type });
      }
    }
  };
  const root = options.schema.getRootType(options.operation.operation) ?? null;
  visit(options.operation.selectionSet, 1, { type: root, times: 1, rows: 1 });
  return size;
};

/** What a selection set selects from: its type, how many of it there are at most, and the rows of the report around it. */
type Parent = { type: GraphQLNamedType | null; times: number; rows: number };

const fieldOf = (type: GraphQLNamedType | null, name: string): Field => {
  // Validation has checked that these are selected from the query type only.
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
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
  if (selection.directives === undefined || selection.directives.length === 0) return true;
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variables);
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, variables);
  return skip?.['if'] !== true && include?.['if'] !== false;
};
