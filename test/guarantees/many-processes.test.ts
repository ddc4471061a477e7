import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import {
  type CountingFirmable,
  domainsFrom,
  identifiersOf,
  startCountingFirmable,
} from './counting-firmable.js';
import { type CompanyAnswer, type Gateways, startGateways } from './gateways.js';

const lookups = 1_000;
let store: TestDatabase;
let firmable: CountingFirmable;
let gateways: Gateways;

beforeAll(async () => {
  store = await createTestDatabase();
  firmable = await startCountingFirmable();
  gateways = await startGateways({
    count: 3,
    store: { DATABASE_URL: store.url },
    firmableUrl: firmable.url,
  });
  // A thousand at once need processes that have served requests before.
  for (let round = 0; round < 3; round += 1) {
    await Promise.all(domainsFrom(100, 30).map((by, at) => gateways.lookUp(at, by)));
  }
}, 120_000);
afterAll(async () => {
  await gateways.close();
  await firmable.close();
  await store.close();
});

/** All at once, each by the next of `spellings`, spread over the processes so that each process gets all of them. */
const lookUpTogether = (spellings: Record<string, string>[]): Promise<CompanyAnswer[]> =>
  Promise.all(
    Array.from({ length: lookups }, (_, at) =>
      gateways.lookUp(at, spellings[Math.floor(at / 3) % spellings.length] ?? {}),
    ),
  );

const chargesInLedger = async (number: number): Promise<string[]> => {
  const rows = await store.database.sql<{ charge: string }[]>`
    select e.charge from entries e join unlocks u on u.id = e.unlock_id
    where u.record_key = ${`company:id:${identifiersOf(number).id}`} and e.credits <> 0`;
  return rows.map((row) => row.charge);
};

const outcomesOf = (answers: CompanyAnswer[]): Set<string> =>
  new Set(
    answers.map(
      ({ outcome, company, problem }) => `${outcome} ${company?.id ?? problem?.code ?? 'without a record'}`,
    ),
  );

it('makes one call and one charge when three processes get a thousand lookups of one new record', async () => {
  const { domain, id } = identifiersOf(1);
  firmable.takesMs(300);
  const before = firmable.requests.length;
  const answers = await lookUpTogether([{ domain }]);
  expect(outcomesOf(answers)).toEqual(new Set([`FOUND ${id}`]));
  expect(firmable.requests.slice(before).map(({ by }) => by)).toEqual([`fqdn=${domain}`]);
  expect(firmable.charges.filter((number) => number === 1)).toHaveLength(1);
  expect(answers.filter(({ receipt }) => receipt.creditsCharged > 0)).toHaveLength(1);
  expect(await chargesInLedger(1)).toEqual(['CHARGED']);
}, 60_000);

it('makes at most one call for each identifier, and one charge, when the lookups use mixed identifiers', async () => {
  const { domain, linkedin, abn, id } = identifiersOf(2);
  firmable.takesMs(300);
  const before = firmable.requests.length;
  const answers = await lookUpTogether([
    { domain },
    { website: `https://www.${domain}/about` },
    { linkedin: `https://www.linkedin.com/company/${linkedin}/` },
    { abn: abn.replace(/^(\d{2})(\d{3})/, '$1 $2 ') },
  ]);
  expect(outcomesOf(answers)).toEqual(new Set([`FOUND ${id}`]));
  const calls = firmable.requests.slice(before).map(({ by }) => by);
  const identifiers = [`fqdn=${domain}`, `ln_slug=${linkedin}`, `abn=${abn}`];
  expect(calls.filter((by) => !identifiers.includes(by))).toEqual([]);
  expect(calls).toHaveLength(new Set(calls).size);
  expect(firmable.mostAtOnce()).toBe(1);
  expect(firmable.charges.filter((number) => number === 2)).toHaveLength(1);
  expect(answers.filter(({ receipt }) => receipt.creditsCharged > 0)).toHaveLength(1);
  expect(await chargesInLedger(2)).toEqual(['CHARGED']);
}, 60_000);

it('admits exactly N of 300 concurrent lookups to a hard budget of N, and more as soon as it is raised', async () => {
  const [limit, more, workflow] = [37, 5, 'limited'];
  const budget = { name: workflow, scope: 'WORKFLOW', subject: workflow, period: 'DAY', mode: 'HARD' };
  const { id } = await gateways.setBudget({ ...budget, limit });
  firmable.takesMs(50);
  const [first, second] = [domainsFrom(10_000, 300), domainsFrom(20_000, 30)];
  // Other tests charge for other records.
  const charged = (): number => firmable.charges.filter((number) => number >= 10_000).length;

  const answers = await Promise.all(first.map((by, at) => gateways.lookUp(at, by, { workflow })));
  expect(answers.filter(({ receipt }) => receipt.charge === 'CHARGED')).toHaveLength(limit);
  expect(answers.filter(({ problem }) => problem?.code === 'BUDGET_EXCEEDED')).toHaveLength(300 - limit);
  expect(charged()).toBe(limit);

  await gateways.setBudget({ ...budget, id, limit: limit + more });
  const later = await Promise.all(second.map((by, at) => gateways.lookUp(at, by, { workflow })));
  expect(later.filter(({ receipt }) => receipt.charge === 'CHARGED')).toHaveLength(more);
  expect(charged()).toBe(limit + more);
  expect(
    await store.database
      .sql`select spent::int, reserved::int from budget_periods where budget_id = ${id.slice(4)}`,
  ).toEqual([{ spent: limit + more, reserved: 0 }]);
  expect(await verifyLedger(store.database)).toMatchObject({ disagreements: [], hints: [] });
}, 60_000);
