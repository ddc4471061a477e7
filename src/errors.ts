/** The problems of one lookup or change, which are returned as data. */
export const problemCodes = [
  'INVALID_KEY_FORMAT',
  'INVALID_IDENTIFIER',
  'INVALID_INPUT',
  'KEY_REFUSED',
  'PLAN_WITHOUT_API',
  'KEY_SCOPE_MISSING',
  'IP_NOT_ALLOWED',
  'OUT_OF_CREDITS',
  'BUDGET_EXCEEDED',
  'MAX_CREDITS_EXCEEDED',
  'SPENDING_REQUIRES_POST',
  'SPENDING_NOT_ALLOWED',
  'LOOKUP_LIMIT_REACHED',
  'RATE_LIMITED',
  'PROVIDER_UNAVAILABLE',
  'PROVIDER_ADDRESS_WRONG',
  'PROVIDER_TIMEOUT',
  'PROVIDER_ANSWER_UNREADABLE',
  'LEDGER_UNAVAILABLE',
  'NO_CONNECTION',
  'CONNECTION_DISABLED',
  'ENCRYPTION_KEY_MISSING',
  'ACCOUNT_CONFLICT',
  'FORBIDDEN',
  'NOT_FOUND',
  'FIELDS_MISSING',
  'NAME_TAKEN',
  'PLAN_REQUIRED',
  'ALREADY_RESOLVED',
  'LOOKUP_IN_FLIGHT',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** The errors of a whole request: `extensions.code` of a GraphQL error. */
export const requestCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_REQUEST',
  'LIMIT_EXCEEDED',
  'RATE_LIMITED',
  'ARCHIVED',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_IN_LIST',
  'UNAVAILABLE',
  'INTERNAL',
] as const;
export type RequestCode = (typeof requestCodes)[number];

export type ErrorCode = ProblemCode | RequestCode;

/** A problem as callers read it. The message says what is wrong, then what to do. */
export type Problem = {
  code: ProblemCode;
  message: string;
  retryable: boolean;
  retryAfterSeconds: number | null;
};

/** Codes after which the same lookup may succeed later, without any change. */
const retryableCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'RATE_LIMITED',
  'PROVIDER_UNAVAILABLE',
  'PROVIDER_TIMEOUT',
  'PROVIDER_ANSWER_UNREADABLE',
  'LEDGER_UNAVAILABLE',
  'ENCRYPTION_KEY_MISSING',
  'LOOKUP_IN_FLIGHT',
  'UNAVAILABLE',
]);

const isRetryable = (code: ErrorCode, retryAfterSeconds: number | null): boolean =>
  retryAfterSeconds !== null || retryableCodes.has(code);

export type ErrorFacts = {
  /** The path of the invalid input field, outermost first. */
  field?: readonly string[];
  retryAfterSeconds?: number;
  /** For the log; never shown to the caller. */
  logFacts?: Readonly<Record<string, string>>;
  cause?: unknown;
};

/**
 * The one error class of the gateway, for requests that it refuses. The message is written for the caller and contains no
 * secret, so every surface may show it.
 */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly code: ErrorCode;
  readonly field: readonly string[] | null;
  readonly retryAfterSeconds: number | null;
  readonly logFacts: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}) {
    super(message, 'cause' in facts ? { cause: facts.cause } : undefined);
    this.code = code;
    this.field = facts.field ?? null;
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null;
    this.logFacts = facts.logFacts ?? {};
  }

  get retryable(): boolean {
    return isRetryable(this.code, this.retryAfterSeconds);
  }
}

/** A problem as data. It is retryable by its code, or because it says when to retry. */
export const problem = (
  code: ProblemCode,
  message: string,
  retryAfterSeconds: number | null = null,
): Problem => ({ code, message, retryable: isRetryable(code, retryAfterSeconds), retryAfterSeconds });

export const isProblemCode = (code: string): code is ProblemCode =>
  (problemCodes as readonly string[]).includes(code);
