import { authorize, type Caller } from '../../access/caller.js';
import type { Credential } from '../../connections/choose-credential.js';
import { GatewayError, type Problem } from '../../errors.js';
import type { KnownRecord, KnownRecordQuery } from '../../ledger/known-records.js';
import { resolveWaterfall, type Steps } from '../resolve-waterfall.js';
import { resolveCompanyLookup } from '../company-lookup.js';
import type { EnrichmentDeps } from '../deps.js';
import { allowanceFor } from '../limit-of.js';
import { toResult } from '../to-result.js';
import { resolvePersonLookup } from '../person-lookup.js';
import { checksOf, type RemainingBudget } from './quote-checks.js';
import { addUp, type ItemFacts, itemOf, sharesOf } from './quote-item.js';
import type { Quote } from './quote-shape.js';
import { foreseeSteps } from './quote-steps.js';
import { asProblem } from '../refuse.js';
import type { LookupOptions, LookupRequest, CompanyKey, PersonKey } from '../lookup-request.js';
import type { ResolvedLookup } from '../resolved-lookup.js';

export type QuoteDeps = EnrichmentDeps & {
  findKnownRecords: (wanted: readonly KnownRecordQuery[]) => Promise<KnownRecord[]>;
  remainingBudgets: (caller: Caller) => Promise<readonly RemainingBudget[]>;
  /** What an account has left by the gateway's estimate; null where that is not known. */
  balanceOf: (caller: Caller, accountId: string) => Promise<bigint | null>;
};

/** Says what asks would cost. */
export type QuoteVerb = (
  request: LookupRequest,
  keys: { companies: readonly CompanyKey[]; people: readonly PersonKey[] },
  options: LookupOptions,
) => Promise<Quote>;

/**
 * Makes the verb that says what asks would cost: it decides as they would, but asks and reserves nothing. Throws
 * FORBIDDEN for callers who may not ask, BAD_REQUEST like the asks, and LEDGER_UNAVAILABLE.
 */
export const createQuote =
  (deps: QuoteDeps): QuoteVerb =>
  async (request, keys, options) => {
    authorize(request.caller, 'ask');
    const facts = [
      ...(await foresee(deps, request, keys.companies, options, 'COMPANY', (key) =>
        resolveCompanyLookup(deps, request, key, options),
      )),
      ...(await foresee(deps, request, keys.people, options, 'PERSON', (key) =>
        resolvePersonLookup(deps, request, key, options),
      )),
    ];
    const items = facts.map(itemOf);
    const { minCredits, maxCredits } = addUp(items);
    const checks = await checksOf(
      facts.map(({ steps }) => steps),
      {
        caller: request.caller,
        workflow: options.workflow ?? request.workflow ?? request.caller.workflow,
        budgets: await deps.remainingBudgets(request.caller),
        maxCredits,
        creditsMax: allowanceFor(request, options).left(),
        balanceOf: deps.balanceOf,
      },
    );
    const count = (status: string): number => items.filter((item) => item.status === status).length;
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

const foresee = async <Key extends CompanyKey | PersonKey, Record extends object>(
  deps: QuoteDeps,
  request: LookupRequest,
  keys: readonly Key[],
  options: LookupOptions,
  operation: 'COMPANY' | 'PERSON',
  makeWish: (key: Key) => ResolvedLookup<Record>,
): Promise<ItemFacts[]> => {
  if (keys.length === 0) return [];
  const steps = await toResult(() => resolveWaterfall(deps, request, options, operation));
  const facts = (key: Key, more: Partial<ItemFacts>): ItemFacts => ({
    operation,
    key,
    problem: null,
    isDuplicate: false,
    steps: [],
    ...more,
  });
  if (steps instanceof GatewayError) return keys.map((key) => facts(key, { problem: asProblem(steps) }));

  const wishes = new Map<string, ResolvedLookup<Record>>();
  const made = await Promise.all(keys.map((key) => toResult(async () => makeWish(key))));
  const read = made.map((lookup) => {
    if (lookup instanceof GatewayError) return { lookup, isDuplicate: false };
    const isDuplicate = wishes.has(lookup.lookupKey);
    if (!isDuplicate) wishes.set(lookup.lookupKey, lookup);
    return { lookup, isDuplicate };
  });
  const foresight = {
    workspaceId: request.caller.workspaceId,
    providers: deps.providers,
    payers: await payersOf(deps, request, options, steps),
    healthOf: deps.breakers.healthOf,
    findKnownRecords: deps.findKnownRecords,
  };
  const foreseen = await foreseeSteps(foresight, [...wishes.values()], steps);
  const bySubject = new Map([...wishes.keys()].map((subject, index) => [subject, foreseen[index] ?? []]));
  return keys.flatMap((key, index) => {
    const one = read[index];
    if (one === undefined) return [];
    if (one.lookup instanceof GatewayError) return [facts(key, { problem: asProblem(one.lookup) })];
    if (one.isDuplicate) return [facts(key, { isDuplicate: true })];
    return [facts(key, { steps: bySubject.get(one.lookup.lookupKey) ?? [] })];
  });
};

/** Who would pay for each step, or why nobody does. */
const payersOf = (
  deps: QuoteDeps,
  { caller, callerKeys }: LookupRequest,
  { payer = null }: LookupOptions,
  steps: Steps,
): Promise<(Credential | Problem)[]> =>
  Promise.all(
    steps.map(async ({ provider, connectionId }) => {
      const callerKey = callerKeys[provider] ?? null;
      const credential = await toResult(() =>
        deps.resolveCredential(caller, { provider, callerKey, connectionId, payer, peek: true }),
      );
      if (credential instanceof GatewayError && credential.code === 'LEDGER_UNAVAILABLE') throw credential;
      return credential instanceof GatewayError ? asProblem(credential) : credential;
    }),
  );
