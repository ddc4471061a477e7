import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { newId } from '../../src/platform/ids.js';
import { createWorkspace } from '../support/workspace.js';
import { reservationFor, budgetsOf, openInstances, set, spend } from './setup.js';

let store: Awaited<ReturnType<typeof openInstances>>;
beforeAll(async () => {
  store = await openInstances();
});
afterAll(() => store.close());

/** Resolves once so many statements wait for a lock. */
const waiting = (count: number): Promise<void> =>
  vi.waitFor(
    async () => {
      const [row] = await store.database.sql<{ count: number }[]>`
        select count(*)::int from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      expect(row?.count).toBe(count);
    },
    { timeout: 10_000, interval: 10 },
  );

it('lets no other instance buy a record while a lookup of it waits for its budget', async () => {
  const caller = (await createWorkspace(store.database, 'acme', 'PRO')).as.ADMIN;
  await set(budgetsOf(store.database), caller, { scope: 'WORKFLOW', subject: 'counted' });
  const [first, second] = store.ledgers;
  await spend(first, reservationFor(caller, { workflow: 'counted' }));
  const subject = `company:domain:${newId()}`;

  const reserving = await store.database.sql.begin(async (tx) => {
    await tx`select from budget_periods where workspace_id = ${caller.workspaceId} for update`;
    const counted = first.reserve(reservationFor(caller, { workflow: 'counted' }, { lookupKey: subject }));
    await waiting(1);
    const free = second.reserve(reservationFor(caller, { workflow: 'free' }, { lookupKey: subject }));
    await Promise.race([free, waiting(2)]);
    return { counted, free };
  });
  const [counted, free] = await Promise.all([reserving.counted, reserving.free]);
  expect([counted.status, free.status]).toEqual(['RESERVED', 'WAIT']);
});
