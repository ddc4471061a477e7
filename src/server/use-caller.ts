import type { Plugin } from 'graphql-yoga';
import type { Caller } from '../access/caller.js';
import { createAllowance, unlimited } from '../enrichment/allowance.js';
import type { AskRequest } from '../enrichment/request.js';
import { GatewayError } from '../errors.js';
import type { GatewayContext } from '../graphql/context.js';
import { readCreditLimit } from './read-credit-limit.js';
import { readWorkflow } from './read-workflow.js';

/**
 * Finds out who is calling before anything of the body is read, and gives the operation its AskRequest: the caller,
 * the caller's own key, the workflow and the credits it may spend. The token is read from the Authorization header
 * alone, never from a cookie, so no foreign page can make a browser spend. A request over GET may spend nothing,
 * because browsers and proxies repeat and prefetch GETs.
 */
export const useCaller = (
  findCaller: (token: string) => Promise<Caller>,
  contextFor: (asking: AskRequest) => GatewayContext,
): Plugin<Record<string, unknown>, GatewayContext> => {
  const asking = new WeakMap<Request, AskRequest>();
  return {
    onRequestParse: async ({ request }) => {
      const caller = await findCaller(bearerToken(request.headers.get('authorization')));
      const creditsMax =
        request.method === 'POST' ? readCreditLimit(request.headers.get('x-max-credits')) : 0n;
      const key = request.headers.get('x-firmable-key');
      asking.set(request, {
        caller,
        callerKeys: key === null ? {} : { FIRMABLE: key },
        workflow: readWorkflow(request.headers.get('x-workflow')),
        allowance: creditsMax === null ? unlimited : createAllowance(creditsMax),
        tally: { charged: 0n, saved: 0n, reserved: 0n },
      });
    },
    onContextBuilding: ({ context, extendContext }) => {
      const found = asking.get(context['request']);
      if (found === undefined) throw new GatewayError('UNAUTHENTICATED', missing);
      extendContext(contextFor(found));
    },
  };
};

const missing =
  'This request carries no token: send the header "Authorization: Bearer fgw_…" with a token of this gateway.';

const bearerToken = (header: string | null): string => {
  if (header === null) throw new GatewayError('UNAUTHENTICATED', missing);
  const token = /^Bearer +(\S+)\s*$/i.exec(header)?.[1];
  if (token !== undefined) return token;
  throw new GatewayError(
    'UNAUTHENTICATED',
    'The Authorization header is not of the form "Bearer fgw_…": send the token after the word Bearer and one space.',
  );
};
