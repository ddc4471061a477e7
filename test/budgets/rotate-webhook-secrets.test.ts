import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rotateWebhookSecrets } from '../../src/budgets/rotate-webhook-secrets.js';
import { openWebhookSecret, placeOfSecret } from '../../src/alerts/webhook-secret.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import { budgetsOf, set } from './setup.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

test('after a rotation of keys the first secret alone opens webhook secrets; what nothing opens is counted and left', async () => {
  const [old, fresh, lost] = [randomBytes(32), randomBytes(32), randomBytes(32)];
  const { as } = await createWorkspace(store.database);
  const webhookUrl = 'https://hooks.example/';
  const made = await set(budgetsOf(store.database, [old]), as.ADMIN, { webhookUrl });
  await set(budgetsOf(store.database, [fresh]), as.ADMIN, { webhookUrl });
  await set(budgetsOf(store.database, [lost]), as.ADMIN, { webhookUrl });
  await set(budgetsOf(store.database, [old]), as.ADMIN);

  const both = budgetsOf(store.database, [fresh, old]);
  expect(await rotateWebhookSecrets(both)).toEqual({ rotated: 1, unchanged: 1, unopenable: 1 });
  expect(await rotateWebhookSecrets(both)).toEqual({ rotated: 0, unchanged: 2, unopenable: 1 });

  const [row] = await store.database.sql<{ sealed: Buffer }[]>`
    select webhook_secret_sealed as sealed from budgets where id = ${made.budget.id}`;
  const place = placeOfSecret(as.ADMIN.workspaceId, made.budget.id);
  const opened = (secret: Buffer, at = place) =>
    openWebhookSecret(budgetsOf(store.database, [secret]).vault, at, row!.sealed);
  expect(opened(fresh)).toBe(made.webhookSecret);
  expect(opened(old)).toBeNull();
  // Sealed for its own row: copied to another budget it does not open.
  expect(opened(fresh, { ...place, connectionId: as.ADMIN.workspaceId })).toBeNull();
});
