import { beforeAll, expect, test } from 'vitest';
import type { LookupResult } from '../../src/enrichment/lookup-result.js';
import type { CompanyKey, PersonKey } from '../../src/enrichment/lookup-request.js';
import { flagship, sampleCompanies, samplePeople } from '../../src/sandbox/samples.js';
import { entriesOf, reservationsOf } from '../ledger/setup.js';
import { type Client, type Desk, openDesk, openStore } from './setup.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk(await openStore());
});

const lookUpCompany = (client: Client, by: CompanyKey, options = {}) =>
  desk.enrichment.lookUpCompany(client.request(), by, options);

const receiptOf = ({ outcome, receipt }: LookupResult<unknown>) => ({
  outcome,
  charge: receipt.charge,
  charged: Number(receipt.creditsCharged),
  saved: Number(receipt.creditsSaved),
  copy: receipt.fromSnapshot,
});
const bought = { outcome: 'FOUND', charge: 'CHARGED', charged: 1, saved: 0, copy: false };
const fromCopy = { outcome: 'FOUND', charge: 'ALREADY_UNLOCKED', charged: 0, saved: 1, copy: true };
const refetched = { ...fromCopy, copy: false };

const otherNames: CompanyKey[] = [
  { id: flagship.id },
  { id: flagship.id.toUpperCase() },
  { website: flagship.website },
  { domain: `HTTPS://WWW.${flagship.domain.toUpperCase()}./au?x=1` },
  { linkedin: flagship.linkedin },
  { linkedin: `https://au.linkedin.com/company/${flagship.linkedin}/about` },
  { abn: flagship.abn },
  { abn: flagship.abn.replace(/^(..)(...)(...)(...)$/, '$1 $2 $3 $4') },
];

test('a company found by its domain is known by every other name of it: free, and nobody is asked', async () => {
  const client = await desk.open();
  const first = await lookUpCompany(client, { domain: flagship.domain });
  expect(receiptOf(first)).toEqual(bought);
  expect(first.record).toMatchObject({ id: flagship.id, name: flagship.name });
  const { requests } = client.provider();
  for (const by of otherNames) {
    const again = await lookUpCompany(client, by);
    expect(receiptOf(again)).toEqual(fromCopy);
    expect(again.record).toEqual(first.record);
    expect(again.raw()).toEqual(first.raw());
  }
  expect(client.provider()).toMatchObject({ creditsUsed: 1, requests });
});

test('a person is known by the id, the page and both addresses from the first time on', async () => {
  const client = await desk.open();
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
    const answer = await desk.enrichment.lookUpPerson(client.request(), by, {});
    expect(answer.record).toMatchObject({ id: person!.id });
    charges.push(answer.receipt.charge);
  }
  expect(charges).toEqual(['CHARGED', ...Array.from({ length: 5 }, () => 'ALREADY_UNLOCKED')]);
  expect(client.provider()).toMatchObject({ creditsUsed: 1, requests: 1 });
});

test('never pay twice: a hundred concurrent asks by every name of a new record are one charge', async () => {
  const client = await desk.open();
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) => lookUpCompany(client, otherNames[index % otherNames.length]!)),
  );
  expect(new Set(answers.map(({ record }) => record?.id))).toEqual(new Set([flagship.id]));
  expect(answers.filter(({ receipt }) => receipt.charge === 'CHARGED')).toHaveLength(1);
  // The flagship has four names, whatever their spelling; each is asked for at most once.
  expect(client.provider().creditsUsed).toBe(1);
  expect(client.provider().requests).toBeLessThanOrEqual(4);
  expect(await reservationsOf(desk.database, client)).toEqual([]);
});

test('a copy older than the ask allows is fetched again by the record’s own id, for free, and the unlock stays', async () => {
  const client = await desk.open();
  const first = await lookUpCompany(client, { domain: flagship.domain });
  const again = await lookUpCompany(client, { abn: flagship.abn }, { maxAgeSeconds: 0 });
  expect(receiptOf(again)).toEqual(refetched);
  expect(again.receipt.unlockedAt).toEqual(first.receipt.unlockedAt);
  expect(again.receipt.fetchedAt!.getTime()).toBeGreaterThan(first.receipt.fetchedAt!.getTime());
  expect(desk.sandbox.visits().at(-1)?.query).toContain(`id=${flagship.id}`);
  expect(client.provider()).toMatchObject({ creditsUsed: 1, requests: 2 });
});

test('each country has a copy of its own, and none is paid for beyond the first', async () => {
  const client = await desk.open();
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

test('a miss is free, and is asked for once by all who ask at the same time', async () => {
  const client = await desk.open();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => lookUpCompany(client, { domain: 'nobody-has-this.example' })),
  );
  for (const answer of answers) {
    expect(answer).toMatchObject({ outcome: 'NOT_FOUND', record: null, problem: null });
    expect(answer.receipt).toMatchObject({ charge: 'NOT_FOUND', creditsCharged: 0n });
  }
  expect(client.provider()).toMatchObject({ creditsUsed: 0, requests: 1 });
  expect(await entriesOf(desk.database, client)).toHaveLength(20);
});

test('a list is answered in its order, duplicates are one ask, and one bad item spoils no other', async () => {
  const client = await desk.open();
  const [one, two] = sampleCompanies;
  const answers = await desk.enrichment.lookUpCompanies(
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
  expect(answers.map(({ outcome }) => outcome)).toEqual([
    'FOUND',
    'REFUSED',
    'FOUND',
    'FOUND',
    'NOT_FOUND',
    'FOUND',
  ]);
  expect(answers.map(({ record }) => record?.id)).toEqual([
    one!.id,
    undefined,
    one!.id,
    two!.id,
    undefined,
    one!.id,
  ]);
  expect(answers[1]?.problem).toMatchObject({ code: 'INVALID_IDENTIFIER', retryable: false });
  expect(answers[2]?.receipt.id).toBe(answers[0]?.receipt.id);
  expect(client.provider()).toMatchObject({ creditsUsed: 2, requests: 3 });
});

test('the receipt’s id is its entry’s, for every outcome', async () => {
  const client = await desk.open();
  const answers = await desk.enrichment.lookUpCompanies(
    client.request({ workflow: 'crm-sync' }),
    [{ domain: flagship.domain }, { domain: 'nobody-has-this.example' }, { domain: 'nonsense' }],
    {},
  );
  const again = await lookUpCompany(client, { id: flagship.id });
  const entries = await entriesOf(desk.database, client);
  for (const { receipt, outcome } of [...answers, again]) {
    expect(entries.find(({ id }) => id === receipt.id)).toMatchObject({
      outcome,
      charge: receipt.charge,
      credits: Number(receipt.creditsCharged),
    });
  }
  expect(entries).toHaveLength(4);
});

test('everything a request spends and saves is in its tally', async () => {
  const client = await desk.open();
  const request = client.request();
  await desk.enrichment.lookUpCompanies(
    request,
    [{ domain: flagship.domain }, { domain: 'nobody.example' }],
    {},
  );
  await desk.enrichment.lookUpCompany(request, { abn: flagship.abn }, {});
  expect(request.tally).toEqual({ charged: 1n, saved: 1n, reserved: 0n });
});

test('nonsense is refused before any money moves, and nobody is asked', async () => {
  const client = await desk.open();
  const answer = await lookUpCompany(client, { abn: '12345678901' });
  expect(answer).toMatchObject({ outcome: 'REFUSED', problem: { code: 'INVALID_IDENTIFIER' } });
  expect(client.provider().requests).toBe(0);
});

test('workspaces share nothing, not even with the same key', async () => {
  const one = await desk.open();
  await lookUpCompany(one, { domain: flagship.domain });
  const other = await desk.open(one.key);
  // To the gateway a new purchase; the provider knows better, and a credit too many in the ledger errs to the safe side.
  expect((await lookUpCompany(other, { domain: flagship.domain })).receipt.fromSnapshot).toBe(false);
  expect(await entriesOf(desk.database, other)).toHaveLength(1);
});

test('a copy that can no longer be read is fetched again, for free', async () => {
  const client = await desk.open();
  await lookUpCompany(client, { domain: flagship.domain });
  await desk.database
    .sql`update snapshots set body = '{"no": "record"}' where workspace_id = ${client.workspaceId}`;
  const again = await lookUpCompany(client, { domain: flagship.domain });
  expect(receiptOf(again)).toEqual(refetched);
  expect(again.record).toMatchObject({ id: flagship.id });
  expect(receiptOf(await lookUpCompany(client, { domain: flagship.domain }))).toEqual(fromCopy);
  expect(await reservationsOf(desk.database, client)).toEqual([]);
});

test('where no copies are kept, none is, and a known record is fetched each time, for free', async () => {
  const forgetful = await openDesk(await openStore(), { snapshotMaxAgeSeconds: 0 });
  const client = await forgetful.open();
  const ask = (by: CompanyKey) => forgetful.enrichment.lookUpCompany(client.request(), by, {});
  expect(receiptOf(await ask({ domain: flagship.domain }))).toEqual(bought);
  expect(receiptOf(await ask({ abn: flagship.abn }))).toEqual(refetched);
  expect(client.provider()).toMatchObject({ creditsUsed: 1, requests: 2 });
  const [{ count } = { count: -1 }] = await forgetful.database
    .sql`select count(*)::int as count from snapshots`;
  expect(count).toBe(0);
});

test('where no copies are kept, all who ask at once are still answered by one call', async () => {
  const forgetful = await openDesk(await openStore(), { snapshotMaxAgeSeconds: 0 });
  const client = await forgetful.open();
  const answers = await Promise.all(
    Array.from({ length: 60 }, () =>
      forgetful.enrichment.lookUpCompany(client.request(), { domain: flagship.domain }, {}),
    ),
  );
  expect(answers.filter(({ outcome }) => outcome === 'FOUND')).toHaveLength(60);
  expect(client.provider()).toMatchObject({ creditsUsed: 1, requests: 1 });
});

test('a call once begun is finished and settled, although nobody waits for it any more', async () => {
  const client = await desk.open('fbl_sandbox_slow_left');
  void lookUpCompany(client, { domain: sampleCompanies[1]!.domain });
  await expect.poll(() => reservationsOf(desk.database, client)).toHaveLength(1);
  await expect
    .poll(() => entriesOf(desk.database, client), { timeout: 5_000 })
    .toMatchObject([{ outcome: 'FOUND', charge: 'CHARGED', credits: 1 }]);
  expect(await reservationsOf(desk.database, client)).toEqual([]);
});
