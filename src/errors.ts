/** What can go wrong with one ask or one change: reported as data beside the answer. */
export const problemCodes = [
  'INVALID_KEY_FORMAT',
  'INVALID_IDENTIFIER',
  'INVALID_INPUT',
  'KEY_REFUSED',
  'PLAN_WITHOUT_API',
  'OUT_OF_CREDITS',
  'BUDGET_EXCEEDED',
  'MAX_CREDITS_EXCEEDED',
  'RATE_LIMITED',
  'PROVIDER_UNAVAILABLE',
  'PROVIDER_TIMEOUT',
  'PROVIDER_ANSWER_UNREADABLE',
  'LEDGER_UNAVAILABLE',
  'NO_CONNECTION',
  'CONNECTION_DISABLED',
  'ACCOUNT_CONFLICT',
  'FORBIDDEN',
  'NOT_FOUND',
  'FIELDS_MISSING',
  'NAME_TAKEN',
  'PLAN_REQUIRED',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** What can be wrong with a request as a whole: a GraphQL error's `extensions.code`. */
export const requestCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_REQUEST',
  'LIMIT_EXCEEDED',
  'UNAVAILABLE',
  'INTERNAL',
] as const;
export type RequestCode = (typeof requestCodes)[number];

export type ErrorCode = ProblemCode | RequestCode;

/** A problem as callers read it. The message says what happened and ends with what to do. */
export type Problem = {
  code: ProblemCode;
  message: string;
  retryable: boolean;
  retryAfterSeconds: number | null;
};

/** Codes for which the same ask may succeed later without anybody changing anything. */
const retryableCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'RATE_LIMITED',
  'PROVIDER_UNAVAILABLE',
  'PROVIDER_TIMEOUT',
  'PROVIDER_ANSWER_UNREADABLE',
  'LEDGER_UNAVAILABLE',
  'UNAVAILABLE',
]);

export type ErrorFacts = {
  /** The path of the input field at fault, outermost first. */
  field?: readonly string[];
  retryAfterSeconds?: number;
  cause?: unknown;
};

/**
 * The one error family. A verb throws it when it will not do what was asked; the message is written for the
 * caller and holds no secret, so every surface may show it.
 */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly code: ErrorCode;
  readonly field: readonly string[] | null;
  readonly retryAfterSeconds: number | null;

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}) {
    super(message, 'cause' in facts ? { cause: facts.cause } : undefined);
    this.code = code;
    this.field = facts.field ?? null;
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null;
  }

  get retryable(): boolean {
    return retryableCodes.has(this.code);
  }
}

/** A problem as data; whether it is worth a retry follows from its code. */
export const problem = (
  code: ProblemCode,
  message: string,
  retryAfterSeconds: number | null = null,
): Problem => ({ code, message, retryable: retryableCodes.has(code), retryAfterSeconds });

export const isProblemCode = (code: string): code is ProblemCode =>
  (problemCodes as readonly string[]).includes(code);
