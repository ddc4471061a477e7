import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, type Role, roles } from '../../src/access/caller.js';
import type { SetBalancePlanInput } from '../../src/balances/balance-input.js';
import { setBalancePlan } from '../../src/balances/set-balance-plan.js';
import { createBalanceReader } from '../../src/balances/read-balance.js';
import { listReadings, recordBalance } from '../../src/balances/readings.js';
import { createVault, type Vault } from '../../src/connections/vault.js';
import { newId } from '../../src/platform/ids.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { outcomeOf } from '../support/outcome.js';
import { charge, createPayer, daysAgo, read } from './setup.js';

let store: TestDatabase;
let deps: { database: TestDatabase['database']; vault: Vault; refreshBalance: () => Promise<void> };
beforeAll(async () => {
  store = await createTestDatabase();
  const { database } = store;
  const vault = createVault({ database, secrets: [randomBytes(32)] });
  deps = { database, vault, refreshBalance: () => Promise.resolve() };
});
afterAll(() => store.close());

const declare = async (caller: Caller, connection: string, input: Partial<SetBalancePlanInput> = {}) => {
  const declaration = { connection, monthlyCredits: 1_000n, renewalDay: 1, ...input };
  return await setBalancePlan(deps, caller, declaration);
};
const get = (caller: Caller, connection: string) => createBalanceReader(deps)(caller, connection);
const pageOf = (accountId: string, first = 10, after: string | null = null) => ({ accountId, first, after });

it('lists readings in pages, newest first, of this account only', async () => {
  const { as, id, connection, more } = await createPayer(store.database);
  const place = { workspaceId: id, accountId: connection.accountId };
  for (const days of [3, 9, 1, 5, 7]) await read(store.database, place, { at: daysAgo(days), credits: days });
  await read(
    store.database,
    { ...place, accountId: (await more()).accountId },
    { at: daysAgo(2), credits: 2 },
  );
  const seen: bigint[] = [];
  let after: string | null = null;
  do {
    const page = await listReadings(deps, as.VIEWER, pageOf(connection.accountId, 2, after));
    seen.push(...page.items.map(({ credits }) => credits));
    expect(await page.totalCount()).toBe(5);
    after = page.hasNextPage ? (page.cursors.at(-1) ?? null) : null;
  } while (after !== null);
  expect(seen).toEqual([1n, 3n, 5n, 7n, 9n]);
});

it('follows only the last of a day of what a provider reports, and every reading of a person', async () => {
  const { as, id, connection } = await createPayer(store.database, 'APOLLO');
  const place = { workspaceId: id, accountId: connection.accountId };
  const noon = new Date();
  noon.setUTCHours(12, 0, 0, 0);
  const at = (day: number, hours: number) => new Date(noon.getTime() - day * 86_400_000 + hours * 3_600_000);
  for (const [day, hours, credits] of [
    [3, -2, 90],
    [3, -1, 85],
    [3, 1, 80],
    [2, 0, 60],
    [2, 1, 55],
  ] as const) {
    await read(store.database, place, { at: at(day, hours), credits, source: 'REPORTED' });
  }
  await read(store.database, place, { at: at(2, -1), credits: 70 });
  await read(store.database, place, { at: at(2, -2), credits: 75 });
  const { drift, estimated } = await get(as.VIEWER, connection.id);
  expect(drift.map(({ before, after }) => [Number(before), Number(after)])).toEqual([
    [70, 55],
    [75, 70],
    [80, 75],
  ]);
  expect(estimated).toBe(false);
});

it('keeps the sandbox apart: what a sandbox account was charged leaves the real one alone', async () => {
  const { as, id, connection, more } = await createPayer(store.database);
  const sandbox = await more(newId(), true);
  for (const one of [connection, sandbox]) {
    await recordBalance(deps, as.ADMIN, { connection: one.id, credits: 50n, observedAt: daysAgo(2) });
  }
  await charge(store.database, { workspaceId: id, accountId: sandbox.accountId }, [
    { at: daysAgo(1), credits: 7 },
  ]);
  expect((await get(as.VIEWER, connection.id)).remaining).toBe(50n);
  expect((await get(as.VIEWER, sandbox.id)).remaining).toBe(43n);
});

describe('who may', () => {
  const verbs: Record<
    string,
    { may: readonly Role[]; call: (caller: Caller, id: string) => Promise<unknown> }
  > = {
    setBalancePlan: { may: ['ADMIN'], call: (caller, id) => declare(caller, id) },
    recordBalance: {
      may: ['ADMIN'],
      call: (caller, connection) => recordBalance(deps, caller, { connection, credits: 1n }),
    },
    readBalance: { may: roles, call: (caller, id) => get(caller, id) },
  };
  const cases = Object.entries(verbs).flatMap(([verb, { may, call }]) =>
    roles.map((role) => ({ verb, role, call, allowed: may.includes(role) })),
  );
  it.each(cases)('$verb as $role: $allowed', async ({ call, role, allowed }) => {
    const { as, connection } = await createPayer(store.database);
    expect(await outcomeOf(call(as[role], connection.id))).toBe(allowed ? 'done' : 'FORBIDDEN');
  });

  it.each(Object.entries(verbs))(
    '%s: a connection of another workspace is NOT_FOUND',
    async (_, { call }) => {
      const ours = await createPayer(store.database);
      const theirs = await createPayer(store.database);
      for (const id of [theirs.connection.id, newId(), 'con_1', '']) {
        expect(await outcomeOf(call(ours.as.ADMIN, id))).toBe('NOT_FOUND');
      }
      const untouched = await get(theirs.as.VIEWER, theirs.connection.id);
      expect(untouched).toMatchObject({ plan: null, latestReading: null, remaining: null });
    },
  );

  it('lists no readings of another workspace', async () => {
    const ours = await createPayer(store.database);
    const theirs = await createPayer(store.database);
    await recordBalance(deps, theirs.as.ADMIN, { connection: theirs.connection.id, credits: 1n });
    const page = await listReadings(deps, ours.as.ADMIN, pageOf(theirs.connection.accountId));
    expect([page.items, await page.totalCount()]).toEqual([[], 0]);
  });
});
