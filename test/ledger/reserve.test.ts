import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { reserveBatch } from '../../src/ledger/reserve.js';
import { newId } from '../../src/platform/ids.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import {
  requestFor,
  buy,
  ended,
  entriesOf,
  found,
  limitWorkspace,
  createAccount,
  openLedger,
  reservationsOf,
} from './setup.js';

let store: TestDatabase;
let ledger: Ledger;
beforeAll(async () => {
  store = await createTestDatabase();
  ledger = openLedger(store.database);
});
afterAll(async () => {
  await ledger.close(1_000);
  await store.close();
});

it('reserves an unknown record at its full price, durably', async () => {
  const account = createAccount();
  const request = requestFor(account, 'a');
  expect(await ledger.reserve(request)).toMatchObject({ status: 'RESERVED', credits: 1n, unlock: null });
  expect(await reservationsOf(store.database, account)).toEqual([
    { id: request.id, state: 'HELD', credits: 1, unlockId: null },
  ]);
  expect(await entriesOf(store.database, account)).toEqual([]);
});

it('returns the snapshot of a known record, and records what was saved', async () => {
  const account = createAccount();
  await buy(ledger, requestFor(account, 'a'), 'record', { body: '{"n": 1}' });
  const again = requestFor(account, 'a');
  expect(await ledger.reserve(again)).toMatchObject({
    status: 'HIT',
    body: '{"n": 1}',
    unlock: { recordKey: 'record', price: 1n },
  });
  expect(await reservationsOf(store.database, account)).toEqual([]);
  expect((await entriesOf(store.database, account))[1]).toMatchObject({
    id: again.id,
    charge: 'ALREADY_UNLOCKED',
    credits: 0,
    saved: 1,
    fromSnapshot: true,
  });
});

it('refetches a stale snapshot for free, also when the request may not charge', async () => {
  const account = createAccount();
  await buy(ledger, requestFor(account, 'a'), 'record');
  await store.database.sql`
    update snapshots set fetched_at = fetched_at - interval '1 day' where workspace_id = ${account.workspaceId}`;
  expect(await ledger.reserve(requestFor(account, 'a', { maxAgeSeconds: 90_000 }))).toMatchObject({
    status: 'HIT',
  });
  const stale = requestFor(account, 'a', { maxAgeSeconds: 80_000, mayCharge: false });
  expect(await ledger.reserve(stale)).toMatchObject({
    status: 'RESERVED',
    credits: 0n,
    unlock: { recordKey: 'record' },
  });
  const settled = await ledger.settle(found(stale, 'record'));
  expect(settled).toMatchObject({ settled: true, charge: 'ALREADY_UNLOCKED', credits: 0n, saved: 1n });
  expect(await ledger.reserve(requestFor(account, 'a', { maxAgeSeconds: 80_000 }))).toMatchObject({
    status: 'HIT',
  });
});

it('fetches another variant of a known record for free, and stores a snapshot of each', async () => {
  const account = createAccount();
  await buy(ledger, requestFor(account, 'a'), 'record', { body: '"au"' });
  const other = requestFor(account, 'a', { variant: 'NZ' });
  expect(await ledger.reserve(other)).toMatchObject({ status: 'RESERVED', credits: 0n });
  await ledger.settle(found(other, 'record', { body: '"nz"' }));
  expect(await ledger.reserve(requestFor(account, 'a'))).toMatchObject({ body: '"au"' });
  expect(await ledger.reserve(requestFor(account, 'a', { variant: 'NZ' }))).toMatchObject({ body: '"nz"' });
});

it('returns WAIT with the reservation in progress for the same lookup key', async () => {
  const account = createAccount();
  const first = requestFor(account, 'a');
  await ledger.reserve(first);
  const waiting = { status: 'WAIT', reservationId: first.id, refetched: null };
  expect(await ledger.reserve(requestFor(account, 'a'))).toEqual(waiting);
  expect(await ledger.reserve(requestFor(account, 'a', { mayCharge: false }))).toEqual(waiting);
  expect(await ledger.reserve(requestFor(account, 'b'))).toMatchObject({ status: 'RESERVED' });
  expect(await ledger.reserve(requestFor(account, 'a', { variant: 'NZ' }))).toMatchObject({
    status: 'RESERVED',
  });
  expect(await reservationsOf(store.database, account)).toHaveLength(3);
});

it('shares nothing between accounts', async () => {
  const one = createAccount();
  const other = createAccount(one.workspaceId);
  await buy(ledger, requestFor(one, 'a'), 'record');
  await ledger.reserve(requestFor(one, 'b'));
  expect(await ledger.reserve(requestFor(other, 'a'))).toMatchObject({ status: 'RESERVED', credits: 1n });
  expect(await ledger.reserve(requestFor(other, 'b'))).toMatchObject({ status: 'RESERVED', credits: 1n });
});

it('returns NEEDS_CREDITS and writes nothing when the request may not charge', async () => {
  const account = createAccount();
  expect(await ledger.reserve(requestFor(account, 'a', { mayCharge: false }))).toEqual({
    status: 'NEEDS_CREDITS',
    unlock: null,
  });
  expect(await reservationsOf(store.database, account)).toEqual([]);
  expect(await entriesOf(store.database, account)).toEqual([]);
});

it('refuses a request beyond a hard limit with the facts, and writes the refusal', async () => {
  const workspace = await createWorkspace(store.database);
  const account = createAccount(workspace.id);
  const counters = await limitWorkspace(store.database, workspace.id, 2);
  await buy(ledger, requestFor(account, 'a'), 'record a');
  await buy(ledger, requestFor(account, 'b'), 'record b');
  const over = requestFor(account, 'c');
  expect(await ledger.reserve(over)).toMatchObject({
    status: 'OVER_BUDGET',
    budget: { name: 'all', limit: 2n, spent: 2n, reserved: 0n, renewsAt: null },
  });
  expect(await entriesOf(store.database, account)).toContainEqual(
    expect.objectContaining({ id: over.id, outcome: 'REFUSED', charge: 'NONE', problem: 'BUDGET_EXCEEDED' }),
  );
  expect(await counters()).toEqual({ reserved: 0, spent: 2 });
});

it('writes nothing when a hard limit is reached only by reservations, which may return credits', async () => {
  const workspace = await createWorkspace(store.database);
  const account = createAccount(workspace.id);
  const counters = await limitWorkspace(store.database, workspace.id, 2);
  await buy(ledger, requestFor(account, 'a'), 'record a');
  const held = requestFor(account, 'b');
  await ledger.reserve(held);
  const over = requestFor(account, 'c');
  expect(await ledger.reserve(over)).toMatchObject({
    status: 'BUDGET_RESERVED',
    budget: { name: 'all', limit: 2n, spent: 1n, reserved: 1n, renewsAt: null },
  });
  expect((await entriesOf(store.database, account)).some(({ id }) => id === over.id)).toBe(false);
  expect(await counters()).toEqual({ reserved: 1, spent: 1 });
  await ledger.settle(ended(held, 'NOT_FOUND'));
  expect(await counters()).toEqual({ reserved: 0, spent: 1 });
  expect(await ledger.reserve(requestFor(account, 'c'))).toMatchObject({ status: 'RESERVED' });
});

it('needs no budget for an unlocked record', async () => {
  const workspace = await createWorkspace(store.database);
  const account = createAccount(workspace.id);
  await limitWorkspace(store.database, workspace.id, 1);
  await buy(ledger, requestFor(account, 'a'), 'record a');
  expect(await ledger.reserve(requestFor(account, 'a'))).toMatchObject({ status: 'HIT' });
  expect(await ledger.reserve(requestFor(account, 'a', { variant: 'NZ' }))).toMatchObject({
    status: 'RESERVED',
  });
});

it('reserves the first request for a lookup key in a batch, and lets the others wait for it', async () => {
  const account = createAccount();
  const requests = ['a', 'a', 'b', 'a'].map((subject) => requestFor(account, subject));
  const answers = await reserveBatch(store.database.sql, 60, requests);
  const wait = { status: 'WAIT', reservationId: requests[0]!.id, refetched: null };
  expect(answers).toEqual([
    { status: 'RESERVED', credits: 1n, unlock: null },
    wait,
    { status: 'RESERVED', credits: 1n, unlock: null },
    wait,
  ]);
});

it('lets followers retry or decides them on their own when the first request of a batch is refused', async () => {
  const account = createAccount();
  const answers = await reserveBatch(store.database.sql, 60, [
    requestFor(account, 'a', { mayCharge: false }),
    requestFor(account, 'a', { mayCharge: false }),
  ]);
  expect(answers[0]).toEqual({ status: 'NEEDS_CREDITS', unlock: null });
  expect(['RETRY', 'NEEDS_CREDITS']).toContain(answers[1]?.status);
  expect(await reservationsOf(store.database, account)).toEqual([]);
});

it('returns the result of each request of a batch in order', async () => {
  const workspace = await createWorkspace(store.database);
  const account = createAccount(workspace.id);
  await buy(ledger, requestFor(account, 'mine'), 'record');
  const held = requestFor(account, 'held');
  await ledger.reserve(held);
  await limitWorkspace(store.database, workspace.id, 1);
  const answers = await reserveBatch(store.database.sql, 60, [
    requestFor(account, 'dear', { mayCharge: false }),
    requestFor(account, 'mine'),
    requestFor(account, 'new'),
    requestFor(account, 'held'),
    requestFor(account, 'too much'),
    requestFor(account, 'mine', { variant: 'NZ' }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([
    'NEEDS_CREDITS',
    'HIT',
    'RESERVED',
    'WAIT',
    'BUDGET_RESERVED',
    'RESERVED',
  ]);
});

it('writes the labels of a reservation to its entry', async () => {
  const account = createAccount();
  const request = requestFor(account, 'a', {
    labels: { workflow: 'crm-sync', connectionId: newId(), sandbox: true },
  });
  await buy(ledger, request, 'record');
  const [row] = await store.database.sql`
    select workflow, connection_id, sandbox, token_id from entries where id = ${request.id}`;
  expect(row).toEqual({
    workflow: 'crm-sync',
    connection_id: request.labels.connectionId,
    sandbox: true,
    token_id: request.labels.tokenId,
  });
});
