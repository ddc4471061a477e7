import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SetBudgetInput } from '../../src/budgets/budget-input.js';
import { deleteBudget } from '../../src/budgets/delete-budget.js';
import { getBudget, listBudgets } from '../../src/budgets/read-budgets.js';
import { newId } from '../../src/platform/ids.js';
import { connect, connectionsOf } from '../connections/setup.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import { budgetsOf, type Deps, set } from './setup.js';

let store: TestDatabase;
let deps: Deps;
beforeAll(async () => {
  store = await createTestDatabase();
  deps = budgetsOf(store.database);
});
afterAll(() => store.close());

it('returns a new budget with its window and zero spending', async () => {
  const { as } = await createWorkspace(store.database);
  const { budget } = await set(deps, as.ADMIN, {
    name: ' crm ',
    scope: 'WORKFLOW',
    subject: ' crm-sync ',
    period: 'DAY',
    timeZone: 'australia/sydney',
    limit: 500n,
    thresholds: [100, 50, 100],
  });
  expect(budget).toEqual({
    id: budget.id,
    name: 'crm',
    scope: 'WORKFLOW',
    subject: 'crm-sync',
    period: 'DAY',
    timeZone: 'Australia/Sydney',
    limit: 500n,
    mode: 'HARD',
    thresholds: [50, 100],
    setByOperator: false,
    tokenId: null,
    createdAt: expect.any(Date),
    startsAt: expect.any(Date),
    renewsAt: expect.any(Date),
    startsAtLocal: expect.stringMatching(/ 00:00$/),
    renewsAtLocal: expect.stringMatching(/ 00:00$/),
    spent: 0n,
    reserved: 0n,
    remaining: 500n,
    alerts: [],
  });
  const midnight = new Intl.DateTimeFormat('en', {
    timeZone: 'Australia/Sydney',
    timeStyle: 'medium',
    hourCycle: 'h23',
  });
  expect(midnight.format(budget.startsAt!)).toBe('00:00:00');
  expect(midnight.format(budget.renewsAt!)).toBe('00:00:00');
  expect(budget.startsAt!.getTime()).toBeLessThanOrEqual(Date.now());
  expect(budget.renewsAt!.getTime()).toBeGreaterThan(Date.now());
  expect(await getBudget(deps, as.VIEWER, budget.id)).toEqual(budget);
});

it('uses defaults when fields are omitted: HARD, UTC, thresholds 80 and 100', async () => {
  const { as } = await createWorkspace(store.database);
  const { budget } = await set(deps, as.ADMIN);
  expect(budget).toMatchObject({
    mode: 'HARD',
    timeZone: 'UTC',
    thresholds: [80, 100],
    startsAt: null,
    renewsAt: null,
  });
});

it('resets omitted fields to their defaults when a budget changes', async () => {
  const { as } = await createWorkspace(store.database);
  const first = await set(deps, as.ADMIN, {
    name: 'a',
    mode: 'SOFT',
    thresholds: [],
    limit: 7n,
  });
  const { id } = first.budget;
  const { budget } = await set(deps, as.ADMIN, { id, name: 'b', limit: 0n });
  expect(budget).toEqual({
    ...first.budget,
    name: 'b',
    limit: 0n,
    remaining: 0n,
    mode: 'HARD',
    thresholds: [80, 100],
  });
});

it('refuses to change scope, subject, period and time zone', async () => {
  const { as } = await createWorkspace(store.database);
  const state = { name: 'fixed', scope: 'WORKFLOW', subject: 'a', period: 'DAY', timeZone: 'UTC' } as const;
  const { id } = (await set(deps, as.ADMIN, state)).budget;
  const cases: [string, Partial<SetBudgetInput>][] = [
    ['scope', { scope: 'WORKSPACE', subject: null }],
    ['subject', { subject: 'b' }],
    ['period', { period: 'WEEK' }],
    ['timeZone', { timeZone: 'Europe/Berlin' }],
  ];
  for (const [field, change] of cases) {
    await expect(set(deps, as.ADMIN, { ...state, ...change, id })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: [field],
    });
  }
  expect((await set(deps, as.ADMIN, { ...state, id, timeZone: 'utc', name: 'renamed' })).budget.name).toBe(
    'renamed',
  );
});

describe('what cannot be a budget is refused with the field at fault', () => {
  it.each<[string, Partial<SetBudgetInput>]>([
    ['name', { name: ' ' }],
    ['name', { name: 'x'.repeat(101) }],
    ['name', { name: 'two\nlines' }],
    ['limit', { limit: -1n }],
    ['limit', { limit: 2n ** 31n }],
    ['thresholds', { thresholds: [0] }],
    ['thresholds', { thresholds: [1001] }],
    ['thresholds', { thresholds: [1.5] }],
    ['thresholds', { thresholds: Array.from({ length: 21 }, (_, n) => n + 1) }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['timeZone', { timeZone: '+02:00' }],
    ['timeZone', { timeZone: 'Foo/Bar+5' }],
    ['timeZone', { timeZone: 'CET' }],
    ['timeZone', { timeZone: "UTC'; drop table budgets" }],
    ['subject', { subject: 'x' }],
    ['subject', { scope: 'WORKFLOW' }],
    ['subject', { scope: 'TOKEN', subject: null }],
    ['subject', { scope: 'WORKFLOW', subject: 'x'.repeat(101) }],
  ])('%s: %o', async (field, input) => {
    const { as } = await createWorkspace(store.database);
    const refused = await set(deps, as.ADMIN, input).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'INVALID_INPUT', field: expect.arrayContaining([field]) });
    expect((await listBudgets(deps, as.ADMIN, { first: 1, after: null })).items).toEqual([]);
  });

  it('settles when limit and threshold are the largest allowed', async () => {
    const { as } = await createWorkspace(store.database);
    const { budget } = await set(deps, as.ADMIN, { limit: 2n ** 31n - 1n, thresholds: [1, 1_000] });
    const [row] = await store.database.sql<{ product: string }[]>`
      select max(b.limit * t) as product from budgets b, unnest(thresholds) t where id = ${budget.id}`;
    expect(row).toEqual({ product: '2147483647000' });
  });
});

it('returns NOT_FOUND when the connection or token is deleted, unknown or another workspace’s', async () => {
  const ours = await createWorkspace(store.database);
  const theirs = await createWorkspace(store.database);
  const connections = connectionsOf(store.database);
  const { id } = await connect(connections, ours.as.ADMIN);
  const foreign = await connect(connections, theirs.as.ADMIN);
  const made = await set(deps, ours.as.ADMIN, { name: 'con', scope: 'CONNECTION', subject: id });
  expect(made.budget.subject).toBe(id);
  for (const scope of ['CONNECTION', 'TOKEN'] as const) {
    for (const subject of [foreign.id, newId(), 'con_1', 'x']) {
      await expect(set(deps, ours.as.ADMIN, { scope, subject })).rejects.toMatchObject({
        code: 'NOT_FOUND',
        field: ['subject'],
      });
    }
  }
  await store.database.sql`update connections set deleted_at = now() where id = ${id}`;
  await expect(set(deps, ours.as.ADMIN, { scope: 'CONNECTION', subject: id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  // The budget that stands can still be changed.
  const { budget } = await set(deps, ours.as.ADMIN, {
    id: made.budget.id,
    name: 'con',
    scope: 'CONNECTION',
    subject: id,
    limit: 1n,
  });
  expect(budget.limit).toBe(1n);
});

it('refuses a name while another budget has it', async () => {
  const { as } = await createWorkspace(store.database);
  const { id } = (await set(deps, as.ADMIN, { name: 'one' })).budget;
  const other = (await set(deps, as.ADMIN, { name: 'two' })).budget;
  const taken = { code: 'NAME_TAKEN', field: ['name'] };
  await expect(set(deps, as.ADMIN, { name: 'one' })).rejects.toMatchObject(taken);
  await expect(set(deps, as.ADMIN, { id: other.id, name: 'one' })).rejects.toMatchObject(taken);
  await deleteBudget(deps, as.ADMIN, id);
  expect((await set(deps, as.ADMIN, { name: 'one' })).budget.id).not.toBe(id);
  expect(await getBudget(deps, as.ADMIN, id)).toBeNull();
});

it('lists budgets by cursors, oldest first, without deleted ones', async () => {
  const { as } = await createWorkspace(store.database);
  const ids: string[] = [];
  for (const name of ['a', 'b', 'c', 'd']) ids.push((await set(deps, as.ADMIN, { name })).budget.id);
  await deleteBudget(deps, as.ADMIN, ids[1]!);
  const first = await listBudgets(deps, as.VIEWER, { first: 2, after: null });
  const second = await listBudgets(deps, as.VIEWER, { first: 2, after: first.cursors.at(-1)! });
  expect([first, second].map(({ items }) => items.map(({ name }) => name))).toEqual([['a', 'c'], ['d']]);
  expect([first.hasNextPage, second.hasNextPage, await second.totalCount()]).toEqual([true, false, 3]);
  await expect(listBudgets(deps, as.VIEWER, { first: 2, after: 'x' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
});
