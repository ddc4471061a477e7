import { afterAll, beforeAll, expect, it } from 'vitest';
import { getBudget } from '../../src/budgets/read-budgets.js';
import { createWorkspace } from '../support/workspace.js';
import { destinationFor } from '../alerts/delivery-of.js';
import {
  reservationFor,
  budgetsOf,
  buy,
  countOf,
  type Deps,
  end,
  openInstances,
  reserveAll,
  set,
  spend,
} from './setup.js';

let store: Awaited<ReturnType<typeof openInstances>>;
let deps: Deps;
beforeAll(async () => {
  store = await openInstances();
  deps = budgetsOf(store.database);
});
afterAll(() => store.close());

it('raises an alert once when settlements of several instances reach it together', async () => {
  const { as } = await createWorkspace(store.database);
  const thresholds = [10, 50, 100];
  const { budget } = await set(deps, as.ADMIN, { limit: 120n, period: 'DAY', thresholds });
  const requests = Array.from({ length: 120 }, () => reservationFor(as.MEMBER));
  expect(countOf(await reserveAll(store.ledgers, requests), 'RESERVED')).toBe(120);
  await Promise.all(requests.map((reserve, index) => buy(store.ledgers[index % 3]!, reserve)));
  const { alerts, spent, startsAt } = (await getBudget(deps, as.VIEWER, budget.id))!;
  expect(spent).toBe(120n);
  expect(alerts.map(({ threshold }) => threshold)).toEqual([100, 50, 10]);
  for (const alert of alerts) {
    expect(alert).toMatchObject({ startsAt, limit: 120n, deliveries: [] });
    expect(alert.spent * 100n).toBeGreaterThanOrEqual(120n * BigInt(alert.threshold));
  }
});

it('admits everything and raises each alert up to 1000 percent when the budget is soft', async () => {
  const { as } = await createWorkspace(store.database);
  const { budget } = await set(deps, as.ADMIN, {
    mode: 'SOFT',
    limit: 2n,
    thresholds: [1000, 150, 100, 100],
  });
  const requests = Array.from({ length: 60 }, () => reservationFor(as.MEMBER));
  expect(countOf(await reserveAll(store.ledgers, requests), 'RESERVED')).toBe(60);
  const thresholdsAfter = async (count: number) => {
    await Promise.all(requests.splice(0, count).map((reserve) => buy(store.ledgers[0], reserve)));
    return (await getBudget(deps, as.VIEWER, budget.id))!.alerts.map(({ threshold }) => threshold);
  };
  expect(await thresholdsAfter(1)).toEqual([]);
  expect(await thresholdsAfter(1)).toEqual([100]);
  expect(await thresholdsAfter(1)).toEqual([150, 100]);
  expect(await thresholdsAfter(57)).toEqual([1000, 150, 100]);
  expect(await getBudget(deps, as.VIEWER, budget.id)).toMatchObject({ spent: 60n, remaining: -58n });
});

it.each([1n, 0n])(
  'reserving and releasing under a limit of %i reach no threshold: only what is spent does',
  async (limit) => {
    const { as } = await createWorkspace(store.database);
    const { budget } = await set(deps, as.ADMIN, { mode: 'SOFT', limit, thresholds: [1] });
    const thresholds = async () =>
      (await getBudget(deps, as.VIEWER, budget.id))!.alerts.map(({ threshold }) => threshold);
    const reserve = reservationFor(as.MEMBER);
    await store.ledgers[0].reserve(reserve);
    await end(store.ledgers[0], reserve, 'NOT_FOUND');
    expect(await thresholds()).toEqual([]);
    expect(await spend(store.ledgers[0], reservationFor(as.MEMBER))).toBe(true);
    expect(await thresholds()).toEqual([1]);
  },
);

it('raises an alert once when a lowered limit or a changed list reaches it', async () => {
  const { as } = await createWorkspace(store.database);
  const change = { name: 'lowered', period: 'MONTH' } as const;
  await destinationFor(deps, as.ADMIN, { url: 'https://hooks.example/t/1' });
  const { budget } = await set(deps, as.ADMIN, { ...change, limit: 10n, thresholds: [80, 100] });
  for (let count = 0; count < 5; count += 1) await spend(store.ledgers[0], reservationFor(as.MEMBER));
  const thresholdsAfter = async (limit: bigint, thresholds: number[]) => {
    const changed = await set(deps, as.ADMIN, { ...change, id: budget.id, limit, thresholds });
    return changed.budget.alerts.map(({ threshold, spent }) => [threshold, spent]);
  };
  expect(await thresholdsAfter(7n, [80, 100])).toEqual([]);
  expect(await thresholdsAfter(6n, [80, 100])).toEqual([[80, 5n]]);
  expect(await thresholdsAfter(5n, [80, 100])).toEqual([
    [100, 5n],
    [80, 5n],
  ]);
  expect(await thresholdsAfter(5n, [50, 80, 100])).toEqual([
    [100, 5n],
    [80, 5n],
    [50, 5n],
  ]);
  const due = await store.database.sql`
    select threshold from alerts a join alert_deliveries d on d.alert_id = a.id
    where subject = ${budget.id} and next_attempt_at <= clock_timestamp()`;
  expect(due).toHaveLength(3);
});

it('counts a lookup in the period of its reservation when the period ends during it', async () => {
  const { as } = await createWorkspace(store.database);
  const { sql } = store.database;
  const { budget } = await set(deps, as.ADMIN, { limit: 1n, period: 'DAY', thresholds: [100] });
  const [ledger] = store.ledgers;
  const reserve = reservationFor(as.MEMBER);
  await ledger.reserve(reserve);
  // Its day becomes yesterday: the same as waiting for midnight.
  await sql`update budget_periods set starts_at = starts_at - interval '1 day' where budget_id = ${budget.id}`;
  await sql`
    update reservations set budget_starts = array[budget_starts[1] - interval '1 day'] where id = ${reserve.id}`;
  expect((await getBudget(deps, as.VIEWER, budget.id))!.reserved).toBe(0n);
  await buy(ledger, reserve);
  expect(await getBudget(deps, as.VIEWER, budget.id)).toMatchObject({
    spent: 0n,
    reserved: 0n,
    remaining: 1n,
  });
  expect(
    await sql`select starts_at < ${budget.startsAt} as past, spent, reserved from budget_periods where budget_id = ${budget.id}`,
  ).toEqual([{ past: true, spent: '1', reserved: '0' }]);
  const { alerts } = (await getBudget(deps, as.VIEWER, budget.id))!;
  expect(alerts).toMatchObject([{ threshold: 100, spent: 1n }]);
  expect(alerts[0]!.startsAt!.getTime()).toBeLessThan(budget.startsAt!.getTime());
});

it('starts a new period without spending and raises its alerts again', async () => {
  const { as } = await createWorkspace(store.database);
  const { budget } = await set(deps, as.ADMIN, { limit: 1n, period: 'MONTH', thresholds: [100] });
  const [ledger] = store.ledgers;
  expect(await spend(ledger, reservationFor(as.MEMBER))).toBe(true);
  expect(await spend(ledger, reservationFor(as.MEMBER))).toBe(false);
  // What was spent becomes the month before: the same as waiting for the first.
  await store.database.sql`
    update budget_periods set starts_at = starts_at - interval '1 month' where budget_id = ${budget.id}`;
  await store.database.sql`
    update alerts set starts_at = starts_at - interval '1 month'
    where subject = ${budget.id}`;
  expect(await getBudget(deps, as.VIEWER, budget.id)).toMatchObject({
    spent: 0n,
    reserved: 0n,
    remaining: 1n,
  });
  expect(await spend(ledger, reservationFor(as.MEMBER))).toBe(true);
  const { alerts, startsAt } = (await getBudget(deps, as.VIEWER, budget.id))!;
  expect(alerts.map((alert) => alert.startsAt!.getTime())).toEqual([
    startsAt!.getTime(),
    alerts[1]!.startsAt!.getTime(),
  ]);
  expect(alerts[1]!.startsAt!.getTime()).toBeLessThan(startsAt!.getTime());
});
