import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type CountingFirmable, identifiersOf, startCountingFirmable } from './counting-firmable.js';
import { type Gateways, startGateways } from './gateways.js';
import { writeByBatches } from './write-by-batches.js';

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

/** Starts a lookup whose call does not return; `result` is what its caller gets. */
const lookUpAndHang = async (by: {
  domain: string;
}): Promise<{ release: () => void; result: Promise<string> }> => {
  const release = firmable.hold();
  const result = gateways.lookUp(0, by).then(
    ({ outcome }) => outcome,
    () => 'nothing',
  );
  await expect.poll(() => firmable.requests.length, { timeout: 20_000, interval: 5 }).toBe(1);
  return { release, result };
};

/** The presumed charge that the first process left: it is shown, blocks no lookup for longer than its life, and is resolved for free. */
const expectPresumedChargeResolved = async (release: () => void): Promise<void> => {
  const { domain, linkedin, id } = identifiersOf(1);
  expect(await reservations()).toEqual([{ state: 'HELD' }]);
  const waiting = gateways.lookUp(1, { domain });
  // The provider continues, and charges.
  release();
  expect(await waiting).toMatchObject({ outcome: 'UNKNOWN', receipt: { charge: 'NONE' } });
  expect(await spending()).toEqual([{ kind: 'LOOKUP', charge: 'PRESUMED', credits: 1 }]);
  expect(await reservations()).toEqual([{ state: 'PENDING_CONFIRMATION' }]);

  expect(await gateways.lookUp(1, { domain })).toMatchObject({
    outcome: 'FOUND',
    company: { id },
    receipt: { charge: 'ALREADY_UNLOCKED', creditsCharged: 0 },
  });
  expect(await gateways.lookUp(1, { linkedin })).toMatchObject({
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

describe.each(['single lookups', 'batches'])('with money written by the functions of %s', (functions) => {
  beforeEach(async () => {
    if (functions === 'batches') await writeByBatches(store.database.sql);
  });

  it('loses no charge, and blocks no lookup for longer than a reservation lives, when a gateway is killed during a call', async () => {
    const { release, result } = await lookUpAndHang({ domain: identifiersOf(1).domain });
    gateways.processes[0]?.signal('SIGKILL');
    expect(await result).toBe('nothing');
    await expectPresumedChargeResolved(release);
  }, 60_000);

  it('stops in time and loses no charge when it is stopped during a call that takes longer than SHUTDOWN_SECONDS', async () => {
    const { release, result } = await lookUpAndHang({ domain: identifiersOf(1).domain });
    gateways.processes[0]?.signal('SIGTERM');
    expect(await gateways.processes[0]?.exited).toBe(0);
    expect(await result).toBe('nothing');
    await expectPresumedChargeResolved(release);
  }, 60_000);
});
