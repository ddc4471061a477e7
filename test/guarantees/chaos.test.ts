import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Proxy, startProxy } from '../ledger/proxy.js';
import { createRandom } from '../simulator/random.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type CountingFirmable, identifiersOf, startCountingFirmable } from './counting-firmable.js';
import { type Gateways, startGateways } from './gateways.js';
import { writeByBatches } from './write-by-batches.js';

// CHAOS_ACTIONS=1000 CHAOS_SEED=1 npx vitest run test/guarantees/chaos.test.ts makes a longer run.
const actions = Number(process.env['CHAOS_ACTIONS'] ?? 12);
const seed = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000);
const instances = 3;
const reservationMs = 3_000;

let store: TestDatabase;
let proxy: Proxy;
let firmable: CountingFirmable;
let gateways: Gateways;
beforeAll(async () => {
  store = await createTestDatabase();
  proxy = await startProxy(store.address);
  if (!('url' in proxy.address)) throw new Error('the proxy has no URL');
  firmable = await startCountingFirmable();
  gateways = await startGateways({
    count: instances,
    store: { DATABASE_URL: proxy.address.url },
    firmableUrl: firmable.url,
    env: { RESERVATION_SECONDS: String(reservationMs / 1_000), SHUTDOWN_SECONDS: '1' },
  });
  if (seed % 2 === 0) await writeByBatches(store.database.sql);
}, 60_000);
afterAll(async () => {
  await gateways.close();
  await firmable.close();
  await proxy.close();
  await store.close();
}, 60_000);

const kill = async (number: number): Promise<void> => {
  const { processes } = gateways;
  processes[number]?.signal('SIGKILL');
  await processes[number]?.exited;
  await gateways.add();
  const next = processes.pop();
  if (next !== undefined) processes[number] = next;
};

const pause = async (number: number, forMs: number): Promise<void> => {
  gateways.processes[number]?.signal('SIGSTOP');
  await sleep(forMs);
  gateways.processes[number]?.signal('SIGCONT');
};

const count = async (where: 'HELD' | 'PENDING_CONFIRMATION'): Promise<number> =>
  (await store.database.sql`select from reservations where state = ${where}`).length;

it(
  `agrees with the provider after ${actions} kills, pauses and cuts (seed ${seed})`,
  async () => {
    const random = createRandom(seed);
    const lookups: Promise<unknown>[] = [];
    const done = { kills: 0, pauses: 0, cuts: 0, lookups: 0, lost: 0 };
    for (let action = 0; action < actions; action += 1) {
      firmable.takesMs(random.int(80));
      for (let lookup = 2 + random.int(5); lookup > 0; lookup -= 1) {
        const { domain, linkedin, abn, id } = identifiersOf(1 + random.int(Math.max(20, actions * 2)));
        const by = random.pick([{ domain }, { domain }, { linkedin }, { abn }, { id }]);
        // The caller of a killed instance gets no answer; what it bought must be in the ledger all the same.
        const lost = (): void => void (done.lost += 1);
        lookups.push(gateways.lookUp(random.int(instances), by).catch(lost));
        done.lookups += 1;
      }
      await sleep(random.int(60));
      const number = random.int(instances);
      const kind = random.pick(['kills', 'pauses', 'cuts', 'cuts'] as const);
      done[kind] += 1;
      if (kind === 'kills') await kill(number);
      else if (kind === 'pauses')
        await pause(number, random.chance(0.2) ? reservationMs + 1_500 : random.int(400));
      else proxy.cut();
    }
    await Promise.all(lookups);
    await expect.poll(() => count('HELD'), { timeout: 30_000 }).toBe(0);
    const presumed = await count('PENDING_CONFIRMATION');
    await gateways.resolvePresumedCharges();
    expect(await count('PENDING_CONFIRMATION')).toBe(0);

    const [ledger] = await store.database.sql<{ credits: number }[]>`
    select coalesce(sum(credits), 0)::int as credits from entries`;
    console.log({ seed, ...done, presumed, ledger: ledger?.credits, provider: firmable.charges.length });
    expect(ledger?.credits).toBe(firmable.charges.length);
    expect(new Set(firmable.charges).size).toBe(firmable.charges.length);
    await gateways.verify();
  },
  60_000 + actions * 3_000,
);
