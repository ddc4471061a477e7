import { GatewayError } from '../errors.js';
import { newId } from '../platform/ids.js';
import type { EnrichmentDeps } from './deps.js';
import type { LookupOptions, LookupRequest } from './lookup-request.js';
import { lookupError, refuse } from './refuse.js';
import type { ResolvedLookup } from './resolve-lookup.js';
import type { Steps } from './resolve-waterfall.js';
import { placeOf } from './snapshot-cache.js';
import { firstPosition, kindOf, labelsOf } from './step-context.js';
import { resultFromSnapshot, type StepResult } from './step-result.js';

/** The results of first steps, by the lookup key of their lookup. */
export type FirstResults<Record> = ReadonlyMap<string, StepResult<Record>>;

/**
 * The first steps of those lookups of a list that snapshots in the cache answer. One statement confirms them all and writes
 * their entries; a lookup that is missing here runs as if there were no cache. A lookup by itself needs none of this: its
 * reservation confirms its snapshot.
 */
export const hitCached = async <Record>(
  deps: EnrichmentDeps,
  request: LookupRequest,
  options: LookupOptions,
  [step]: Steps,
  lookups: readonly ResolvedLookup<Record>[],
): Promise<FirstResults<Record>> => {
  if (lookups.length < 2 || options.maxAgeSeconds === 0 || deps.snapshotCache.size().snapshots === 0)
    return new Map();
  const provider = deps.providers[step.provider];
  const credential = await deps
    .resolveCredential(request.caller, {
      provider: provider.name,
      callerKey: request.callerKeys[provider.name] ?? null,
      connectionId: step.connectionId,
      payer: options.payer ?? null,
    })
    .catch(lookupError);
  // Each lookup reports it, with an entry of its own.
  if (credential instanceof GatewayError) return new Map();
  const { workspaceId } = request.caller;
  const { accountId } = credential;
  const cached = lookups.flatMap((lookup) => {
    const query = lookup.queryFor(provider, null, step.require);
    if ('problem' in query) return [];
    const snapshot = query.cache.get(placeOf(query, request.caller, credential));
    return snapshot === null ? [] : [{ id: newId(), lookup, query, snapshot }];
  });
  const [first] = cached;
  if (first === undefined) return new Map();

  const startedMs = performance.now();
  const kind = kindOf(first.query);
  const unlocks = await deps.ledger
    .recordHits({
      workspaceId,
      accountId,
      // The same for all: they depend on the provider and the options.
      variant: first.query.variant,
      maxAgeSeconds: first.query.maxAgeSeconds,
      labels: labelsOf(request, kind, credential, firstPosition, ''),
      lookups: cached.map(({ id, query: { lookupKey }, snapshot: { version } }) => ({
        id,
        lookupKey,
        cached: version,
      })),
    })
    .catch(lookupError);
  const results = new Map<string, StepResult<Record>>();
  for (const [index, { id, lookup, query, snapshot }] of cached.entries()) {
    if (unlocks instanceof GatewayError) {
      // The entries may be written all the same: a second statement would count these lookups twice.
      const refused = { id, kind, position: firstPosition, credential, startedMs };
      results.set(lookup.lookupKey, await refuse<Record>(deps, request, refused, unlocks));
      continue;
    }
    const unlock = unlocks[index] ?? null;
    if (unlock === null) continue;
    const context = { request, query, position: firstPosition };
    results.set(lookup.lookupKey, resultFromSnapshot(context, credential, id, unlock, snapshot));
  }
  return results;
};
