import { beforeAll, describe, expect, it } from 'vitest';
import type { LookupOptions } from '../../src/enrichment/lookup-request.js';
import {
  flagship,
  onlyApollo,
  onlyPeopleDataLabs,
  onlyRivals,
  partialAtFirmable,
  unknownEverywhere,
} from '../../src/sandbox/samples.js';
import { saveWaterfall } from '../../src/waterfalls/save-waterfall.js';
import { type Client, type EnrichmentApp, newSandboxKey, openApp, openStore } from './setup.js';
import {
  step,
  all,
  requiring,
  lookUpCompany,
  attemptsOf,
  attemptsEntered,
  attemptsReturned,
} from './waterfall-setup.js';

let app: EnrichmentApp;
beforeAll(async () => {
  app = await openApp(await openStore());
});

const saveDefault = async (client: Client): Promise<void> => {
  const input = { name: 'everybody', steps: all, defaultFor: 'COMPANIES' as const };
  await saveWaterfall(app, client.as('ADMIN'), input);
};

describe('a waterfall', () => {
  it('records each step on the receipt and in the ledger when an earlier provider misses', async () => {
    const client = await app.open();
    const { pdl, apollo } = await client.connectRivals();
    const result = await lookUpCompany(app, client, { domain: onlyPeopleDataLabs.company.domain }, all);
    expect(result).toMatchObject({
      outcome: 'FOUND',
      problem: null,
      record: { domain: onlyPeopleDataLabs.company.domain },
      receipt: {
        charge: 'CHARGED',
        creditsCharged: 1n,
        provider: 'PEOPLE_DATA_LABS',
        payer: { kind: 'CONNECTION', connectionId: pdl.id },
      },
    });
    expect(attemptsOf(result)).toEqual(['FIRMABLE NOT_FOUND', 'PEOPLE_DATA_LABS FOUND 1']);
    expect(result.receipt.id).toBe(result.receipt.attempts[0]?.entryId);
    expect(await attemptsEntered(app, client)).toEqual(attemptsReturned([result]));
    expect(new Set(result.sources().map(({ provider }) => provider))).toEqual(new Set(['PEOPLE_DATA_LABS']));
    expect([client.key, pdl.key, apollo.key].map((key) => client.provider(key).creditsUsed)).toEqual([
      0, 1, 0,
    ]);
  });

  it.each([
    ['a refused key', 'fbl_sandbox_revoked', 'FIRMABLE REFUSED KEY_REFUSED'],
    ['a plan without the API', 'fbl_sandbox_noplan', 'FIRMABLE REFUSED PLAN_WITHOUT_API'],
    ['an account without credits', 'fbl_sandbox_broke', 'FIRMABLE REFUSED OUT_OF_CREDITS'],
    ['a provider that cannot be reached', 'fbl_live_0123456789', 'FIRMABLE FAILED PROVIDER_UNAVAILABLE'],
  ])('continues with the next step, and says why in the attempt, when %s', async (_, key, attempt) => {
    const client = await app.open(key);
    await client.connectRivals();
    // The sandbox's broke account hears of it only where it would be charged.
    const { domain } = key === 'fbl_sandbox_broke' ? flagship : onlyRivals.company;
    const result = await lookUpCompany(app, client, { domain }, all);
    expect(result).toMatchObject({ outcome: 'FOUND', problem: null });
    expect(attemptsOf(result)).toEqual([attempt, 'PEOPLE_DATA_LABS FOUND 1']);
    expect(result.receipt.attempts[0]?.reason).toMatch(/Firmable.*[.:].*\./);
    expect(await attemptsEntered(app, client)).toEqual(attemptsReturned([result]));
  });

  it('continues with the next step when a provider is rate limiting', async () => {
    const client = await app.open();
    await client.connect('pdl_sandbox_throttled');
    await client.connect(newSandboxKey('apollo'));
    const steps = [step('PEOPLE_DATA_LABS'), step('APOLLO')];
    const result = await lookUpCompany(app, client, { domain: onlyRivals.company.domain }, steps);
    expect(attemptsOf(result)).toEqual(['PEOPLE_DATA_LABS FAILED RATE_LIMITED', 'APOLLO FOUND 1']);
  });

  it('continues, and says what to do in the attempt, when a step has no payer', async () => {
    const client = await app.open(null);
    await client.connect(newSandboxKey('apollo'));
    const result = await lookUpCompany(app, client, { domain: onlyRivals.company.domain }, all);
    expect(attemptsOf(result)).toEqual([
      'FIRMABLE REFUSED NO_CONNECTION',
      'PEOPLE_DATA_LABS REFUSED NO_CONNECTION',
      'APOLLO FOUND 1',
    ]);
  });

  it('stops when a call may have been charged without a result', async () => {
    const late = await openApp(await openStore(), { totalTimeoutMs: 150, slowLatencyMs: 60_000 });
    const client = await late.open('fbl_sandbox_slow');
    const { pdl, apollo } = await client.connectRivals();
    const options = { waterfall: all };
    const result = await late.enrichment.lookUpCompany(
      client.request(),
      { domain: flagship.domain },
      options,
    );
    expect(result).toMatchObject({ outcome: 'UNKNOWN', receipt: { charge: 'PRESUMED', creditsCharged: 1n } });
    expect(attemptsOf(result)).toEqual(['FIRMABLE UNKNOWN PROVIDER_TIMEOUT 1']);
    expect([pdl.key, apollo.key].map((key) => client.provider(key).requests)).toEqual([0, 0]);
  });

  it('returns the record found earlier, and calls nobody else, when a later step is unknown', async () => {
    const late = await openApp(await openStore(), { totalTimeoutMs: 400, slowLatencyMs: 60_000 });
    const client = await late.open();
    await client.connect('pdl_sandbox_slow');
    const apollo = newSandboxKey('apollo');
    await client.connect(apollo);
    const options = { waterfall: requiring('PHONE') };
    const by = { linkedin: partialAtFirmable.withoutPhone.linkedin };
    const result = await late.enrichment.lookUpPerson(client.request(), by, options);
    expect(result).toMatchObject({
      outcome: 'FOUND',
      problem: null,
      record: { name: partialAtFirmable.withoutPhone.name },
      receipt: { charge: 'CHARGED', creditsCharged: 2n, provider: 'FIRMABLE' },
    });
    expect(attemptsOf(result)).toEqual([
      'FIRMABLE FOUND FIELDS_MISSING 1',
      'PEOPLE_DATA_LABS UNKNOWN PROVIDER_TIMEOUT 1',
    ]);
    expect(client.provider(apollo).requests).toBe(0);
  });

  it('returns a miss, with a miss for each step, when no provider has the record', async () => {
    const client = await app.open();
    await client.connectRivals();
    const result = await lookUpCompany(app, client, { domain: unknownEverywhere.company.domain }, all);
    expect(result).toMatchObject({ outcome: 'NOT_FOUND', problem: null, record: null });
    expect(result.sources()).toEqual([]);
    expect(result.receipt).toMatchObject({ charge: 'NOT_FOUND', creditsCharged: 0n });
    expect(attemptsOf(result)).toEqual([
      'FIRMABLE NOT_FOUND',
      'PEOPLE_DATA_LABS NOT_FOUND',
      'APOLLO NOT_FOUND',
    ]);
  });

  it('returns the failure, not a miss, when one provider failed', async () => {
    const client = await app.open('fbl_sandbox_revoked');
    await client.connectRivals();
    const result = await lookUpCompany(app, client, { domain: unknownEverywhere.company.domain }, all);
    expect(result).toMatchObject({ outcome: 'REFUSED', problem: { code: 'KEY_REFUSED' } });
    expect(result.receipt).toMatchObject({ provider: 'FIRMABLE' });
  });
});

describe('the steps of a lookup', () => {
  it('are the named connection alone when there is a default waterfall', async () => {
    const client = await app.open();
    const { pdl, apollo } = await client.connectRivals();
    await saveDefault(client);
    const by = { domain: onlyRivals.company.domain };
    const options = { connectionId: client.connectionId };
    const alone = await app.enrichment.lookUpCompany(client.request(), by, options);
    expect(alone.outcome).toBe('NOT_FOUND');
    expect(attemptsOf(alone)).toEqual(['FIRMABLE NOT_FOUND']);
    const onApollo = await app.enrichment.lookUpCompany(client.request(), by, {
      connectionId: apollo.id,
    });
    expect(attemptsOf(onApollo)).toEqual(['APOLLO FOUND 1']);
    expect(client.provider(pdl.key).requests).toBe(0);
    expect(attemptsOf(await app.enrichment.lookUpCompany(client.request(), by, {}))).toEqual([
      'FIRMABLE NOT_FOUND',
      'PEOPLE_DATA_LABS FOUND 1',
    ]);
  });

  it('use the connection when a step names only a connection', async () => {
    const client = await app.open();
    await client.connectRivals();
    const second = newSandboxKey('apollo');
    const id = await client.connect(second);
    const result = await lookUpCompany(app, client, { domain: onlyApollo.company.domain }, [
      { provider: null, connectionId: id, require: [] },
    ]);
    expect(result.receipt).toMatchObject({ provider: 'APOLLO', payer: { connectionId: id } });
    expect(client.provider(second).creditsUsed).toBe(1);
  });

  it('are those of a stored waterfall when it is named, and NOT_FOUND when there is none', async () => {
    const client = await app.open();
    await client.connectRivals();
    await saveDefault(client);
    const by = { domain: onlyRivals.company.domain };
    const named = await app.enrichment.lookUpCompany(client.request(), by, {
      waterfallName: 'everybody',
    });
    expect(attemptsOf(named)).toEqual(['FIRMABLE NOT_FOUND', 'PEOPLE_DATA_LABS FOUND 1']);
    const nowhere = await app.enrichment.lookUpCompanies(client.request(), [by, by], {
      waterfallName: 'nobody',
    });
    expect(nowhere.map(({ outcome, problem }) => [outcome, problem?.code])).toEqual([
      ['REFUSED', 'NOT_FOUND'],
      ['REFUSED', 'NOT_FOUND'],
    ]);
  });

  it.each<[string, LookupOptions]>([
    ['a waterfall and a name', { waterfall: all, waterfallName: 'everybody' }],
    ['a waterfall and a connection', { waterfall: all, connectionId: 'x' }],
    ['no step at all', { waterfall: [] }],
    ['more than ten steps', { waterfall: Array.from({ length: 11 }, () => step('FIRMABLE')) }],
    ['a step that names nobody', { waterfall: [{ provider: null, connectionId: null, require: [] }] }],
  ])('refuse the request, and call nobody, when it has %s', async (_, options) => {
    const client = await app.open();
    const refused = app.enrichment.lookUpCompanies(client.request(), [{ domain: flagship.domain }], options);
    await expect(refused).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(client.provider().requests).toBe(0);
  });
});
