import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { askFor, buy, entriesOf, found, createAccount, openLedger, reservationsOf } from './setup.js';

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
  // About the deepest that JSON.stringify of Node writes.
  ['four thousand levels', nested(4_000)],
  ['a megabyte', JSON.stringify({ text: 'x'.repeat(1_000_000) })],
];

test.each(bodies)('a record with %s in it is kept, once paid for', async (_, body) => {
  const account = createAccount();
  await buy(ledger, askFor(account, 'a'), 'record', { body });
  const again = await ledger.reserve(askFor(account, 'a'));
  expect(again.status).toBe('HIT');
  expect(() => JSON.parse(again.status === 'HIT' ? again.body : '') as unknown).not.toThrow();
  expect(await reservationsOf(store.database, account)).toEqual([]);
});

test('a copy is kept to the letter, also what JSON says of a NUL and a broken character', async () => {
  const account = createAccount();
  const body = JSON.stringify({
    a: '1\u00002',
    b: '\ud83d!',
    c: '👩‍🚀',
    d: '\\u0000',
    e: '\\\u0000',
    f: '\u0001"{},\\"',
  });
  await buy(ledger, askFor(account, 'a'), 'record', { body });
  const hit = await ledger.reserve(askFor(account, 'a'));
  expect(hit.status === 'HIT' ? hit.body : '').toBe(body);
});

test('an ask that the database cannot take harms only itself: those of its group are reserved', async () => {
  const account = createAccount();
  const first = ledger.reserve(askFor(account, 'opens a group'));
  const asks = ['a', 'b\u0000', 'c', '\ud800', 'e'].map((subject) =>
    ledger.reserve(askFor(account, subject)),
  );
  const answers = await Promise.allSettled(asks);
  await first;
  for (const index of [0, 2, 4]) expect(answers[index]).toMatchObject({ value: { status: 'RESERVED' } });
  const unstorable = answers[1];
  expect(unstorable).toMatchObject({ status: 'rejected', reason: { code: 'LEDGER_UNAVAILABLE' } });
});

test('a settlement that the database cannot take harms only itself: those of its group are written', async () => {
  const account = createAccount();
  const asks = ['x', 'a', 'b', 'c'].map((subject) => askFor(account, subject));
  await Promise.all(asks.map((ask) => ledger.reserve(ask)));
  const settlements = asks.map((ask) => found(ask, ask.lookupKey));
  const tooLong = { ...settlements[2]!, latencyMs: 1e15 };
  const settled = await Promise.allSettled(
    [settlements[0]!, settlements[1]!, tooLong, settlements[3]!].map((settlement) =>
      ledger.settle(settlement),
    ),
  );
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(await entriesOf(store.database, account)).toHaveLength(3);
});
