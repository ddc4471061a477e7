import type { Plugin } from 'graphql-yoga';
import { GatewayError } from '../errors.js';
import type { GatewayContext } from '../graphql/context.js';
import type { RequestFacts } from '../graphql/open-request.js';
import { type AuthenticateCaller, requestIdHeader } from './authenticate-caller.js';
import { eventStream } from './media-types.js';
import { missingToken, readCallerKeys, readMaxCredits, readWorkflow } from './read-headers.js';

export type RequestAuthenticator = {
  /**
   * Authenticates a request and opens it for its resolvers, once: every further call returns the same promise, also if
   * it rejects. Throws UNAUTHENTICATED, UNAVAILABLE, and BAD_REQUEST for a malformed header.
   */
  open: (request: Request, remoteAddress?: string) => Promise<GatewayContext>;
  /** Fails requests that could not be opened, and adds what was opened to the context of each operation. */
  plugin: Plugin<Record<string, unknown>, GatewayContext>;
};

/**
 * Authenticates a request before its body is read, and opens it with the caller, the caller's own keys, the workflow
 * and the credits it may spend. A GET may spend nothing, because browsers and proxies repeat and prefetch GETs.
 */
export const createRequestAuthenticator = (
  authenticate: AuthenticateCaller,
  openRequest: (facts: RequestFacts) => GatewayContext,
): RequestAuthenticator => {
  const opened = new WeakMap<Request, Promise<GatewayContext>>();
  const read = async (request: Request, remoteAddress?: string): Promise<GatewayContext> => {
    const { headers, method } = request;
    const requestId = headers.get(requestIdHeader);
    const authorization = headers.get('authorization');
    const client = { authorization, requestId, remoteAddress };
    const caller = await authenticate(client);
    const userAgent = headers.get('user-agent');
    return openRequest({
      // The caller of a token is cached; where a request comes from is its own.
      caller: { ...caller, from: { remoteAddress: remoteAddress ?? null, requestId, userAgent } },
      requestId,
      callerKeys: readCallerKeys(headers),
      workflow: readWorkflow(headers.get('x-workflow')),
      maySpend: method === 'POST',
      creditsMax: readMaxCredits(headers.get('x-max-credits')),
      stream:
        headers.get('accept') === eventStream
          ? { authenticateAgain: () => authenticate(client, { again: true }), closed: request.signal }
          : null,
    });
  };
  const open = (request: Request, remoteAddress?: string): Promise<GatewayContext> => {
    const context = opened.get(request) ?? read(request, remoteAddress);
    opened.set(request, context);
    return context;
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
