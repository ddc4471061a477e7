import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { reserveBatch } from '../../src/ledger/reserve.js';
import { newId } from '../../src/platform/ids.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import {
  askFor,
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

test('an unknown record is reserved at its full price, durably, before anybody is asked', async () => {
  const account = createAccount();
  const ask = askFor(account, 'a');
  expect(await ledger.reserve(ask)).toEqual({ status: 'RESERVED', credits: 1n, unlock: null });
  expect(await reservationsOf(store.database, account)).toEqual([
    { id: ask.id, state: 'HELD', credits: 1, unlockId: null },
  ]);
  expect(await entriesOf(store.database, account)).toEqual([]);
});

test('a known record is answered from its copy, and the entry says what was saved', async () => {
  const account = createAccount();
  await buy(ledger, askFor(account, 'a'), 'record', { body: '{"n": 1}' });
  const again = askFor(account, 'a');
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

test('a copy older than asked for is fetched again at no price, also by one who may not spend', async () => {
  const account = createAccount();
  await buy(ledger, askFor(account, 'a'), 'record');
  await store.database.sql`
    update snapshots set fetched_at = fetched_at - interval '1 day' where workspace_id = ${account.workspaceId}`;
  expect(await ledger.reserve(askFor(account, 'a', { maxAgeSeconds: 90_000 }))).toMatchObject({
    status: 'HIT',
  });
  const stale = askFor(account, 'a', { maxAgeSeconds: 80_000, mayCharge: false });
  expect(await ledger.reserve(stale)).toMatchObject({
    status: 'RESERVED',
    credits: 0n,
    unlock: { recordKey: 'record' },
  });
  const settled = await ledger.settle(found(stale, 'record'));
  expect(settled).toMatchObject({ settled: true, charge: 'ALREADY_UNLOCKED', credits: 0n, saved: 1n });
  expect(await ledger.reserve(askFor(account, 'a', { maxAgeSeconds: 80_000 }))).toMatchObject({
    status: 'HIT',
  });
});

test('another variant of a known record is fetched at no price, and each keeps its own copy', async () => {
  const account = createAccount();
  await buy(ledger, askFor(account, 'a'), 'record', { body: '"au"' });
  const other = askFor(account, 'a', { variant: 'NZ' });
  expect(await ledger.reserve(other)).toMatchObject({ status: 'RESERVED', credits: 0n });
  await ledger.settle(found(other, 'record', { body: '"nz"' }));
  expect(await ledger.reserve(askFor(account, 'a'))).toMatchObject({ body: '"au"' });
  expect(await ledger.reserve(askFor(account, 'a', { variant: 'NZ' }))).toMatchObject({ body: '"nz"' });
});

test('whoever asks for what is being fetched waits for that very fetch', async () => {
  const account = createAccount();
  const first = askFor(account, 'a');
  await ledger.reserve(first);
  const waiting = { status: 'WAIT', reservationId: first.id };
  expect(await ledger.reserve(askFor(account, 'a'))).toEqual(waiting);
  expect(await ledger.reserve(askFor(account, 'a', { mayCharge: false }))).toEqual(waiting);
  expect(await ledger.reserve(askFor(account, 'b'))).toMatchObject({ status: 'RESERVED' });
  expect(await ledger.reserve(askFor(account, 'a', { variant: 'NZ' }))).toMatchObject({ status: 'RESERVED' });
  expect(await reservationsOf(store.database, account)).toHaveLength(3);
});

test('accounts share nothing: what one has bought or is fetching costs the other as ever', async () => {
  const one = createAccount();
  const other = createAccount(one.workspaceId);
  await buy(ledger, askFor(one, 'a'), 'record');
  await ledger.reserve(askFor(one, 'b'));
  expect(await ledger.reserve(askFor(other, 'a'))).toMatchObject({ status: 'RESERVED', credits: 1n });
  expect(await ledger.reserve(askFor(other, 'b'))).toMatchObject({ status: 'RESERVED', credits: 1n });
});

test('who may not spend is told so, and nothing is written', async () => {
  const account = createAccount();
  expect(await ledger.reserve(askFor(account, 'a', { mayCharge: false }))).toEqual({
    status: 'NEEDS_CREDITS',
  });
  expect(await reservationsOf(store.database, account)).toEqual([]);
  expect(await entriesOf(store.database, account)).toEqual([]);
});

test('never over budget: the ask beyond a hard limit is refused with the facts, and the refusal is entered', async () => {
  const workspace = await createWorkspace(store.database);
  const account = createAccount(workspace.id);
  const counters = await limitWorkspace(store.database, workspace.id, 2);
  await buy(ledger, askFor(account, 'a'), 'record a');
  const held = askFor(account, 'b');
  await ledger.reserve(held);
  const over = askFor(account, 'c');
  expect(await ledger.reserve(over)).toMatchObject({
    status: 'OVER_BUDGET',
    budget: { name: 'all', limit: 2n, spent: 1n, reserved: 1n, renewsAt: null },
  });
  expect(await entriesOf(store.database, account)).toContainEqual(
    expect.objectContaining({ id: over.id, outcome: 'REFUSED', charge: 'NONE', problem: 'BUDGET_EXCEEDED' }),
  );
  await ledger.settle(ended(held, 'NOT_FOUND'));
  expect(await counters()).toEqual({ reserved: 0, spent: 1 });
  expect(await ledger.reserve(askFor(account, 'c'))).toMatchObject({ status: 'RESERVED' });
});

test('what is already ours needs no room in a full budget', async () => {
  const workspace = await createWorkspace(store.database);
  const account = createAccount(workspace.id);
  await limitWorkspace(store.database, workspace.id, 1);
  await buy(ledger, askFor(account, 'a'), 'record a');
  expect(await ledger.reserve(askFor(account, 'a'))).toMatchObject({ status: 'HIT' });
  expect(await ledger.reserve(askFor(account, 'a', { variant: 'NZ' }))).toMatchObject({ status: 'RESERVED' });
});

test('in one group the first ask for a subject leads, and the others wait for it', async () => {
  const account = createAccount();
  const asks = ['a', 'a', 'b', 'a'].map((subject) => askFor(account, subject));
  const answers = await reserveBatch(store.database.sql, 60, asks);
  const wait = { status: 'WAIT', reservationId: asks[0]!.id };
  expect(answers).toEqual([
    { status: 'RESERVED', credits: 1n, unlock: null },
    wait,
    { status: 'RESERVED', credits: 1n, unlock: null },
    wait,
  ]);
});

test('nobody is led astray by a leader that was turned away: its followers ask again or get their own answer', async () => {
  const account = createAccount();
  const answers = await reserveBatch(store.database.sql, 60, [
    askFor(account, 'a', { mayCharge: false }),
    askFor(account, 'a', { mayCharge: false }),
  ]);
  expect(answers[0]).toEqual({ status: 'NEEDS_CREDITS' });
  expect(['RETRY', 'NEEDS_CREDITS']).toContain(answers[1]?.status);
  expect(await reservationsOf(store.database, account)).toEqual([]);
});

test('each ask of a group hears its own answer, in the order of the asks', async () => {
  const workspace = await createWorkspace(store.database);
  const account = createAccount(workspace.id);
  await buy(ledger, askFor(account, 'mine'), 'record');
  const held = askFor(account, 'held');
  await ledger.reserve(held);
  await limitWorkspace(store.database, workspace.id, 1);
  const answers = await reserveBatch(store.database.sql, 60, [
    askFor(account, 'dear', { mayCharge: false }),
    askFor(account, 'mine'),
    askFor(account, 'new'),
    askFor(account, 'held'),
    askFor(account, 'too much'),
    askFor(account, 'mine', { variant: 'NZ' }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([
    'NEEDS_CREDITS',
    'HIT',
    'RESERVED',
    'WAIT',
    'OVER_BUDGET',
    'RESERVED',
  ]);
});

test('a reservation keeps its labels for the entry it ends in', async () => {
  const account = createAccount();
  const ask = askFor(account, 'a', {
    labels: { workflow: 'crm-sync', connectionId: newId(), sandbox: true },
  });
  await buy(ledger, ask, 'record');
  const [row] = await store.database.sql`
    select workflow, connection_id, sandbox, token_id from entries where id = ${ask.id}`;
  expect(row).toEqual({
    workflow: 'crm-sync',
    connection_id: ask.labels.connectionId,
    sandbox: true,
    token_id: ask.labels.tokenId,
  });
});
