import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { newId } from '../../src/platform/ids.js';
import { sampleCompanies } from '../../src/sandbox/samples.js';
import { readPresumedCharges } from '../../src/ledger/list-presumed-charges.js';
import { requestFor, ended, openLedger } from '../ledger/setup.js';
import { createTestDatabase } from '../support/database.js';
import { runBuilt, runGateway } from '../support/gateway.js';
import { by, createTenant, startManaged } from './managed-tenant.js';
import type { TestGateway } from './start-gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startManaged();
});
afterAll(() => gateway.close());

describe('a start with a malformed operator’s key', () => {
  it('fails with the name of the setting, without repeating the key, when it starts', async () => {
    const wrong = `nokey${randomBytes(8).toString('hex')}`;
    const store = await createTestDatabase();
    try {
      const env = {
        DATABASE_URL: store.url,
        ENCRYPTION_KEYS: randomBytes(32).toString('base64'),
        GATEWAY_BOOTSTRAP_TOKEN: gateway.token,
        MANAGED_FIRMABLE_KEY: wrong,
      };
      const process = await runGateway(env);
      expect(process.url).toBeNull();
      expect(await process.exited).toBe(1);
      expect(process.output()).toMatch(/^MANAGED_FIRMABLE_KEY is refused\. .*\n$/);
      expect(process.output()).not.toContain(wrong);
      // A command fails, too, and leaves nothing running.
      const ledger = openLedger(store.database);
      const [workspace] = await store.database.sql<{ id: string }[]>`select id from workspaces`;
      await leavePresumedCharge(ledger, { workspaceId: workspace?.id ?? '', accountId: newId() });
      await ledger.close(1_000);
      expect(await runBuilt('resolve-presumed-charges', env)).toMatchObject({
        code: 1,
        output: expect.stringMatching(/^MANAGED_FIRMABLE_KEY is refused\./),
      });
    } finally {
      await store.close();
    }
  }, 60_000);
});

it('resolves a presumed charge with the operator’s key when the call was managed', async () => {
  const { lookUp, id } = await createTenant(gateway, 'PRO');
  await lookUp(by);
  const { database } = gateway.context;
  const [account] = await database.sql<{ id: string }[]>`select id from accounts where workspace_id = ${id}`;
  const ledger = openLedger(database);
  await leavePresumedCharge(ledger, { workspaceId: id, accountId: account?.id ?? '' });
  await ledger.close(1_000);
  const charges = await readPresumedCharges(database, { workspaceId: id });
  expect(charges).toMatchObject([{ payer: 'MANAGED', connectionId: null }]);
  const results = await gateway.context.resolvePresumedCharges(charges);
  expect([...results.values()]).toEqual(charges.map(() => ({ kind: 'SETTLED', outcome: 'FOUND' })));
  expect(await readPresumedCharges(database, { workspaceId: id })).toEqual([]);
  expect((await verifyLedger(database, { workspaceId: id })).disagreements).toEqual([]);
});

/** Makes a managed call for a company that leaves a presumed charge. */
const leavePresumedCharge = async (
  ledger: Ledger,
  account: { workspaceId: string; accountId: string },
): Promise<void> => {
  const lookupKey = `company:domain:${sampleCompanies[1]?.domain}`;
  const reservation = requestFor(account, lookupKey, { labels: { payer: 'MANAGED' } });
  expect(await ledger.reserve(reservation)).toMatchObject({ status: 'RESERVED' });
  await ledger.settle(ended(reservation, 'UNKNOWN'));
};
