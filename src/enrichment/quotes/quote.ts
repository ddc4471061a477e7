import { authorize, type Caller } from '../../access/caller.js';
import type { ResolvedCredential } from '../../connections/resolve-credential.js';
import { GatewayError, type Problem } from '../../errors.js';
import type { KnownRecord, KnownRecordQuery } from '../../ledger/known-records.js';
import type { EnrichmentDeps } from '../deps.js';
import {
  allowanceFor,
  type CompanyKey,
  type LookupOptions,
  type LookupRequest,
  type PersonKey,
  workflowOf,
} from '../lookup-request.js';
import { asProblem, lookupError } from '../refuse.js';
import { type ResolvedLookup, resolveCompanyLookup, resolvePersonLookup } from '../resolve-lookup.js';
import { resolveWaterfall, type Steps } from '../resolve-waterfall.js';
import { checksOf, type RemainingBudget } from './quote-checks.js';
import { addRanges, costOf } from './quote-cost.js';
import type { Quote, QuoteItem, QuoteShare, QuoteStatus } from './quote-shape.js';
import { type QuotedStep, quoteSteps } from './quote-steps.js';

export type QuoteDeps = EnrichmentDeps & {
  findKnownRecords: (wanted: readonly KnownRecordQuery[]) => Promise<KnownRecord[]>;
  remainingBudgets: (caller: Caller) => Promise<readonly RemainingBudget[]>;
  /** The estimated balance of an account; null where it is unknown. */
  balanceOf: (caller: Caller, accountId: string) => Promise<bigint | null>;
};

/** Returns what lookups would cost. */
export type QuoteVerb = (
  request: LookupRequest,
  keys: { companies: readonly CompanyKey[]; people: readonly PersonKey[] },
  options: LookupOptions,
) => Promise<Quote>;

/**
 * Creates the function that quotes lookups: it decides as they would, and calls, reserves and writes nothing. It throws
 * FORBIDDEN for callers who may not enrich, BAD_REQUEST as lookups do, and LEDGER_UNAVAILABLE.
 */
export const createQuote =
  (deps: QuoteDeps): QuoteVerb =>
  async (request, keys, options) => {
    authorize(request.caller, 'enrich');
    const facts = [
      ...(await quoteItems(deps, request, keys.companies, options, 'COMPANY', (key) =>
        resolveCompanyLookup(deps, request, key, options),
      )),
      ...(await quoteItems(deps, request, keys.people, options, 'PERSON', (key) =>
        resolvePersonLookup(deps, request, key, options),
      )),
    ];
    const items = facts.map(itemOf);
    const { minCredits, maxCredits } = addRanges(items);
    const checks = await checksOf(
      facts.map(({ steps }) => steps),
      {
        caller: request.caller,
        workflow: workflowOf(request, options),
        budgets: await deps.remainingBudgets(request.caller),
        maxCredits,
        creditsMax: request.caller.scopes.spend ? allowanceFor(request, options).left() : 0n,
        balanceOf: deps.balanceOf,
      },
    );
    const count = (status: QuoteStatus): number => items.filter((item) => item.status === status).length;
    return {
      items,
      duplicates: count('DUPLICATE'),
      invalid: count('INVALID'),
      unlocked: count('UNLOCKED'),
      minCredits,
      maxCredits,
      perProvider: sharesOf(items),
      checks,
    };
  };

type ItemFacts = Pick<QuoteItem, 'operation' | 'key'> & {
  /** Why the item has no steps. */
  problem: Problem | null;
  isDuplicate: boolean;
  steps: readonly QuotedStep[];
};

const quoteItems = async <Key extends CompanyKey | PersonKey, Record extends object>(
  deps: QuoteDeps,
  request: LookupRequest,
  keys: readonly Key[],
  options: LookupOptions,
  operation: 'COMPANY' | 'PERSON',
  resolve: (key: Key) => ResolvedLookup<Record>,
): Promise<ItemFacts[]> => {
  if (keys.length === 0) return [];
  const facts = (key: Key, more: Partial<ItemFacts>): ItemFacts => ({
    operation,
    key,
    problem: null,
    isDuplicate: false,
    steps: [],
    ...more,
  });
  const steps = await resolveWaterfall(deps, request, options, operation).catch(lookupError);
  if (steps instanceof GatewayError) return keys.map((key) => facts(key, { problem: asProblem(steps) }));

  const lookups = new Map<string, ResolvedLookup<Record>>();
  const resolved = keys.map((key) => {
    try {
      const lookup = resolve(key);
      const isDuplicate = lookups.has(lookup.lookupKey);
      if (!isDuplicate) lookups.set(lookup.lookupKey, lookup);
      return { key, lookupKey: lookup.lookupKey, isDuplicate };
    } catch (error) {
      return { key, problem: asProblem(lookupError(error)) };
    }
  });
  const context = {
    workspaceId: request.caller.workspaceId,
    providers: deps.providers,
    payers: await payersOf(deps, request, options, steps),
    healthOf: deps.breakers.healthOf,
    findKnownRecords: deps.findKnownRecords,
    registrableDomainOnMiss: options.registrableDomainOnMiss === true,
  };
  const quoted = await quoteSteps(context, [...lookups.values()], steps);
  const byLookupKey = new Map(
    [...lookups.keys()].map((lookupKey, index) => [lookupKey, quoted[index] ?? []]),
  );
  return resolved.map(({ key, ...item }) => {
    if ('problem' in item) return facts(key, { problem: item.problem });
    if (item.isDuplicate) return facts(key, { isDuplicate: true });
    return facts(key, { steps: byLookupKey.get(item.lookupKey) ?? [] });
  });
};

/** The payer of each step, or why it has none. */
const payersOf = (
  deps: QuoteDeps,
  { caller, callerKeys }: LookupRequest,
  { payer = null }: LookupOptions,
  steps: Steps,
): Promise<(ResolvedCredential | Problem)[]> =>
  Promise.all(
    steps.map(async ({ provider, connectionId }) => {
      const callerKey = callerKeys[provider] ?? null;
      const credential = await deps
        .resolveCredential(caller, { provider, callerKey, connectionId, payer, peek: true })
        .catch(lookupError);
      if (!(credential instanceof GatewayError)) return credential;
      if (credential.code === 'LEDGER_UNAVAILABLE') throw credential;
      return asProblem(credential);
    }),
  );

const itemOf = ({ operation, key, problem, isDuplicate, steps }: ItemFacts): QuoteItem => {
  const status = isDuplicate ? 'DUPLICATE' : problem === null ? statusOf(steps) : 'INVALID';
  return {
    operation,
    key,
    status,
    problem: problem ?? (status === 'INVALID' ? (steps[0]?.shown.problem ?? null) : null),
    steps: steps.map(({ shown }) => shown),
    ...costOf(steps),
  };
};

/** By the first step that is not skipped. */
const statusOf = (steps: readonly QuotedStep[]): QuoteStatus => {
  const first = steps.find(({ forecast, shown }) => forecast.kind !== 'SKIPPED' || shown.fromSnapshot);
  if (first === undefined) return 'INVALID';
  if (first.shown.alreadyUnlocked) return 'UNLOCKED';
  return first.presumed ? 'PRESUMED' : 'NEW';
};

/** What each provider could charge to each payer, if every item reached it and was found. */
const sharesOf = (items: readonly QuoteItem[]): QuoteShare[] => {
  const shares = new Map<string, QuoteShare>();
  for (const { provider, payer, minCredits, maxCredits, registrableDomain } of items.flatMap(
    ({ steps }) => steps,
  )) {
    // A step with the registrable domain only finds a record where the same step with the given one did not.
    if (payer === null || registrableDomain !== null) continue;
    const key = `${provider} ${payer.kind} ${payer.connectionId ?? ''}`;
    const before = shares.get(key) ?? { provider, payer, minCredits: 0n, maxCredits: 0n };
    shares.set(key, { ...before, ...addRanges([before, { minCredits, maxCredits }]) });
  }
  return [...shares.values()];
};
