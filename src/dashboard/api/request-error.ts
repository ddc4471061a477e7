/** Why there is no response. */
export class RequestError extends Error {
  override name = 'RequestError';
  /** SIGNED_OUT: the token is refused. UNREACHABLE: no response. REFUSED: the gateway refuses and says why. */
  readonly kind: 'SIGNED_OUT' | 'UNREACHABLE' | 'REFUSED';
  /** The input field that is refused, as the path of a UserError; null if it is none in particular. */
  readonly field: readonly string[] | null;
  constructor(kind: RequestError['kind'], message: string, field: RequestError['field'] = null) {
    super(message);
    this.kind = kind;
    this.field = field;
  }
}

/** The error of a refused request. A variable that cannot be read is an error of its field, without GraphQL's words for it. */
export const refusalWith = (message: string): RequestError => {
  const found = /^Variable "\$(\w+)" got invalid value .*?(?: at "([^"]+)")?; (.+)$/s.exec(message);
  if (found === null) return new RequestError('REFUSED', message);
  const [, variable = '', place = variable, reason = message] = found;
  return new RequestError('REFUSED', reason, place.split('.'));
};

/** The field of an error; null if it has none. */
export const fieldOf = (error: unknown): readonly string[] | null =>
  error instanceof RequestError ? error.field : null;

/** The message of an error, for people. */
export const messageOf = (error: unknown): string =>
  error instanceof RequestError ? error.message : 'The page failed unexpectedly. Load it again.';
