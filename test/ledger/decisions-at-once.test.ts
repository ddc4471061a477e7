import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createWorkspace } from '../support/workspace.js';
import { type Decisions, openDecisions } from './open-decisions.js';
import { createAccount, found, limitWorkspace, requestFor, reservationsOf, spentBy } from './setup.js';

let decisions: Decisions;
beforeAll(async () => {
  decisions = await openDecisions();
});
afterAll(() => decisions.close());

it('returns no credits that a lookup in flight relies on, and keeps a hard budget exact', async () => {
  const workspace = await createWorkspace(decisions.store.database, 'relied on');
  const account = createAccount(workspace.id);
  const budget = await limitWorkspace(decisions.store.database, workspace.id, 1);
  await decisions.presume(account, 'a');
  const inFlight = requestFor(account, 'a', { variant: 'NZ' });
  expect(await decisions.ledger.reserve(inFlight)).toMatchObject({ status: 'RESERVED', credits: 0n });
  expect(await decisions.decide(account, false)).toMatchObject({
    resolved: 0,
    inFlight: 1,
    remaining: { count: 1 },
  });
  await decisions.ledger.settle(found(inFlight, 'record'));
  expect(await budget()).toEqual({ reserved: 0, spent: 1 });
  expect(await spentBy(decisions.store.database, account)).toBe(1);
  expect(await decisions.disagreementsOf(account)).toEqual([]);
});

it('stays within a hard budget when charges are returned and looked up again at the same moment', async () => {
  const workspace = await createWorkspace(decisions.store.database, 'race');
  const account = createAccount(workspace.id);
  const budget = await limitWorkspace(decisions.store.database, workspace.id, 10);
  for (let number = 0; number < 10; number += 1) await decisions.presume(account, `key ${number}`);
  const lookups = Array.from({ length: 20 }, async (_, number) => {
    const request = requestFor(account, `key ${number % 10}`, { variant: number < 10 ? 'AU' : 'NZ' });
    const reserved = await decisions.ledger.reserve(request);
    if (reserved.status === 'RESERVED')
      await decisions.ledger.settle(found(request, `record ${number % 10}`));
  });
  await Promise.all([...lookups, ...Array.from({ length: 4 }, () => decisions.decide(account, false))]);
  const { reserved, spent } = await budget();
  expect(reserved).toBe(0);
  expect(spent).toBeLessThanOrEqual(10);
  expect(spent).toBe(await spentBy(decisions.store.database, account));
  expect(await decisions.disagreementsOf(account)).toEqual([]);
});

it('corrects once when a decision, the opposite one and the late result come at the same moment', async () => {
  for (let round = 0; round < 10; round += 1) {
    const account = createAccount();
    const late = await decisions.presumeByExpiry(account, 'a');
    await Promise.all([
      decisions.decide(account, true),
      decisions.decide(account, true),
      decisions.expiring.settle(found(late, 'record')),
      decisions.decide(account, true),
    ]);
    expect((await decisions.linesOf(account)).filter((line) => line.startsWith('CORRECTION'))).toHaveLength(
      1,
    );
    expect(await spentBy(decisions.store.database, account)).toBe(1);
    expect(await decisions.disagreementsOf(account)).toEqual([]);
  }
});

it('counts a later correction in a budget that was set after the decision', async () => {
  const workspace = await createWorkspace(decisions.store.database, 'new budget');
  const account = createAccount(workspace.id);
  const late = await decisions.presumeByExpiry(account, 'a');
  await decisions.decide(account, false);
  const id = '00000000-0000-4000-8000-00000000b0b0';
  await decisions.store.database.sql.begin(async (tx) => {
    await tx`
      insert into budgets (workspace_id, id, name, scope, period, time_zone, "limit", mode, thresholds)
      values (${workspace.id}, ${id}, 'late', 'WORKSPACE', 'MONTH', 'UTC', 5, 'HARD', '{}')`;
    await tx`select count_from_period_start(${workspace.id}, ${id})`;
  });
  await decisions.expiring.settle(found(late, 'record'));
  const [period] = await decisions.store.database
    .sql`select spent::int from budget_periods where budget_id = ${id}`;
  expect(period?.['spent']).toBe(1);
  expect(await decisions.disagreementsOf(account)).toEqual([]);
});

it('deletes what remains of a decision when only a late result could correct it and its day is over', async () => {
  const account = createAccount();
  await decisions.presume(account, 'returned');
  await decisions.decide(account, false);
  await decisions.presume(account, 'kept');
  await decisions.decide(account, true);
  expect(await reservationsOf(decisions.store.database, account)).toHaveLength(2);
  await decisions.store.database.sql`
    update reservations set expires_at = least(expires_at, now() - interval '1 second')
    where workspace_id = ${account.workspaceId} and expires_at < 'infinity'`;
  await decisions.store.database.sql`select expire_reservations(1000)`;
  expect(await reservationsOf(decisions.store.database, account)).toMatchObject([
    { state: 'DECIDED', credits: 1 },
  ]);
  expect(await decisions.disagreementsOf(account)).toEqual([]);
});

it('records evidence after the decision that it corrects when its settlement waited for the lock longer', async () => {
  const { sql } = decisions.store.database;
  const [other, account] = [createAccount(), createAccount()];
  const first = await decisions.presumeByExpiry(other, 'a');
  const late = await decisions.presumeByExpiry(account, 'b');
  const settling = await sql.begin(async (tx) => {
    await tx`select from reservations where id = ${first.id} for update`;
    // One statement, which locks the reservation of the other workspace first.
    const both = Promise.all([
      decisions.expiring.settle(found(first, 'first')),
      decisions.expiring.settle(found(late, 'record')),
    ]);
    await vi.waitFor(async () => {
      const waiting = await tx`select from pg_locks where not granted and pid <> pg_backend_pid()`;
      expect(waiting.length).toBeGreaterThan(0);
    });
    expect(await decisions.decide(account, false)).toMatchObject({ resolved: 1 });
    return { both };
  });
  await settling.both;
  expect(await decisions.linesOf(account)).toEqual([
    'LOOKUP UNKNOWN PRESUMED 1',
    'CORRECTION UNKNOWN NONE -1',
    'CORRECTION FOUND CHARGED 1',
  ]);
  expect(await decisions.expiring.settle(found(late, 'record'))).toMatchObject({
    charge: 'CHARGED',
    credits: 1n,
  });
  expect(await decisions.disagreementsOf(account)).toEqual([]);
});
