import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LookupResult } from '../../src/enrichment/lookup-result.js';
import type { LookupOptions } from '../../src/enrichment/lookup-request.js';
import { newId } from '../../src/platform/ids.js';
import type { RecordField } from '../../src/providers/provider.js';
import { type ProviderName, providerNames } from '../../src/providers/catalogue.js';
import type { CompanyRecord } from '../../src/providers/records.js';
import type { Step } from '../../src/waterfalls/step.js';
import { entriesOf, reservationsOf } from '../ledger/setup.js';
import type { Action, Script } from '../support/fake-providers.js';
import { type Scenario, openScenario, requestOf, store, useScenarios } from './scripted-scenario.js';

useScenarios();

type Budget = { id: string; scope: 'WORKSPACE' | 'MANAGED' | 'WORKFLOW'; limit: number };

const addBudget = async (
  { workspaceId }: Scenario,
  scope: Budget['scope'],
  limit: number,
): Promise<Budget> => {
  const id = newId();
  const subject = scope === 'WORKFLOW' ? 'crm' : null;
  await store.database.sql`
    insert into budgets (workspace_id, id, name, scope, subject, period, time_zone, "limit", mode, thresholds)
    values (${workspaceId}, ${id}, ${`${scope} ${id}`}, ${scope}, ${subject}, 'TOTAL', 'UTC', ${limit}, 'HARD', '{}')`;
  return { id, scope, limit };
};

const sumOf = (numbers: readonly (number | bigint)[]): number =>
  numbers.reduce<number>((sum, one) => sum + Number(one), 0);

const domains = ['one.example', 'two.example', 'three.example'];

type Play = {
  /** By provider and domain: what it does with each further question; the last goes on for ever. */
  actions: Record<string, Action[]>;
  budgets: [Budget['scope'], number][];
  rounds: {
    steps: { provider: ProviderName; require: RecordField[] }[];
    lookups: { domains: number[]; maxCredits: number | null; maxAgeSeconds: number | null; crm: boolean }[];
  }[];
};

// What Firmable has sold it does not miss later, so whether it knows a domain is decided once.
const faults = fc.constantFrom<Action>({ kind: 'THROTTLED' }, { kind: 'REFUSED' }, { kind: 'BROKEN' });
const unknowns = fc.constantFrom<Action>({ kind: 'UNKNOWN' }, { kind: 'THROWS' });
const hits = (most: number): fc.Arbitrary<Action> =>
  fc.record({
    kind: fc.constant('FOUND' as const),
    credits: fc.integer({ min: 0, max: most }),
    phone: fc.boolean(),
    email: fc.boolean(),
  });
const misses = (most: number): fc.Arbitrary<Action> =>
  fc.record({ kind: fc.constant('NOT_FOUND' as const), credits: fc.constantFrom(0, 0, 0, most) });
const some = (...kinds: fc.Arbitrary<Action>[]) =>
  fc.array(fc.oneof(...kinds), { minLength: 1, maxLength: 4 });
const actionsOf = (name: ProviderName) => {
  const most = name === 'APOLLO' ? 9 : 1;
  return name === 'FIRMABLE'
    ? fc.oneof(some(hits(1), hits(1), faults, unknowns), some(misses(0), faults))
    : some(hits(most), misses(most), faults, unknowns);
};
const actions = fc.record(
  Object.fromEntries(
    providerNames.flatMap((name) => domains.map((domain) => [`${name} ${domain}`, actionsOf(name)] as const)),
  ),
);
const plays: fc.Arbitrary<Play> = fc.record({
  actions,
  budgets: fc.array(
    fc.tuple(
      fc.constantFrom<Budget['scope']>('WORKSPACE', 'MANAGED', 'WORKFLOW'),
      fc.integer({ min: 0, max: 25 }),
    ),
    { maxLength: 2 },
  ),
  rounds: fc.array(
    fc.record({
      steps: fc.array(
        fc.record({
          provider: fc.constantFrom(...providerNames),
          require: fc.subarray<RecordField>(['PHONE', 'EMAIL', 'NAME']),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      lookups: fc.array(
        fc.record({
          domains: fc.array(fc.nat(domains.length - 1), { minLength: 1, maxLength: 3 }),
          maxCredits: fc.option(fc.integer({ min: 0, max: 12 })),
          maxAgeSeconds: fc.option(fc.constantFrom(0, 3_600)),
          crm: fc.boolean(),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

it('sums up to what the providers charged, within every budget, when waterfall and outcomes are arbitrary', async () => {
  const played = fc.assert(fc.asyncProperty(plays, playAndCheck), { numRuns: 120 });
  await expect(played).resolves.toBeUndefined();
}, 300_000);

it('costs no more than its quote, and is refused nothing that the quote allows, when waterfall and outcomes are arbitrary', async () => {
  const played = fc.assert(fc.asyncProperty(plays, playAgainstQuote), { numRuns: 80 });
  await expect(played).resolves.toBeUndefined();
}, 300_000);

const playAgainstQuote = async (play: Play): Promise<void> => {
  const next = scriptOf(play);
  const scenario = await openScenario((name, domain, lookup) => {
    const action = next(name, domain, lookup);
    // A quote takes misses for free, as these providers promise.
    return action.kind === 'NOT_FOUND' ? { ...action, credits: 0 } : action;
  });
  await Promise.all(play.budgets.map(([scope, limit]) => addBudget(scenario, scope, limit)));
  for (const { steps, lookups } of play.rounds) {
    const waterfall: Step[] = steps.map((step) => ({ ...step, connectionId: null }));
    for (const { maxCredits, maxAgeSeconds, crm, domains: places } of lookups) {
      const options: LookupOptions = { waterfall, maxCredits, maxAgeSeconds, workflow: crm ? 'crm' : null };
      const companies = places.map((place) => ({ domain: domains[place] }));
      const request = requestOf(scenario.caller);
      const quote = await scenario.quote(request, { companies, people: [] }, options);
      const results = await scenario.enrichment.lookUpCompanies(request, companies, options);
      expect(request.tally.charged).toBeLessThanOrEqual(quote.maxCredits);
      if (!quote.checks.allowed) continue;
      const codes = results.flatMap(({ receipt }) => receipt.attempts.map(({ code }) => code));
      expect(codes).not.toContain('BUDGET_EXCEEDED');
      expect(codes).not.toContain('MAX_CREDITS_EXCEEDED');
    }
  }
};

/** The actions of a play, one after the other. */
const scriptOf = (play: Play): Script => {
  const left = new Map(Object.entries(play.actions).map(([key, actions]) => [key, [...actions]]));
  return (name, domain) => {
    const actions = left.get(`${name} ${domain}`) ?? [];
    const [action] = actions;
    if (actions.length > 1) actions.shift();
    return action ?? { kind: 'NOT_FOUND', credits: 0 };
  };
};

const playAndCheck = async (play: Play): Promise<void> => {
  const scenario = await openScenario(scriptOf(play));
  const budgets = await Promise.all(play.budgets.map(([scope, limit]) => addBudget(scenario, scope, limit)));

  const returned = new Map<string, LookupResult<CompanyRecord>>();
  let tallied = 0;
  for (const { steps, lookups } of play.rounds) {
    const waterfall: Step[] = steps.map((step) => ({ ...step, connectionId: null }));
    const requests = lookups.map((lookup) => ({ lookup, request: requestOf(scenario.caller) }));
    const results = await Promise.all(
      requests.map(({ lookup, request }) => {
        const { maxCredits, maxAgeSeconds, crm } = lookup;
        const options: LookupOptions = { waterfall, maxCredits, maxAgeSeconds, workflow: crm ? 'crm' : null };
        const keys = lookup.domains.map((index) => ({ domain: domains[index] }));
        return scenario.enrichment.lookUpCompanies(request, keys, options);
      }),
    );
    for (const [index, { lookup, request }] of requests.entries()) {
      tallied += Number(request.tally.charged);
      expect(request.tally.reserved).toBe(0n);
      if (lookup.maxCredits !== null)
        expect(Number(request.tally.charged)).toBeLessThanOrEqual(lookup.maxCredits);
      for (const result of results[index] ?? []) {
        returned.set(result.receipt.id, result);
        expectSteps(result, waterfall);
      }
    }
  }

  const entries = await entriesOf(store.database, scenario);
  const charged = sumOf(Object.values(scenario.charged));
  expect(sumOf([...returned.values()].map(({ receipt }) => receipt.creditsCharged))).toBe(charged);
  expect(sumOf(entries.map(({ credits }) => credits))).toBe(charged);
  expect(tallied).toBe(charged);
  expect((await reservationsOf(store.database, scenario)).filter(({ state }) => state === 'HELD')).toEqual(
    [],
  );
  for (const budget of budgets) {
    const [row] = await store.database.sql<{ spent: number; reserved: number }[]>`
      select spent::int, reserved::int from budget_periods where budget_id = ${budget.id}`;
    expect(row?.spent ?? 0).toBeLessThanOrEqual(budget.limit);
    expect(row?.reserved ?? 0).toBe(0);
    expect(row?.spent ?? 0).toBe(await spentWithin(scenario, budget));
  }
};

/** The parts of a result must agree with its steps. */
const expectSteps = ({ outcome, record, receipt }: LookupResult<CompanyRecord>, waterfall: Step[]): void => {
  const { attempts } = receipt;
  expect(attempts.map(({ step }) => step)).toEqual(attempts.map((_, index) => index + 1));
  expect(attempts.map(({ provider }) => provider)).toEqual(
    waterfall.slice(0, attempts.length).map(({ provider }) => provider),
  );
  expect(receipt.creditsCharged).toBe(BigInt(sumOf(attempts.map(({ creditsCharged }) => creditsCharged))));
  expect(attempts.slice(0, -1).filter((one) => one.outcome === 'UNKNOWN')).toEqual([]);
  expect(attempts.slice(0, -1).filter((one) => one.outcome === 'FOUND' && one.code === null)).toEqual([]);
  expect(outcome === 'FOUND').toBe(record !== null);
  for (const { outcome, reason } of attempts) expect(outcome === 'FOUND' || reason !== null).toBe(true);
};

const spentWithin = async ({ workspaceId }: Scenario, { scope }: Budget): Promise<number> => {
  const [row] = await store.database.sql<{ spent: number }[]>`
    select coalesce(sum(credits), 0)::int as spent from entries
    where workspace_id = ${workspaceId}
      and (${scope} = 'WORKSPACE' or (${scope} = 'MANAGED' and payer = 'MANAGED')
        or (${scope} = 'WORKFLOW' and workflow = 'crm'))`;
  return row?.spent ?? 0;
};
