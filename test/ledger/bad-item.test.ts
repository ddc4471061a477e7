import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { requestFor, buy, entriesOf, found, createAccount, openLedger, reservationsOf } from './setup.js';

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

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const bodies: [string, string][] = [
  ['a NUL', JSON.stringify({ name: 'A\u0000B' })],
  ['the words of an escape', JSON.stringify({ name: String.raw`C:\u0000\ud800` })],
  ['a lone high surrogate', JSON.stringify({ name: 'A\ud83dB' })],
  ['a lone low surrogate', JSON.stringify({ name: 'A\ude00B' })],
  ['a number beyond all doubles', '{"n":1e99999}'],
  ['a name given twice', '{"a":1,"a":2}'],
  // About the deepest nesting that Node's JSON.stringify writes.
  ['four thousand levels', nested(4_000)],
  ['a megabyte', JSON.stringify({ text: 'x'.repeat(1_000_000) })],
];

it.each(bodies)('stores a paid record that contains %s', async (_, body) => {
  const account = createAccount();
  await buy(ledger, requestFor(account, 'a'), 'record', { body });
  const again = await ledger.reserve(requestFor(account, 'a'));
  expect(again.status).toBe('HIT');
  expect(() => JSON.parse(again.status === 'HIT' ? (again.body ?? '') : '') as unknown).not.toThrow();
  expect(await reservationsOf(store.database, account)).toEqual([]);
});

it('stores a snapshot exactly, including the escapes of a NUL and a lone surrogate', async () => {
  const account = createAccount();
  const body = JSON.stringify({
    a: '1\u00002',
    b: '\ud83d!',
    c: '👩‍🚀',
    d: '\\u0000',
    e: '\\\u0000',
    f: '\u0001"{},\\"',
  });
  await buy(ledger, requestFor(account, 'a'), 'record', { body });
  const hit = await ledger.reserve(requestFor(account, 'a'));
  expect(hit.status === 'HIT' ? hit.body : '').toBe(body);
});

it('reserves the rest of a batch when the database refuses one request', async () => {
  const account = createAccount();
  const first = ledger.reserve(requestFor(account, 'opens a batch'));
  const requests = ['a', 'b\u0000', 'c', '\ud800', 'e'].map((subject) =>
    ledger.reserve(requestFor(account, subject)),
  );
  const answers = await Promise.allSettled(requests);
  await first;
  for (const index of [0, 2, 4]) expect(answers[index]).toMatchObject({ value: { status: 'RESERVED' } });
  const unstorable = answers[1];
  expect(unstorable).toMatchObject({ status: 'rejected', reason: { code: 'LEDGER_UNAVAILABLE' } });
});

it('settles the rest of a batch when the database refuses one settlement', async () => {
  const account = createAccount();
  const requests = ['x', 'a', 'b', 'c'].map((subject) => requestFor(account, subject));
  await Promise.all(requests.map((request) => ledger.reserve(request)));
  const settlements = requests.map((request) => found(request, request.lookupKey));
  const tooLong = { ...settlements[2]!, latencyMs: 1e15 };
  const settled = await Promise.allSettled(
    [settlements[0]!, settlements[1]!, tooLong, settlements[3]!].map((settlement) =>
      ledger.settle(settlement),
    ),
  );
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(await entriesOf(store.database, account)).toHaveLength(3);
});
