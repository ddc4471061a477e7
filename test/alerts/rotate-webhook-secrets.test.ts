import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { webhookSecretContext, webhookSecrets } from '../../src/alerts/destination.js';
import { rotateEncryptionKeys } from '../../src/connections/rotate-encryption-keys.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import { budgetsOf } from '../budgets/setup.js';
import { destinationFor } from './delivery-of.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

it('seals webhook secrets under the first key and counts those that no key opens', async () => {
  const [old, fresh, lost] = [randomBytes(32), randomBytes(32), randomBytes(32)];
  const { as } = await createWorkspace(store.database);
  const create = (secret: Buffer, kind: 'WEBHOOK' | 'SLACK' = 'WEBHOOK') =>
    destinationFor(budgetsOf(store.database, [secret]), as.ADMIN, { kind, url: 'https://hooks.example/' });
  const made = await create(old);
  await create(fresh);
  await create(lost);
  await create(old, 'SLACK');

  const both = budgetsOf(store.database, [fresh, old]);
  const rotate = async () => (await rotateEncryptionKeys(both, webhookSecrets)).counts['webhook-secret'];
  expect(await rotate()).toEqual({ rotated: 1, unchanged: 1, unopenable: 1 });
  expect(await rotate()).toEqual({ rotated: 0, unchanged: 2, unopenable: 1 });

  const [row] = await store.database.sql<{ sealed: Buffer }[]>`
    select secret_sealed as sealed from alert_destinations where id = ${made.destination.id}`;
  const context = webhookSecretContext({
    workspaceId: as.ADMIN.workspaceId,
    id: made.destination.id,
  });
  const opened = (secret: Buffer, at = context) =>
    budgetsOf(store.database, [secret]).vault.open(at, row!.sealed);
  expect(opened(fresh)).toBe(made.webhookSecret);
  expect(opened(old)).toBeNull();
  // Sealed for its own row: in another row it does not open.
  expect(opened(fresh, { ...context, id: as.ADMIN.workspaceId })).toBeNull();
});
