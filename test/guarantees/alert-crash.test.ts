import { afterEach, beforeEach, expect, it } from 'vitest';
import { passTime, queueOf } from '../alerts/delivery-of.js';
import { type Receiver, startReceiver } from '../alerts/start-receiver.js';
import { json, startUpstream } from '../providers/firmable/start-upstream.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type Gateways, startGateways } from './gateways.js';

const maxWait = { timeout: 60_000 };

let store: TestDatabase;
let upstream: Awaited<ReturnType<typeof startUpstream>>;
let receiver: Receiver;
let gateways: Gateways;
beforeEach(async () => {
  store = await createTestDatabase();
  upstream = await startUpstream((response) => json(response, 401, { message: 'no' }));
  receiver = await startReceiver();
  gateways = await startGateways({
    count: 1,
    store: { DATABASE_URL: store.url },
    firmableUrl: upstream.url,
    env: { WEBHOOK_PRIVATE_ADDRESSES: 'on' },
  });
}, 60_000);
afterEach(async () => {
  await gateways.close();
  await receiver.close();
  await upstream.close();
  await store.close();
}, 60_000);

it('delivers an alert again under its id when the instance is killed between the attempt and its record', async () => {
  const input = `{ kind: WEBHOOK, name: "hook", url: "${receiver.url}" }`;
  await gateways.read(
    0,
    `mutation { field: createAlertDestination(input: ${input}) { destination { id } } }`,
  );
  receiver.answers.push('NEVER');
  await gateways.lookUp(0, { domain: 'company.example' });
  await expect.poll(() => receiver.deliveries.length, maxWait).toBe(1);
  gateways.processes[0]?.signal('SIGKILL');
  await gateways.processes[0]?.exited;
  expect(await queueOf(store.database)).toMatchObject({ attempts: 1, delivered: false });
  await passTime(store.database);
  await gateways.add();
  await expect.poll(() => queueOf(store.database), maxWait).toMatchObject({ attempts: 2, delivered: true });
  const [first, second] = receiver.deliveries;
  expect(receiver.deliveries).toHaveLength(2);
  expect(second?.headers['webhook-id']).toMatch(/^alr_/);
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
  expect(second?.body).toBe(first?.body);
}, 150_000);
