import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LookupOptions } from '../../src/enrichment/lookup-request.js';
import type { LookupResult } from '../../src/enrichment/lookup-result.js';
import { limitWorkspace } from '../ledger/setup.js';
import type { TestDatabase } from '../support/database.js';
import { type Client, type EnrichmentApp, openApp, openStore } from './setup.js';
import { ada, bob, booksOf, parent, startSharedFirmable, subsidiary } from './shared-firmable.js';

let provider: Awaited<ReturnType<typeof startSharedFirmable>>;
let store: TestDatabase;
let app: EnrichmentApp;
let client: Client;
beforeEach(async () => {
  provider = await startSharedFirmable();
  store = await openStore();
  app = await openApp(store, { baseUrl: provider.url });
  client = await app.open(`fbl_${'k'.repeat(40)}`);
});
afterEach(() => provider.close());

const domain = 'shared.example';
const mailbox = 'info@shared.example';
const shown = ({ record, outcome, receipt }: LookupResult<{ id: string }>): string =>
  [record?.id ?? outcome, receipt.charge, receipt.creditsCharged, receipt.identifierSource].join(' ');
const company = async (by: { domain?: string; linkedin?: string }, options: LookupOptions = {}) =>
  shown(await app.enrichment.lookUpCompany(client.request(), by, options));
const person = async (by: { workEmail?: string; linkedin?: string }, options: LookupOptions = {}) =>
  shown(await app.enrichment.lookUpPerson(client.request(), by, options));
const again = { maxAgeSeconds: 0 };

/** The ledger, its own audit and the provider agree. */
const agrees = async (): Promise<void> => {
  const spent = provider.charged().length;
  expect(await booksOf(app.database, client)).toEqual({ spent, disagreements: [] });
};

it('answers a domain that a bought company reports, and the right company once it is looked up again', async () => {
  provider.setOwner(subsidiary);
  expect(await company({ linkedin: parent.slug })).toBe(`${parent.id} CHARGED 1 RESOLVED`);
  expect(await company({ domain })).toBe(`${parent.id} ALREADY_UNLOCKED 0 REPORTED`);
  provider.paths();

  expect(await company({ domain }, again)).toBe(`${subsidiary.id} CHARGED 1 RESOLVED`);
  expect(provider.paths()).toEqual([`/company?fqdn=${domain}`]);
  for (const options of [{}, again, { country: 'NZ' as const }]) {
    expect(await company({ linkedin: parent.slug }, options)).toBe(
      `${parent.id} ALREADY_UNLOCKED 0 RESOLVED`,
    );
    expect(await company({ domain }, options)).toBe(`${subsidiary.id} ALREADY_UNLOCKED 0 RESOLVED`);
  }
  await agrees();
});

it('asks the provider when two bought companies report a domain, for free', async () => {
  provider.setOwner(subsidiary);
  await company({ linkedin: parent.slug });
  await company({ linkedin: subsidiary.slug });
  expect(await company({ domain })).toBe(`${subsidiary.id} ALREADY_UNLOCKED 0 RESOLVED`);
  expect(await company({ domain }, { maxCredits: 0 })).toBe(`${subsidiary.id} ALREADY_UNLOCKED 0 RESOLVED`);
  await agrees();
});

it('keeps a resolved domain when one list also buys a company that reports it', async () => {
  provider.setOwner(subsidiary);
  const list = await app.enrichment.lookUpCompanies(
    client.request(),
    [{ linkedin: parent.slug }, { domain }, { linkedin: subsidiary.slug }, { domain }],
    {},
  );
  expect(list.map(({ record }) => record?.id)).toEqual([
    parent.id,
    subsidiary.id,
    subsidiary.id,
    subsidiary.id,
  ]);
  expect(await company({ domain })).toBe(`${subsidiary.id} ALREADY_UNLOCKED 0 RESOLVED`);
  await agrees();
});

it('pays once for each company when two instances look up by all identifiers, again and again', async () => {
  provider.setOwner(subsidiary);
  const apps = [app, await openApp(store, { baseUrl: provider.url })];
  const keys = [{ domain }, { linkedin: parent.slug }, { linkedin: subsidiary.slug }, { id: parent.id }];
  const lookups = Array.from({ length: 120 }, (_, index) => ({
    by: keys[index % keys.length]!,
    options: index % 3 === 0 ? again : index % 5 === 0 ? { country: 'NZ' as const } : {},
    enrichment: apps[Math.floor(index / keys.length) % apps.length]!.enrichment,
  }));
  const results = await Promise.all(
    lookups.map(({ by, options, enrichment }) => enrichment.lookUpCompany(client.request(), by, options)),
  );
  const ownerOf = { [parent.slug]: parent.id, [subsidiary.slug]: subsidiary.id };
  const wrong = results.filter(({ record, receipt }, index) => {
    const { by } = lookups[index]!;
    // Before the provider has resolved the domain, it may lead to the company that reports it.
    if ('domain' in by) return record?.id !== subsidiary.id && receipt.identifierSource !== 'REPORTED';
    return record?.id !== ('id' in by ? by.id : ownerOf[by.linkedin]);
  });
  expect(wrong).toEqual([]);
  expect(await company({ domain }, again)).toBe(`${subsidiary.id} ALREADY_UNLOCKED 0 RESOLVED`);
  expect(provider.charged()).toEqual([parent.id, subsidiary.id]);
  await agrees();
});

it('moves a resolved domain to the company that the provider answers with now, and back for free', async () => {
  provider.setOwner(parent);
  expect(await company({ domain })).toBe(`${parent.id} CHARGED 1 RESOLVED`);
  provider.setOwner(subsidiary);
  expect(await company({ domain }, { maxAgeSeconds: 3_600 })).toBe(
    `${parent.id} ALREADY_UNLOCKED 0 RESOLVED`,
  );
  expect(await company({ domain }, again)).toBe(`${subsidiary.id} CHARGED 1 RESOLVED`);
  provider.setOwner(parent);
  expect(await company({ domain })).toBe(`${subsidiary.id} ALREADY_UNLOCKED 0 RESOLVED`);
  expect(await company({ domain }, again)).toBe(`${parent.id} ALREADY_UNLOCKED 0 RESOLVED`);
  await agrees();
});

it.each([
  ['maxCredits is 0', { maxCredits: 0 }, null],
  ['a budget is full', {}, 1],
] as const)(
  'fetches the known company by its id when it may look up nothing else, because %s',
  async (_, options, limit) => {
    provider.setOwner(subsidiary);
    if (limit !== null) await limitWorkspace(app.database, client.workspaceId, limit);
    await company({ linkedin: parent.slug });
    provider.paths();
    expect(await company({ domain }, { ...again, ...options })).toBe(
      `${parent.id} ALREADY_UNLOCKED 0 REPORTED`,
    );
    expect(provider.paths()).toEqual([`/company?id=${parent.id}`]);
    await agrees();
  },
);

it('returns the known company when the provider finds nothing by the identifier', async () => {
  await company({ linkedin: parent.slug });
  provider.paths();
  expect(await company({ domain }, again)).toBe(`${parent.id} ALREADY_UNLOCKED 0 REPORTED`);
  expect(provider.paths()).toEqual([`/company?fqdn=${domain}`, `/company?id=${parent.id}`]);
  await agrees();
});

it('counts a presumed charge when a lookup again is lost, and resolves it by the next one', async () => {
  provider.setOwner(subsidiary);
  await company({ linkedin: parent.slug });
  provider.setSilent(true);
  expect(await company({ domain }, again)).toBe('UNKNOWN PRESUMED 1 ');
  provider.setSilent(false);
  expect(await company({ domain })).toBe(`${parent.id} ALREADY_UNLOCKED 0 REPORTED`);
  await agrees();
  expect(await company({ domain }, { ...again, maxCredits: 0 })).toBe(
    `${subsidiary.id} ALREADY_UNLOCKED 0 RESOLVED`,
  );
  await agrees();
});

it('does not answer with either of two people who report one mailbox', async () => {
  provider.setOwner(bob);
  expect(await person({ linkedin: ada.slug })).toBe(`${ada.id} CHARGED 1 RESOLVED`);
  expect(await person({ workEmail: mailbox })).toBe(`${ada.id} ALREADY_UNLOCKED 0 REPORTED`);
  expect(await person({ linkedin: bob.slug })).toBe(`${bob.id} CHARGED 1 RESOLVED`);
  provider.paths();
  expect(await person({ workEmail: mailbox })).toBe(`${bob.id} ALREADY_UNLOCKED 0 RESOLVED`);
  expect(provider.paths()).toEqual(['/people?work_email=info%40shared.example']);
  expect(await person({ workEmail: 'ada@shared.example' })).toBe(`${ada.id} ALREADY_UNLOCKED 0 REPORTED`);
  await agrees();
});
