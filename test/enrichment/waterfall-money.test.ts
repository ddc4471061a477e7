import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { createAllowance, unlimited } from '../../src/enrichment/allowance.js';
import type { LookupResult } from '../../src/enrichment/lookup-result.js';
import type { Enrichment } from '../../src/enrichment/lookup.js';
import type { QuoteVerb } from '../../src/enrichment/quotes/quote.js';
import type { LookupOptions, LookupRequest } from '../../src/enrichment/lookup-request.js';
import { newId } from '../../src/platform/ids.js';
import type { RecordField } from '../../src/providers/provider.js';
import { type Provider, type ProviderName, providerNames } from '../../src/providers/catalogue.js';
import type { CompanyRecord } from '../../src/providers/records.js';
import type { Step } from '../../src/waterfalls/step.js';
import { entriesOf, reservationsOf } from '../ledger/setup.js';
import { createWorkspace } from '../support/workspace.js';
import { createTestApp, type TestApp } from '../support/create-test-app.js';
import type { TestDatabase } from '../support/database.js';
import {
  createFakeProviders,
  type Action,
  type FakeProviders,
  type Script,
} from '../support/fake-providers.js';
import { openStore } from './setup.js';
import { anyTime } from '../support/any-time.js';

/** The scripted providers of each scenario, by the key of its lookups. */
const scripted = new Map<string, FakeProviders>();
const unscripted = createFakeProviders(() => ({ kind: 'BROKEN' })).providers;
const routed = (name: ProviderName): Provider => ({
  ...unscripted[name],
  findCompany: (call, lookup) =>
    (scripted.get(call.key)?.providers ?? unscripted)[name].findCompany(call, lookup),
});

/** The accounts of each scenario, by its workspace and provider. */
const accounts = new Map<string, string>();
const accountOf = (workspaceId: string, provider: string): string => {
  const key = `${workspaceId} ${provider}`;
  const accountId = accounts.get(key) ?? newId();
  accounts.set(key, accountId);
  return accountId;
};

let store: TestDatabase;
let app: TestApp;
beforeAll(async () => {
  store = await openStore();
  app = await createTestApp({
    database: store,
    providers: {
      FIRMABLE: routed('FIRMABLE'),
      PEOPLE_DATA_LABS: routed('PEOPLE_DATA_LABS'),
      APOLLO: routed('APOLLO'),
    },
    resolveCredential: ({ workspaceId }, { provider }) =>
      Promise.resolve({
        key: workspaceId,
        accountId: accountOf(workspaceId, provider),
        connectionId: null,
        payer: provider === 'APOLLO' ? 'MANAGED' : 'CALLER_KEY',
        sandbox: false,
      }),
    rateLimiter: () => Promise.resolve(anyTime),
    config: { sandbox: false },
    maintenance: false,
    logLevel: 'silent',
  });
});
afterAll(() => app.close());

type Scenario = FakeProviders & {
  enrichment: Enrichment;
  quote: QuoteVerb;
  caller: Caller;
  workspaceId: string;
};

/** A workspace of its own with an account at each of the scripted providers. */
const openScenario = async (script: Script): Promise<Scenario> => {
  const { id: workspaceId, as } = await createWorkspace(store.database);
  const fakes = createFakeProviders(script);
  scripted.set(workspaceId, fakes);
  return {
    ...fakes,
    enrichment: app.gateway,
    quote: app.gateway.quote,
    caller: as.MEMBER,
    workspaceId,
  };
};

const requestOf = (caller: Caller, maxCredits: number | null = null): LookupRequest => ({
  caller,
  callerKeys: {},
  workflow: null,
  allowance: maxCredits === null ? unlimited : createAllowance(BigInt(maxCredits)),
  tally: { charged: 0n, saved: 0n, reserved: 0n },
});

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
    asks: { domains: number[]; maxCredits: number | null; maxAgeSeconds: number | null; crm: boolean }[];
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
      asks: fc.array(
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

test('for any waterfall and any outcomes the attempts sum up to what the providers charged, and every budget holds', async () => {
  const played = fc.assert(fc.asyncProperty(plays, playAndCheck), { numRuns: 120 });
  await expect(played).resolves.toBeUndefined();
}, 300_000);

test('for any waterfall and any outcomes the asks cost no more than their quote, and what it allows is not refused', async () => {
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
  for (const { steps, asks } of play.rounds) {
    const waterfall: Step[] = steps.map((step) => ({ ...step, connectionId: null }));
    for (const { maxCredits, maxAgeSeconds, crm, domains: places } of asks) {
      const options: LookupOptions = { waterfall, maxCredits, maxAgeSeconds, workflow: crm ? 'crm' : null };
      const companies = places.map((place) => ({ domain: domains[place] }));
      const request = requestOf(scenario.caller);
      const quote = await scenario.quote(request, { companies, people: [] }, options);
      const answers = await scenario.enrichment.lookUpCompanies(request, companies, options);
      expect(request.tally.charged).toBeLessThanOrEqual(quote.maxCredits);
      if (!quote.checks.allowed) continue;
      const codes = answers.flatMap(({ receipt }) => receipt.attempts.map(({ code }) => code));
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

  const told = new Map<string, LookupResult<CompanyRecord>>();
  let tallied = 0;
  for (const { steps, asks } of play.rounds) {
    const waterfall: Step[] = steps.map((step) => ({ ...step, connectionId: null }));
    const requests = asks.map((ask) => ({ ask, request: requestOf(scenario.caller) }));
    const answers = await Promise.all(
      requests.map(({ ask, request }) => {
        const { maxCredits, maxAgeSeconds, crm } = ask;
        const options: LookupOptions = { waterfall, maxCredits, maxAgeSeconds, workflow: crm ? 'crm' : null };
        const keys = ask.domains.map((index) => ({ domain: domains[index] }));
        return scenario.enrichment.lookUpCompanies(request, keys, options);
      }),
    );
    for (const [index, { ask, request }] of requests.entries()) {
      tallied += Number(request.tally.charged);
      expect(request.tally.reserved).toBe(0n);
      if (ask.maxCredits !== null) expect(Number(request.tally.charged)).toBeLessThanOrEqual(ask.maxCredits);
      for (const answer of answers[index] ?? []) {
        told.set(answer.receipt.id, answer);
        expectSteps(answer, waterfall);
      }
    }
  }

  const entries = await entriesOf(store.database, scenario);
  const charged = sumOf(Object.values(scenario.charged));
  expect(sumOf([...told.values()].map(({ receipt }) => receipt.creditsCharged))).toBe(charged);
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

/** What an answer says of its steps must hang together. */
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

const found = (credits: number): Action => ({ kind: 'FOUND', credits, phone: true, email: true });
const at = (provider: ProviderName, require: RecordField[] = []): Step => ({
  provider,
  connectionId: null,
  require,
});

test('a provider that reports more than its most is booked as it says', async () => {
  const scenario = await openScenario(() => found(12));
  const request = requestOf(scenario.caller);
  const by = { domain: 'one.example' };
  const answer = await scenario.enrichment.lookUpCompany(request, by, { waterfall: [at('APOLLO')] });
  expect(answer.receipt).toMatchObject({ charge: 'CHARGED', creditsCharged: 12n });
  expect(request.tally.charged).toBe(12n);
  expect(sumOf((await entriesOf(store.database, scenario)).map(({ credits }) => credits))).toBe(12);
});

test('a miss that its provider charges for is a miss, and charged', async () => {
  const scenario = await openScenario(() => ({ kind: 'NOT_FOUND', credits: 1 }));
  const by = { domain: 'one.example' };
  const options = { waterfall: [at('PEOPLE_DATA_LABS'), at('FIRMABLE')] };
  const answer = await scenario.enrichment.lookUpCompany(requestOf(scenario.caller), by, options);
  expect(answer).toMatchObject({ outcome: 'NOT_FOUND', receipt: { charge: 'CHARGED', creditsCharged: 1n } });
  expect(answer.receipt.attempts).toMatchObject([
    { outcome: 'NOT_FOUND', charge: 'CHARGED', creditsCharged: 1n },
    { outcome: 'NOT_FOUND', charge: 'NOT_FOUND', creditsCharged: 0n },
  ]);
});

test('a miss for want of fields is nobody else’s miss: whoever waited without that requirement asks for itself', async () => {
  const scenario = await openScenario((_, __, { require }) =>
    require.length > 0 ? { kind: 'NOT_FOUND', credits: 0 } : found(1),
  );
  const by = { domain: 'one.example' };
  const ask = (require: RecordField[]) =>
    scenario.enrichment.lookUpCompany(requestOf(scenario.caller), by, {
      waterfall: [at('PEOPLE_DATA_LABS', require)],
    });
  const [picky, easy] = await Promise.all([ask(['PHONE']), ask([])]);
  expect(easy.outcome).toBe('FOUND');
  expect(['FOUND', 'NOT_FOUND']).toContain(picky.outcome);
  expect(scenario.charged.PEOPLE_DATA_LABS).toBe(1);
});

test('many who require what nobody has all hear of it', async () => {
  const scenario = await openScenario(() => ({ kind: 'NOT_FOUND', credits: 0 }));
  const by = { domain: 'one.example' };
  const options = { waterfall: [at('PEOPLE_DATA_LABS', ['PHONE'])] };
  const answers = await Promise.all(
    Array.from({ length: 40 }, () =>
      scenario.enrichment.lookUpCompany(requestOf(scenario.caller), by, options),
    ),
  );
  expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(['NOT_FOUND']));
  expect(new Set(answers.map(({ receipt }) => receipt.attempts[0]?.code))).toEqual(
    new Set(['FIELDS_MISSING']),
  );
});
