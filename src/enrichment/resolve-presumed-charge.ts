import { unrestricted } from '../access/scopes.js';
import type { Problem } from '../errors.js';
import { type Provider, providerNames } from '../providers/catalogue.js';
import { countries } from '../providers/provider.js';
import { createAllowance } from './allowance.js';
import { startDeadline } from './deadline.js';
import type { EnrichmentDeps } from './deps.js';
import { parseLookupKey } from './identifiers/record-keys.js';
import { type LookupRequest, newCounts } from './lookup-request.js';
import { companyLookup, personLookup, type ProviderQuery, type ResolvedLookup } from './resolve-lookup.js';
import type { PresumedCharge } from '../ledger/list-presumed-charges.js';
import { runStep } from './run-step.js';
import { firstPosition } from './step-context.js';
import type { StepResult } from './step-result.js';

export type ResolvedCharge =
  /** The provider answered, which settled the presumed charge. */
  | { kind: 'SETTLED'; outcome: 'FOUND' | 'NOT_FOUND' }
  /** REFETCH_COSTS: the provider charges for every answer, so fetching again would cost more and prove nothing. */
  | { kind: 'LEFT'; why: 'NO_STORED_KEY' | 'NOT_REBUILT' | 'REFETCH_COSTS' }
  | { kind: 'LEFT'; why: 'PROVIDER'; problem: Problem };

/**
 * Fetches the record of a presumed charge again. That is free if the record was bought, and never costs more than is
 * presumed already, because this lookup may spend nothing. Its entry has the token and the workflow of the first one.
 */
export const resolvePresumedCharge = async (
  deps: EnrichmentDeps,
  charge: PresumedCharge,
): Promise<ResolvedCharge> => {
  const name = providerNames.find((one) => one === charge.provider);
  if (name === undefined) return { kind: 'LEFT', why: 'NOT_REBUILT' };
  if (!deps.providers[name].refetchIsFree) return { kind: 'LEFT', why: 'REFETCH_COSTS' };
  if (charge.usableConnectionId === null && charge.payer !== 'MANAGED') {
    return { kind: 'LEFT', why: 'NO_STORED_KEY' };
  }
  const result = await fetchAgain(deps, charge, deps.providers[name]);
  if (result === null) return { kind: 'LEFT', why: 'NOT_REBUILT' };
  if (result.outcome === 'FOUND' || result.outcome === 'NOT_FOUND') {
    return { kind: 'SETTLED', outcome: result.outcome };
  }
  if (result.problem === null) throw new Error(`a step with outcome ${result.outcome} has no problem`);
  return { kind: 'LEFT', why: 'PROVIDER', problem: result.problem };
};

const fetchAgain = async (
  deps: EnrichmentDeps,
  charge: PresumedCharge,
  provider: Provider,
): Promise<StepResult<unknown> | null> => {
  const request = requestOf(charge);
  const options = { maxAgeSeconds: 0, workflow: charge.workflow };
  const key = parseLookupKey(charge.lookupKey);
  if (key === null) return null;

  const run = <Record>(lookup: ResolvedLookup<Record>): Promise<StepResult<Record>> | null => {
    const query: ProviderQuery<Record> | { problem: Problem } = lookup.queryFor(provider, null, []);
    if ('problem' in query || query.lookupKey !== charge.lookupKey) return null;
    const connectionId = charge.usableConnectionId;
    return runStep(deps, {
      request,
      query,
      position: firstPosition,
      connectionId,
      // Only the operator's own key has access to what was bought with it.
      payer: connectionId === null ? 'MANAGED' : null,
      allowance: request.allowance,
      deadline: startDeadline(deps.lookupTimeoutMs),
    });
  };

  // The identifier goes out as it was reserved. An earlier release may have read it in another way than this one would.
  if (key.record === 'person') return await run(personLookup(deps, request, key.identifier, options));
  const country = countries.find((one) => one === charge.variant) ?? null;
  return await run(companyLookup(deps, request, key.identifier, { ...options, country }));
};

const requestOf = ({ workspaceId, workspaceName, tokenId, workflow }: PresumedCharge): LookupRequest => ({
  caller: {
    workspaceId,
    workspaceName,
    // The plan allowed the connection when the call was made; nothing new is bought.
    plan: 'PRO',
    tokenId,
    tokenName: 'resolve-presumed-charges',
    ...unrestricted,
    role: 'ADMIN',
    workflow,
  },
  callerKeys: {},
  workflow,
  allowance: createAllowance(0n),
  requestId: null,
  maySpend: true,
  ...newCounts(),
});
