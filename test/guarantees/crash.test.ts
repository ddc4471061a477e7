import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type CountingFirmable, identifiersOf, startCountingFirmable } from './counting-firmable.js';
import { type Gateways, startGateways } from './gateways.js';

const reservationSeconds = 5;
let store: TestDatabase;
let firmable: CountingFirmable;
let gateways: Gateways;

beforeEach(async () => {
  store = await createTestDatabase();
  firmable = await startCountingFirmable();
  gateways = await startGateways({
    count: 2,
    store: { DATABASE_URL: store.url },
    firmableUrl: firmable.url,
    env: { RESERVATION_SECONDS: String(reservationSeconds), SHUTDOWN_SECONDS: '1' },
  });
}, 60_000);
afterEach(async () => {
  await gateways.close();
  await firmable.close();
  await store.close();
}, 60_000);

const spending = () => store.database.sql<{ kind: string; charge: string; credits: number }[]>`
  select kind, charge, credits::int from entries where credits <> 0 or kind = 'CORRECTION'
  order by recorded_at, id`;

const reservations = () => store.database.sql<{ state: string }[]>`select state from reservations`;

/** Two processes, of which one is in the middle of a call; answers what its caller comes to hear. */
const askAndHang = async (by: { domain: string }): Promise<{ letGo: () => void; heard: Promise<string> }> => {
  const letGo = firmable.hold();
  const heard = gateways.ask(0, by).then(
    ({ outcome }) => outcome,
    () => 'nothing',
  );
  await expect.poll(() => firmable.requests.length, { timeout: 20_000, interval: 5 }).toBe(1);
  return { letGo, heard };
};

/** The doubt that the first process left: it is told, blocks nobody for longer than its life, and ends for free. */
const expectDoubtEnded = async (letGo: () => void, askedMs: number): Promise<void> => {
  const { domain, linkedin, id } = identifiersOf(1);
  expect(await reservations()).toEqual([{ state: 'HELD' }]);
  const waiting = gateways.ask(1, { domain });
  // The provider goes on, and charges.
  letGo();
  expect(await waiting).toMatchObject({ outcome: 'UNKNOWN', receipt: { charge: 'NONE' } });
  // Whoever waits looks ten times a second; a busy machine may take its time.
  expect(performance.now() - askedMs).toBeLessThan((reservationSeconds + 3) * 1_000);
  expect(await spending()).toEqual([{ kind: 'LOOKUP', charge: 'PRESUMED', credits: 1 }]);
  expect(await reservations()).toEqual([{ state: 'PENDING_CONFIRMATION' }]);

  expect(await gateways.ask(1, { domain })).toMatchObject({
    outcome: 'FOUND',
    company: { id },
    receipt: { charge: 'ALREADY_UNLOCKED', creditsCharged: 0 },
  });
  expect(await gateways.ask(1, { linkedin })).toMatchObject({
    outcome: 'FOUND',
    receipt: { creditsCharged: 0 },
  });
  expect(await spending()).toEqual([
    { kind: 'LOOKUP', charge: 'PRESUMED', credits: 1 },
    { kind: 'CORRECTION', charge: 'CHARGED', credits: 0 },
  ]);
  expect(firmable.charges).toEqual([1]);
  expect(await reservations()).toEqual([]);
  await gateways.verify();
};

test('a gateway killed during a call loses no charge and blocks nobody for longer than a reservation lives', async () => {
  const { letGo, heard } = await askAndHang({ domain: identifiersOf(1).domain });
  const askedMs = performance.now();
  gateways.processes[0]?.signal('SIGKILL');
  expect(await heard).toBe('nothing');
  await expectDoubtEnded(letGo, askedMs);
}, 60_000);

test('a gateway told to stop during a call that outlasts its patience stops in time, and loses no charge either', async () => {
  const { letGo, heard } = await askAndHang({ domain: identifiersOf(1).domain });
  const askedMs = performance.now();
  gateways.processes[0]?.signal('SIGTERM');
  expect(await gateways.processes[0]?.exited).toBe(0);
  expect(performance.now() - askedMs).toBeLessThan(4_000);
  expect(await heard).toBe('nothing');
  await expectDoubtEnded(letGo, askedMs);
}, 60_000);
