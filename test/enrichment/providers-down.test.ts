import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLog } from '../../src/platform/log.js';
import { flagship, onlyRivals } from '../../src/sandbox/samples.js';
import type { Step } from '../../src/waterfalls/step.js';
import { entriesOf, reservationsOf } from '../ledger/setup.js';
import { fullCompany } from '../providers/firmable/examples.js';
import { json, startUpstream } from '../providers/firmable/start-upstream.js';
import type { TestDatabase } from '../support/database.js';
import { type Client, type EnrichmentApp, newSandboxKey, openApp, openStore } from './setup.js';
import type { Permit } from '../../src/providers/provider.js';
import { anyTime } from '../support/any-time.js';

const keys = {
  FIRMABLE: 'fbl_live_down_0123456789',
  PEOPLE_DATA_LABS: 'd'.repeat(64),
  APOLLO: 'apolloLiveDown01234567',
};
const all: Step[] = (['FIRMABLE', 'PEOPLE_DATA_LABS', 'APOLLO'] as const).map((provider) => ({
  provider,
  connectionId: null,
  require: [],
}));

let store: TestDatabase;
let upstream: Awaited<ReturnType<typeof startUpstream>>;
let behave: (response: ServerResponse) => void;
beforeAll(async () => {
  store = await openStore();
  upstream = await startUpstream((response) => behave(response));
});
afterAll(() => upstream.close());

const openDown = (more: Partial<Parameters<typeof openApp>[1]> = {}): Promise<EnrichmentApp> => {
  const { url } = upstream;
  return openApp(store, { baseUrls: { FIRMABLE: url, PEOPLE_DATA_LABS: url, APOLLO: url }, ...more });
};

/** A workspace with live keys of all three. */
const openLive = async (app: EnrichmentApp): Promise<Client> => {
  const client = await app.open(keys.FIRMABLE);
  const { connectAs } = client;
  await connectAs('PEOPLE_DATA_LABS', keys.PEOPLE_DATA_LABS);
  await connectAs('APOLLO', keys.APOLLO);
  return client;
};

const never = (): Promise<Permit> => sleep(60_000, anyTime, { ref: false });

it('returns every reason when every provider is down', async () => {
  behave = (to) => json(to, 500, { message: 'Connection pool exhausted' });
  const app = await openDown();
  const client = await openLive(app);
  const by = { domain: 'yarra.example' };
  const result = await app.enrichment.lookUpCompany(client.request(), by, { waterfall: all });
  expect(result).toMatchObject({
    outcome: 'FAILED',
    problem: { code: 'PROVIDER_UNAVAILABLE', retryable: true },
    receipt: { charge: 'NONE', creditsCharged: 0n },
  });
  expect(result.receipt.attempts.map(({ reason }) => reason)).toEqual([
    expect.stringContaining('Firmable could not be reached'),
    expect.stringContaining('People Data Labs could not be reached'),
    expect.stringContaining('Apollo could not be reached'),
  ]);
  expect(await reservationsOf(store.database, client)).toEqual([]);
});

it('ends within its deadline, and names the steps that it did not start, when providers do not answer', async () => {
  let turns = 0;
  const app = await openDown({
    lookupTimeoutMs: 2_000,
    acquirePermit: () => {
      turns += 1;
      return turns === 1 ? Promise.resolve(anyTime) : never();
    },
  });
  const client = await openLive(app);
  const before = upstream.seen.length;
  behave = (to) => json(to, 500, { message: 'Connection pool exhausted' });
  const by = { domain: 'yarra.example' };
  const result = await app.enrichment.lookUpCompany(client.request(), by, { waterfall: all });
  expect(result.receipt.attempts.map(({ outcome, code }) => [outcome, code])).toEqual([
    ['FAILED', 'PROVIDER_UNAVAILABLE'],
    ['FAILED', 'PROVIDER_TIMEOUT'],
    ['FAILED', 'PROVIDER_TIMEOUT'],
  ]);
  expect(result.calls.map(({ called }) => called)).toEqual(['FIRMABLE', null, null]);
  expect(result.receipt.attempts[2]?.reason).toContain('no time left to call Apollo');
  expect(upstream.seen.length).toBe(before + 1);
  expect((await entriesOf(store.database, client)).map(({ problem }) => problem)).toEqual([
    'PROVIDER_UNAVAILABLE',
    'PROVIDER_TIMEOUT',
    'PROVIDER_TIMEOUT',
  ]);
  expect(await reservationsOf(store.database, client)).toEqual([]);
});

it('ends a call at the deadline of its lookup', async () => {
  behave = () => {};
  const app = await openDown({ lookupTimeoutMs: 1_500, totalTimeoutMs: 30_000 });
  const client = await openLive(app);
  const result = await app.enrichment.lookUpCompany(
    client.request(),
    { domain: 'yarra.example' },
    { waterfall: all },
  );
  expect(result).toMatchObject({ outcome: 'UNKNOWN', problem: { code: 'PROVIDER_TIMEOUT' } });
});

it('starts no step when no permit comes within the deadline', async () => {
  behave = (to) => json(to, 200, fullCompany);
  const app = await openDown({ lookupTimeoutMs: 1_000, acquirePermit: never });
  const client = await openLive(app);
  const result = await app.enrichment.lookUpCompany(
    client.request(),
    { domain: 'yarra.example' },
    { waterfall: all },
  );
  expect(result).toMatchObject({ outcome: 'FAILED', problem: { code: 'PROVIDER_TIMEOUT' } });
  expect(result.receipt.attempts).toHaveLength(3);
  expect(await reservationsOf(store.database, client)).toEqual([]);
});

it('loses no time when it waits for credits that another lookup holds', async () => {
  behave = (to) => {
    setTimeout(() => json(to, 404, {}), 700);
  };
  const app = await openDown({ lookupTimeoutMs: 2_500 });
  const client = await openLive(app);
  const domains = Array.from({ length: 5 }, (_, index) => ({ domain: `queue-${index}.example` }));
  const results = await app.enrichment.lookUpCompanies(client.request(), domains, { maxCredits: 1 });
  expect(results.map(({ outcome }) => outcome)).toEqual(domains.map(() => 'NOT_FOUND'));
});

it('skips an account, with the reason and the delay, after five failures until it answers', async () => {
  let nowMs = Date.now();
  const lines: string[] = [];
  const log = createLog(
    'info',
    new Writable({ write: (chunk, _, done) => (lines.push(String(chunk)), done()) }),
  );
  const app = await openDown({ clock: { now: () => new Date(nowMs) }, log });
  const client = await openLive(app);
  const apollo = newSandboxKey('apollo');
  await client.connectAs('APOLLO', apollo, true);
  const steps = all.filter(({ provider }) => provider !== 'PEOPLE_DATA_LABS');
  const lookUp = (domain: string) =>
    app.enrichment.lookUpCompany(client.request(), { domain }, { waterfall: steps });

  behave = (to) => json(to, 500, { message: 'Connection pool exhausted' });
  for (let count = 0; count < 5; count += 1) await lookUp(onlyRivals.company.domain);
  const before = upstream.seen.length;
  const skipped = await lookUp(onlyRivals.company.domain);
  expect(upstream.seen.length).toBe(before);
  expect(skipped).toMatchObject({ outcome: 'FOUND', receipt: { provider: 'APOLLO' } });
  expect(skipped.receipt.attempts[0]).toMatchObject({ outcome: 'FAILED', code: 'PROVIDER_UNAVAILABLE' });
  expect(skipped.calls[0]?.called).toBeNull();
  expect(skipped.receipt.attempts[0]?.reason).toMatch(/^Skipped: .* Firmable .*PROVIDER_UNAVAILABLE/);
  expect([...app.breakers.states().values()]).toMatchObject([{ state: 'OPEN', failures: 5 }]);
  expect(await reservationsOf(store.database, client)).toEqual([]);

  behave = (to) => json(to, 200, fullCompany);
  nowMs += 30_000;
  const probed = await lookUp(flagship.domain);
  expect(probed).toMatchObject({ outcome: 'FOUND', receipt: { provider: 'FIRMABLE', charge: 'CHARGED' } });
  expect(app.breakers.states().size).toBe(0);

  // Both changes are logged once, without the key or the identifier.
  const logged = lines.map((line): Record<string, unknown> => JSON.parse(line));
  const account = { provider: 'FIRMABLE', workspaceId: client.workspaceId, payer: 'CONNECTION' };
  expect(logged.filter(({ msg }) => String(msg).startsWith('circuit breaker'))).toEqual([
    expect.objectContaining({ ...account, failures: 5, reason: 'PROVIDER_UNAVAILABLE' }),
    expect.objectContaining({ ...account, msg: 'circuit breaker closed' }),
  ]);
  expect(lines.join('')).not.toMatch(new RegExp(`${keys.FIRMABLE}|${onlyRivals.company.domain}`));
});

it('returns a snapshot when its provider is skipped', async () => {
  const app = await openDown();
  const client = await openLive(app);
  const lookUp = (by: { domain: string }) => app.enrichment.lookUpCompany(client.request(), by, {});
  behave = (to) => json(to, 200, fullCompany);
  await lookUp({ domain: 'yarra.example' });
  behave = (to) => json(to, 500, { message: 'Connection pool exhausted' });
  for (let count = 0; count < 6; count += 1) await lookUp({ domain: `down-${count}.example` });
  expect([...app.breakers.states().values()]).toMatchObject([{ state: 'OPEN' }]);
  expect(await lookUp({ domain: 'yarra.example' })).toMatchObject({
    outcome: 'FOUND',
    receipt: { fromSnapshot: true },
  });
});
