import { setTimeout as sleep } from 'node:timers/promises';
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
    env: { SHUTDOWN_DRAIN_SECONDS: '1' },
  });
}, 120_000);
afterAll(async () => {
  await gateways.close();
  await firmable.close();
  await store.close();
});

it('is not ready, and still serves new connections, before it closes its port when it gets SIGTERM', async () => {
  const [gateway] = gateways.processes;
  /** The status of a request on a connection of its own; 0: refused. */
  const statusOf = (path: string): Promise<number> =>
    fetch(`${gateway?.url}${path}`, { headers: { connection: 'close' } }).then(
      async (response) => {
        await response.body?.cancel();
        return response.status;
      },
      () => 0,
    );
  expect(await statusOf('/readyz')).toBe(200);
  gateway?.signal('SIGTERM');
  const ready: number[] = [];
  const alive: number[] = [];
  const lookups: Promise<{ outcome: string }>[] = [];
  const numbers = domainsFrom(1, 5).values();
  for (let status = 1; status !== 0; await sleep(10)) {
    status = await statusOf('/readyz');
    ready.push(status);
    // A load balancer sends requests until it has noticed.
    if (status === 503) {
      alive.push(await statusOf('/healthz'));
      const by = numbers.next().value;
      if (by !== undefined) lookups.push(gateways.lookUp(0, by));
    }
  }
  const [first] = ready.filter((status) => status !== 200);
  expect(first).toBe(503);
  expect(new Set(ready)).toEqual(new Set(ready.includes(200) ? [200, 503, 0] : [503, 0]));
  expect(alive.filter((status) => status === 200).length).toBeGreaterThan(3);
  const outcomes = (await Promise.all(lookups)).map(({ outcome }) => outcome);
  expect(outcomes).toEqual(['FOUND', 'FOUND', 'FOUND', 'FOUND', 'FOUND']);
  expect(await gateway?.exited).toBe(0);
  await gateways.verify();
}, 60_000);
