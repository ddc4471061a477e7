import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ReservationRequest } from '../../src/ledger/types.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { flagship } from '../../src/sandbox/samples.js';
import { connect, connectionsOf } from '../connections/setup.js';
import { askFor, ended, entriesOf, createAccount, openLedger, type TestAccount } from '../ledger/setup.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { runBuilt } from '../support/gateway.js';
import { createWorkspace } from '../support/workspace.js';

const secrets = [randomBytes(32)];
let store: TestDatabase;
let ledger: Ledger;
/** The account of a stored sandbox key. */
let account: TestAccount;

beforeEach(async () => {
  store = await createTestDatabase();
  ledger = openLedger(store.database);
  const workspace = await createWorkspace(store.database, 'acme');
  const connection = await connect(connectionsOf(store.database, secrets), workspace.as.ADMIN, {
    key: 'fbl_sandbox_settle',
  });
  account = { workspaceId: workspace.id, accountId: connection.accountId };
});
afterEach(async () => {
  await ledger.close(1_000);
  await store.close();
});

const settle = () =>
  runBuilt('settle', {
    DATABASE_URL: store.url,
    ENCRYPTION_KEYS: secrets.map((secret) => secret.toString('base64')).join(),
    NODE_ENV: 'test',
  });

const doubt = async (of: TestAccount, subject: string): Promise<ReservationRequest> => {
  const ask = askFor(of, subject);
  await ledger.reserve(ask);
  await ledger.settle(ended(ask, 'UNKNOWN'));
  return ask;
};

it('says so where nothing is in doubt', async () => {
  expect(await settle()).toEqual({ code: 0, output: 'Nothing is in doubt.\n' });
});

it('fetches what is in doubt again, and charges it or gives it back', async () => {
  await doubt(account, `company:domain:${flagship.domain}`);
  await doubt(account, 'company:domain:nobody-has-this.example');
  expect(await settle()).toEqual({
    code: 0,
    output: 'Settled 2 of 2 doubts: 1 credits had been charged, 1 are given back.\n',
  });
  const entries = await entriesOf(store.database, account);
  expect(entries.reduce((sum, entry) => sum + entry.credits, 0)).toBe(1);
  expect((await verifyLedger(store.database)).disagreements).toEqual([]);
  expect(await settle()).toEqual({ code: 0, output: 'Nothing is in doubt.\n' });
});

it('takes up the calls of a gateway that died and never came back', async () => {
  const brief = openLedger(store.database, { reservationSeconds: 0 });
  await brief.reserve(askFor(account, `company:domain:${flagship.domain}`));
  await brief.close(0);
  expect(await settle()).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^SettledEntry 1 of 1 doubts: 1 /),
  });
});

it('leaves what its provider would charge for once more, and calls that no failure', async () => {
  const ask = askFor(account, `company:domain:${flagship.domain}`, {
    refetchCredits: 1n,
    labels: { provider: 'PEOPLE_DATA_LABS' },
  });
  await ledger.reserve(ask);
  await ledger.settle(ended(ask, 'UNKNOWN'));
  const { code, output } = await settle();
  expect(code).toBe(0);
  expect(output).toContain(`Left: entry ent_${ask.id} of workspace "acme", 1 credits. Its provider charges`);
  expect(await entriesOf(store.database, account)).toHaveLength(1);
});

it('leaves what no stored key can ask for, and says what to do', async () => {
  const ask = await doubt(createAccount(account.workspaceId), `company:domain:${flagship.domain}`);
  const { code, output } = await settle();
  expect(code).toBe(1);
  expect(output).toContain('Settled 0 of 1 doubts');
  expect(output).toContain(
    `Left: entry ent_${ask.id} of workspace "acme", 1 credits. No key of its account is stored`,
  );
  expect(await entriesOf(store.database, account)).toHaveLength(1);
});
