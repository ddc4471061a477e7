import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { flagship } from '../../src/sandbox/samples.js';
import { entriesOf, reservationsOf } from '../ledger/setup.js';
import { fullCompany } from '../providers/firmable/examples.js';
import { json, startUpstream } from '../providers/firmable/start-upstream.js';
import type { TestDatabase } from '../support/database.js';
import { type EnrichmentApp, openApp, openStore } from './setup.js';
import { anyTime } from '../support/any-time.js';
import type { Permit } from '../../src/providers/provider.js';
import { exits, headers, hit } from './provider-exits.js';

let store: TestDatabase;
let upstream: Awaited<ReturnType<typeof startUpstream>>;
let behave: (response: ServerResponse) => void;
let acquirePermit: () => Promise<Permit>;
let app: EnrichmentApp;
beforeAll(async () => {
  store = await openStore();
  upstream = await startUpstream((response) => behave(response));
  app = await openApp(store, {
    baseUrl: upstream.url,
    totalTimeoutMs: 400,
    bodyBytesMax: 20_000,
    acquirePermit: () => acquirePermit(),
  });
});
afterAll(() => upstream.close());

it.each(exits)('holds no reservation, and writes $outcome, $charge, when it gets $title', async (exit) => {
  behave = exit.behave ?? ((to) => json(to, 200, fullCompany));
  acquirePermit = exit.acquirePermit ?? (() => Promise.resolve(anyTime));
  const client = await app.open('fbl_live_exits_0123456789');
  const request = client.request();
  const credits = exit.charge === 'CHARGED' || exit.charge === 'PRESUMED' ? 1 : 0;

  const result = await app.enrichment.lookUpCompany(request, { domain: 'yarra.example' }, {});

  expect(result).toMatchObject({
    outcome: exit.outcome,
    receipt: {
      charge: exit.charge,
      creditsCharged: BigInt(credits),
      sandbox: false,
      payer: { kind: 'CONNECTION', connectionId: client.connectionId },
      attempts: [{ outcome: exit.outcome, connectionId: client.connectionId }],
    },
  });
  expect(result.problem?.code ?? null).toBe(exit.problem);
  expect(request.tally.reserved).toBe(0n);
  expect(await entriesOf(store.database, client)).toMatchObject([
    { id: result.receipt.id, outcome: exit.outcome, charge: exit.charge, credits, problem: exit.problem },
  ]);
  expect((await reservationsOf(store.database, client)).map(({ state }) => state)).toEqual(
    exit.charge === 'PRESUMED' ? ['PENDING_CONFIRMATION'] : [],
  );
});

it.each(exits.filter(({ charge }) => charge === 'PRESUMED'))(
  'settles the presumed charge, for one credit in all, when a lookup follows $title',
  async (exit) => {
    behave = exit.behave ?? (() => {});
    acquirePermit = exit.acquirePermit ?? (() => Promise.resolve(anyTime));
    const client = await app.open('fbl_live_exits_0123456789');
    await app.enrichment.lookUpCompany(client.request(), { domain: 'yarra.example' }, {});
    behave = (to) => json(to, 200, fullCompany);
    acquirePermit = () => Promise.resolve(anyTime);
    const again = await app.enrichment.lookUpCompany(
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

/** How often one lookup is sent to an upstream with this answer. */
const timesSent = async (result: (response: ServerResponse) => void): Promise<number> => {
  behave = result;
  const client = await app.open('fbl_live_exits_0123456789');
  const before = upstream.seen.length;
  await app.enrichment.lookUpCompany(client.request(), { domain: 'yarra.example' }, {});
  return upstream.seen.length - before;
};

it('never sends a request again when the provider may have processed it', async () => {
  acquirePermit = () => Promise.resolve(anyTime);
  expect(await timesSent((to) => to.destroy())).toBe(1);
  expect(await timesSent((to) => json(to, 500, { message: 'Company not found' }))).toBe(1);
  expect(await timesSent((to) => json(to, 504, {}))).toBe(1);
});

it('returns and charges a record, without a snapshot, when it is nested too deeply', async () => {
  acquirePermit = () => Promise.resolve(anyTime);
  const depth = 8_000;
  const deep = hit.replace(/\}$/, `,"odd":${'['.repeat(depth)}${']'.repeat(depth)}}`);
  behave = (to) => {
    to.writeHead(200, headers);
    to.end(deep);
  };
  const client = await app.open('fbl_live_exits_0123456789');
  const result = await app.enrichment.lookUpCompany(client.request(), { domain: 'yarra.example' }, {});
  expect(result).toMatchObject({
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
it.each(badDays)(
  'returns for the sandbox’s %s key %s with %s and what to do',
  async (name, outcome, code) => {
    acquirePermit = () => Promise.resolve(anyTime);
    const client = await app.open(`fbl_sandbox_${name}`);
    const result = await app.enrichment.lookUpCompany(client.request(), { domain: flagship.domain }, {});
    expect(result).toMatchObject({
      outcome,
      problem: { code, retryable: false },
      receipt: { charge: 'NONE', creditsCharged: 0n, sandbox: true },
    });
    expect(result.problem?.message).toMatch(/Firmable.*[.:].*\./);
    expect(await reservationsOf(store.database, client)).toEqual([]);
  },
);

it('presumes one charge when the sandbox’s slow key answers too late', async () => {
  acquirePermit = () => Promise.resolve(anyTime);
  const slow = await openApp(await openStore(), { totalTimeoutMs: 100, slowLatencyMs: 60_000 });
  const client = await slow.open('fbl_sandbox_slow');
  const late = await slow.enrichment.lookUpCompany(client.request(), { domain: flagship.domain }, {});
  expect(late).toMatchObject({
    outcome: 'UNKNOWN',
    problem: { code: 'PROVIDER_TIMEOUT', retryable: true },
    receipt: { charge: 'PRESUMED', creditsCharged: 1n },
  });
  expect(client.provider().creditsUsed).toBe(1);
  // Looked up again it is as slow as before, and there is still one presumed charge.
  const again = await slow.enrichment.lookUpCompany(client.request(), { domain: flagship.domain }, {});
  expect(again).toMatchObject({ outcome: 'UNKNOWN', receipt: { charge: 'NONE', creditsCharged: 0n } });
  expect(again.problem?.message).toMatch(/The presumed charge of an earlier call is counted already/);
  expect((await entriesOf(slow.database, client)).map(({ credits }) => credits)).toEqual([1, 0]);
  expect(await reservationsOf(slow.database, client)).toMatchObject([{ state: 'PENDING_CONFIRMATION' }]);
});

it('charges in the ledger what the account was charged when the sandbox’s flaky key fails in every way', async () => {
  acquirePermit = () => Promise.resolve(anyTime);
  const client = await app.open('fbl_sandbox_flaky_exits');
  for (let round = 0; round < 8; round += 1) {
    await app.enrichment.lookUpCompany(client.request(), { domain: flagship.domain }, { maxAgeSeconds: 0 });
  }
  const entries = await entriesOf(store.database, client);
  expect(entries.reduce((sum, { credits }) => sum + credits, 0)).toBe(client.provider().creditsUsed);
  expect((await reservationsOf(store.database, client)).filter(({ state }) => state === 'HELD')).toEqual([]);
});
