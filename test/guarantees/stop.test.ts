import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type CountingFirmable, domainsFrom, startCountingFirmable } from './counting-firmable.js';
import { type Gateways, startGateways } from './gateways.js';

let store: TestDatabase;
let firmable: CountingFirmable;
let gateways: Gateways;

beforeAll(async () => {
  store = await createTestDatabase();
  firmable = await startCountingFirmable();
  gateways = await startGateways({
    count: 1,
    store: { DATABASE_URL: store.url },
    firmableUrl: firmable.url,
  });
}, 120_000);
afterAll(async () => {
  await gateways.close();
  await firmable.close();
  await store.close();
});

it('finishes, settles and returns the calls in progress, and leaves nothing reserved, when it is stopped', async () => {
  const by = domainsFrom(1, 20);
  const release = firmable.hold();
  const lookups = Promise.all(by.map((one) => gateways.lookUp(0, one)));
  await expect.poll(() => firmable.requests.length, { timeout: 20_000, interval: 5 }).toBe(by.length);

  const [gateway] = gateways.processes;
  gateway?.signal('SIGTERM');
  // It accepts no more requests: from now on the calls are finished by a process that is stopping.
  await expect
    .poll(
      () =>
        fetch(`${gateway?.url}/healthz`).then(
          () => 'accepted',
          () => 'refused',
        ),
      {
        timeout: 5_000,
        interval: 20,
      },
    )
    .toBe('refused');
  release();
  const answers = await lookups;
  expect(new Set(answers.map(({ outcome, receipt }) => `${outcome} ${receipt.charge}`))).toEqual(
    new Set(['FOUND CHARGED']),
  );
  expect(await gateway?.exited).toBe(0);

  expect(firmable.charges).toHaveLength(by.length);
  expect(await store.database.sql`select from reservations`).toHaveLength(0);
  expect(
    await store.database.sql`select charge, count(*)::int from entries where credits <> 0 group by charge`,
  ).toEqual([{ charge: 'CHARGED', count: by.length }]);
  await gateways.verify();
}, 60_000);
