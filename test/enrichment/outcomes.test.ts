import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GatewayError } from '../../src/errors.js';
import { flagship } from '../../src/sandbox/samples.js';
import { entriesOf, reservationsOf } from '../ledger/setup.js';
import { fullCompany } from '../providers/firmable/examples.js';
import { json, startUpstream } from '../providers/firmable/start-upstream.js';
import type { TestDatabase } from '../support/database.js';
import { type Desk, openDesk, openStore } from './setup.js';
import { anyTime } from '../support/any-time.js';
import type { Permit } from '../../src/providers/provider.js';

let store: TestDatabase;
let upstream: Awaited<ReturnType<typeof startUpstream>>;
let behave: (response: ServerResponse) => void;
let acquirePermit: () => Promise<Permit>;
let desk: Desk;
beforeAll(async () => {
  store = await openStore();
  upstream = await startUpstream((response) => behave(response));
  desk = await openDesk(store, {
    baseUrl: upstream.url,
    totalTimeoutMs: 400,
    bodyBytesMax: 20_000,
    acquirePermit: () => acquirePermit(),
  });
});
afterAll(() => upstream.close());

const hit = JSON.stringify(fullCompany);
const headers = { 'content-type': 'application/json' };

type Exit = {
  title: string;
  behave?: (response: ServerResponse) => void;
  acquirePermit?: () => Promise<Permit>;
  outcome: string;
  problem: string | null;
  charge: string;
};

const doubt = { outcome: 'UNKNOWN', charge: 'PRESUMED' };
const exits: Exit[] = [
  {
    title: 'a hit',
    behave: (to) => json(to, 200, fullCompany),
    outcome: 'FOUND',
    problem: null,
    charge: 'CHARGED',
  },
  {
    title: 'a miss by 500',
    behave: (to) => json(to, 500, { message: 'Company not found' }),
    outcome: 'NOT_FOUND',
    problem: null,
    charge: 'NOT_FOUND',
  },
  {
    title: 'a miss by 404',
    behave: (to) => json(to, 404, {}),
    outcome: 'NOT_FOUND',
    problem: null,
    charge: 'NOT_FOUND',
  },
  {
    title: 'a refused key',
    behave: (to) => json(to, 401, { message: 'no' }),
    outcome: 'REFUSED',
    problem: 'KEY_REFUSED',
    charge: 'NONE',
  },
  {
    title: 'a plan without the API',
    behave: (to) => json(to, 403, { message: 'no' }),
    outcome: 'REFUSED',
    problem: 'PLAN_WITHOUT_API',
    charge: 'NONE',
  },
  {
    title: 'an account without credits',
    behave: (to) =>
      json(to, 402, { error: { code: 'insufficient_credits', message: 'Insufficient credits' } }),
    outcome: 'REFUSED',
    problem: 'OUT_OF_CREDITS',
    charge: 'NONE',
  },
  {
    title: 'a throttle by status',
    behave: (to) => json(to, 429, { message: 'Too many requests' }, { 'retry-after': '30' }),
    outcome: 'FAILED',
    problem: 'RATE_LIMITED',
    charge: 'NONE',
  },
  {
    title: 'a throttle inside a 200',
    behave: (to) =>
      json(to, 200, { success: false, error: { status: 429, message: 'Rate limit. Retry in 36s.' } }),
    outcome: 'FAILED',
    problem: 'RATE_LIMITED',
    charge: 'NONE',
  },
  {
    title: 'a fault of the provider',
    behave: (to) => json(to, 500, { message: 'Connection pool exhausted' }),
    outcome: 'FAILED',
    problem: 'PROVIDER_UNAVAILABLE',
    charge: 'NONE',
  },
  {
    title: 'a redirect to another place',
    behave: (to) => {
      to.writeHead(307, { location: 'http://127.0.0.1:9/company' });
      to.end();
    },
    outcome: 'FAILED',
    problem: 'PROVIDER_UNAVAILABLE',
    charge: 'NONE',
  },
  { title: 'no answer in time', behave: () => {}, ...doubt, problem: 'PROVIDER_TIMEOUT' },
  {
    title: 'half a body, then silence',
    behave: (to) => {
      to.writeHead(200, headers);
      to.write(hit.slice(0, 100));
    },
    ...doubt,
    problem: 'PROVIDER_TIMEOUT',
  },
  {
    title: 'a cut body',
    behave: (to) => {
      to.writeHead(200, { ...headers, 'content-length': String(hit.length) });
      to.write(hit.slice(0, 100), () => to.destroy());
    },
    ...doubt,
    problem: 'PROVIDER_UNAVAILABLE',
  },
  {
    title: 'a connection cut before the answer',
    behave: (to) => {
      to.destroy();
    },
    ...doubt,
    problem: 'PROVIDER_UNAVAILABLE',
  },
  {
    title: 'a body that is no JSON',
    behave: (to) => {
      to.writeHead(200, headers);
      to.end('<html>');
    },
    ...doubt,
    problem: 'PROVIDER_ANSWER_UNREADABLE',
  },
  {
    title: 'a record without an id',
    behave: (to) => json(to, 200, { name: 'Nobody' }),
    ...doubt,
    problem: 'PROVIDER_ANSWER_UNREADABLE',
  },
  {
    title: 'a body that is too large',
    behave: (to) => json(to, 200, { ...fullCompany, description: 'x'.repeat(30_000) }),
    ...doubt,
    problem: 'PROVIDER_ANSWER_UNREADABLE',
  },
  {
    title: 'a body that does not unpack',
    behave: (to) => {
      to.writeHead(200, { ...headers, 'content-encoding': 'gzip' });
      to.end(gzipSync(hit).fill(0, 20, 60));
    },
    ...doubt,
    problem: 'PROVIDER_ANSWER_UNREADABLE',
  },
  {
    title: 'a proxy that lost the answer',
    behave: (to) => json(to, 504, {}),
    ...doubt,
    problem: 'PROVIDER_UNAVAILABLE',
  },
  {
    title: 'a turn that is too far off',
    acquirePermit: () => Promise.reject(new GatewayError('RATE_LIMITED', 'later', { retryAfterSeconds: 7 })),
    outcome: 'FAILED',
    problem: 'RATE_LIMITED',
    charge: 'NONE',
  },
  {
    title: 'a store that cannot say when it is our turn',
    acquirePermit: () => Promise.reject(new GatewayError('LEDGER_UNAVAILABLE', 'away')),
    outcome: 'FAILED',
    problem: 'PROVIDER_UNAVAILABLE',
    charge: 'NONE',
  },
  {
    title: 'a fault nobody foresaw',
    acquirePermit: () => Promise.reject(new Error('unforeseen')),
    ...doubt,
    problem: 'PROVIDER_UNAVAILABLE',
  },
];

test.each(exits)(
  'after $title no reservation is held, and the entry says $outcome, $charge',
  async (exit) => {
    behave = exit.behave ?? ((to) => json(to, 200, fullCompany));
    acquirePermit = exit.acquirePermit ?? (() => Promise.resolve(anyTime));
    const client = await desk.open('fbl_live_exits_0123456789');
    const request = client.request();
    const credits = exit.charge === 'CHARGED' || exit.charge === 'PRESUMED' ? 1 : 0;

    const answer = await desk.enrichment.lookUpCompany(request, { domain: 'yarra.example' }, {});

    expect(answer).toMatchObject({
      outcome: exit.outcome,
      receipt: {
        charge: exit.charge,
        creditsCharged: BigInt(credits),
        sandbox: false,
        payer: { kind: 'CONNECTION', connectionId: client.connectionId },
        attempts: [{ outcome: exit.outcome, connectionId: client.connectionId }],
      },
    });
    expect(answer.problem?.code ?? null).toBe(exit.problem);
    expect(request.tally.reserved).toBe(0n);
    expect(await entriesOf(store.database, client)).toMatchObject([
      { id: answer.receipt.id, outcome: exit.outcome, charge: exit.charge, credits, problem: exit.problem },
    ]);
    expect((await reservationsOf(store.database, client)).map(({ state }) => state)).toEqual(
      exit.charge === 'PRESUMED' ? ['PENDING_CONFIRMATION'] : [],
    );
  },
);

test.each(exits.filter(({ charge }) => charge === 'PRESUMED'))(
  'the doubt after $title is settled by asking again: one credit in all',
  async (exit) => {
    behave = exit.behave ?? (() => {});
    acquirePermit = exit.acquirePermit ?? (() => Promise.resolve(anyTime));
    const client = await desk.open('fbl_live_exits_0123456789');
    await desk.enrichment.lookUpCompany(client.request(), { domain: 'yarra.example' }, {});
    behave = (to) => json(to, 200, fullCompany);
    acquirePermit = () => Promise.resolve(anyTime);
    const again = await desk.enrichment.lookUpCompany(
      client.request({ maxCredits: 0 }),
      { domain: 'yarra.example' },
      {},
    );
    expect(again).toMatchObject({ outcome: 'FOUND', receipt: { creditsCharged: 0n } });
    const entries = await entriesOf(store.database, client);
    expect(entries.reduce((sum, { credits }) => sum + credits, 0)).toBe(1);
    expect(await reservationsOf(store.database, client)).toEqual([]);
  },
);

/** How often one ask is sent to an upstream that answers so. */
const timesSent = async (answer: (response: ServerResponse) => void): Promise<number> => {
  behave = answer;
  const client = await desk.open('fbl_live_exits_0123456789');
  const before = upstream.seen.length;
  await desk.enrichment.lookUpCompany(client.request(), { domain: 'yarra.example' }, {});
  return upstream.seen.length - before;
};

test('what the provider may have taken is never sent again', async () => {
  acquirePermit = () => Promise.resolve(anyTime);
  expect(await timesSent((to) => to.destroy())).toBe(1);
  expect(await timesSent((to) => json(to, 500, { message: 'Company not found' }))).toBe(1);
  expect(await timesSent((to) => json(to, 504, {}))).toBe(1);
});

test('a record nested deeper than anybody writes is answered and paid for, and no copy is kept', async () => {
  acquirePermit = () => Promise.resolve(anyTime);
  const depth = 8_000;
  const deep = hit.replace(/\}$/, `,"odd":${'['.repeat(depth)}${']'.repeat(depth)}}`);
  behave = (to) => {
    to.writeHead(200, headers);
    to.end(deep);
  };
  const client = await desk.open('fbl_live_exits_0123456789');
  const answer = await desk.enrichment.lookUpCompany(client.request(), { domain: 'yarra.example' }, {});
  expect(answer).toMatchObject({
    outcome: 'FOUND',
    record: { id: fullCompany.id },
    receipt: { charge: 'CHARGED' },
  });
  expect(await reservationsOf(store.database, client)).toEqual([]);
});

const badDays = [
  ['revoked', 'REFUSED', 'KEY_REFUSED'],
  ['noplan', 'REFUSED', 'PLAN_WITHOUT_API'],
  ['broke', 'REFUSED', 'OUT_OF_CREDITS'],
] as const;
test.each(badDays)('the sandbox’s %s key is %s with %s and what to do', async (name, outcome, code) => {
  acquirePermit = () => Promise.resolve(anyTime);
  const client = await desk.open(`fbl_sandbox_${name}`);
  const answer = await desk.enrichment.lookUpCompany(client.request(), { domain: flagship.domain }, {});
  expect(answer).toMatchObject({
    outcome,
    problem: { code, retryable: false },
    receipt: { charge: 'NONE', creditsCharged: 0n, sandbox: true },
  });
  expect(answer.problem?.message).toMatch(/Firmable.*[.:].*\./);
  expect(await reservationsOf(store.database, client)).toEqual([]);
});

test('the sandbox’s slow key is answered too late: unknown, presumed, and counted once', async () => {
  acquirePermit = () => Promise.resolve(anyTime);
  const slow = await openDesk(await openStore(), { totalTimeoutMs: 100, slowLatencyMs: 60_000 });
  const client = await slow.open('fbl_sandbox_slow');
  const late = await slow.enrichment.lookUpCompany(client.request(), { domain: flagship.domain }, {});
  expect(late).toMatchObject({
    outcome: 'UNKNOWN',
    problem: { code: 'PROVIDER_TIMEOUT', retryable: true },
    receipt: { charge: 'PRESUMED', creditsCharged: 1n },
  });
  expect(client.provider().creditsUsed).toBe(1);
  // Asked again it is as slow as before; the doubt stays one doubt.
  await slow.enrichment.lookUpCompany(client.request(), { domain: flagship.domain }, {});
  expect((await entriesOf(slow.database, client)).map(({ credits }) => credits)).toEqual([1, 0]);
  expect(await reservationsOf(slow.database, client)).toMatchObject([{ state: 'PENDING_CONFIRMATION' }]);
});

test('the sandbox’s flaky key is charged by the ledger for what its account was charged, whatever befell it', async () => {
  acquirePermit = () => Promise.resolve(anyTime);
  const client = await desk.open('fbl_sandbox_flaky_exits');
  for (let round = 0; round < 8; round += 1) {
    await desk.enrichment.lookUpCompany(client.request(), { domain: flagship.domain }, { maxAgeSeconds: 0 });
  }
  const entries = await entriesOf(store.database, client);
  expect(entries.reduce((sum, { credits }) => sum + credits, 0)).toBe(client.provider().creditsUsed);
  expect((await reservationsOf(store.database, client)).filter(({ state }) => state === 'HELD')).toEqual([]);
});
