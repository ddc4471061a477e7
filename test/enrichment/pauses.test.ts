import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import type { LookupResult } from '../../src/enrichment/lookup-result.js';
import type { LookupRequest } from '../../src/enrichment/lookup-request.js';
import type { Clocks } from '../../src/platform/elapsed.js';
import type { ProviderName } from '../../src/providers/catalogue.js';
import type { Permit } from '../../src/providers/provider.js';
import { json, startUpstream } from '../providers/firmable/start-upstream.js';
import { anyTime } from '../support/any-time.js';
import type { TestDatabase } from '../support/database.js';
import { type Client, type EnrichmentApp, openApp, openStore } from './setup.js';

/** One gateway that a test can stop, and another that runs on. */
let store: TestDatabase;
let upstream: Awaited<ReturnType<typeof startUpstream>>;
let stopped: EnrichmentApp;
let running: EnrichmentApp;
let answered: Promise<void>;
let permitted: Promise<void>;
let atGate: () => void;
let fails = false;
let aheadMs = { monotonic: 0, wall: 0 };

const clocks: Clocks = {
  monotonicMs: () => performance.now() + aheadMs.monotonic,
  wallMs: () => Date.now() + aheadMs.wall,
};
const acquirePermit = async (): Promise<Permit> => {
  atGate();
  await permitted;
  return anyTime;
};

beforeAll(async () => {
  store = await openStore();
  upstream = await startUpstream(async (response, { url }) => {
    await answered;
    if (fails) return json(response, 502, {});
    const reported = url.startsWith('/v5/') ? { 'x-call-credits-spent': '1' } : {};
    return json(response, 200, url.startsWith('/v5/') ? pdlCompany : firmableCompany, reported);
  });
  const { url } = upstream;
  const baseUrls = { FIRMABLE: url, PEOPLE_DATA_LABS: url };
  stopped = await openApp(store, { baseUrls, clocks, acquirePermit });
  running = await openApp(store, { baseUrls });
});
afterAll(() => upstream.close());
beforeEach(() => {
  aheadMs = { monotonic: 0, wall: 0 };
  answered = Promise.resolve();
  permitted = Promise.resolve();
  atGate = nothing;
  fails = false;
  upstream.seen.length = 0;
});

const firmableCompany = { id: 'f000000117274', name: 'Smec', fqdn: 'smec.com' };
const pdlCompany = { status: 200, id: 'smec-id', name: 'smec', website: 'smec.com', likelihood: 9 };
const keys = {
  FIRMABLE: () => `fbl_live_${randomBytes(12).toString('hex')}`,
  PEOPLE_DATA_LABS: () => randomBytes(32).toString('hex'),
};
type Name = keyof typeof keys;

const openFor = async (provider: Name): Promise<Client> => {
  const client = await stopped.open(keys.FIRMABLE());
  await client.connectAs(provider, keys[provider](), true);
  return client;
};
const through = (provider: ProviderName) => ({ waterfall: [{ provider, connectionId: null, require: [] }] });

const nothing = (): void => {};

const gate = (): { reached: Promise<void>; held: Promise<void>; open: () => void } => {
  let open = nothing;
  const held = new Promise<void>((resolve) => {
    open = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    atGate = resolve;
  });
  return { reached, held, open };
};

/** What the reservations of a workspace become when their instance stands still for longer than they live. */
const expire = async ({ workspaceId }: Client): Promise<void> => {
  await store.database.sql`
    update reservations set expires_at = now() - interval '1 second' where workspace_id = ${workspaceId}`;
  await store.database.sql`select expire_reservations(1000)`;
};

/** The receipt and the request's credits equal what the ledger holds for the lookup, corrections included. */
const expectAgreement = async (
  { workspaceId }: Client,
  request: LookupRequest,
  { receipt }: LookupResult<unknown>,
): Promise<void> => {
  const [held] = await store.database.sql<{ credits: string; saved: string }[]>`
    select coalesce(sum(credits), 0) as credits, coalesce(sum(saved), 0) as saved from entries
    where workspace_id = ${workspaceId} and lookup_id = ${receipt.id}`;
  expect({ credits: receipt.creditsCharged, saved: receipt.creditsSaved }).toEqual({
    credits: BigInt(held?.credits ?? -1),
    saved: BigInt(held?.saved ?? -1),
  });
  expect(request.tally).toMatchObject({ charged: receipt.creditsCharged, reserved: 0n });
  expect((await verifyLedger(store.database, { workspaceId })).disagreements).toEqual([]);
};

/** How many lookups the reports of a workspace count. */
const lookupsIn = async ({ workspaceId }: Client): Promise<number> => {
  const [usage] = await store.database.sql<{ lookups: number }[]>`
    select sum(lookups)::int as lookups from usage_buckets where workspace_id = ${workspaceId}`;
  return usage?.lookups ?? 0;
};

const pauses = [
  ['both clocks count it', { monotonic: 70_000, wall: 70_000 }],
  ['only the wall clock counts it', { monotonic: 0, wall: 70_000 }],
  ['only the monotonic clock counts it', { monotonic: 70_000, wall: -3_600_000 }],
] as const;

it.each(
  (['PEOPLE_DATA_LABS', 'FIRMABLE'] as const).flatMap((name) =>
    pauses.map((pause) => [name, ...pause] as const),
  ),
)(
  'sends nothing to %s under an expired reservation when the process stood still and %s',
  async (name, _, ahead) => {
    const client = await openFor(name);
    const wait = gate();
    permitted = wait.held;
    const request = client.request();
    const late = stopped.enrichment.lookUpCompany(request, { domain: 'smec.com' }, through(name));
    await wait.reached;
    await expire(client);
    const other = client.request();
    const bought = await running.enrichment.lookUpCompany(other, { domain: 'smec.com' }, through(name));
    expect(bought.outcome).toBe('FOUND');
    aheadMs = ahead;
    wait.open();
    const result = await late;
    expect(upstream.seen).toHaveLength(1);
    expect(result).toMatchObject({ outcome: 'FOUND', record: { name: expect.stringMatching(/smec/i) } });
    expect(request.tally.charged + other.tally.charged).toBe(1n);
    await expectAgreement(client, request, result);
    expect(await lookupsIn(client)).toBe(2);
  },
);

it.each(pauses)(
  'renews a reservation that still stands when the process stood still and %s',
  async (_, ahead) => {
    const client = await openFor('PEOPLE_DATA_LABS');
    const wait = gate();
    permitted = wait.held;
    const request = client.request();
    const late = stopped.enrichment.lookUpCompany(
      request,
      { domain: 'smec.com' },
      through('PEOPLE_DATA_LABS'),
    );
    await wait.reached;
    aheadMs = ahead;
    wait.open();
    const result = await late;
    expect(upstream.seen).toHaveLength(1);
    expect(result).toMatchObject({ outcome: 'FOUND', receipt: { charge: 'CHARGED', creditsCharged: 1n } });
    await expectAgreement(client, request, result);
  },
);

it('answers UNKNOWN with the presumed charge when nobody made the call of an expired reservation', async () => {
  const client = await openFor('FIRMABLE');
  const wait = gate();
  permitted = wait.held;
  const request = client.request();
  const late = stopped.enrichment.lookUpCompany(request, { domain: 'smec.com' }, through('FIRMABLE'));
  await wait.reached;
  await expire(client);
  aheadMs = { monotonic: 70_000, wall: 70_000 };
  wait.open();
  const result = await late;
  expect(upstream.seen).toHaveLength(0);
  expect(result).toMatchObject({ outcome: 'UNKNOWN', receipt: { charge: 'PRESUMED', creditsCharged: 1n } });
  await expectAgreement(client, request, result);
});

it.each(['PEOPLE_DATA_LABS', 'FIRMABLE'] as const)(
  'returns the charge of the ledger when the reservation expired during the call to %s',
  async (name) => {
    const client = await openFor(name);
    const wait = gate();
    answered = wait.held;
    const request = client.request();
    const late = stopped.enrichment.lookUpCompany(request, { domain: 'smec.com' }, through(name));
    await expect.poll(() => upstream.seen.length).toBe(1);
    await expire(client);
    wait.open();
    const result = await late;
    expect(result).toMatchObject({ outcome: 'FOUND', receipt: { charge: 'CHARGED', creditsCharged: 1n } });
    await expectAgreement(client, request, result);
  },
);

it('answers UNKNOWN and never FAILED when a charge is presumed for a call that failed late', async () => {
  const client = await openFor('FIRMABLE');
  const wait = gate();
  answered = wait.held;
  fails = true;
  const request = client.request();
  const late = stopped.enrichment.lookUpCompany(request, { domain: 'smec.com' }, through('FIRMABLE'));
  await expect.poll(() => upstream.seen.length).toBe(1);
  await expire(client);
  wait.open();
  const result = await late;
  expect(result).toMatchObject({ outcome: 'UNKNOWN', receipt: { charge: 'PRESUMED', creditsCharged: 1n } });
  await expectAgreement(client, request, result);
});

it('answers UNKNOWN when the ledger charges an expired reservation of the lookup and its next call fails', async () => {
  const client = await openFor('FIRMABLE');
  const wait = gate();
  permitted = wait.held;
  const request = client.request();
  const options = { ...through('FIRMABLE'), maxAgeSeconds: 0 };
  const late = stopped.enrichment.lookUpCompany(request, { domain: 'smec.com' }, options);
  await wait.reached;
  await expire(client);
  await running.enrichment.lookUpCompany(client.request(), { domain: 'smec.com' }, through('FIRMABLE'));
  aheadMs = { monotonic: 70_000, wall: 70_000 };
  fails = true;
  wait.open();
  const result = await late;
  expect(result).toMatchObject({ outcome: 'UNKNOWN', receipt: { charge: 'CHARGED', creditsCharged: 1n } });
  await expectAgreement(client, request, result);
});
