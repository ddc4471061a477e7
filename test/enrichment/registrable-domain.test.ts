import { beforeAll, describe, expect, it } from 'vitest';
import { flagship, onlyPeopleDataLabs, sampleCompanies } from '../../src/sandbox/samples.js';
import { entriesOf, reservationsOf } from '../ledger/setup.js';
import { type EnrichmentApp, openApp, openStore } from './setup.js';
import { attemptsEntered, attemptsOf, attemptsReturned, lookUpCompany, step } from './waterfall-setup.js';

let app: EnrichmentApp;
beforeAll(async () => {
  app = await openApp(await openStore());
});

const subdomain = { domain: `law.${flagship.domain}` };
const onMiss = { registrableDomainOnMiss: true };

describe('a subdomain that is not found', () => {
  it('suggests its registrable domain, and looks up nothing else', async () => {
    const client = await app.open();
    const result = await app.enrichment.lookUpCompany(client.request(), subdomain, {});
    expect(result).toMatchObject({ outcome: 'NOT_FOUND', problem: null, suggestedDomain: flagship.domain });
    expect(result.receipt).toMatchObject({
      registrableDomain: null,
      attempts: [{ registrableDomain: null }],
    });
    expect(client.provider()).toMatchObject({ creditsUsed: 0, requests: 1 });
  });

  it('is followed by it when the option is set, marked on the receipt, each call with its entry', async () => {
    const client = await app.open();
    const result = await app.enrichment.lookUpCompany(client.request(), subdomain, onMiss);
    expect(result).toMatchObject({
      outcome: 'FOUND',
      record: { name: flagship.name },
      suggestedDomain: null,
    });
    expect(result.receipt).toMatchObject({
      charge: 'CHARGED',
      creditsCharged: 1n,
      registrableDomain: flagship.domain,
      attempts: [
        { step: 1, outcome: 'NOT_FOUND', registrableDomain: null },
        { step: 2, outcome: 'FOUND', registrableDomain: flagship.domain },
      ],
    });
    expect(await attemptsEntered(app, client)).toEqual(attemptsReturned([result]));
    expect(client.provider()).toMatchObject({ creditsUsed: 1, requests: 2 });
  });

  it('does not become an identifier of the record that was found instead', async () => {
    const client = await app.open();
    await app.enrichment.lookUpCompany(client.request(), subdomain, onMiss);
    const again = await app.enrichment.lookUpCompany(client.request(), subdomain, {});
    expect(again).toMatchObject({ outcome: 'NOT_FOUND', suggestedDomain: flagship.domain });
    const parent = await app.enrichment.lookUpCompany(client.request(), { domain: flagship.domain }, {});
    expect(parent.receipt).toMatchObject({ charge: 'ALREADY_UNLOCKED', fromSnapshot: true });
    expect(client.provider().creditsUsed).toBe(1);
  });

  it('buys once when a list has several subdomains of one company and the company itself', async () => {
    const client = await app.open();
    const by = ['law', 'med', 'arts'].map((label) => ({ website: `https://${label}.${flagship.domain}/x` }));
    const results = await app.enrichment.lookUpCompanies(
      client.request(),
      [...by, { domain: flagship.domain }],
      onMiss,
    );
    expect(results.map(({ record }) => record?.name)).toEqual(Array.from({ length: 4 }, () => flagship.name));
    expect(client.provider().creditsUsed).toBe(1);
    const entries = await entriesOf(app.database, client);
    expect(entries.reduce((sum, { credits }) => sum + credits, 0)).toBe(1);
  });

  it('is refused its registrable domain when maxCredits does not allow another charge', async () => {
    const client = await app.open();
    const [, other] = sampleCompanies;
    const results = await app.enrichment.lookUpCompanies(
      client.request(),
      [subdomain, { domain: `law.${other!.domain}` }],
      { ...onMiss, maxCredits: 1 },
    );
    expect(results.map(({ outcome }) => outcome).toSorted()).toEqual(['FOUND', 'REFUSED']);
    expect(results.find(({ outcome }) => outcome === 'REFUSED')?.problem?.code).toBe('MAX_CREDITS_EXCEEDED');
    expect(client.provider().creditsUsed).toBe(1);
    expect(await reservationsOf(app.database, client)).toEqual([]);
  });

  it('runs all steps of its waterfall with either domain', async () => {
    const client = await app.open();
    await client.connectRivals();
    const by = { domain: `law.${onlyPeopleDataLabs.company.domain}` };
    const result = await lookUpCompany(app, client, by, [step('FIRMABLE'), step('PEOPLE_DATA_LABS')], onMiss);
    expect(attemptsOf(result)).toEqual([
      'FIRMABLE NOT_FOUND',
      'PEOPLE_DATA_LABS NOT_FOUND',
      'FIRMABLE NOT_FOUND',
      'PEOPLE_DATA_LABS FOUND 1',
    ]);
    expect(result.receipt).toMatchObject({ provider: 'PEOPLE_DATA_LABS', creditsCharged: 1n });
  });

  it.each([
    ['a registrable domain', { domain: 'nobody.example' }],
    ['a generic subdomain, which is dropped', { domain: 'careers.nobody.example' }],
    ['another kind of identifier', { linkedin: 'nobody-at-all' }],
  ])('suggests nothing when the identifier is %s', async (_, by) => {
    const client = await app.open();
    const result = await app.enrichment.lookUpCompany(client.request(), by, onMiss);
    expect(result).toMatchObject({ outcome: 'NOT_FOUND', suggestedDomain: null });
    expect(result.receipt.attempts).toHaveLength(1);
  });
});

it('quotes the registrable domain as a further step that costs only after a miss', async () => {
  const client = await app.open();
  const quote = () => app.quote(client.request(), { companies: [subdomain], people: [] }, onMiss);
  expect(await quote()).toMatchObject({
    minCredits: 1n,
    maxCredits: 1n,
    items: [{ status: 'NEW', steps: [{ registrableDomain: null }, { registrableDomain: flagship.domain }] }],
    perProvider: [{ minCredits: 1n, maxCredits: 1n }],
  });
  await app.enrichment.lookUpCompany(client.request(), { domain: flagship.domain }, {});
  // The subdomain could still be a company of its own, at its price.
  expect(await quote()).toMatchObject({ minCredits: 0n, maxCredits: 1n });
});
