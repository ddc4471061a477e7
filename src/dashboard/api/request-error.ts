/** Why there is no response. */
export class RequestError extends Error {
  override name = 'RequestError';
  /** SIGNED_OUT: the token is refused. UNREACHABLE: no response. REFUSED: the gateway refuses and says why. */
  readonly kind: 'SIGNED_OUT' | 'UNREACHABLE' | 'REFUSED';
  constructor(kind: RequestError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** The message of an error, for people. */
export const messageOf = (error: unknown): string =>
  error instanceof RequestError ? error.message : 'The page failed unexpectedly. Load it again.';
