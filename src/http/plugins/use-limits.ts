import { GraphQLError, type DocumentNode, parse, getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { GatewayError } from '../../errors.js';
import { limitTokens } from './limit-tokens.js';
import { measureOperation } from './measure-operation.js';

export type OperationLimits = {
  asksMax: number;
  /** Names, brackets, values …: what the parser would have to read. */
  tokensMax: number;
  /** Characters of the document: what the caches of documents may have to hold. */
  lengthMax: number;
  /** Brackets inside brackets. */
  nestingMax: number;
  /** Fields with all fragments written out. */
  fieldsMax: number;
  rootFieldsMax: number;
  /** What an answer may hold at most: fields times the lengths of the lists they stand in. */
  valuesMax: number;
  /** Fields inside fields, with fragments written out; GraphiQL's own introspection needs 14. */
  depthMax: number;
};

/** The limits beside LOOKUPS_PER_REQUEST_MAX: far above what a person writes, far below what hurts. */
export const operationLimits = (asksMax: number): OperationLimits => ({
  asksMax,
  tokensMax: 12_000,
  lengthMax: 200_000,
  nestingMax: 60,
  fieldsMax: 6_000,
  rootFieldsMax: 200,
  // Whoever lets more be asked at once wants it answered as well.
  valuesMax: 5_000 * Math.max(100, asksMax),
  depthMax: 24,
});

/**
 * Refuses, before anything runs or is spent, an operation that is too large or asks too much, however it is written.
 * Sizes are checked before validation, whose cost grows with the square of repeated fields.
 */
export const useLimits = (limits: OperationLimits): Plugin => ({
  onParse: ({ setParseFn }) => {
    setParseFn((source: Parameters<typeof parse>[0]): DocumentNode => {
      limitTokens(source, limits);
      return parse(source, { maxTokens: limits.tokensMax });
    });
  },
  onExecute: ({ args }) => {
    const operation = getOperationAST(args.document, args.operationName);
    if (operation === null || operation === undefined) {
      throw new GraphQLError('The document holds several operations: name the one to run in operationName.');
    }
    const size = measureOperation({
      schema: args.schema,
      document: args.document,
      operation,
      variables: args.variableValues ?? {},
      fieldsMax: limits.fieldsMax,
    });
    refuseOver('asks', size.asks, limits.asksMax, 'send the rest in further requests');
    refuseOver(
      'top-level fields',
      size.rootFields,
      limits.rootFieldsMax,
      'send the rest in further requests',
    );
    refuseOver('fields', size.fields, limits.fieldsMax, 'select less');
    refuseOver('values to answer with', size.values, limits.valuesMax, 'select less, or fewer at once');
    refuseOver('levels of fields', size.depth, limits.depthMax, 'nest less');
  },
});

const refuseOver = (what: string, count: number, max: number, remedy: string): void => {
  if (count <= max) return;
  throw new GatewayError(
    'LIMIT_EXCEEDED',
    `A request may hold at most ${max} ${what}: ${remedy}. Nothing was spent.`,
  );
};
