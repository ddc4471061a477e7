import type { Caller } from '../access/caller.js';
import { createAllowance, unlimited } from '../enrichment/allowance.js';
import { type LookupRequest, newCounts } from '../enrichment/lookup-request.js';
import type { StreamRequest } from '../subscriptions/subscriptions.js';
import { type GatewayApp, type GatewayContext, createLoaders } from './context.js';

/** What a request has besides its operation. */
export type RequestFacts = {
  caller: Caller;
  /** The id of the HTTP request, for the log. */
  requestId: string | null;
  callerKeys: LookupRequest['callerKeys'];
  workflow: string | null;
  /** False over GET. */
  maySpend: boolean;
  /** The most credits that the request may spend; null for no limit. */
  creditsMax: bigint | null;
  /** Null unless the response is a stream of events. */
  stream: StreamRequest | null;
};

/** Creates what the resolvers of one request share: its allowance, tally and loaders. */
export const openRequest = (app: GatewayApp, facts: RequestFacts): GatewayContext => ({
  app,
  lookupRequest: {
    caller: facts.caller,
    requestId: facts.requestId,
    callerKeys: facts.callerKeys,
    workflow: facts.workflow,
    maySpend: facts.maySpend && facts.caller.scopes.spend,
    allowance: facts.creditsMax === null ? unlimited : createAllowance(facts.creditsMax),
    ...newCounts(),
  },
  loaders: createLoaders(app, facts.caller),
  operation: { name: null, type: null },
  standbyReads: { asOf: null },
  stream: facts.stream,
});

/** A workflow is the caller's label for the purpose of a spend: 1 to 100 printable characters, trimmed. */
export const readWorkflowName = (written: string): string | null => {
  const name = written.trim();
  return name.length >= 1 && name.length <= 100 && !/\p{C}/u.test(name) ? name : null;
};
