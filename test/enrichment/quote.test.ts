import { beforeAll, describe, expect, test } from 'vitest';
import type { Quote } from '../../src/enrichment/quotes/quote-shape.js';
import type { LookupOptions, CompanyKey, PersonKey } from '../../src/enrichment/lookup-request.js';
import type { RecordField } from '../../src/providers/provider.js';
import type { ProviderName } from '../../src/providers/catalogue.js';
import {
  flagship,
  onlyApollo,
  onlyPeopleDataLabs,
  onlyRivals,
  partialAtFirmable,
  sampleCompanies,
} from '../../src/sandbox/samples.js';
import type { Step } from '../../src/waterfalls/step.js';
import { limitWorkspace } from '../ledger/setup.js';
import { dumpTables } from '../support/dump.js';
import { type Client, type Desk, newSandboxKey, openDesk, openStore } from './setup.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk(await openStore());
});

const at = (provider: ProviderName, require: RecordField[] = []): Step => ({
  provider,
  connectionId: null,
  require,
});
const all = [at('FIRMABLE'), at('PEOPLE_DATA_LABS'), at('APOLLO')];

const quote = (
  client: Client,
  keys: { companies?: CompanyKey[]; people?: PersonKey[] },
  options: LookupOptions = {},
  maxCredits?: number,
): Promise<Quote> =>
  desk.quote(
    client.request(maxCredits === undefined ? {} : { maxCredits }),
    { companies: keys.companies ?? [], people: keys.people ?? [] },
    options,
  );

const shown = ({ items }: Quote) =>
  items.map(({ status, minCredits, maxCredits }) => `${status} ${minCredits}-${maxCredits}`);

describe('a quote', () => {
  test('says of each item whether it is ours, new, a duplicate or nonsense, and what it can cost', async () => {
    const client = await desk.open();
    await desk.enrichment.lookUpCompany(client.request(), { domain: flagship.domain }, {});
    const [, other] = sampleCompanies;
    const told = await quote(client, {
      companies: [
        { abn: flagship.abn },
        { domain: other!.domain },
        { website: `https://www.${other!.domain}/about` },
        { domain: 'no domain' },
      ],
      people: [{ linkedin: onlyApollo.person.linkedin }],
    });
    expect(shown(told)).toEqual(['UNLOCKED 0-0', 'NEW 1-1', 'DUPLICATE 0-0', 'INVALID 0-0', 'NEW 1-1']);
    expect(told).toMatchObject({ duplicates: 1, invalid: 1, unlocked: 1, minCredits: 2n, maxCredits: 2n });
    expect(told.items[3]?.problem).toMatchObject({ code: 'INVALID_IDENTIFIER' });
    expect(told.items[0]?.steps).toMatchObject([{ alreadyUnlocked: true, fromSnapshot: true }]);
    expect(told.perProvider).toEqual([
      {
        provider: 'FIRMABLE',
        payer: { kind: 'CONNECTION', connectionId: client.connectionId },
        minCredits: 2n,
        maxCredits: 2n,
      },
    ]);
    expect(told.checks).toEqual({ budgets: [], maxCredits: true, balance: null, allowed: true, reasons: [] });
  });

  test('asks, reserves and writes nothing', async () => {
    const client = await desk.open();
    const { pdl } = await client.connectRivals();
    await desk.enrichment.lookUpCompany(client.request(), { domain: flagship.domain }, {});
    const before = [await dumpTables(desk.database), client.provider().requests];
    const request = client.request({ maxCredits: 5 });
    const companies = sampleCompanies.map(({ domain }) => ({ domain }));
    await desk.quote(request, { companies, people: [] }, { waterfall: all });
    const callerKeys = { FIRMABLE: newSandboxKey() };
    await desk.quote(client.request({ callerKeys }), { companies, people: [] }, {});
    expect([await dumpTables(desk.database), client.provider().requests]).toEqual(before);
    expect(client.provider(pdl.key).requests).toBe(0);
    expect(request.tally).toEqual({ charged: 0n, saved: 0n, reserved: 0n });
    expect(request.allowance.left()).toBe(5n);
  });

  test('of a waterfall: one step finds, so the dearest counts; where fields are required, several may be charged', async () => {
    const client = await desk.open();
    await client.connectRivals();
    const people = [{ linkedin: onlyApollo.person.linkedin }];
    expect(shown(await quote(client, { people }, { waterfall: all }))).toEqual(['NEW 0-9']);
    const waterfall = [at('FIRMABLE', ['PHONE']), at('PEOPLE_DATA_LABS', ['PHONE']), at('APOLLO')];
    const told = await quote(client, { people }, { waterfall });
    expect(shown(told)).toEqual(['NEW 0-11']);
    expect(
      told.perProvider.map(({ provider, minCredits, maxCredits }) => [provider, minCredits, maxCredits]),
    ).toEqual([
      ['FIRMABLE', 1n, 1n],
      ['PEOPLE_DATA_LABS', 1n, 1n],
      ['APOLLO', 0n, 9n],
    ]);
  });

  test('a record of ours that lacks what is required is counted with what would fill it', async () => {
    const client = await desk.open();
    await client.connectRivals();
    const by = { domain: partialAtFirmable.company.domain };
    await desk.enrichment.lookUpCompany(client.request(), by, {});
    const waterfall = [at('FIRMABLE', ['PHONE']), at('APOLLO', ['PHONE'])];
    const told = await quote(client, { companies: [by] }, { waterfall });
    expect(shown(told)).toEqual(['UNLOCKED 1-1']);
    const answer = await desk.enrichment.lookUpCompany(client.request(), by, { waterfall });
    expect(answer.receipt.creditsCharged).toBe(1n);
    expect(shown(await quote(client, { companies: [by] }, { waterfall }))).toEqual(['UNLOCKED 0-0']);
  });

  test('a fresh copy of a provider that charges for every fetch has its price; an old one is free', async () => {
    const client = await desk.open();
    await client.connectRivals();
    const by = { domain: onlyPeopleDataLabs.company.domain };
    const options = { waterfall: [at('PEOPLE_DATA_LABS')] };
    await desk.enrichment.lookUpCompany(client.request(), by, options);
    await desk.database.sql`
      update snapshots set fetched_at = fetched_at - interval '3 years' where workspace_id = ${client.workspaceId}`;
    expect(shown(await quote(client, { companies: [by] }, options))).toEqual(['UNLOCKED 0-0']);
    expect(shown(await quote(client, { companies: [by] }, { ...options, maxAgeSeconds: 60 }))).toEqual([
      'UNLOCKED 1-1',
    ]);
  });

  test('what may have been charged already is in doubt, and costs nothing more', async () => {
    const slow = await openDesk(await openStore(), { totalTimeoutMs: 150, slowLatencyMs: 60_000 });
    const client = await slow.open('fbl_sandbox_slow');
    const by = { domain: flagship.domain };
    await slow.enrichment.lookUpCompany(client.request(), by, {});
    const told = await slow.quote(client.request(), { companies: [by], people: [] }, {});
    expect(shown(told)).toEqual(['PRESUMED 0-0']);
  });

  test('a step that would be passed over says why, and costs nothing', async () => {
    const client = await desk.open();
    await client.connect('apollo_sandbox_quotes');
    const told = await quote(client, { companies: [{ abn: flagship.abn }] }, { waterfall: all });
    expect(told.items[0]?.steps.map(({ problem }) => problem?.code ?? null)).toEqual([
      null,
      'NO_CONNECTION',
      'INVALID_IDENTIFIER',
    ]);
    expect(shown(told)).toEqual(['NEW 1-1']);
    const nobody = await desk.open(null);
    const none = await quote(nobody, { companies: [{ domain: flagship.domain }] });
    expect(none.items).toMatchObject([{ status: 'INVALID', problem: { code: 'NO_CONNECTION' } }]);
  });

  test('what a later step can only be asked by once an earlier one has found is counted', async () => {
    const client = await desk.open();
    await client.connectRivals();
    const waterfall = [at('FIRMABLE', ['PHONE']), at('APOLLO')];
    const told = await quote(client, { companies: [{ abn: flagship.abn }] }, { waterfall });
    expect(shown(told)).toEqual(['NEW 1-2']);
  });

  test('says whether budgets and limits allow the most of it', async () => {
    const client = await desk.open();
    await limitWorkspace(desk.database, client.workspaceId, 3);
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

  test('is what the asks then cost, where all is found', async () => {
    const client = await desk.open();
    const { pdl } = await client.connectRivals();
    const companies = [
      { domain: flagship.domain },
      { domain: onlyRivals.company.domain },
      { domain: onlyApollo.company.domain },
      { domain: flagship.domain.toUpperCase() },
    ];
    const options = { waterfall: all };
    await desk.enrichment.lookUpCompany(client.request(), companies[0]!, options);
    const told = await quote(client, { companies }, options);
    const request = client.request();
    const answers = await desk.enrichment.lookUpCompanies(request, companies, options);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['FOUND', 'FOUND', 'FOUND', 'FOUND']);
    expect(request.tally.charged).toBe(told.maxCredits);
    expect(told.minCredits).toBe(told.maxCredits);
    expect(client.provider(pdl.key).creditsUsed).toBe(1);
    // Firmable, which comes first, might have them by now; what the rivals sold is there for nothing.
    expect(shown(await quote(client, { companies }, options))).toEqual([
      'UNLOCKED 0-0',
      'NEW 0-1',
      'NEW 0-1',
      'DUPLICATE 0-0',
    ]);
  });

  test('is not for who may not ask, and contradictions are refused as by the asks', async () => {
    const client = await desk.open();
    const keys = { companies: [{ domain: flagship.domain }], people: [] };
    const viewer = client.request({ caller: client.as('VIEWER') });
    await expect(desk.quote(viewer, keys, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const twofold = { waterfall: all, waterfallName: 'x' };
    await expect(desk.quote(client.request(), keys, twofold)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const missing = await desk.quote(client.request(), keys, { waterfallName: 'not there' });
    expect(missing.items).toMatchObject([{ status: 'INVALID', problem: { code: 'NOT_FOUND' } }]);
  });

  test('a key never leaves: one that cannot be one is refused without being repeated', async () => {
    const client = await desk.open();
    const callerKeys = { FIRMABLE: 'sk_live_not_yours_0123456789' };
    const keys = { companies: [{ domain: flagship.domain }], people: [] };
    const told = await desk.quote(client.request({ callerKeys }), keys, {});
    expect(told.items).toMatchObject([{ status: 'INVALID', problem: { code: 'INVALID_KEY_FORMAT' } }]);
    const text = JSON.stringify(told, (_, value: unknown) =>
      typeof value === 'bigint' ? Number(value) : value,
    );
    expect(text).not.toContain(callerKeys.FIRMABLE);
  });

  test('sees nothing of another workspace', async () => {
    const owner = await desk.open();
    await desk.enrichment.lookUpCompany(owner.request(), { domain: flagship.domain }, {});
    const other = await desk.open(owner.key);
    expect(shown(await quote(other, { companies: [{ domain: flagship.domain }] }))).toEqual(['NEW 1-1']);
    const named = await quote(
      other,
      { companies: [{ domain: flagship.domain }] },
      { connectionId: owner.connectionId },
    );
    expect(named.items).toMatchObject([{ status: 'INVALID', problem: { code: 'NOT_FOUND' } }]);
  });
});
