import { beforeAll, expect, it } from 'vitest';
import type { LookupResult } from '../../src/enrichment/lookup-result.js';
import type { CompanyKey, PersonKey } from '../../src/enrichment/lookup-request.js';
import { flagship, sampleCompanies, samplePeople } from '../../src/sandbox/samples.js';
import { entriesOf, reservationsOf } from '../ledger/setup.js';
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
const otherIdentifiers: CompanyKey[] = [
  { id: flagship.id },
  { id: flagship.id.toUpperCase() },
  { website: flagship.website },
  { domain: `HTTPS://WWW.${flagship.domain.toUpperCase()}./au?x=1` },
  { linkedin: flagship.linkedin },
  { linkedin: `https://au.linkedin.com/company/${flagship.linkedin}/about` },
  { abn: flagship.abn },
  { abn: flagship.abn.replace(/^(..)(...)(...)(...)$/, '$1 $2 $3 $4') },
];

it('is free and calls nobody when a company found by its domain is looked up by another identifier', async () => {
  const client = await app.open();
  const first = await lookUpCompany(client, { domain: flagship.domain });
  expect(receiptOf(first)).toEqual(bought);
  expect(first.record).toMatchObject({ id: flagship.id, name: flagship.name });
  const { requests } = client.provider();
  for (const by of otherIdentifiers) {
    const again = await lookUpCompany(client, by);
    expect(receiptOf(again)).toEqual(cached);
    expect(again.record).toEqual(first.record);
    expect(again.raw()).toEqual(first.raw());
  }
  expect(client.provider()).toMatchObject({ creditsUsed: 1, requests });
});

it('knows a person by id, page and both addresses when it was fetched once', async () => {
  const client = await app.open();
  const [person] = samplePeople;
  const names: PersonKey[] = [
    { workEmail: person!.workEmail },
    { workEmail: person!.workEmail.toUpperCase() },
    { personalEmail: person!.personalEmail },
    { personalEmail: person!.workEmail },
    { linkedin: `https://nz.linkedin.com/in/${person!.linkedin}/` },
    { id: person!.id },
  ];
  const charges: string[] = [];
  for (const by of names) {
    const result = await app.enrichment.lookUpPerson(client.request(), by, {});
    expect(result.record).toMatchObject({ id: person!.id });
    charges.push(result.receipt.charge);
  }
  expect(charges).toEqual(['CHARGED', ...Array.from({ length: 5 }, () => 'ALREADY_UNLOCKED')]);
  expect(client.provider()).toMatchObject({ creditsUsed: 1, requests: 1 });
});

it('charges once when a hundred lookups by every identifier of a new record are concurrent', async () => {
  const client = await app.open();
  const results = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      lookUpCompany(client, otherIdentifiers[index % otherIdentifiers.length]!),
    ),
  );
  expect(new Set(results.map(({ record }) => record?.id))).toEqual(new Set([flagship.id]));
  expect(results.filter(({ receipt }) => receipt.charge === 'CHARGED')).toHaveLength(1);
  // The flagship has four identifiers, however spelled; each is called for at most once.
  expect(client.provider().creditsUsed).toBe(1);
  expect(client.provider().requests).toBeLessThanOrEqual(4);
  expect(await reservationsOf(app.database, client)).toEqual([]);
});

it('makes one free call when concurrent lookups miss', async () => {
  const client = await app.open();
  const results = await Promise.all(
    Array.from({ length: 20 }, () => lookUpCompany(client, { domain: 'nobody-has-this.example' })),
  );
  for (const result of results) {
    expect(result).toMatchObject({ outcome: 'NOT_FOUND', record: null, problem: null });
    expect(result.receipt).toMatchObject({ charge: 'NOT_FOUND', creditsCharged: 0n });
  }
  expect(client.provider()).toMatchObject({ creditsUsed: 0, requests: 1 });
  expect(await entriesOf(app.database, client)).toHaveLength(20);
});

it('returns a list in its order, with one lookup for duplicates, when one item is invalid', async () => {
  const client = await app.open();
  const [one, two] = sampleCompanies;
  const results = await app.enrichment.lookUpCompanies(
    client.request(),
    [
      { domain: one!.domain },
      { domain: 'not a domain' },
      { domain: `https://www.${one!.domain}/` },
      { domain: two!.domain },
      { domain: 'nobody-has-this.example' },
      { website: one!.domain },
    ],
    {},
  );
  expect(results.map(({ outcome }) => outcome)).toEqual([
    'FOUND',
    'REFUSED',
    'FOUND',
    'FOUND',
    'NOT_FOUND',
    'FOUND',
  ]);
  expect(results.map(({ record }) => record?.id)).toEqual([
    one!.id,
    undefined,
    one!.id,
    two!.id,
    undefined,
    one!.id,
  ]);
  expect(results[1]?.problem).toMatchObject({ code: 'INVALID_IDENTIFIER', retryable: false });
  expect(results[2]?.receipt.id).toBe(results[0]?.receipt.id);
  expect(client.provider()).toMatchObject({ creditsUsed: 2, requests: 3 });
});

it('gives the receipt the id of its entry when the outcome is any', async () => {
  const client = await app.open();
  const results = await app.enrichment.lookUpCompanies(
    client.request({ workflow: 'crm-sync' }),
    [{ domain: flagship.domain }, { domain: 'nobody-has-this.example' }, { domain: 'malformed' }],
    {},
  );
  const again = await lookUpCompany(client, { id: flagship.id });
  const entries = await entriesOf(app.database, client);
  for (const { receipt, outcome } of [...results, again]) {
    expect(entries.find(({ id }) => id === receipt.id)).toMatchObject({
      outcome,
      charge: receipt.charge,
      credits: Number(receipt.creditsCharged),
    });
  }
  expect(entries).toHaveLength(4);
});

it('adds everything that a request spends and saves to its tally', async () => {
  const client = await app.open();
  const request = client.request();
  await app.enrichment.lookUpCompanies(
    request,
    [{ domain: flagship.domain }, { domain: 'nobody.example' }],
    {},
  );
  await app.enrichment.lookUpCompany(request, { abn: flagship.abn }, {});
  expect(request.tally).toEqual({ charged: 1n, saved: 1n, reserved: 0n });
});

it('refuses a malformed identifier before any credits are reserved, and calls nobody', async () => {
  const client = await app.open();
  const result = await lookUpCompany(client, { abn: '12345678901' });
  expect(result).toMatchObject({ outcome: 'REFUSED', problem: { code: 'INVALID_IDENTIFIER' } });
  expect(client.provider().requests).toBe(0);
});

it('shares nothing between workspaces when they use the same key', async () => {
  const one = await app.open();
  await lookUpCompany(one, { domain: flagship.domain });
  const other = await app.open(one.key);
  // To the gateway a new purchase; the provider knows better, and a credit too many in the ledger errs to the safe side.
  expect((await lookUpCompany(other, { domain: flagship.domain })).receipt.fromSnapshot).toBe(false);
  expect(await entriesOf(app.database, other)).toHaveLength(1);
});

it('completes and settles a call that was sent when nobody waits for it any more', async () => {
  const client = await app.open('fbl_sandbox_slow_left');
  void lookUpCompany(client, { domain: sampleCompanies[1]!.domain });
  await expect.poll(() => reservationsOf(app.database, client)).toHaveLength(1);
  await expect
    .poll(() => entriesOf(app.database, client), { timeout: 5_000 })
    .toMatchObject([{ outcome: 'FOUND', charge: 'CHARGED', credits: 1 }]);
  expect(await reservationsOf(app.database, client)).toEqual([]);
});
