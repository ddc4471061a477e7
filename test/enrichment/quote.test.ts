import { beforeAll, describe, expect, it } from 'vitest';
import type { Quote } from '../../src/enrichment/quotes/quote-shape.js';
import type { LookupOptions, CompanyKey, PersonKey } from '../../src/enrichment/lookup-request.js';
import {
  flagship,
  onlyApollo,
  onlyPeopleDataLabs,
  onlyRivals,
  partialAtFirmable,
  sampleCompanies,
} from '../../src/sandbox/samples.js';
import { limitWorkspace } from '../ledger/setup.js';
import { dumpTables } from '../support/dump.js';
import { type Client, type EnrichmentApp, newSandboxKey, openApp, openStore } from './setup.js';
import { all, step } from './waterfall-setup.js';

let app: EnrichmentApp;
beforeAll(async () => {
  app = await openApp(await openStore());
});

const quote = (
  client: Client,
  keys: { companies?: CompanyKey[]; people?: PersonKey[] },
  options: LookupOptions = {},
  maxCredits?: number,
): Promise<Quote> =>
  app.quote(
    client.request(maxCredits === undefined ? {} : { maxCredits }),
    { companies: keys.companies ?? [], people: keys.people ?? [] },
    options,
  );

const shown = ({ items }: Quote) =>
  items.map(({ status, minCredits, maxCredits }) => `${status} ${minCredits}-${maxCredits}`);

describe('a quote', () => {
  it('gives each item a status and its cost', async () => {
    const client = await app.open();
    await app.enrichment.lookUpCompany(client.request(), { domain: flagship.domain }, {});
    const [, other] = sampleCompanies;
    const quoted = await quote(client, {
      companies: [
        { abn: flagship.abn },
        { domain: other!.domain },
        { website: `https://www.${other!.domain}/about` },
        { domain: 'no domain' },
      ],
      people: [{ linkedin: onlyApollo.person.linkedin }],
    });
    expect(shown(quoted)).toEqual(['UNLOCKED 0-0', 'NEW 1-1', 'DUPLICATE 0-0', 'INVALID 0-0', 'NEW 1-1']);
    expect(quoted).toMatchObject({ duplicates: 1, invalid: 1, unlocked: 1, minCredits: 2n, maxCredits: 2n });
    expect(quoted.items[3]?.problem).toMatchObject({ code: 'INVALID_IDENTIFIER' });
    expect(quoted.items[0]?.steps).toMatchObject([{ alreadyUnlocked: true, fromSnapshot: true }]);
    expect(quoted.perProvider).toEqual([
      {
        provider: 'FIRMABLE',
        payer: { kind: 'CONNECTION', connectionId: client.connectionId },
        minCredits: 2n,
        maxCredits: 2n,
      },
    ]);
    expect(quoted.checks).toEqual({
      budgets: [],
      maxCredits: true,
      balance: null,
      allowed: true,
      reasons: [],
    });
  });

  it('calls, reserves and writes nothing', async () => {
    const client = await app.open();
    const { pdl } = await client.connectRivals();
    await app.enrichment.lookUpCompany(client.request(), { domain: flagship.domain }, {});
    const before = [await dumpTables(app.database), client.provider().requests];
    const request = client.request({ maxCredits: 5 });
    const companies = sampleCompanies.map(({ domain }) => ({ domain }));
    await app.quote(request, { companies, people: [] }, { waterfall: all });
    const callerKeys = { FIRMABLE: newSandboxKey() };
    await app.quote(client.request({ callerKeys }), { companies, people: [] }, {});
    expect([await dumpTables(app.database), client.provider().requests]).toEqual(before);
    expect(client.provider(pdl.key).requests).toBe(0);
    expect(request.tally).toEqual({ charged: 0n, saved: 0n, reserved: 0n });
    expect(request.allowance.left()).toBe(5n);
  });

  it('counts the most expensive step of a waterfall, and several when fields are required', async () => {
    const client = await app.open();
    await client.connectRivals();
    const people = [{ linkedin: onlyApollo.person.linkedin }];
    expect(shown(await quote(client, { people }, { waterfall: all }))).toEqual(['NEW 0-9']);
    const waterfall = [step('FIRMABLE', ['PHONE']), step('PEOPLE_DATA_LABS', ['PHONE']), step('APOLLO')];
    const quoted = await quote(client, { people }, { waterfall });
    expect(shown(quoted)).toEqual(['NEW 0-11']);
    expect(
      quoted.perProvider.map(({ provider, minCredits, maxCredits }) => [provider, minCredits, maxCredits]),
    ).toEqual([
      ['FIRMABLE', 1n, 1n],
      ['PEOPLE_DATA_LABS', 1n, 1n],
      ['APOLLO', 0n, 9n],
    ]);
  });

  it('counts the steps that fill missing fields when an unlocked record has not all required ones', async () => {
    const client = await app.open();
    await client.connectRivals();
    const by = { domain: partialAtFirmable.company.domain };
    await app.enrichment.lookUpCompany(client.request(), by, {});
    const waterfall = [step('FIRMABLE', ['PHONE']), step('APOLLO', ['PHONE'])];
    const quoted = await quote(client, { companies: [by] }, { waterfall });
    expect(shown(quoted)).toEqual(['UNLOCKED 1-1']);
    const result = await app.enrichment.lookUpCompany(client.request(), by, { waterfall });
    expect(result.receipt.creditsCharged).toBe(1n);
    expect(shown(await quote(client, { companies: [by] }, { waterfall }))).toEqual(['UNLOCKED 0-0']);
  });

  it('counts the price of a fresh fetch, and nothing for a snapshot, when every fetch is charged', async () => {
    const client = await app.open();
    await client.connectRivals();
    const by = { domain: onlyPeopleDataLabs.company.domain };
    const options = { waterfall: [step('PEOPLE_DATA_LABS')] };
    await app.enrichment.lookUpCompany(client.request(), by, options);
    await app.database.sql`
      update snapshots set fetched_at = fetched_at - interval '3 years' where workspace_id = ${client.workspaceId}`;
    expect(shown(await quote(client, { companies: [by] }, options))).toEqual(['UNLOCKED 0-0']);
    expect(shown(await quote(client, { companies: [by] }, { ...options, maxAgeSeconds: 60 }))).toEqual([
      'UNLOCKED 1-1',
    ]);
  });

  it('is PRESUMED at no cost when a record may have been charged already', async () => {
    const slow = await openApp(await openStore(), { totalTimeoutMs: 150, slowLatencyMs: 60_000 });
    const client = await slow.open('fbl_sandbox_slow');
    const by = { domain: flagship.domain };
    await slow.enrichment.lookUpCompany(client.request(), by, {});
    const quoted = await slow.quote(client.request(), { companies: [by], people: [] }, {});
    expect(shown(quoted)).toEqual(['PRESUMED 0-0']);
  });

  it('gives a skipped step its reason and no cost', async () => {
    const client = await app.open();
    await client.connect('apollo_sandbox_quotes');
    const quoted = await quote(client, { companies: [{ abn: flagship.abn }] }, { waterfall: all });
    expect(quoted.items[0]?.steps.map(({ problem }) => problem?.code ?? null)).toEqual([
      null,
      'NO_CONNECTION',
      'INVALID_IDENTIFIER',
    ]);
    expect(shown(quoted)).toEqual(['NEW 1-1']);
    const nobody = await app.open(null);
    const none = await quote(nobody, { companies: [{ domain: flagship.domain }] });
    expect(none.items).toMatchObject([{ status: 'INVALID', problem: { code: 'NO_CONNECTION' } }]);
  });

  it('counts a later step when it needs an identifier that an earlier one may find', async () => {
    const client = await app.open();
    await client.connectRivals();
    const waterfall = [step('FIRMABLE', ['PHONE']), step('APOLLO')];
    const quoted = await quote(client, { companies: [{ abn: flagship.abn }] }, { waterfall });
    expect(shown(quoted)).toEqual(['NEW 1-2']);
  });

  it('says whether budgets and limits allow its maximum', async () => {
    const client = await app.open();
    await limitWorkspace(app.database, client.workspaceId, 3);
    const companies = sampleCompanies.map(({ domain }) => ({ domain }));
    const few = await quote(client, { companies: companies.slice(0, 3) });
    expect(few.checks).toMatchObject({
      allowed: true,
      budgets: [{ name: 'all', remaining: 3n, maxCredits: 3n, allowed: true }],
    });
    const many = await quote(client, { companies }, { maxCredits: 4 });
    expect(many.checks).toMatchObject({
      allowed: false,
      maxCredits: false,
      budgets: [{ maxCredits: 5n, allowed: false }],
    });
    expect(many.checks.reasons).toEqual([
      'The budget "all" has 3 credits left, and this may cost 5.',
      'The request may spend 4 credits, and this may cost 5.',
    ]);
    expect((await quote(client, { companies }, {}, 4)).checks.maxCredits).toBe(false);
  });

  it('equals the cost of the lookups when every record is found', async () => {
    const client = await app.open();
    const { pdl } = await client.connectRivals();
    const companies = [
      { domain: flagship.domain },
      { domain: onlyRivals.company.domain },
      { domain: onlyApollo.company.domain },
      { domain: flagship.domain.toUpperCase() },
    ];
    const options = { waterfall: all };
    await app.enrichment.lookUpCompany(client.request(), companies[0]!, options);
    const quoted = await quote(client, { companies }, options);
    const request = client.request();
    const results = await app.enrichment.lookUpCompanies(request, companies, options);
    expect(results.map(({ outcome }) => outcome)).toEqual(['FOUND', 'FOUND', 'FOUND', 'FOUND']);
    expect(request.tally.charged).toBe(quoted.maxCredits);
    expect(quoted.minCredits).toBe(quoted.maxCredits);
    expect(client.provider(pdl.key).creditsUsed).toBe(1);
    // Firmable, which comes first, might have them by now; what the rivals sold is there for nothing.
    expect(shown(await quote(client, { companies }, options))).toEqual([
      'UNLOCKED 0-0',
      'NEW 0-1',
      'NEW 0-1',
      'DUPLICATE 0-0',
    ]);
  });

  it('throws FORBIDDEN when the caller may not enrich, and BAD_REQUEST when options contradict each other', async () => {
    const client = await app.open();
    const keys = { companies: [{ domain: flagship.domain }], people: [] };
    const viewer = client.request({ caller: client.as('VIEWER') });
    await expect(app.quote(viewer, keys, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const twofold = { waterfall: all, waterfallName: 'x' };
    await expect(app.quote(client.request(), keys, twofold)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const missing = await app.quote(client.request(), keys, { waterfallName: 'not there' });
    expect(missing.items).toMatchObject([{ status: 'INVALID', problem: { code: 'NOT_FOUND' } }]);
  });

  it('never repeats a key when it refuses a malformed one', async () => {
    const client = await app.open();
    const callerKeys = { FIRMABLE: 'sk_live_not_yours_0123456789' };
    const keys = { companies: [{ domain: flagship.domain }], people: [] };
    const quoted = await app.quote(client.request({ callerKeys }), keys, {});
    expect(quoted.items).toMatchObject([{ status: 'INVALID', problem: { code: 'INVALID_KEY_FORMAT' } }]);
    const text = JSON.stringify(quoted, (_, value: unknown) =>
      typeof value === 'bigint' ? Number(value) : value,
    );
    expect(text).not.toContain(callerKeys.FIRMABLE);
  });

  it('sees nothing of another workspace', async () => {
    const owner = await app.open();
    await app.enrichment.lookUpCompany(owner.request(), { domain: flagship.domain }, {});
    const other = await app.open(owner.key);
    expect(shown(await quote(other, { companies: [{ domain: flagship.domain }] }))).toEqual(['NEW 1-1']);
    const named = await quote(
      other,
      { companies: [{ domain: flagship.domain }] },
      { connectionId: owner.connectionId },
    );
    expect(named.items).toMatchObject([{ status: 'INVALID', problem: { code: 'NOT_FOUND' } }]);
  });
});
