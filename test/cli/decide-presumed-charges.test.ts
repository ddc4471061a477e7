import { afterEach, beforeEach, expect, it } from 'vitest';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { createAccount, ended, openLedger, requestFor, spentBy, type TestAccount } from '../ledger/setup.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { runBuilt } from '../support/gateway.js';
import { createWorkspace } from '../support/workspace.js';

let store: TestDatabase;
let ledger: Ledger;
let accounts: TestAccount[];
beforeEach(async () => {
  store = await createTestDatabase();
  ledger = openLedger(store.database);
  const workspaces = [
    await createWorkspace(store.database, 'acme'),
    await createWorkspace(store.database, 'other'),
  ];
  accounts = workspaces.map(({ id }) => createAccount(id));
  for (const account of accounts) {
    for (const provider of ['FIRMABLE', 'APOLLO']) {
      const request = requestFor(account, `company:domain:${provider}.example`, {
        refetchCredits: provider === 'APOLLO' ? 1n : 0n,
        labels: { provider },
      });
      await ledger.reserve(request);
      await ledger.settle(ended(request, 'UNKNOWN'));
    }
  }
});
afterEach(async () => {
  await ledger.close(1_000);
  await store.close();
});

const ENCRYPTION_KEYS = Buffer.alloc(32, 1).toString('base64');

const run = (...args: string[]) =>
  runBuilt('resolve-presumed-charges', { DATABASE_URL: store.url, ENCRYPTION_KEYS, NODE_ENV: 'test' }, args);

const spent = (): Promise<number[]> =>
  Promise.all(accounts.map((account) => spentBy(store.database, account)));

it('decides the charges of a filter over all workspaces, once, and with the reason in the ledger', async () => {
  expect(await run('--provider', 'APOLLO', '--not-charged', '--reason', 'outage')).toEqual({
    code: 0,
    output: 'Resolved 2 presumed charges: 0 credits were charged, 2 are returned.\n',
  });
  expect(await spent()).toEqual([1, 1]);
  expect(await run('--provider', 'APOLLO', '--not-charged', '--reason', 'outage')).toEqual({
    code: 0,
    output: 'There are no presumed charges.\n',
  });
  expect(await run('--workspace', 'acme', '--charged', '--reason', 'seen in the usage')).toEqual({
    code: 0,
    output: 'Resolved 1 presumed charges: 1 credits were charged, 0 are returned.\n',
  });
  expect(await spent()).toEqual([1, 1]);
  const reasons = await store.database.sql`
    select decided_by, reason from entries where kind = 'CORRECTION' order by recorded_at, id`;
  expect(reasons.map(({ decided_by: by, reason }) => [by, reason])).toEqual([
    [null, 'outage'],
    [null, 'outage'],
    [null, 'seen in the usage'],
  ]);
  expect((await verifyLedger(store.database)).disagreements).toEqual([]);
});

it('decides only what the balance of the provider implies when --proposed is set', async () => {
  const [account] = accounts;
  for (const minutes of [-5, 5]) {
    await store.database.sql`
      insert into balance_readings (workspace_id, id, account_id, observed_at, credits, source, includes_calls_before)
      values (${account?.workspaceId ?? null}, gen_random_uuid(), ${account?.accountId ?? null},
        now() + ${`${minutes} minutes`}::text::interval, 70, 'REPORTED', now() + ${`${minutes} minutes`}::text::interval)`;
  }
  const { output } = await run('--provider', 'APOLLO');
  expect(output).toContain('Balance: Not charged: the balance did not fall.');
  expect(output).toContain('Balance: The balance was not read at a time without calls before this one.');
  const resolve = (decision: string) => run(decision, '--proposed', '--reason', 'the balance did not fall');
  expect((await resolve('--not-charged')).output).toContain(
    'Resolved 1 presumed charges: 0 credits were charged, 1 are',
  );
  expect(await spent()).toEqual([1, 2]);
});

it.each([
  { args: ['--proposed'], says: '--proposed belongs to --charged or --not-charged' },
  { args: ['--charged'], says: '--reason belongs to --charged or --not-charged' },
  { args: ['--reason', 'why'], says: '--reason belongs to --charged or --not-charged' },
  { args: ['--charged', '--not-charged', '--reason', 'why'], says: 'cannot be used with option' },
  { args: ['--provider', 'NOBODY'], says: 'Allowed choices are' },
  { args: ['--cause', 'BAD_LUCK'], says: 'Allowed choices are' },
  { args: ['--connection', 'Sales'], says: 'con_ followed by a UUID' },
  { args: ['--older-than', 'yesterday'], says: 'This is not a duration' },
  {
    args: ['--from', '2026-02-01T00:00:00Z', '--to', '2026-01-01T00:00:00Z'],
    says: '"to" must be later than "from"',
  },
  { args: ['--charged', '--reason', ' '], says: 'The reason must be a line' },
  { args: ['--from', '2026-02-30'], says: 'This is not an instant' },
])('exits with 2 and changes nothing when it is used wrongly: $args', async ({ args, says }) => {
  const { code, output } = await run(...args);
  expect(output).toContain(says);
  expect(code).toBe(2);
  expect(await spent()).toEqual([2, 2]);
});

it('fails when the workspace does not exist', async () => {
  expect(await run('--workspace', 'nobody', '--charged', '--reason', 'why')).toMatchObject({ code: 1 });
  expect(await spent()).toEqual([2, 2]);
});
