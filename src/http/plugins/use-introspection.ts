import { GraphQLError, SchemaMetaFieldDef, TypeMetaFieldDef, type ValidationRule } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { GatewayError } from '../../errors.js';

/** Refuses documents that read the schema, unless introspection is on. `__typename` is always allowed. */
export const useIntrospection = (isOn: boolean): Plugin =>
  isOn
    ? {}
    : {
        onValidate: ({ addValidationRule }) => {
          addValidationRule(noIntrospection);
        },
      };

/** A rule of validation: FORBIDDEN at each field that reads the schema. */
export const noIntrospection: ValidationRule = (context) => ({
  Field: (node) => {
    if (![SchemaMetaFieldDef.name, TypeMetaFieldDef.name].includes(node.name.value)) return;
    const originalError = new GatewayError(
      'FORBIDDEN',
      'Introspection is off on this gateway: read the API from schema/api.graphql of the project. The operator can set INTROSPECTION=on.',
    );
    context.reportError(new GraphQLError(originalError.message, { nodes: node, originalError }));
  },
});
