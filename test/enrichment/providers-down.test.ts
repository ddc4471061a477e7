import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../../src/platform/log.js';
import { flagship, onlyRivals } from '../../src/sandbox/samples.js';
import type { Step } from '../../src/waterfalls/step.js';
import { entriesOf, reservationsOf } from '../ledger/setup.js';
import { fullCompany } from '../providers/firmable/examples.js';
import { json, startUpstream } from '../providers/firmable/start-upstream.js';
import type { TestDatabase } from '../support/database.js';
import { type Client, type Desk, newSandboxKey, openDesk, openStore } from './setup.js';
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

const openDown = (more: Partial<Parameters<typeof openDesk>[1]> = {}): Promise<Desk> => {
  const { url } = upstream;
  return openDesk(store, { baseUrls: { FIRMABLE: url, PEOPLE_DATA_LABS: url, APOLLO: url }, ...more });
};

/** A workspace with live keys of all three. */
const openLive = async (desk: Desk): Promise<Client> => {
  const client = await desk.open(keys.FIRMABLE);
  const { connectAs } = client;
  await connectAs('PEOPLE_DATA_LABS', keys.PEOPLE_DATA_LABS);
  await connectAs('APOLLO', keys.APOLLO);
  return client;
};

const never = (): Promise<Permit> => sleep(60_000, anyTime, { ref: false });

test('with every provider down an ask answers with every reason', async () => {
  behave = (to) => json(to, 500, { message: 'Connection pool exhausted' });
  const desk = await openDown();
  const client = await openLive(desk);
  const by = { domain: 'yarra.example' };
  const answer = await desk.enrichment.lookUpCompany(client.request(), by, { waterfall: all });
  expect(answer).toMatchObject({
    outcome: 'FAILED',
    problem: { code: 'PROVIDER_UNAVAILABLE', retryable: true },
    receipt: { charge: 'NONE', creditsCharged: 0n },
  });
  expect(answer.receipt.attempts.map(({ reason }) => reason)).toEqual([
    expect.stringContaining('Firmable could not be reached'),
    expect.stringContaining('People Data Labs could not be reached'),
    expect.stringContaining('Apollo could not be reached'),
  ]);
  expect(await reservationsOf(store.database, client)).toEqual([]);
});

test('within its deadline: those for whom no time is left are named, and not begun', async () => {
  let turns = 0;
  const desk = await openDown({
    lookupTimeoutMs: 2_000,
    acquirePermit: () => {
      turns += 1;
      return turns === 1 ? Promise.resolve(anyTime) : never();
    },
  });
  const client = await openLive(desk);
  const before = upstream.seen.length;
  behave = (to) => json(to, 500, { message: 'Connection pool exhausted' });
  const startedMs = performance.now();
  const by = { domain: 'yarra.example' };
  const answer = await desk.enrichment.lookUpCompany(client.request(), by, { waterfall: all });
  expect(performance.now() - startedMs).toBeLessThan(4_000);
  expect(answer.receipt.attempts.map(({ outcome, code }) => [outcome, code])).toEqual([
    ['FAILED', 'PROVIDER_UNAVAILABLE'],
    ['FAILED', 'PROVIDER_TIMEOUT'],
    ['FAILED', 'PROVIDER_TIMEOUT'],
  ]);
  expect(answer.receipt.attempts[2]?.reason).toContain('no time left to call Apollo');
  expect(upstream.seen.length).toBe(before + 1);
  expect((await entriesOf(store.database, client)).map(({ problem }) => problem)).toEqual([
    'PROVIDER_UNAVAILABLE',
    'PROVIDER_TIMEOUT',
    'PROVIDER_TIMEOUT',
  ]);
  expect(await reservationsOf(store.database, client)).toEqual([]);
});

test('a call is cut short by the deadline of its ask', async () => {
  behave = () => {};
  const desk = await openDown({ lookupTimeoutMs: 1_500, totalTimeoutMs: 30_000 });
  const client = await openLive(desk);
  const startedMs = performance.now();
  const answer = await desk.enrichment.lookUpCompany(
    client.request(),
    { domain: 'yarra.example' },
    { waterfall: all },
  );
  expect(performance.now() - startedMs).toBeLessThan(5_000);
  expect(answer).toMatchObject({ outcome: 'UNKNOWN', problem: { code: 'PROVIDER_TIMEOUT' } });
});

test('a turn that does not come within the deadline is not waited for, and the next provider has no time either', async () => {
  behave = (to) => json(to, 200, fullCompany);
  const desk = await openDown({ lookupTimeoutMs: 1_000, acquirePermit: never });
  const client = await openLive(desk);
  const answer = await desk.enrichment.lookUpCompany(
    client.request(),
    { domain: 'yarra.example' },
    { waterfall: all },
  );
  expect(answer).toMatchObject({ outcome: 'FAILED', problem: { code: 'PROVIDER_TIMEOUT' } });
  expect(answer.receipt.attempts).toHaveLength(3);
  expect(await reservationsOf(store.database, client)).toEqual([]);
});

test('whoever waits for another’s money loses no time by it', async () => {
  behave = (to) => {
    setTimeout(() => json(to, 404, {}), 700);
  };
  const desk = await openDown({ lookupTimeoutMs: 2_500 });
  const client = await openLive(desk);
  const domains = Array.from({ length: 5 }, (_, index) => ({ domain: `queue-${index}.example` }));
  const answers = await desk.enrichment.lookUpCompanies(client.request(), domains, { maxCredits: 1 });
  expect(answers.map(({ outcome }) => outcome)).toEqual(domains.map(() => 'NOT_FOUND'));
});

test('after five failures an account is skipped at once, with the reason and when to ask again, until it answers', async () => {
  let nowMs = Date.now();
  const lines: string[] = [];
  const log = createLog(
    'info',
    new Writable({ write: (chunk, _, done) => (lines.push(String(chunk)), done()) }),
  );
  const desk = await openDown({ clock: { now: () => new Date(nowMs) }, log });
  const client = await openLive(desk);
  const apollo = newSandboxKey('apollo');
  await client.connectAs('APOLLO', apollo, true);
  const steps = all.filter(({ provider }) => provider !== 'PEOPLE_DATA_LABS');
  const ask = (domain: string) =>
    desk.enrichment.lookUpCompany(client.request(), { domain }, { waterfall: steps });

  behave = (to) => json(to, 500, { message: 'Connection pool exhausted' });
  for (let count = 0; count < 5; count += 1) await ask(onlyRivals.company.domain);
  const before = upstream.seen.length;
  const skipped = await ask(onlyRivals.company.domain);
  expect(upstream.seen.length).toBe(before);
  expect(skipped).toMatchObject({ outcome: 'FOUND', receipt: { provider: 'APOLLO' } });
  expect(skipped.receipt.attempts[0]).toMatchObject({ outcome: 'FAILED', code: 'PROVIDER_UNAVAILABLE' });
  expect(skipped.receipt.attempts[0]?.reason).toMatch(/^Skipped: .* Firmable .*PROVIDER_UNAVAILABLE/);
  expect([...desk.breakers.states().values()]).toMatchObject([{ state: 'OPEN', failures: 5 }]);
  expect(await reservationsOf(store.database, client)).toEqual([]);

  behave = (to) => json(to, 200, fullCompany);
  nowMs += 30_000;
  const probed = await ask(flagship.domain);
  expect(probed).toMatchObject({ outcome: 'FOUND', receipt: { provider: 'FIRMABLE', charge: 'CHARGED' } });
  expect(desk.breakers.states().size).toBe(0);

  // The operator hears of both, once, without the key or what was asked for.
  const told = lines.map((line): Record<string, unknown> => JSON.parse(line));
  const account = { provider: 'FIRMABLE', workspaceId: client.workspaceId, payer: 'CONNECTION' };
  expect(told).toEqual([
    expect.objectContaining({ ...account, failures: 5, reason: 'PROVIDER_UNAVAILABLE' }),
    expect.objectContaining({ ...account, msg: 'circuit breaker closed' }),
  ]);
  expect(lines.join('')).not.toMatch(new RegExp(`${keys.FIRMABLE}|${onlyRivals.company.domain}`));
});

test('what is ours is answered from its copy while its provider is skipped', async () => {
  const desk = await openDown();
  const client = await openLive(desk);
  const ask = (by: { domain: string }) => desk.enrichment.lookUpCompany(client.request(), by, {});
  behave = (to) => json(to, 200, fullCompany);
  await ask({ domain: 'yarra.example' });
  behave = (to) => json(to, 500, { message: 'Connection pool exhausted' });
  for (let count = 0; count < 6; count += 1) await ask({ domain: `down-${count}.example` });
  expect([...desk.breakers.states().values()]).toMatchObject([{ state: 'OPEN' }]);
  expect(await ask({ domain: 'yarra.example' })).toMatchObject({
    outcome: 'FOUND',
    receipt: { fromSnapshot: true },
  });
});
