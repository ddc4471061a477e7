import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../access/caller.js';
import { GatewayError } from '../errors.js';
import { newId } from '../platform/ids.js';
import { limitLines } from '../platform/limit-lines.js';
import type { Log } from '../platform/log.js';
import { clientAddressOf } from './client-address.js';
import { readBearerToken } from './read-headers.js';

/**
 * Gives a request its id, which its response and its log lines have: X-Request-Id if the client sent a well-formed one, else
 * a new one. It replaces the header, so that everything behind reads the same id.
 */
export const assignRequestId = (request: IncomingMessage, response: ServerResponse): string => {
  const given = request.headers[requestIdHeader];
  const requestId = typeof given === 'string' && isRequestId(given) ? given : newId();
  request.headers[requestIdHeader] = requestId;
  response.setHeader(requestIdHeader, requestId);
  return requestId;
};

export const requestIdHeader = 'x-request-id';

/** A text of up to 128 characters that needs no escaping, and that does not begin like a key or a token. */
const isRequestId = (text: string): boolean =>
  /^[\w.:+/=@-]{1,128}$/.test(text) && !/(fbl|pdl|apollo|fgw|whsec)_/i.test(text);

/** Who sends a request, for its authentication and for the log. */
export type Client = {
  authorization: string | null | undefined;
  requestId: string | null | undefined;
  /** The client's address, as `clientAddressOf` returns it. */
  remoteAddress: string | undefined;
};

/**
 * Finds the caller of a request, and takes the request of its token's limit. Throws UNAUTHENTICATED, UNAVAILABLE, and
 * RATE_LIMITED with the seconds to wait. `again`: for a request that has been admitted and goes on.
 */
export type AuthenticateCaller = (client: Client, when?: { again: boolean }) => Promise<Caller>;

/** Returns null, or the seconds after which a request of the token would be admitted. */
export type LimitRequests = (tokenId: string, requestsPerSecond: number) => Promise<number | null>;

/** The client of a request of node:http. */
export const clientOf = (request: IncomingMessage): Client => {
  const { headers } = request;
  const requestId = headers[requestIdHeader];
  return {
    authorization: headers.authorization,
    requestId: typeof requestId === 'string' ? requestId : null,
    remoteAddress: clientAddressOf(request),
  };
};

type AuthenticationDeps = {
  findCaller: (token: string) => Promise<Caller>;
  limitRequests: LimitRequests;
  /** Counts a refusal: the reason of `token refused` in the log, or RATE_LIMITED. */
  meterTokenRefusal: (reason: string) => void;
};

/**
 * Creates the function that finds the caller of a request by its token. A refused token is logged with the reason, and with
 * its id if it was valid once; at most ten lines a minute for each address.
 */
export const createAuthenticateCaller = (
  { findCaller, limitRequests, meterTokenRefusal }: AuthenticationDeps,
  log: Log,
): AuthenticateCaller => {
  const logLimited = limitLines(log, { everyMs: 60_000, linesMax: 10 });
  return async ({ authorization, requestId, remoteAddress }, { again } = { again: false }) => {
    try {
      const caller = await findCaller(readBearerToken(authorization));
      const { requestsPerSecond } = caller.limits;
      if (requestsPerSecond === null || again) return caller;
      const waitSeconds = await limitRequests(caller.tokenId, requestsPerSecond);
      if (waitSeconds !== null) throw tooManyRequests(requestsPerSecond, waitSeconds);
      return caller;
    } catch (error) {
      if (error instanceof GatewayError && error.logFacts['reason'] !== undefined) {
        meterTokenRefusal(error.logFacts['reason']);
      }
      if (error instanceof GatewayError && error.code === 'UNAUTHENTICATED') {
        const level = error.logFacts['reason'] === 'MISSING' ? 'info' : 'warn';
        const facts = { requestId, remoteAddress, ...error.logFacts };
        logLimited(level, `${level} ${remoteAddress}`, facts, 'token refused');
      }
      throw error;
    }
  };
};

const tooManyRequests = (requestsPerSecond: number, waitSeconds: number): GatewayError =>
  new GatewayError(
    'RATE_LIMITED',
    `This token may send ${requestsPerSecond} requests a second: send fewer at once, and try again after the delay. Nothing was run.`,
    { retryAfterSeconds: Math.max(1, Math.ceil(waitSeconds)), logFacts: { reason: 'RATE_LIMITED' } },
  );
