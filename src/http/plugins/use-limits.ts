import { type DocumentNode, getOperationAST, GraphQLError, Lexer, parse, Source, TokenKind } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { GatewayError } from '../../errors.js';
import { measureOperation } from './measure-operation.js';

export type OperationLimits = {
  lookupsMax: number;
  /** Names, brackets, values and the like: the work of the parser. */
  tokensMax: number;
  /** Characters of the document: what the document cache holds. */
  lengthMax: number;
  /** Brackets inside brackets. */
  nestingMax: number;
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
  tokensMax: 12_000,
  lengthMax: 200_000,
  nestingMax: 60,
  fieldsMax: 6_000,
  rootFieldsMax: 200,
  reportsMax: 25,
  // More lookups in a request have longer responses.
  valuesMax: 5_000 * Math.max(100, lookupsMax),
  depthMax: 24,
});

/**
 * Refuses an operation that is too large or has too many lookups, before it runs or spends anything. Sizes are checked
 * before validation, whose cost grows with the square of repeated fields.
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
      throw new GraphQLError('The document has several operations: name the one to run in operationName.');
    }
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
  },
});

const refuseOver = (what: string, count: number, max: number, remedy: string): void => {
  if (count <= max) return;
  throw new GatewayError(
    'LIMIT_EXCEEDED',
    `A request may have at most ${max} ${what}: ${remedy}. Nothing was spent.`,
  );
};

/**
 * Scans a document once, without recursion, and throws LIMIT_EXCEEDED if it is too long or too deeply nested for the
 * parser, which recurses. The parser reports syntax errors.
 */
const limitTokens = (
  source: string | Source,
  limits: Pick<OperationLimits, 'tokensMax' | 'nestingMax' | 'lengthMax'>,
): void => {
  const { body } = typeof source === 'string' ? { body: source } : source;
  if (body.length > limits.lengthMax) throw tooLarge(`longer than ${limits.lengthMax} characters`);
  const lexer = new Lexer(new Source(body));
  let count = 0;
  let nesting = 0;
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      count += 1;
      if (openingKinds.has(token.kind)) nesting += 1;
      if (closingKinds.has(token.kind)) nesting -= 1;
      if (count > limits.tokensMax) throw tooLarge(`longer than ${limits.tokensMax} tokens`);
      if (nesting > limits.nestingMax) throw tooLarge(`nested deeper than ${limits.nestingMax} brackets`);
    }
  } catch (error) {
    if (error instanceof GatewayError) throw error;
  }
};

const openingKinds: ReadonlySet<string> = new Set([
  TokenKind.BRACE_L,
  TokenKind.BRACKET_L,
  TokenKind.PAREN_L,
]);
const closingKinds: ReadonlySet<string> = new Set([
  TokenKind.BRACE_R,
  TokenKind.BRACKET_R,
  TokenKind.PAREN_R,
]);

const tooLarge = (how: string): GatewayError =>
  new GatewayError('LIMIT_EXCEEDED', `The document is ${how}: send less in one request. Nothing was spent.`);
