import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { onlyApollo } from '../../src/sandbox/samples.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type Gateways, startGateways } from './gateways.js';
import { type SlowApollo, startSlowApollo } from './slow-apollo.js';

const reservationSeconds = 5;
let store: TestDatabase;
let apollo: SlowApollo;
let gateways: Gateways;

beforeEach(async () => {
  store = await createTestDatabase();
  apollo = await startSlowApollo();
  gateways = await startGateways({
    count: 3,
    store: { DATABASE_URL: store.url },
    apolloUrl: apollo.url,
    env: { RESERVATION_SECONDS: String(reservationSeconds) },
  });
}, 60_000);
afterEach(async () => {
  await gateways.close();
  await apollo.close();
  await store.close();
}, 60_000);

const lookUp = (maxAge = '30d'): string => `{
  person(by: { workEmail: "${onlyApollo.person.workEmail}" }
    options: { waterfall: [{ provider: APOLLO }], maxAge: "${maxAge}" }) {
    outcome person { name } receipt { id charge creditsCharged }
  }
}`;
const price = 9;
const found = {
  outcome: 'FOUND',
  person: { name: onlyApollo.person.name },
  receipt: { id: expect.stringMatching(/^ent_/) },
};
type Sent = Awaited<ReturnType<Gateways['send']>>;
const foundFor = (creditsCharged: number) => ({
  status: 200,
  body: { data: { person: { ...found, receipt: { ...found.receipt, creditsCharged } } } },
});

/** Sends the lookup to the first gateway, and disconnects while Apollo is at work on it. */
const timeOut = async (query: string, headers: Record<string, string>): Promise<void> => {
  const before = apollo.requestCount();
  const client = new AbortController();
  const gone = gateways.send(0, query, { headers, signal: client.signal }).then(
    () => 'answered',
    () => 'gone',
  );
  await expect.poll(apollo.requestCount, { timeout: 20_000, interval: 5 }).toBe(before + 1);
  client.abort();
  expect(await gone).toBe('gone');
};
const threeAtOnce = (query: string, headers: Record<string, string>): Promise<Sent[]> =>
  Promise.all([0, 1, 2].map((process) => gateways.send(process, query, { headers })));

const creditsInLedger = async (): Promise<number> => {
  const [row] = await store.database.sql<{ credits: number }[]>`
    select coalesce(sum(credits), 0)::int as credits from entries`;
  return row?.credits ?? 0;
};
/** The ledger counts what Apollo does, and Apollo never worked on two requests for the record at a time. */
const expectCharged = async (credits: number): Promise<void> => {
  expect(apollo.creditsUsed()).toBe(credits);
  expect(await creditsInLedger()).toBe(credits);
  expect(apollo.mostAtOnce()).toBe(1);
  await gateways.verify();
};

describe('a client that times out at a slow Apollo, and sends its lookup again, three times at once, then later', () => {
  it.each([
    ['without', (): Record<string, string> => ({}), { charged: 0, responses: 4 }],
    ['with', () => ({ 'idempotency-key': randomUUID() }), { charged: price, responses: 1 }],
  ])(
    'causes one call and one charge %s an Idempotency-Key',
    async (_, headersOf, { charged, responses }) => {
      const headers = headersOf();
      apollo.takesMs(1_500);
      await timeOut(lookUp(), headers);
      const repeats = await threeAtOnce(lookUp(), headers);
      for (const repeat of repeats) expect(repeat).toMatchObject(foundFor(charged));
      const later = await gateways.send(1, lookUp(), { headers });
      expect(later).toMatchObject(foundFor(charged));
      expect(new Set([...repeats, later].map(({ body }) => JSON.stringify(body))).size).toBe(responses);
      expect(apollo.requestCount()).toBe(1);
      await expectCharged(price);
    },
    60_000,
  );

  it('is charged once with an Idempotency-Key when it wants no snapshot', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    apollo.takesMs(800);
    await timeOut(lookUp('0s'), headers);
    const repeats = await threeAtOnce(lookUp('0s'), headers);
    const later = await gateways.send(2, lookUp('0s'), { headers });
    for (const repeat of [...repeats, later]) expect(repeat).toMatchObject(foundFor(price));
    expect(apollo.requestCount()).toBe(1);
    await expectCharged(price);
  }, 60_000);

  it('is counted as often as Apollo charges, one call after the other, without a key when it wants no snapshot', async () => {
    apollo.takesMs(400);
    await timeOut(lookUp('0s'), {});
    const repeats = await threeAtOnce(lookUp('0s'), {});
    for (const repeat of [...repeats, await gateways.send(2, lookUp('0s'))]) {
      expect(repeat).toMatchObject({ status: 200, body: { data: { person: found } } });
    }
    await expectCharged(price * apollo.requestCount());
  }, 60_000);
});

describe('a gateway that is killed while Apollo is at work', () => {
  it.each([
    ['without', (): Record<string, string> => ({}), 'FOUND'],
    ['with', () => ({ 'idempotency-key': randomUUID() }), 'UNKNOWN'],
  ])(
    'leaves a charge that is counted, and its repeats %s a key are answered by the others',
    async (_, headersOf, secondOutcome) => {
      const headers = headersOf();
      apollo.takesMs(500);
      await timeOut(lookUp(), headers);
      gateways.processes[0]?.signal('SIGKILL');
      await gateways.processes[0]?.exited;
      // As after the minute that the run of a killed gateway is waited for.
      await store.database.sql`update idempotent_requests set lease_ends_at = now()`;
      const outcomeOf = async (process: number): Promise<unknown> => {
        const { body } = await gateways.send(process, lookUp(), { headers });
        return /"outcome":"(\w+)"/.exec(JSON.stringify(body))?.[1];
      };
      // The killed call is a presumed charge. A key keeps this response; without one, a repeat asks Apollo again.
      expect(await outcomeOf(1)).toBe('UNKNOWN');
      expect(await creditsInLedger()).toBe(price);
      expect(await outcomeOf(2)).toBe(secondOutcome);
      expect(await gateways.send(2, lookUp())).toMatchObject({ body: { data: { person: found } } });
      expect(apollo.requestCount()).toBe(2);
      await expectCharged(price * 2);
    },
    90_000,
  );
});
