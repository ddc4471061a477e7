import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../src/platform/database.js';
import { verifyLedger } from '../../src/reports/verify-ledger.js';
import { createTestDatabase } from '../support/database.js';
import { buildGateway } from '../support/gateway.js';
import { type CountingFirmable, identifiersOf, startCountingFirmable } from './counting-firmable.js';
import { startGateways } from './gateways.js';
import { openOwnPostgres } from './own-postgres.js';

let firmable: CountingFirmable;
const cleanups: (() => Promise<void>)[] = [];

beforeAll(() => {
  buildGateway();
}, 120_000);
beforeEach(async () => {
  firmable = await startCountingFirmable();
  cleanups.push(firmable.close);
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
}, 60_000);

const untilAsked = (count: number) =>
  expect.poll(() => firmable.requests.length, { timeout: 20_000, interval: 5 }).toBe(count);

test('a gateway killed during a call loses no charge and blocks nobody for longer than a reservation lives', async () => {
  const store = await createTestDatabase();
  cleanups.push(store.close);
  const reservationSeconds = 8;
  const gateways = await startGateways({
    count: 2,
    databaseUrl: store.url,
    firmableUrl: firmable.url,
    env: {
      RESERVATION_SECONDS: String(reservationSeconds),
      PACE_PATIENCE_SECONDS: '1',
      UPSTREAM_TIMEOUT_MS: '1000',
    },
  });
  cleanups.push(gateways.close);
  const { domain, linkedin } = identifiersOf(1);
  const entries = () => store.database.sql<{ kind: string; charge: string; credits: number }[]>`
    select kind, charge, credits::int from entries where credits <> 0 or kind = 'CORRECTION' order by recorded_at, id`;

  const letGo = firmable.hold();
  const killed = gateways.ask(0, { domain }).catch(() => 'nobody answers');
  await untilAsked(1);
  const askedMs = performance.now();
  const waiting = gateways.ask(1, { domain });
  gateways.processes[0]?.signal('SIGKILL');
  expect(await killed).toBe('nobody answers');
  // The provider goes on, and charges.
  letGo();
  expect(await waiting).toMatchObject({ outcome: 'UNKNOWN', receipt: { charge: 'NONE' } });
  // Whoever waits looks ten times a second; a busy machine may take its time.
  expect(performance.now() - askedMs).toBeLessThan((reservationSeconds + 3) * 1_000);
  expect(await entries()).toEqual([{ kind: 'ASK', charge: 'PRESUMED', credits: 1 }]);

  expect(await gateways.ask(1, { domain })).toMatchObject({
    outcome: 'FOUND',
    receipt: { charge: 'ALREADY_UNLOCKED', creditsCharged: 0 },
  });
  expect(await gateways.ask(1, { linkedin })).toMatchObject({
    outcome: 'FOUND',
    receipt: { creditsCharged: 0 },
  });
  expect(await entries()).toEqual([
    { kind: 'ASK', charge: 'PRESUMED', credits: 1 },
    { kind: 'CORRECTION', charge: 'CHARGED', credits: 0 },
  ]);
  expect([...firmable.charged]).toEqual([1]);
  expect(await store.database.sql`select from reservations`).toHaveLength(0);
  expect((await verifyLedger(store.database)).disagreements).toEqual([]);
}, 60_000);

test('what was charged while PostgreSQL was stopped at once is settled when it is back', async () => {
  const postgres = await openOwnPostgres();
  cleanups.push(postgres.remove);
  const gateways = await startGateways({ count: 1, databaseUrl: postgres.url, firmableUrl: firmable.url });
  cleanups.push(gateways.close);
  const count = 20;
  const by = Array.from({ length: count }, (_, number) => ({ domain: identifiersOf(number + 1).domain }));

  const letGo = firmable.hold();
  const asking = gateways.askAll(0, by);
  await untilAsked(count);
  await postgres.stopImmediately();
  letGo();
  await expect.poll(() => firmable.charged.size).toBe(count);
  await postgres.start();

  const answers = await asking;
  expect(
    new Set(answers.map(({ outcome, receipt }) => `${outcome} ${receipt.charge} ${receipt.creditsCharged}`)),
  ).toEqual(new Set(['FOUND CHARGED 1']));
  const database = openDatabase({ url: postgres.url });
  cleanups.push(database.close);
  const [sum] = await database.sql<{ credits: number; entries: number }[]>`
    select sum(credits)::int as credits, count(*)::int as entries from entries`;
  expect(sum).toEqual({ credits: count, entries: count });
  expect(await database.sql`select from reservations`).toHaveLength(0);
  expect((await verifyLedger(database)).disagreements).toEqual([]);
}, 60_000);
