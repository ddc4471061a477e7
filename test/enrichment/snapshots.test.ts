import { beforeAll, expect, it } from 'vitest';
import type { LookupResult } from '../../src/enrichment/lookup-result.js';
import type { CompanyKey } from '../../src/enrichment/lookup-request.js';
import { flagship, sampleCompanies } from '../../src/sandbox/samples.js';
import { reservationsOf } from '../ledger/setup.js';
import { type Client, type EnrichmentApp, openApp, openStore } from './setup.js';

let app: EnrichmentApp;
beforeAll(async () => {
  app = await openApp(await openStore());
});

const lookUpCompany = (client: Client, by: CompanyKey, options = {}) =>
  app.enrichment.lookUpCompany(client.request(), by, options);

const receiptOf = ({ outcome, receipt }: LookupResult<unknown>) => ({
  outcome,
  charge: receipt.charge,
  charged: Number(receipt.creditsCharged),
  saved: Number(receipt.creditsSaved),
  fromSnapshot: receipt.fromSnapshot,
});
const bought = { outcome: 'FOUND', charge: 'CHARGED', charged: 1, saved: 0, fromSnapshot: false };
const cached = { outcome: 'FOUND', charge: 'ALREADY_UNLOCKED', charged: 0, saved: 1, fromSnapshot: true };
const refetched = { ...cached, fromSnapshot: false };

it('fetches by the record’s own id, for free, when its snapshot is too old, and keeps the unlock', async () => {
  const client = await app.open();
  const first = await lookUpCompany(client, { domain: flagship.domain });
  await app.database.sql`
    update snapshots set fetched_at = fetched_at - interval '3 years' where workspace_id = ${client.workspaceId}`;
  const again = await lookUpCompany(client, { abn: flagship.abn });
  expect(receiptOf(again)).toEqual(refetched);
  expect(again.receipt.unlockedAt).toEqual(first.receipt.unlockedAt);
  expect(again.receipt.fetchedAt!.getTime()).toBeGreaterThan(first.receipt.fetchedAt!.getTime());
  expect(app.sandbox.visits().at(-1)?.query).toContain(`id=${flagship.id}`);
  expect(client.provider()).toMatchObject({ creditsUsed: 1, requests: 2 });
});

it('looks up again by the given identifier, for free, when the lookup limits the age of the snapshot', async () => {
  const client = await app.open();
  const first = await lookUpCompany(client, { domain: flagship.domain });
  const again = await lookUpCompany(client, { abn: flagship.abn }, { maxAgeSeconds: 0 });
  expect(receiptOf(again)).toEqual(refetched);
  expect(again.receipt.unlockedAt).toEqual(first.receipt.unlockedAt);
  expect(app.sandbox.visits().at(-1)?.query).toContain(`abn=${flagship.abn}`);
  expect(client.provider()).toMatchObject({ creditsUsed: 1, requests: 2 });
});

it('keeps a snapshot for each country, and pays only for the first', async () => {
  const client = await app.open();
  const [company] = sampleCompanies.slice(2);
  const inAustralia = await lookUpCompany(client, { domain: company!.domain });
  const inNewZealand = await lookUpCompany(client, { abn: company!.abn }, { country: 'NZ' });
  expect(receiptOf(inNewZealand)).toEqual(refetched);
  expect(inNewZealand.raw()).not.toEqual(inAustralia.raw());
  expect((await lookUpCompany(client, { id: company!.id })).raw()).toEqual(inAustralia.raw());
  expect((await lookUpCompany(client, { id: company!.id }, { country: 'NZ' })).raw()).toEqual(
    inNewZealand.raw(),
  );
  expect(client.provider()).toMatchObject({ creditsUsed: 1, requests: 2 });
});

it('fetches again, for free, when a snapshot cannot be read', async () => {
  const client = await app.open();
  await lookUpCompany(client, { domain: flagship.domain });
  await app.database
    .sql`update snapshots set body = '{"no": "record"}' where workspace_id = ${client.workspaceId}`;
  const again = await lookUpCompany(client, { domain: flagship.domain });
  expect(receiptOf(again)).toEqual(refetched);
  expect(again.record).toMatchObject({ id: flagship.id });
  expect(receiptOf(await lookUpCompany(client, { domain: flagship.domain }))).toEqual(cached);
  expect(await reservationsOf(app.database, client)).toEqual([]);
});

it('fetches a known record each time, for free, when no snapshots are kept', async () => {
  const forgetful = await openApp(await openStore(), { snapshotMaxAgeSeconds: 0 });
  const client = await forgetful.open();
  const lookUp = (by: CompanyKey) => forgetful.enrichment.lookUpCompany(client.request(), by, {});
  expect(receiptOf(await lookUp({ domain: flagship.domain }))).toEqual(bought);
  expect(receiptOf(await lookUp({ abn: flagship.abn }))).toEqual(refetched);
  expect(client.provider()).toMatchObject({ creditsUsed: 1, requests: 2 });
  const [{ count } = { count: -1 }] = await forgetful.database
    .sql`select count(*)::int as count from snapshots`;
  expect(count).toBe(0);
});

it('makes one call for concurrent lookups when no snapshots are kept', async () => {
  const forgetful = await openApp(await openStore(), { snapshotMaxAgeSeconds: 0 });
  const client = await forgetful.open();
  const results = await Promise.all(
    Array.from({ length: 60 }, () =>
      forgetful.enrichment.lookUpCompany(client.request(), { domain: flagship.domain }, {}),
    ),
  );
  expect(results.filter(({ outcome }) => outcome === 'FOUND')).toHaveLength(60);
  expect(client.provider()).toMatchObject({ creditsUsed: 1, requests: 1 });
});
