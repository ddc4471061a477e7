import { Lexer, Source, TokenKind } from 'graphql';
import { GatewayError } from '../../errors.js';

/**
 * Reads through a document once, without recursion, and throws LIMIT_EXCEEDED where it is too long or too deeply
 * nested for the parser, which recurses. A fault of spelling is left for the parser to report.
 */
export const limitTokens = (
  source: string | Source,
  limits: { tokensMax: number; nestingMax: number; lengthMax: number },
): void => {
  const { body } = typeof source === 'string' ? { body: source } : source;
  if (body.length > limits.lengthMax) throw tooMuch(`longer than ${limits.lengthMax} characters`);
  const lexer = new Lexer(new Source(body));
  let count = 0;
  let nesting = 0;
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      count += 1;
      if (opening.has(token.kind)) nesting += 1;
      if (closing.has(token.kind)) nesting -= 1;
      if (count > limits.tokensMax) throw tooMuch(`longer than ${limits.tokensMax} tokens`);
      if (nesting > limits.nestingMax) throw tooMuch(`nested deeper than ${limits.nestingMax} brackets`);
    }
  } catch (error) {
    if (error instanceof GatewayError) throw error;
  }
};

const opening: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

const tooMuch = (how: string): GatewayError =>
  new GatewayError('LIMIT_EXCEEDED', `The document is ${how}: send less in one request. Nothing was spent.`);
