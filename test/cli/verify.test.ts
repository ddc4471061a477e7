import { afterAll, beforeAll, expect, it } from 'vitest';
import { requestFor, buy, createAccount, openLedger } from '../ledger/setup.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { runBuilt } from '../support/gateway.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
}, 120_000);
afterAll(() => store.close());

const verify = () =>
  runBuilt('verify', {
    DATABASE_URL: store.url,
    ENCRYPTION_KEYS: Buffer.alloc(32, 1).toString('base64'),
  });

it('exits with 0 when everything adds up, and with 1 and the disagreements when not', async () => {
  const ledger = openLedger(store.database);
  const account = createAccount();
  await buy(ledger, requestFor(account, 'subject'), 'record');
  await ledger.close(1_000);
  expect(await verify()).toEqual({
    code: 0,
    output: 'Everything adds up: 1 entries, 1 unlocks and 0 budget periods agree.\n',
  });

  await store.database.sql`update unlocks set price = 2`;
  const { code, output } = await verify();
  expect(code).toBe(1);
  expect(output).toMatch(
    new RegExp(
      `^Workspace ${account.workspaceId}: unlock .* cost 2, but 1 entries .*\\.\n1 disagreements in 1 entries, `,
    ),
  );
});
