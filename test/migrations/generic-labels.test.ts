import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { genericLabels } from '../../src/enrichment/identifiers/hosts/generic-labels.js';
import { readCompanyIdentifier } from '../../src/enrichment/identifiers/identify.js';
import { companyLookupKey } from '../../src/enrichment/identifiers/record-keys.js';
import { newId } from '../../src/platform/ids.js';
import { type Client, type EnrichmentApp, openApp, openStore } from '../enrichment/setup.js';

const folder = path.resolve(import.meta.dirname, '../../migrations');
const migrations = readdirSync(folder)
  .filter((name) => name.endsWith('drop_generic_labels_of_domains.sql'))
  .map((name) => readFileSync(path.join(folder, name), 'utf8'));

let app: EnrichmentApp;
let client: Client;
let accountId: string;
beforeAll(async () => {
  app = await openApp(await openStore());
  client = await app.open();
  const [connection] = await app.database.sql<{ accountId: string }[]>`
    select account_id as "accountId" from connections where workspace_id = ${client.workspaceId}`;
  accountId = connection!.accountId;
});

/** An unlock as an earlier release left it, with the keys by which it found the record. */
const unlockBefore = async (recordKey: string, ...domains: string[]): Promise<string> => {
  const id = newId();
  await app.database.sql`
    insert into unlocks (workspace_id, id, account_id, record_key, operation, provider, sandbox, price, unlocked_at)
    values (${client.workspaceId}, ${id}, ${accountId}, ${recordKey}, 'COMPANY', 'FIRMABLE', true, 1, now())`;
  for (const domain of domains) {
    await app.database.sql`
      insert into unlock_keys (workspace_id, account_id, lookup_key, unlock_id, source)
      values (${client.workspaceId}, ${accountId}, ${`company:domain:${domain}`}, ${id}, 'REPORTED')`;
  }
  return id;
};

const leadsTo = async (domain: string): Promise<string[]> => {
  const reading = readCompanyIdentifier('domain', domain);
  if ('refusal' in reading) return [reading.refusal];
  const rows = await app.database.sql<{ unlockId: string }[]>`
    select unlock_id as "unlockId" from unlock_keys where lookup_key = ${companyLookupKey(reading.value)}`;
  return rows.map(({ unlockId }) => unlockId);
};

it('finds an unlock that was bought by a generic subdomain by every spelling of today', async () => {
  const one = await unlockBefore('company:id:f000000100002', 'careers.ferrowbridge.com.au');
  const two = await unlockBefore('company:id:f000000900002', 'en.shop.tarnholme.example');
  const parent = await unlockBefore('company:id:f000000900003', 'holdfast.example');
  const brand = await unlockBefore(
    'company:id:f000000900004',
    'jobs.holdfast.example',
    'holdfast-brand.example',
  );
  const own = await unlockBefore('company:id:f000000900005', 'jobs.com.au', 'au.quarrend.example');
  for (const migration of migrations) await app.database.sql.unsafe(migration);

  expect(await leadsTo('careers.ferrowbridge.com.au')).toEqual([one]);
  expect(await leadsTo('https://www.ferrowbridge.com.au/')).toEqual([one]);
  expect(await leadsTo('tarnholme.example')).toEqual([two]);
  // What led to a record already still does.
  expect(await leadsTo('jobs.holdfast.example')).toEqual([parent]);
  expect(await leadsTo('holdfast-brand.example')).toEqual([brand]);
  expect(await leadsTo('jobs.com.au')).toEqual([own]);
  expect(await leadsTo('au.quarrend.example')).toEqual([own]);
  expect(await leadsTo('com.au')).toEqual([expect.stringContaining('public suffix')]);

  const result = await app.enrichment.lookUpCompany(
    client.request({ maxCredits: 0 }),
    { domain: 'ferrowbridge.com.au' },
    {},
  );
  expect([result.outcome, result.receipt.charge]).toEqual(['FOUND', 'ALREADY_UNLOCKED']);
});

it('has taken off every label that is dropped today', () => {
  const labels = migrations.flatMap((sql) => /name ~ '\^\(([^)]*)\)/.exec(sql)?.[1]?.split('|') ?? []);
  expect([...genericLabels].filter((label) => !labels.includes(label))).toEqual([]);
});
