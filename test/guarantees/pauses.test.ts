import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { portOf } from '../providers/firmable/start-upstream.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type Gateways, startGateways } from './gateways.js';

/** A People Data Labs that charges one credit for every answer, as the real one does. */
let provider: Server;
let charges: string[];
let store: TestDatabase;
let gateways: Gateways;

beforeEach(async () => {
  charges = [];
  provider = createServer((request, response) => {
    const website = new URL(request.url ?? '/', 'http://pdl').searchParams.get('website') ?? '';
    charges.push(website);
    response.setHeader('content-type', 'application/json');
    response.setHeader('x-call-credits-spent', '1');
    response.end(
      JSON.stringify({ status: 200, id: `id-of-${website}`, name: website, website, likelihood: 9 }),
    );
  });
  provider.listen(0, '127.0.0.1');
  await once(provider, 'listening');
  store = await createTestDatabase();
  gateways = await startGateways({
    count: 2,
    store: { DATABASE_URL: store.url },
    firmableUrl: 'http://127.0.0.1:9',
    env: {
      PEOPLEDATALABS_BASE_URL: `http://127.0.0.1:${portOf(provider)}`,
      PEOPLEDATALABS_REQUESTS_PER_SECOND: '16',
      RESERVATION_SECONDS: '3',
      LOOKUP_TIMEOUT_MS: '120000',
    },
  });
  await gateways.connect('PEOPLE_DATA_LABS', randomBytes(32).toString('hex'));
}, 60_000);
afterEach(async () => {
  await gateways.close();
  provider.closeAllConnections();
  provider.close();
  await store.close();
}, 60_000);

it('buys each record once when an instance is stopped for longer than its reservations live', async () => {
  const keys = Array.from({ length: 80 }, (_, index) => ({ domain: `c${index}.example` }));
  const options = { waterfall: [{ provider: 'PEOPLE_DATA_LABS' }] };
  const late = gateways.lookUpAll(0, keys, options);
  await expect.poll(() => charges.length, { timeout: 20_000, interval: 5 }).toBeGreaterThan(4);
  gateways.processes[0]?.signal('SIGSTOP');
  // The other instance expires its reservations, for which a charge is presumed.
  const held = () => store.database.sql`select from reservations where state = 'HELD'`;
  await expect.poll(async () => (await held()).length, { timeout: 20_000 }).toBe(0);
  const bought = await gateways.lookUpAll(1, keys, options);
  gateways.processes[0]?.signal('SIGCONT');
  const results = [...bought, ...(await late)];
  expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['FOUND']));
  // A call under way at the pause may have been charged without its result being read: those alone may be paid again.
  expect(new Set(charges).size).toBe(80);
  const [ledger] = await store.database.sql<
    { credits: number }[]
  >`select sum(credits)::int as credits from entries`;
  expect(ledger?.credits).toBe(charges.length);
  const receipts = results.reduce((sum, { receipt }) => sum + receipt.creditsCharged, 0);
  expect(receipts).toBe(charges.length);
  expect(charges.length - 80).toBeLessThanOrEqual(8);
  await gateways.verify();
}, 90_000);
