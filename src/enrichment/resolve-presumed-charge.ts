import type { Caller } from '../access/caller.js';
import { GatewayError, type Problem } from '../errors.js';
import { countries } from '../providers/provider.js';
import { type Provider, providerNames } from '../providers/catalogue.js';
import { createAllowance } from './allowance.js';
import { runStep } from './run-step.js';
import { resolveCompanyLookup } from './company-lookup.js';
import { startDeadline } from './deadline.js';
import type { EnrichmentDeps } from './deps.js';
import { addressOfSlug } from './identifiers/normalize-linkedin.js';
import { firstPlace } from './labels.js';
import { resolvePersonLookup } from './person-lookup.js';
import type { LookupRequest } from './lookup-request.js';
import type { StepResult } from './step-result.js';
import type { ProviderQuery, ResolvedLookup } from './resolved-lookup.js';

/** An open doubt, as far as it takes to fetch its record again. */
export type PresumedCharge = {
  workspaceId: string;
  workspaceName: string;
  /** Such as `company:domain:smec.com`. */
  lookupKey: string;
  variant: string;
  /** Whose record it is. */
  provider: string | null;
  tokenId: string;
  workflow: string | null;
  /** Whose key made the call, by the ledger's word for it. */
  payer: string | null;
  /** A stored key of the account in question; null: there is none. */
  connectionId: string | null;
};

export type ResolvedCharge =
  /** The provider has said what it knows of the record: the doubt is over. */
  | { kind: 'SETTLED'; outcome: 'FOUND' | 'NOT_FOUND' }
  /** REFETCH_COSTS: its provider charges for every answer, so asking again would cost more and prove nothing. */
  | { kind: 'LEFT'; why: 'NO_STORED_KEY' | 'NOT_REBUILT' | 'REFETCH_COSTS' }
  | { kind: 'LEFT'; why: 'PROVIDER'; problem: Problem };

/**
 * Fetches the record of a doubt again, which costs nothing if it was bought, and in no case more than is presumed
 * already: the ask may spend nothing of its own. It is entered under the token and workflow that the doubt came from.
 */
export const resolvePresumedCharge = async (
  deps: EnrichmentDeps,
  doubt: PresumedCharge,
): Promise<ResolvedCharge> => {
  const name = providerNames.find((one) => one === doubt.provider);
  if (name === undefined) return { kind: 'LEFT', why: 'NOT_REBUILT' };
  if (!deps.providers[name].refetchIsFree) return { kind: 'LEFT', why: 'REFETCH_COSTS' };
  if (doubt.connectionId === null && doubt.payer !== 'MANAGED') return { kind: 'LEFT', why: 'NO_STORED_KEY' };
  const end = await askAgain(deps, doubt, deps.providers[name]);
  if (end === null) return { kind: 'LEFT', why: 'NOT_REBUILT' };
  if (end.outcome === 'FOUND' || end.outcome === 'NOT_FOUND') {
    return { kind: 'SETTLED', outcome: end.outcome };
  }
  if (end.problem === null) throw new Error(`an ask ended as ${end.outcome} without a problem`);
  return { kind: 'LEFT', why: 'PROVIDER', problem: end.problem };
};

const askAgain = async (
  deps: EnrichmentDeps,
  doubt: PresumedCharge,
  provider: Provider,
): Promise<StepResult<unknown> | null> => {
  const request = requestOf(doubt);
  const options = { maxAgeSeconds: 0, workflow: doubt.workflow };
  const [, kind, field, value] = /^(company|person):([A-Za-z]+):(.+)$/s.exec(doubt.lookupKey) ?? [];
  if (field === undefined || value === undefined) return null;
  // A slug alone might pass for a domain, so the page is named by its address.
  const by = {
    [field]: field === 'linkedin' ? addressOfSlug(kind === 'person' ? 'person' : 'company', value) : value,
  };

  const ask = <Record>(lookup: ResolvedLookup<Record>): Promise<StepResult<Record>> | null => {
    const query: ProviderQuery<Record> | { problem: Problem } = lookup.queryFor(provider, null, []);
    if ('problem' in query || query.lookupKey !== doubt.lookupKey) return null;
    const { allowance } = request;
    const { connectionId } = doubt;
    // Only the operator's own key sees what was bought with it.
    const payer = connectionId === null ? 'MANAGED' : null;
    const deadline = startDeadline(deps.lookupTimeoutMs);
    return runStep(deps, {
      request,
      query,
      place: firstPlace,
      connectionId,
      payer,
      allowance,
      deadline,
    });
  };

  try {
    if (kind === 'person') return await ask(resolvePersonLookup(deps, request, by, options));
    const country = countries.find((one) => one === doubt.variant) ?? null;
    return await ask(resolveCompanyLookup(deps, request, by, { ...options, country }));
  } catch (error) {
    // An identifier that an earlier release took, and this one does not.
    if (error instanceof GatewayError && error.code === 'INVALID_IDENTIFIER') return null;
    throw error;
  }
};

const requestOf = (doubt: PresumedCharge): LookupRequest => ({
  caller: operatorFor(doubt),
  callerKeys: {},
  workflow: doubt.workflow,
  allowance: createAllowance(0n),
  tally: { charged: 0n, saved: 0n, reserved: 0n },
});

const operatorFor = (doubt: PresumedCharge): Caller => ({
  workspaceId: doubt.workspaceId,
  workspaceName: doubt.workspaceName,
  // The connection was paid with when the plan allowed it; nothing new is bought.
  plan: 'PRO',
  tokenId: doubt.tokenId,
  tokenName: 'settle',
  role: 'ADMIN',
  workflow: doubt.workflow,
});
