import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { getBudget } from '../../src/budgets/read-budgets.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { newId } from '../../src/platform/ids.js';
import { createWorkspace } from '../support/workspace.js';
import { budgetsOf, buy, type Deps, end, openInstances, reservationFor, set } from './setup.js';

let store: Awaited<ReturnType<typeof openInstances>>;
let deps: Deps;
beforeAll(async () => {
  store = await openInstances();
  deps = budgetsOf(store.database);
});
afterAll(() => store.close());

const admin = async (): Promise<Caller> => (await createWorkspace(store.database, 'acme', 'PRO')).as.ADMIN;

const verified = async (caller: Caller): Promise<void> => {
  const { workspaceId } = caller;
  expect((await verifyLedger(store.database, { workspaceId })).disagreements).toEqual([]);
};

it('counts a lookup in flight once, whatever becomes of it', async () => {
  const caller = await admin();
  const [ledger] = store.ledgers;
  const requests = Array.from({ length: 4 }, () => reservationFor(caller, {}, { credits: 2n }));
  for (const request of requests) expect((await ledger.reserve(request)).status).toBe('RESERVED');
  const [found, missed, unknown, open] = requests;
  const { budget } = await set(deps, caller, { period: 'WEEK', limit: 100n });
  expect(budget).toMatchObject({ spent: 0n, reserved: 8n });
  await buy(ledger, found!);
  await end(ledger, missed!, 'NOT_FOUND');
  await end(ledger, unknown!, 'UNKNOWN');
  expect(await getBudget(deps, caller, budget.id)).toMatchObject({ spent: 4n, reserved: 2n });
  await buy(ledger, open!);
  expect(await getBudget(deps, caller, budget.id)).toMatchObject({ spent: 6n, reserved: 0n });
  await verified(caller);
});

it('counts a presumed charge, and its correction later', async () => {
  const caller = await admin();
  const [ledger] = store.ledgers;
  const request = reservationFor(caller, {}, { credits: 9n });
  await ledger.reserve(request);
  await end(ledger, request, 'UNKNOWN');
  const before = (await set(deps, caller, { period: 'MONTH', limit: 10n })).budget;
  expect(before.spent).toBe(9n);
  // The next lookup of the record misses: nothing was charged.
  const again = { ...request, id: newId() };
  expect(await ledger.reserve(again)).toMatchObject({ status: 'RESERVED', credits: 0n });
  await end(ledger, again, 'NOT_FOUND');
  expect((await getBudget(deps, caller, before.id))?.spent).toBe(0n);
  const after = (await set(deps, caller, { period: 'MONTH', limit: 10n })).budget;
  expect(after.spent).toBe(0n);
  await verified(caller);
});

it('counts every lookup once when budgets are set while lookups are reserved and settled', async () => {
  const caller = await admin();
  const stop = new AbortController();
  let bought = 0n;
  const lookUp = async (worker: number): Promise<void> => {
    for (let turn = 0; !stop.signal.aborted; turn += 1) {
      const ledger = store.ledgers[(worker + turn) % 3]!;
      const request = reservationFor(caller, { workflow: turn % 2 === 0 ? 'even' : null });
      if ((await ledger.reserve(request)).status !== 'RESERVED') throw new Error('not reserved');
      const kind = (worker + turn) % 4;
      if (kind === 0) await end(ledger, request, 'NOT_FOUND');
      else if (kind === 1) await end(ledger, request, 'UNKNOWN');
      else await buy(ledger, request);
      if (kind !== 0) bought += 1n;
    }
  };
  const lookups = Array.from({ length: 24 }, (_, worker) => lookUp(worker));
  const made: string[] = [];
  for (let round = 0; round < 20; round += 1) {
    const scope = round % 2 === 0 ? ({} as const) : ({ scope: 'WORKFLOW', subject: 'even' } as const);
    const period = (['DAY', 'MONTH', 'TOTAL'] as const)[round % 3]!;
    made.push((await set(deps, caller, { ...scope, period, limit: 1_000_000n })).budget.id);
  }
  stop.abort();
  await Promise.all(lookups);
  await verified(caller);
  const counts = await Promise.all(made.map(async (id) => (await getBudget(deps, caller, id))!));
  expect(counts.filter(({ scope }) => scope === 'WORKSPACE').map(({ spent }) => spent)).toEqual(
    Array(10).fill(bought),
  );
  expect(new Set(counts.filter(({ scope }) => scope === 'WORKFLOW').map(({ spent }) => spent)).size).toBe(1);
  expect(counts.every(({ reserved }) => reserved === 0n)).toBe(true);
});
