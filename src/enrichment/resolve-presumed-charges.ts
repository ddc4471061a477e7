import { GatewayError, problem } from '../errors.js';
import type { PresumedCharge } from '../ledger/list-presumed-charges.js';
import { systemClock } from '../platform/time.js';
import { type CircuitBreakers, createCircuitBreakers } from '../providers/circuit-breaker.js';
import type { EnrichmentDeps } from './deps.js';
import { type ResolvedCharge, resolvePresumedCharge } from './resolve-presumed-charge.js';

/** Calls in flight at once, for one account and in all. The provider's rate limit applies in addition. */
const concurrency = { accounts: 8, calls: 5 };
const failuresMax = 20;

/**
 * Fetches the records of presumed charges again, each once; returns the result of each by its entry's id. Accounts run
 * beside each other, and those of one account in random order, so that charges which fail every time keep no other from
 * its turn, in this run or the next. After 20 failures in a row an account is left alone; unreadable answers are none.
 */
export const resolvePresumedCharges = async (
  deps: EnrichmentDeps,
  charges: readonly PresumedCharge[],
): Promise<Map<string, ResolvedCharge>> => {
  const ofRun = { ...deps, breakers: createLenientBreakers() };
  const results = new Map<string, ResolvedCharge>();
  const byAccount = new Map<string, PresumedCharge[]>();
  for (const charge of charges) {
    const { accountId } = charge;
    byAccount.set(accountId, [...(byAccount.get(accountId) ?? []), charge]);
  }
  await forEach([...byAccount.values()], concurrency.accounts, (ofAccount) =>
    forEach(shuffled(ofAccount), concurrency.calls, async (charge) => {
      results.set(charge.id, await resolveOne(ofRun, charge));
    }),
  );
  return results;
};

/** Never rejects: one charge that cannot be resolved must not end the run for the others. */
const resolveOne = async (deps: EnrichmentDeps, charge: PresumedCharge): Promise<ResolvedCharge> => {
  try {
    return await resolvePresumedCharge(deps, charge);
  } catch (error) {
    if (!(error instanceof GatewayError)) {
      deps.log.error({ err: error, entryId: charge.id }, 'presumed charge could not be resolved');
    }
    const message = error instanceof GatewayError ? error.message : 'An unexpected fault: see the log.';
    return { kind: 'LEFT', why: 'PROVIDER', problem: problem('PROVIDER_UNAVAILABLE', message) };
  }
};

/** Breakers of one run, for which an unreadable answer is an answer. */
const createLenientBreakers = (): CircuitBreakers => {
  const breakers = createCircuitBreakers(systemClock, { failuresMax, unknownMax: Number.POSITIVE_INFINITY });
  return {
    ...breakers,
    admit: (accountId) => {
      const admission = breakers.admit(accountId);
      if (!admission.admitted) return admission;
      return {
        ...admission,
        complete: (result) =>
          admission.complete(
            result.kind === 'FAILED' && result.reason === 'PROVIDER_ANSWER_UNREADABLE'
              ? { kind: 'ANSWERED' }
              : result,
          ),
      };
    },
  };
};

const shuffled = <Item>(items: readonly Item[]): Item[] =>
  items
    .map((item) => ({ item, at: Math.random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item);

const forEach = async <Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> => {
  const rest = items.values();
  const workers = Array.from({ length: Math.min(atOnce, items.length) }, async () => {
    for (const item of rest) await work(item);
  });
  await Promise.all(workers);
};
