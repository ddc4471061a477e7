import { GatewayError } from '../errors.js';
import { type RequestFacts, readWorkflowName } from '../graphql/open-request.js';
import { type ProviderName, providerNames } from '../providers/catalogue.js';

/**
 * Reads the token from an Authorization header, and from nowhere else: not from a cookie, so that no foreign page can use
 * it, and not from a URL, so that no access log holds it. Throws UNAUTHENTICATED.
 */
export const readBearerToken = (header: string | null | undefined): string => {
  if (header === null || header === undefined)
    throw new GatewayError('UNAUTHENTICATED', missingToken, { logFacts: { reason: 'MISSING' } });
  const token = /^Bearer +(\S+)\s*$/i.exec(header)?.[1];
  if (token !== undefined) return token;
  throw new GatewayError(
    'UNAUTHENTICATED',
    'The Authorization header is not of the form "Bearer fgw_…": send the token after the word Bearer and one space.',
    { logFacts: { reason: 'MALFORMED' } },
  );
};

export const missingToken =
  'The request has no token: send the header "Authorization: Bearer fgw_…" with a token of this gateway.';

/** The header of a caller's own key of each provider, such as `x-people-data-labs-key`. */
export const callerKeyHeaders: readonly (readonly [ProviderName, string])[] = providerNames.map((name) => [
  name,
  `x-${name.toLowerCase().replaceAll('_', '-')}-key`,
]);

/** The caller's own provider keys, by provider. They pay for this request and are never stored. */
export const readCallerKeys = (headers: Pick<Headers, 'get'>): RequestFacts['callerKeys'] => {
  const keys: RequestFacts['callerKeys'] = {};
  for (const [provider, header] of callerKeyHeaders) {
    const key = headers.get(header);
    if (key !== null) keys[provider] = key;
  }
  return keys;
};

/**
 * X-Max-Credits: the most credits that this request may spend, a whole number; null without the header. Throws
 * BAD_REQUEST for anything else, because a limit that is misread is no limit.
 */
export const readMaxCredits = (header: string | null): bigint | null => {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d{1,15}$/.test(text)) return BigInt(text);
  throw new GatewayError(
    'BAD_REQUEST',
    'X-Max-Credits must be a whole number, 0 or more: send, for example, X-Max-Credits: 5.',
  );
};

/** X-Workflow: the purpose of the spend, 1 to 100 printable characters; null without the header. Throws BAD_REQUEST. */
export const readWorkflow = (header: string | null): string | null => {
  if (header === null) return null;
  const workflow = readWorkflowName(decodeHeader(header));
  if (workflow !== null) return workflow;
  throw new GatewayError(
    'BAD_REQUEST',
    'X-Workflow must be 1 to 100 printable characters: send, for example, X-Workflow: crm-sync.',
  );
};

/** Idempotency-Key: the caller's name for one request, 1 to 200 printable characters. Throws BAD_REQUEST. */
export const readIdempotencyKey = (header: string): string => {
  const key = decodeHeader(header).trim();
  if (/^\P{C}{1,200}$/u.test(key)) return key;
  throw new GatewayError(
    'BAD_REQUEST',
    'Idempotency-Key must be 1 to 200 printable characters: send, for example, a new UUID for each request.',
  );
};

/** The text of a header. HTTP carries its bytes as Latin-1, so UTF-8 is decoded again. */
const decodeHeader = (header: string): string => {
  const bytes = Buffer.from(header, 'latin1');
  const utf8 = bytes.toString('utf8');
  return Buffer.from(utf8, 'utf8').equals(bytes) ? utf8 : header;
};
