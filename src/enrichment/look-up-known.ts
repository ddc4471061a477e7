import { GatewayError } from '../errors.js';
import type { EntryLabels } from '../ledger/types.js';
import type { EnrichmentDeps } from './deps.js';
import type { CompanyKey, LookupOptions, LookupRequest, PersonKey } from './lookup-request.js';
import { resolveCompanyLookup, resolvePersonLookup } from './resolve-lookup.js';
import { resolveWaterfall } from './resolve-waterfall.js';
import { firstPosition, kindOf, labelsOf } from './step-context.js';
import type { RecordKind } from '../providers/provider.js';

/** How the first step of lookups would find their records among those that are unlocked. */
export type KnownQuery = {
  workspaceId: string;
  accountId: string;
  variant: string;
  maxAgeSeconds: number;
  labels: EntryLabels;
  /** In the order of the keys; null for one that must be looked up by itself. */
  lookupKeys: readonly (string | null)[];
};

export type KnownLookups = {
  operation: RecordKind;
  by: readonly (CompanyKey | PersonKey)[];
  options: LookupOptions;
};

/**
 * Lookups that a fresh snapshot answers, as one statement of `write`, which writes their entries and returns how many they are.
 * No record is read, so it is for lookups whose first step requires no fields; for others, for a token whose lookups are
 * counted, and where a problem must be reported, nothing is done: such lookups are made one by one.
 */
export const lookUpKnown = async (
  deps: EnrichmentDeps,
  request: LookupRequest,
  { operation, by, options }: KnownLookups,
  write: (query: KnownQuery) => Promise<number>,
): Promise<number> => {
  if (request.caller.limits.lookupsPerDay !== null) return 0;
  const query = await describe(deps, request, { operation, by, options }).catch((error: unknown) => {
    if (error instanceof GatewayError) return null;
    throw error;
  });
  return query === null ? 0 : await write(query);
};

const describe = async (
  deps: EnrichmentDeps,
  request: LookupRequest,
  { operation, by, options }: KnownLookups,
): Promise<KnownQuery | null> => {
  const [step] = await resolveWaterfall(deps, request, options, operation);
  if (step.require.length > 0) return null;
  const provider = deps.providers[step.provider];
  const queries = by.map((key) => {
    try {
      const resolve = operation === 'COMPANY' ? resolveCompanyLookup : resolvePersonLookup;
      const query = resolve(deps, request, key, options).queryFor(provider, null, []);
      return 'problem' in query ? null : query;
    } catch (error) {
      if (error instanceof GatewayError) return null;
      throw error;
    }
  });
  const first = queries.find((query) => query !== null);
  if (first === undefined || first === null) return null;
  const credential = await deps.resolveCredential(request.caller, {
    provider: provider.name,
    callerKey: request.callerKeys[provider.name] ?? null,
    connectionId: step.connectionId,
    payer: options.payer ?? null,
  });
  return {
    workspaceId: request.caller.workspaceId,
    accountId: credential.accountId,
    variant: first.variant,
    maxAgeSeconds: first.maxAgeSeconds,
    labels: labelsOf(request, kindOf(first), credential, firstPosition, ''),
    lookupKeys: queries.map((query) => query?.lookupKey ?? null),
  };
};
