import { type DocumentNode, Kind, Lexer, type SelectionSetNode, Source, TokenKind } from 'graphql';
import { GatewayError } from '../../errors.js';

export type DocumentLimits = {
  /** Names, brackets, values and the like: the work of the parser. */
  tokensMax: number;
  /** Characters of the document: what the document cache holds. */
  lengthMax: number;
  /** Brackets inside brackets. */
  nestingMax: number;
  operationsMax: number;
  /** Validation compares every two fragments, and visits all of them for each operation. */
  fragmentsMax: number;
  spreadsMax: number;
  directivesMax: number;
  /** Validation compares every two fields of one response name at one place. */
  comparisonsMax: number;
};

/** Far above what people and generators of code write. */
export const documentLimits: DocumentLimits = {
  tokensMax: 12_000,
  lengthMax: 200_000,
  nestingMax: 60,
  operationsMax: 50,
  fragmentsMax: 60,
  spreadsMax: 500,
  directivesMax: 500,
  comparisonsMax: 20_000,
};

/**
 * Scans a document once, without recursion, and throws LIMIT_EXCEEDED if it is too large for the parser, which recurses,
 * or for validation, whose cost grows with the square of some parts. The parser reports syntax errors.
 */
export const limitTokens = (body: string, limits: DocumentLimits): void => {
  if (body.length > limits.lengthMax) throw tooLarge(`is longer than ${limits.lengthMax} characters`);
  const lexer = new Lexer(new Source(body));
  const counts = { tokens: 0, nesting: 0, spreads: 0, directives: 0, fragments: 0, definitions: 0 };
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      counts.tokens += 1;
      if (token.kind === TokenKind.SPREAD) counts.spreads += 1;
      if (token.kind === TokenKind.AT) counts.directives += 1;
      if (counts.nesting === 0 && token.kind === TokenKind.BRACE_L) counts.definitions += 1;
      if (counts.nesting === 0 && token.value === 'fragment') counts.fragments += 1;
      if (openingKinds.has(token.kind)) counts.nesting += 1;
      if (closingKinds.has(token.kind)) counts.nesting -= 1;
      refuseOver(counts.tokens, limits.tokensMax, 'is longer than', 'tokens');
      refuseOver(counts.nesting, limits.nestingMax, 'is nested deeper than', 'brackets');
      refuseOver(counts.spreads, limits.spreadsMax, 'has more than', 'fragment spreads');
      refuseOver(counts.directives, limits.directivesMax, 'has more than', 'directives');
      refuseOver(counts.fragments, limits.fragmentsMax, 'has more than', 'fragments');
      refuseOver(counts.definitions - counts.fragments, limits.operationsMax, 'has more than', 'operations');
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

/** The fields of one response name at one place of the response: how many were seen, and those inside them. */
type Place = { fields: number; inside: Map<string, Place> };

/**
 * Throws LIMIT_EXCEEDED for a document that repeats fields too often. All fragments are taken for spread at one place. Its
 * nesting is limited, so recursion is safe.
 */
export const limitRepeats = (document: DocumentNode, { comparisonsMax }: DocumentLimits): void => {
  let comparisons = 0;
  const visit = (selections: SelectionSetNode, places: Map<string, Place>): void => {
    for (const selection of selections.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet, places);
      if (selection.kind !== Kind.FIELD) continue;
      const name = (selection.alias ?? selection.name).value;
      const place = places.get(name) ?? { fields: 0, inside: new Map() };
      places.set(name, place);
      comparisons += place.fields;
      place.fields += 1;
      refuseOver(comparisons, comparisonsMax, 'repeats fields, with more than', 'comparisons');
      if (selection.selectionSet !== undefined) visit(selection.selectionSet, place.inside);
    }
  };
  const ofFragments = new Map<string, Place>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) visit(definition.selectionSet, ofFragments);
    if (definition.kind === Kind.OPERATION_DEFINITION) visit(definition.selectionSet, new Map());
  }
};

/** More than any input of the API has. */
const keysMax = 60;

/**
 * Throws LIMIT_EXCEEDED for variables with an object of more keys than any input has: each fault of such an object would be
 * reported with a description of all its keys.
 */
export const limitVariables = (variables: Readonly<Record<string, unknown>>): void => {
  const values: unknown[] = Object.values(variables);
  for (let value = values.pop(); value !== undefined || values.length > 0; value = values.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    const inner: unknown[] = Object.values(value);
    if (!Array.isArray(value) && inner.length > keysMax) {
      throw new GatewayError(
        'LIMIT_EXCEEDED',
        `An object in the variables has more than ${keysMax} keys: send only those of its type. Nothing was spent.`,
      );
    }
    for (const one of inner) values.push(one);
  }
};

const refuseOver = (count: number, max: number, how: string, what: string): void => {
  if (count > max) throw tooLarge(`${how} ${max} ${what}`);
};

const tooLarge = (how: string): GatewayError =>
  new GatewayError('LIMIT_EXCEEDED', `The document ${how}: send less in one request. Nothing was spent.`);
