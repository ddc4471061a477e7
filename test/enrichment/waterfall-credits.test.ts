import { beforeAll, describe, expect, it } from 'vitest';
import type { LookupOptions } from '../../src/enrichment/lookup-request.js';
import {
  bareAtApollo,
  flagship,
  onlyApollo,
  onlyPeopleDataLabs,
  onlyRivals,
  partialAtFirmable,
  samplePeople,
} from '../../src/sandbox/samples.js';
import { limitWorkspace, reservationsOf } from '../ledger/setup.js';
import { type Client, type EnrichmentApp, newSandboxKey, openApp, openStore } from './setup.js';
import {
  step,
  all,
  lookUpCompany,
  lookUpPerson,
  attemptsOf,
  payersOf,
  attemptsEntered,
  attemptsReturned,
} from './waterfall-setup.js';

let app: EnrichmentApp;
beforeAll(async () => {
  app = await openApp(await openStore());
});

describe('the credits of a waterfall', () => {
  it('are charged once at each provider when many lookups are concurrent', async () => {
    const client = await app.open();
    const { pdl, apollo } = await client.connectRivals();
    const by = { domain: onlyRivals.company.domain };
    const results = await Promise.all(Array.from({ length: 40 }, () => lookUpCompany(app, client, by, all)));
    expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['FOUND']));
    expect(client.provider(pdl.key).creditsUsed).toBe(1);
    expect(client.provider(apollo.key).requests).toBe(0);
    expect(results.reduce((sum, { receipt }) => sum + receipt.creditsCharged, 0n)).toBe(1n);
    expect(await reservationsOf(app.database, client)).toEqual([]);
  });

  it('are not spent again when a snapshot of any age exists, unless a lookup requires a fresh one', async () => {
    const client = await app.open();
    const { pdl } = await client.connectRivals();
    const by = { domain: onlyPeopleDataLabs.company.domain };
    const steps = [step('PEOPLE_DATA_LABS')];
    await lookUpCompany(app, client, by, steps);
    await app.database.sql`
      update snapshots set fetched_at = fetched_at - interval '3 years' where workspace_id = ${client.workspaceId}`;
    const old = await lookUpCompany(app, client, by, steps, { country: 'NZ' });
    expect(old.receipt).toMatchObject({ charge: 'ALREADY_UNLOCKED', fromSnapshot: true, creditsCharged: 0n });
    const anew = await lookUpCompany(app, client, by, steps, { maxAgeSeconds: 60 });
    expect(anew.receipt).toMatchObject({ charge: 'CHARGED', fromSnapshot: false, creditsCharged: 1n });
    expect(client.provider(pdl.key).creditsUsed).toBe(2);
  });

  it('are reserved at the maximum and charged by the fields returned when the price varies: 9, 1 or 0', async () => {
    const client = await app.open();
    const { apollo } = await client.connectRivals();
    const counters = await limitWorkspace(app.database, client.workspaceId, 20);
    const charges: [string, bigint][] = [];
    for (const { linkedin } of [onlyApollo.person, onlyApollo.personWithoutMobile, bareAtApollo]) {
      const { receipt } = await lookUpPerson(app, client, { linkedin }, [step('APOLLO')]);
      charges.push([receipt.charge, receipt.creditsCharged]);
    }
    expect(charges).toEqual([
      ['CHARGED', 9n],
      ['CHARGED', 1n],
      ['FREE', 0n],
    ]);
    expect(client.provider(apollo.key).creditsUsed).toBe(10);
    expect(await counters()).toEqual({ reserved: 0, spent: 10 });
  });

  it('skip a step that exceeds maxCredits, over all steps together, when another fits', async () => {
    const client = await app.open();
    const { pdl, apollo } = await client.connectRivals();
    const { linkedin } = onlyRivals.person;
    const steps = [step('FIRMABLE'), step('APOLLO'), step('PEOPLE_DATA_LABS')];
    const result = await lookUpPerson(app, client, { linkedin }, steps, { maxCredits: 1 });
    expect(attemptsOf(result)).toEqual([
      'FIRMABLE NOT_FOUND',
      'APOLLO REFUSED MAX_CREDITS_EXCEEDED',
      'PEOPLE_DATA_LABS FOUND 1',
    ]);
    expect(client.provider(apollo.key).requests).toBe(0);
    expect(client.provider(pdl.key).creditsUsed).toBe(1);

    const by = { domain: partialAtFirmable.company.domain };
    const partial = await lookUpCompany(app, client, by, [step('FIRMABLE', ['PHONE']), step('APOLLO')], {
      maxCredits: 1,
    });
    expect(partial.outcome).toBe('FOUND');
    expect(attemptsOf(partial)).toEqual([
      'FIRMABLE FOUND FIELDS_MISSING 1',
      'APOLLO REFUSED MAX_CREDITS_EXCEEDED',
    ]);
  });

  it('are reserved by each step against every budget, and refused by the budget’s name when it is full', async () => {
    const client = await app.open();
    await client.connectRivals();
    const counters = await limitWorkspace(app.database, client.workspaceId, 1);
    const by = { domain: partialAtFirmable.company.domain };
    const result = await lookUpCompany(app, client, by, [step('FIRMABLE', ['PHONE']), step('APOLLO')]);
    expect(attemptsOf(result)).toEqual(['FIRMABLE FOUND FIELDS_MISSING 1', 'APOLLO REFUSED BUDGET_EXCEEDED']);
    expect(result.receipt.attempts[1]?.reason).toContain('"all" allows 1 credits');
    expect(await counters()).toEqual({ reserved: 0, spent: 1 });
    expect(await attemptsEntered(app, client)).toEqual(attemptsReturned([result]));
  });

  it('report the provider’s balance, and 0 when it is out of credits', async () => {
    const client = await app.open();
    const { pdl } = await client.connectRivals();
    const [person] = samplePeople;
    await app.enrichment.lookUpPerson(
      client.request(),
      { linkedin: person!.linkedin },
      { waterfall: [step('PEOPLE_DATA_LABS')] },
    );
    const used = client.provider(pdl.key).creditsUsed;
    // Companies are paid from credits of their own, which nobody can be asked for.
    await lookUpCompany(app, client, { domain: onlyPeopleDataLabs.company.domain }, [
      step('PEOPLE_DATA_LABS'),
    ]);
    const reported = app.readings.filter(({ workspaceId }) => workspaceId === client.workspaceId);
    expect(reported).toMatchObject([{ source: 'REPORTED', credits: BigInt(10_000 - used) }]);
    const broke = await app.open('fbl_sandbox_broke');
    await lookUpCompany(app, broke, { domain: flagship.domain }, [step('FIRMABLE')]);
    expect(app.readings.filter(({ workspaceId }) => workspaceId === broke.workspaceId)).toMatchObject([
      { source: 'OUT_OF_CREDITS', credits: 0n },
    ]);
  });

  it('are in the request’s tally when they are spent or saved at any step', async () => {
    const client = await app.open();
    await client.connectRivals();
    const request = client.request();
    const options = { waterfall: [step('FIRMABLE', ['PHONE']), step('APOLLO')] };
    const [person] = samplePeople;
    await app.enrichment.lookUpCompany(request, { domain: partialAtFirmable.company.domain }, options);
    await app.enrichment.lookUpPerson(request, { linkedin: person!.linkedin }, { waterfall: all });
    await app.enrichment.lookUpPerson(request, { linkedin: person!.linkedin }, { waterfall: all });
    expect(request.tally).toEqual({ charged: 3n, saved: 1n, reserved: 0n });
  });
});

describe('the payer of a step', () => {
  const managed = {
    FIRMABLE: { key: newSandboxKey(), sandbox: true },
    PEOPLE_DATA_LABS: { key: newSandboxKey('pdl'), sandbox: true },
  };
  let withManaged: EnrichmentApp;
  beforeAll(async () => {
    withManaged = await openApp(await openStore(), { managedKeys: managed });
  });
  const lookUp = (client: Client, options: LookupOptions) =>
    withManaged.enrichment.lookUpCompany(
      client.request(),
      { domain: onlyRivals.company.domain },
      { waterfall: all, ...options },
    );

  it('is the operator’s account when the workspace has no connection', async () => {
    const client = await withManaged.open();
    const result = await lookUp(client, {});
    expect(payersOf(result)).toEqual(['CONNECTION', 'MANAGED']);
    expect(result.receipt).toMatchObject({
      payer: { kind: 'MANAGED', connectionId: null },
      creditsCharged: 1n,
    });
    const payers = await withManaged.database.sql`
      select step, payer from entries where workspace_id = ${client.workspaceId} order by step`;
    expect([...payers]).toEqual([
      { step: 1, payer: 'CONNECTION' },
      { step: 2, payer: 'MANAGED' },
    ]);
  });

  it('is never the operator’s account when OWN, and only that when MANAGED', async () => {
    const client = await withManaged.open();
    const before = withManaged.sandbox.account(managed.PEOPLE_DATA_LABS.key).requests;
    const own = await lookUp(client, { payer: 'OWN' });
    expect(attemptsOf(own)).toEqual([
      'FIRMABLE NOT_FOUND',
      'PEOPLE_DATA_LABS REFUSED NO_CONNECTION',
      'APOLLO REFUSED NO_CONNECTION',
    ]);
    expect(withManaged.sandbox.account(managed.PEOPLE_DATA_LABS.key).requests).toBe(before);
    const { requests } = client.provider();
    expect(payersOf(await lookUp(client, { payer: 'MANAGED' }))).toEqual(['MANAGED', 'MANAGED']);
    expect(client.provider().requests).toBe(requests);
  });

  it('is charged for each workspace when both use the operator’s account', async () => {
    const [one, other] = [await withManaged.open(null), await withManaged.open(null)];
    expect((await lookUp(one, {})).receipt).toMatchObject({ charge: 'CHARGED', creditsCharged: 1n });
    expect((await lookUp(one, {})).receipt).toMatchObject({ charge: 'ALREADY_UNLOCKED' });
    expect((await lookUp(other, {})).receipt).toMatchObject({ charge: 'CHARGED', creditsSaved: 0n });
  });
});
