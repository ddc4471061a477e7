import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SetBudgetInput } from '../../src/budgets/budget-input.js';
import { deleteBudget } from '../../src/budgets/delete-budget.js';
import { getBudget } from '../../src/budgets/read-budgets.js';
import type { EntryLabels } from '../../src/ledger/types.js';
import { newId } from '../../src/platform/ids.js';
import { connect, connectionsOf } from '../connections/setup.js';
import { createWorkspace } from '../support/workspace.js';
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

const many = (count: number, reserve: () => ReturnType<typeof reservationFor>) =>
  Array.from({ length: count }, reserve);

describe('a hard budget of N admits exactly N', () => {
  it.each(['DAY', 'WEEK', 'MONTH', 'TOTAL'] as const)(
    'per %s, under 300 concurrent lookups from three instances, before the period has a row',
    async (period) => {
      const { as } = await createWorkspace(store.database);
      const { budget } = await set(deps, as.ADMIN, { period, limit: 100n, timeZone: 'Australia/Sydney' });
      const requests = many(300, () => reservationFor(as.MEMBER));
      const reserved = await reserveAll(store.ledgers, requests);
      expect(countOf(reserved, 'RESERVED')).toBe(100);
      expect(countOf(reserved, 'BUDGET_RESERVED')).toBe(200);
      expect(await getBudget(deps, as.VIEWER, budget.id)).toMatchObject({
        spent: 0n,
        reserved: 100n,
        remaining: 0n,
      });
    },
  );

  it('admits lookups of several credits while they fit', async () => {
    const { as } = await createWorkspace(store.database);
    await set(deps, as.ADMIN, { limit: 100n });
    const requests = many(60, () => reservationFor(as.MEMBER, {}, { credits: 3n }));
    expect(countOf(await reserveAll(store.ledgers, requests), 'RESERVED')).toBe(33);
    expect(await spend(store.ledgers[1], reservationFor(as.MEMBER))).toBe(true);
    expect(await spend(store.ledgers[2], reservationFor(as.MEMBER))).toBe(false);
  });

  it('admits exactly N while lookups are charged, missed and failed', async () => {
    const { as } = await createWorkspace(store.database);
    const { budget } = await set(deps, as.ADMIN, { limit: 40n });
    const outcomes = await Promise.all(
      many(300, () => reservationFor(as.MEMBER)).map(async (reserve, index) => {
        const ledger = store.ledgers[index % 3]!;
        if ((await ledger.reserve(reserve)).status !== 'RESERVED') return 'REFUSED';
        if (index % 5 === 0) return end(ledger, reserve, 'NOT_FOUND').then(() => 'MISSED');
        if (index % 5 === 1) return end(ledger, reserve, 'FAILED').then(() => 'BROKEN');
        return buy(ledger, reserve).then(() => 'BOUGHT');
      }),
    );
    const bought = outcomes.filter((outcome) => outcome === 'BOUGHT').length;
    const before = await getBudget(deps, as.VIEWER, budget.id);
    expect(before).toMatchObject({ spent: BigInt(bought), reserved: 0n, remaining: BigInt(40 - bought) });
    const rest = await reserveAll(
      store.ledgers,
      many(60, () => reservationFor(as.MEMBER)),
    );
    expect(countOf(rest, 'RESERVED')).toBe(40 - bought);
  });
});

describe('nested budgets all hold, and none is filled less than it could be', () => {
  it.each([
    { workspace: 90, a: 50, b: 60, admitted: { all: 90 } },
    { workspace: 200, a: 50, b: 60, admitted: { all: 110, a: 50, b: 60 } },
    { workspace: 70, a: 500, b: 0, admitted: { all: 70, a: 70, b: 0 } },
  ])('$workspace over $a and $b', async ({ workspace, a, b, admitted }) => {
    const { as } = await createWorkspace(store.database);
    const nested: [number, Partial<SetBudgetInput>, string | null][] = [
      [workspace, { period: 'DAY' }, null],
      [a, { scope: 'WORKFLOW', subject: 'a' }, 'a'],
      [b, { scope: 'WORKFLOW', subject: 'b' }, 'b'],
    ];
    const made = await Promise.all(
      nested.map(async ([limit, input, workflow]) => {
        const { budget } = await set(deps, as.ADMIN, { ...input, limit: BigInt(limit) });
        return { id: budget.id, limit, workflow };
      }),
    );
    const requests = Array.from({ length: 300 }, (_, index) =>
      reservationFor(as.MEMBER, { workflow: index % 2 === 0 ? 'a' : 'b' }),
    );
    const reserved = await reserveAll(store.ledgers, requests);
    const admittedTo = (workflow: string | null): number =>
      reserved.filter(
        ({ status }, index) =>
          status === 'RESERVED' && [null, requests[index]!.labels.workflow].includes(workflow),
      ).length;
    expect({ all: admittedTo(null), a: admittedTo('a'), b: admittedTo('b') }).toMatchObject(admitted);
    for (const { id, limit, workflow } of made) {
      expect((await getBudget(deps, as.VIEWER, id))!.reserved).toBe(BigInt(admittedTo(workflow)));
      expect(admittedTo(workflow)).toBeLessThanOrEqual(limit);
    }
  });
});

it('admits released credits again and counts presumed charges as spent', async () => {
  const { as } = await createWorkspace(store.database);
  const { budget } = await set(deps, as.ADMIN, { limit: 2n });
  const [one, two, three] = [reservationFor(as.MEMBER), reservationFor(as.MEMBER), reservationFor(as.MEMBER)];
  const [here, there] = store.ledgers;
  expect(await reserveAll([here], [one, two, three])).toMatchObject([
    { status: 'RESERVED' },
    { status: 'RESERVED' },
    { status: 'BUDGET_RESERVED' },
  ]);
  await end(here, one, 'NOT_FOUND');
  expect(await spend(there, reservationFor(as.MEMBER))).toBe(true);
  await end(here, two, 'UNKNOWN');
  expect(await getBudget(deps, as.VIEWER, budget.id)).toMatchObject({ spent: 2n, reserved: 0n });
  expect(await spend(there, reservationFor(as.MEMBER))).toBe(false);
  // The next lookup reverses the presumed charge: nothing was bought.
  const again = reservationFor(as.MEMBER, {}, { lookupKey: two.lookupKey });
  expect(await there.reserve(again)).toMatchObject({ status: 'RESERVED', credits: 0n });
  await end(there, again, 'NOT_FOUND');
  expect(await getBudget(deps, as.VIEWER, budget.id)).toMatchObject({ spent: 1n, reserved: 0n });
  expect(await spend(there, reservationFor(as.MEMBER))).toBe(true);
});

it('applies a raised or lowered limit from the next lookup in every instance', async () => {
  const { as } = await createWorkspace(store.database);
  const { budget } = await set(deps, as.ADMIN, { name: 'limit', limit: 1n });
  const { id } = budget;
  const allowed = () => Promise.all(store.ledgers.map((ledger) => spend(ledger, reservationFor(as.MEMBER))));
  expect((await allowed()).filter(Boolean)).toHaveLength(1);
  await set(deps, as.ADMIN, { id, name: 'limit', limit: 4n });
  expect(await allowed()).toEqual([true, true, true]);
  const lowered = await set(deps, as.ADMIN, { id, name: 'limit', limit: 2n });
  expect(lowered.budget).toMatchObject({ spent: 4n, remaining: -2n });
  expect(await allowed()).toEqual([false, false, false]);
  await deleteBudget(deps, as.ADMIN, id);
  expect(await allowed()).toEqual([true, true, true]);
});

it('names the budget, its limit, spending and renewal when it refuses', async () => {
  const { as } = await createWorkspace(store.database);
  const { budget } = await set(deps, as.ADMIN, { name: 'daily', period: 'DAY', limit: 3n });
  const [ledger] = store.ledgers;
  expect(await spend(ledger, reservationFor(as.MEMBER))).toBe(true);
  expect(await ledger.reserve(reservationFor(as.MEMBER, {}, { credits: 2n }))).toMatchObject({
    status: 'RESERVED',
  });
  expect(await ledger.reserve(reservationFor(as.MEMBER))).toEqual({
    status: 'BUDGET_RESERVED',
    budget: {
      id: budget.id,
      name: 'daily',
      limit: 3n,
      spent: 1n,
      reserved: 2n,
      renewsAt: budget.renewsAt,
      setByOperator: false,
    },
  });
  // Both are full: the one is named that will not have more when reservations end.
  await set(deps, as.ADMIN, { name: 'w', scope: 'WORKFLOW', subject: 'w', limit: 0n });
  const reserve = () => reservationFor(as.MEMBER, { workflow: 'w' });
  expect(await ledger.reserve(reserve())).toMatchObject({
    status: 'OVER_BUDGET',
    budget: { name: 'w', limit: 0n, renewsAt: null },
  });
});

it('admits unlocked records when a budget is full', async () => {
  const { as } = await createWorkspace(store.database);
  await set(deps, as.ADMIN, { limit: 1n });
  const [ledger] = store.ledgers;
  const bought = reservationFor(as.MEMBER);
  expect(await spend(ledger, bought)).toBe(true);
  expect(await spend(ledger, reservationFor(as.MEMBER))).toBe(false);
  const { lookupKey: subject } = bought;
  expect(await ledger.reserve(reservationFor(as.MEMBER, {}, { lookupKey: subject }))).toMatchObject({
    status: 'HIT',
  });
  expect(
    await ledger.reserve(reservationFor(as.MEMBER, {}, { lookupKey: subject, variant: 'NZ' })),
  ).toMatchObject({
    status: 'RESERVED',
    credits: 0n,
  });
});

it('limits its own subject only', async () => {
  const { as } = await createWorkspace(store.database);
  const { id: connectionId } = await connect(connectionsOf(store.database), as.ADMIN);
  const [{ id: tokenId } = { id: '' }] = await store.database.sql<{ id: string }[]>`
    insert into tokens (workspace_id, id, name, role, hash_prefix, hash, hint)
    values (${as.ADMIN.workspaceId}, ${newId()}, 't', 'MEMBER', '\\x00', ${Buffer.from(newId())}, 'hint')
    returning id`;
  await set(deps, as.ADMIN, {
    name: 'c',
    scope: 'CONNECTION',
    subject: connectionId.toUpperCase(),
    limit: 0n,
  });
  await set(deps, as.ADMIN, { name: 't', scope: 'TOKEN', subject: tokenId, limit: 0n });
  await set(deps, as.ADMIN, { name: 'w', scope: 'WORKFLOW', subject: 'crm-sync', limit: 0n });
  const cases: [Partial<EntryLabels>, boolean][] = [
    [{ connectionId }, false],
    [{ connectionId: newId() }, true],
    [{ tokenId }, false],
    [{ workflow: 'crm-sync' }, false],
    [{ workflow: 'CRM-sync' }, true],
    [{ workflow: null }, true],
    [{}, true],
  ];
  for (const [labels, allowed] of cases) {
    expect([labels, await spend(store.ledgers[0], reservationFor(as.MEMBER, labels))]).toEqual([
      labels,
      allowed,
    ]);
  }
  const other = await createWorkspace(store.database);
  expect(
    await spend(
      store.ledgers[0],
      reservationFor(other.as.MEMBER, { connectionId, tokenId, workflow: 'crm-sync' }),
    ),
  ).toBe(true);
});
