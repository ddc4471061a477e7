import type { Plugin } from 'graphql-yoga';
import type { Caller } from '../access/caller.js';
import { GatewayError } from '../errors.js';
import type { GatewayContext } from '../graphql/context.js';
import type { RequestFacts } from '../graphql/open-request.js';
import { bearerToken, missingToken } from './bearer-token.js';
import { readCallerKeys } from './read-caller-keys.js';
import { readCreditLimit } from './read-credit-limit.js';
import { readWorkflow } from './read-workflow.js';

export type RequestAuthenticator = {
  /**
   * Finds out who is calling and opens the request for its resolvers, once: whoever asks again hears the same, what went
   * wrong included. Throws UNAUTHENTICATED, UNAVAILABLE, and BAD_REQUEST for a header that cannot be read.
   */
  open: (request: Request) => Promise<GatewayContext>;
  /** Opens what no door has opened yet, and hands each operation what was opened for its request. */
  plugin: Plugin<Record<string, unknown>, GatewayContext>;
};

/**
 * Finds out who is calling before anything of the body is read, and opens the request for its resolvers with the
 * caller, the caller's own keys, the workflow and the credits it may spend. The token is read from the Authorization
 * header alone, never from a cookie, so no foreign page can make a browser spend. A request over GET may spend
 * nothing, because browsers and proxies repeat and prefetch GETs.
 */
export const createRequestAuthenticator = (
  findCaller: (token: string) => Promise<Caller>,
  openRequest: (facts: RequestFacts) => GatewayContext,
): RequestAuthenticator => {
  const opened = new WeakMap<Request, Promise<GatewayContext>>();
  const read = async ({ headers, method }: Request): Promise<GatewayContext> => {
    const caller = await findCaller(bearerToken(headers.get('authorization')));
    const facts: RequestFacts = {
      caller,
      callerKeys: readCallerKeys(headers),
      workflow: readWorkflow(headers.get('x-workflow')),
      creditsMax: method === 'POST' ? readCreditLimit(headers.get('x-max-credits')) : 0n,
    };
    return openRequest(facts);
  };
  const open = (request: Request): Promise<GatewayContext> => {
    const standing = opened.get(request) ?? read(request);
    opened.set(request, standing);
    return standing;
  };
  return {
    open,
    plugin: {
      onRequestParse: async ({ request }) => {
        await open(request);
      },
      onContextBuilding: async ({ context, extendContext }) => {
        const found = opened.get(context['request']);
        if (found === undefined) throw new GatewayError('UNAUTHENTICATED', missingToken);
        extendContext(await found);
      },
    },
  };
};
