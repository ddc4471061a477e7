import {
  type DocumentNode,
  type ExecutionArgs,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  parse,
  type Source,
  validate,
  type ValidationRule,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { GatewayError } from '../../errors.js';
import {
  documentLimits,
  type DocumentLimits,
  limitRepeats,
  limitTokens,
  limitVariables,
} from './limit-document.js';
import { measureOperation } from './measure-operation.js';

export type OperationLimits = DocumentLimits & {
  lookupsMax: number;
  /** Fields, with fragments expanded. */
  fieldsMax: number;
  rootFieldsMax: number;
  /** Usage reports, and pages of entries and unlocks. */
  reportsMax: number;
  /** The most values in a response: fields times the lengths of the lists around them. */
  valuesMax: number;
  /** Fields inside fields, with fragments expanded; GraphiQL's introspection needs 14. */
  depthMax: number;
};

/** The limits besides LOOKUPS_PER_REQUEST_MAX: far above what people write, far below what slows the process down. */
export const operationLimits = (lookupsMax: number): OperationLimits => ({
  lookupsMax,
  ...documentLimits,
  fieldsMax: 6_000,
  rootFieldsMax: 200,
  reportsMax: 25,
  // More lookups in a request have longer responses.
  valuesMax: 5_000 * Math.max(100, lookupsMax),
  depthMax: 24,
});

/**
 * Refuses an operation that is too large or has too many lookups, before it runs or spends anything. The document is
 * limited before it is parsed and validated. The response to one that runs has its size as `extensions.cost`.
 */
export const useLimits = (limits: OperationLimits): Plugin => ({
  onParse: ({ setParseFn }) => {
    setParseFn((source: string | Source) => parseWithin(limits, source));
  },
  // Each error looks for similar names.
  onValidate: ({ setValidationFn }) => {
    setValidationFn(validateBriefly);
  },
  onExecute: ({ args }) => {
    const cost = measureWithin(limits, args);
    return {
      onExecuteDone: ({ result, setResult }) => {
        if (Symbol.asyncIterator in result) return;
        setResult({ ...result, extensions: { ...result.extensions, cost } });
      },
    };
  },
  onSubscribe: ({ args }) => {
    measureWithin(limits, args);
  },
});

/** The size of an operation, as the response shows it. Throws LIMIT_EXCEEDED if it is too large. */
const measureWithin = (limits: OperationLimits, args: ExecutionArgs): object => {
  const operation = getOperationAST(args.document, args.operationName);
  if (operation === null || operation === undefined) {
    throw new GraphQLError('The document has several operations: name the one to run in operationName.');
  }
  limitVariables(args.variableValues ?? {});
  const size = measureOperation({
    schema: args.schema,
    document: args.document,
    operation,
    variables: args.variableValues ?? {},
    fieldsMax: limits.fieldsMax,
  });
  const split = 'send the rest in further requests';
  refuseOver('lookups', size.lookups, limits.lookupsMax, split);
  refuseOver('top-level fields', size.rootFields, limits.rootFieldsMax, split);
  refuseOver('reports', size.reports, limits.reportsMax, split);
  refuseOver('fields', size.fields, limits.fieldsMax, 'select less');
  refuseOver('values in its response', size.values, limits.valuesMax, 'select less, or fewer at once');
  refuseOver('levels of fields', size.depth, limits.depthMax, 'nest less');
  const { callsProvider: _, ...cost } = size;
  return cost;
};

/** Parses a document within the limits of documents. Throws LIMIT_EXCEEDED, and the parser's GraphQLError. */
export const parseWithin = (limits: DocumentLimits, source: string | Source): DocumentNode => {
  limitTokens(typeof source === 'string' ? source : source.body, limits);
  const document = parse(source, { maxTokens: limits.tokensMax });
  limitRepeats(document, limits);
  return document;
};

/** Validates by GraphQL's rules, or by `rules`, and reports so many errors at most. */
export const validateBriefly = (
  schema: GraphQLSchema,
  document: DocumentNode,
  rules?: readonly ValidationRule[],
): readonly GraphQLError[] => validate(schema, document, rules, { maxErrors: validationErrorsMax });

const validationErrorsMax = 20;

const refuseOver = (what: string, count: number, max: number, remedy: string): void => {
  if (count <= max) return;
  throw new GatewayError(
    'LIMIT_EXCEEDED',
    `A request may have at most ${max} ${what}: ${remedy}. Nothing was spent.`,
  );
};
