import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import type { ReservationRequest } from '../../src/ledger/types.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { flagship } from '../../src/sandbox/samples.js';
import { connect, connectionsOf } from '../connections/setup.js';
import { fullCompany } from '../providers/firmable/examples.js';
import { json, startUpstream } from '../providers/firmable/start-upstream.js';
import {
  requestFor,
  ended,
  entriesOf,
  createAccount,
  openLedger,
  type TestAccount,
} from '../ledger/setup.js';
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

const resolve = (env: Record<string, string> = {}) =>
  runBuilt('resolve-presumed-charges', {
    ...env,
    DATABASE_URL: store.url,
    ENCRYPTION_KEYS: secrets.map((secret) => secret.toString('base64')).join(),
    NODE_ENV: 'test',
  });

const presume = async (of: TestAccount, lookupKey: string): Promise<ReservationRequest> => {
  const request = requestFor(of, lookupKey);
  await ledger.reserve(request);
  await ledger.settle(ended(request, 'UNKNOWN'));
  return request;
};

it('reports that there is nothing to do when there are no presumed charges', async () => {
  expect(await resolve()).toEqual({ code: 0, output: 'There are no presumed charges.\n' });
});

it('confirms a charge when the record exists, and returns it when not', async () => {
  await presume(account, `company:domain:${flagship.domain}`);
  await presume(account, 'company:domain:nobody-has-this.example');
  expect(await resolve()).toEqual({
    code: 0,
    output: 'Resolved 2 of 2 presumed charges: 1 credits were charged, 1 are returned.\n',
  });
  const entries = await entriesOf(store.database, account);
  expect(entries.reduce((sum, entry) => sum + entry.credits, 0)).toBe(1);
  expect((await verifyLedger(store.database)).disagreements).toEqual([]);
  expect(await resolve()).toEqual({ code: 0, output: 'There are no presumed charges.\n' });
});

it('resolves a charge by its identifier as it was reserved when that is read in another way today', async () => {
  await presume(account, `company:domain:careers.${flagship.domain}`);
  await presume(account, 'company:domain:linkedin.com');
  await presume(account, 'person:linkedin:acwaaabcdefghijk');
  expect(await resolve()).toEqual({
    code: 0,
    output: 'Resolved 3 of 3 presumed charges: 0 credits were charged, 3 are returned.\n',
  });
  expect((await verifyLedger(store.database)).disagreements).toEqual([]);
});

it('resolves the calls in flight when a gateway has died', async () => {
  const brief = openLedger(store.database, { reservationSeconds: 0 });
  await brief.reserve(requestFor(account, `company:domain:${flagship.domain}`));
  await brief.close(0);
  expect(await resolve()).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^Resolved 1 of 1 presumed charges: 1 /),
  });
});

it('leaves a charge open and succeeds when the provider would charge again', async () => {
  const request = requestFor(account, `company:domain:${flagship.domain}`, {
    refetchCredits: 1n,
    labels: { provider: 'PEOPLE_DATA_LABS' },
  });
  await ledger.reserve(request);
  await ledger.settle(ended(request, 'UNKNOWN'));
  const { code, output } = await resolve();
  expect(code).toBe(0);
  expect(output).toContain(
    `Still open: entry ent_${request.id} of workspace "acme", 1 credits. Its provider charges`,
  );
  expect(await entriesOf(store.database, account)).toHaveLength(1);
});

it('leaves a charge open and fails when no key of its account is stored', async () => {
  const request = await presume(createAccount(account.workspaceId), `company:domain:${flagship.domain}`);
  const { code, output } = await resolve();
  expect(code).toBe(1);
  expect(output).toContain('Resolved 0 of 1 presumed charges');
  expect(output).toContain(
    `Still open: entry ent_${request.id} of workspace "acme", 1 credits. No key of its account is stored`,
  );
  expect(await entriesOf(store.database, account)).toHaveLength(1);
});

/** A workspace with a live key. */
const createLive = async (key: string): Promise<TestAccount> => {
  const workspace = await createWorkspace(store.database, 'live');
  const connections = connectionsOf(store.database, secrets);
  const { accountId } = await connect(connections, workspace.as.ADMIN, { key });
  return { workspaceId: workspace.id, accountId };
};

it('resolves all others, also of other accounts, when the oldest charges fail each time', async () => {
  const upstream = await startUpstream((response, { url, headers }) => {
    const number = Number(/record(\d+)/.exec(url)?.[1]);
    if (headers.authorization?.includes('down') === true) return json(response, 500, { error: 'on fire' });
    if (number < 20) return json(response, 200, { name: 'no id' });
    return json(response, 200, { ...fullCompany, id: `f${String(number).padStart(12, '0')}` });
  });
  onTestFinished(upstream.close);
  const down = await createLive('fbl_live_down_0123456789');
  const partly = await createLive('fbl_live_partly_0123456789');
  for (let number = 0; number < 40; number += 1)
    await presume(down, `company:domain:record${number}.example`);
  for (let number = 0; number < 60; number += 1) {
    await presume(partly, `company:domain:record${number}.example`);
  }
  const bad = await presume(account, 'company:domain:nobody-has-this.example');
  // Its key does not open.
  const broken = await createLive('fbl_live_broken_0123456789');
  await presume(broken, 'company:domain:record30.example');
  await store.database.sql`
    update connections set key_sealed = '\\x00' where workspace_id = ${broken.workspaceId}`;

  const { code, output } = await resolve({ FIRMABLE_BASE_URL: upstream.url });

  expect(output).toMatch(/^Resolved 41 of 102 presumed charges: 40 credits were charged, 1 are returned\./m);
  expect(output).not.toContain(bad.id);
  expect(code).toBe(1);
  const toDown = upstream.seen.filter(({ headers }) => headers.authorization?.includes('down'));
  expect(toDown.length).toBeLessThan(30);
  expect((await verifyLedger(store.database)).disagreements).toEqual([]);
}, 60_000);
