import { beforeAll, describe, expect, test } from 'vitest';
import type { LookupResult } from '../../src/enrichment/lookup-result.js';
import type { LookupOptions, CompanyKey, PersonKey } from '../../src/enrichment/lookup-request.js';
import type { RecordField } from '../../src/providers/provider.js';
import type { ProviderName } from '../../src/providers/catalogue.js';
import {
  bareAtApollo,
  flagship,
  onlyApollo,
  onlyPeopleDataLabs,
  onlyRivals,
  partialAtFirmable,
  samplePeople,
  unknownEverywhere,
} from '../../src/sandbox/samples.js';
import { saveWaterfall } from '../../src/waterfalls/save-waterfall.js';
import type { Step } from '../../src/waterfalls/step.js';
import { limitWorkspace, reservationsOf } from '../ledger/setup.js';
import { type Client, type Desk, newSandboxKey, openDesk, openStore } from './setup.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk(await openStore());
});

const step = (
  provider: ProviderName,
  require: RecordField[] = [],
  connectionId: string | null = null,
): Step => ({
  provider,
  connectionId,
  require,
});
const all = [step('FIRMABLE'), step('PEOPLE_DATA_LABS'), step('APOLLO')];
const requiring = (...fields: RecordField[]) =>
  all.map(({ provider }) => ({ ...step('APOLLO', fields), provider }));

const lookUpCompany = (client: Client, by: CompanyKey, waterfall: Step[], more: LookupOptions = {}) =>
  desk.enrichment.lookUpCompany(client.request(), by, { waterfall, ...more });
const lookUpPerson = (client: Client, by: PersonKey, waterfall: Step[], more: LookupOptions = {}) =>
  desk.enrichment.lookUpPerson(client.request(), by, { waterfall, ...more });

const attemptsOf = ({ receipt }: LookupResult<unknown>): string[] =>
  receipt.attempts.map(({ provider, outcome, code, creditsCharged }) =>
    [provider, outcome, code, creditsCharged].filter((word) => word !== null && word !== 0n).join(' '),
  );

const payersOf = ({ receipt }: LookupResult<unknown>) =>
  receipt.attempts.map(({ payer }) => payer?.kind ?? null);

/** The client's entries as its receipts would show them, one ask after the other. */
const attemptsEntered = async ({ workspaceId }: Client) =>
  await desk.database.sql`
    select lookup_id as "lookupId", step, id as "entryId", provider, outcome, charge, credits::int as "creditsCharged",
      saved::int as "creditsSaved", connection_id as "connectionId", payer, from_snapshot as "fromSnapshot",
      problem as code, latency_ms as "latencyMs"
    from entries where workspace_id = ${workspaceId} order by lookup_id, step`;

const attemptsTold = (answers: LookupResult<unknown>[]) =>
  answers.flatMap(({ receipt }) =>
    receipt.attempts.map((attempt) => ({
      ...attempt,
      reason: undefined,
      lookupId: receipt.id,
      payer: attempt.payer?.kind ?? null,
      creditsCharged: Number(attempt.creditsCharged),
      creditsSaved: Number(attempt.creditsSaved),
      // What a found record lacks is for the caller alone: the provider has answered as it should.
      code: attempt.outcome === 'FOUND' ? null : attempt.code,
    })),
  );

describe('falling through', () => {
  test('what one provider has not the next may have: each step is on the receipt and in the ledger', async () => {
    const client = await desk.open();
    const { pdl, apollo } = await client.connectRivals();
    const answer = await lookUpCompany(client, { domain: onlyPeopleDataLabs.company.domain }, all);
    expect(answer).toMatchObject({
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
    expect(attemptsOf(answer)).toEqual(['FIRMABLE NOT_FOUND', 'PEOPLE_DATA_LABS FOUND 1']);
    expect(answer.receipt.id).toBe(answer.receipt.attempts[0]?.entryId);
    expect(await attemptsEntered(client)).toEqual(attemptsTold([answer]));
    expect(new Set(answer.sources().map(({ provider }) => provider))).toEqual(new Set(['PEOPLE_DATA_LABS']));
    expect([client.key, pdl.key, apollo.key].map((key) => client.provider(key).creditsUsed)).toEqual([
      0, 1, 0,
    ]);
  });

  test.each([
    ['a refused key', 'fbl_sandbox_revoked', 'FIRMABLE REFUSED KEY_REFUSED'],
    ['a plan without the API', 'fbl_sandbox_noplan', 'FIRMABLE REFUSED PLAN_WITHOUT_API'],
    ['an account without credits', 'fbl_sandbox_broke', 'FIRMABLE REFUSED OUT_OF_CREDITS'],
    ['a provider that cannot be reached', 'fbl_live_0123456789', 'FIRMABLE FAILED PROVIDER_UNAVAILABLE'],
  ])('%s goes on to the next step, and its attempt says so', async (_, key, attempt) => {
    const client = await desk.open(key);
    await client.connectRivals();
    // The sandbox's broke account hears of it only where it would be charged.
    const { domain } = key === 'fbl_sandbox_broke' ? flagship : onlyRivals.company;
    const answer = await lookUpCompany(client, { domain }, all);
    expect(answer).toMatchObject({ outcome: 'FOUND', problem: null });
    expect(attemptsOf(answer)).toEqual([attempt, 'PEOPLE_DATA_LABS FOUND 1']);
    expect(answer.receipt.attempts[0]?.reason).toMatch(/Firmable.*[.:].*\./);
    expect(await attemptsEntered(client)).toEqual(attemptsTold([answer]));
  });

  test('a throttle goes on to the next step', async () => {
    const client = await desk.open();
    await client.connect('pdl_sandbox_throttled');
    await client.connect(newSandboxKey('apollo'));
    const steps = [step('PEOPLE_DATA_LABS'), step('APOLLO')];
    const answer = await lookUpCompany(client, { domain: onlyRivals.company.domain }, steps);
    expect(attemptsOf(answer)).toEqual(['PEOPLE_DATA_LABS FAILED RATE_LIMITED', 'APOLLO FOUND 1']);
  });

  test('a step without anybody to pay for it goes on, and what to do is in its attempt', async () => {
    const client = await desk.open(null);
    await client.connect(newSandboxKey('apollo'));
    const answer = await lookUpCompany(client, { domain: onlyRivals.company.domain }, all);
    expect(attemptsOf(answer)).toEqual([
      'FIRMABLE REFUSED NO_CONNECTION',
      'PEOPLE_DATA_LABS REFUSED NO_CONNECTION',
      'APOLLO FOUND 1',
    ]);
  });

  test('what may have been charged without an answer falls through to nobody', async () => {
    const late = await openDesk(await openStore(), { totalTimeoutMs: 150, slowLatencyMs: 60_000 });
    const client = await late.open('fbl_sandbox_slow');
    const { pdl, apollo } = await client.connectRivals();
    const options = { waterfall: all };
    const answer = await late.enrichment.lookUpCompany(
      client.request(),
      { domain: flagship.domain },
      options,
    );
    expect(answer).toMatchObject({ outcome: 'UNKNOWN', receipt: { charge: 'PRESUMED', creditsCharged: 1n } });
    expect(attemptsOf(answer)).toEqual(['FIRMABLE UNKNOWN PROVIDER_TIMEOUT 1']);
    expect([pdl.key, apollo.key].map((key) => client.provider(key).requests)).toEqual([0, 0]);
  });

  test('a record that was found before an unknown end is the answer, and nobody further is asked', async () => {
    const late = await openDesk(await openStore(), { totalTimeoutMs: 400, slowLatencyMs: 60_000 });
    const client = await late.open();
    await client.connect('pdl_sandbox_slow');
    const apollo = newSandboxKey('apollo');
    await client.connect(apollo);
    const options = { waterfall: requiring('PHONE') };
    const by = { linkedin: partialAtFirmable.withoutPhone.linkedin };
    const answer = await late.enrichment.lookUpPerson(client.request(), by, options);
    expect(answer).toMatchObject({
      outcome: 'FOUND',
      problem: null,
      record: { name: partialAtFirmable.withoutPhone.name },
      receipt: { charge: 'CHARGED', creditsCharged: 2n, provider: 'FIRMABLE' },
    });
    expect(attemptsOf(answer)).toEqual([
      'FIRMABLE FOUND FIELDS_MISSING 1',
      'PEOPLE_DATA_LABS UNKNOWN PROVIDER_TIMEOUT 1',
    ]);
    expect(client.provider(apollo).requests).toBe(0);
  });

  test('nobody has it: a miss, and a miss of each', async () => {
    const client = await desk.open();
    await client.connectRivals();
    const answer = await lookUpCompany(client, { domain: unknownEverywhere.company.domain }, all);
    expect(answer).toMatchObject({ outcome: 'NOT_FOUND', problem: null, record: null });
    expect(answer.sources()).toEqual([]);
    expect(answer.receipt).toMatchObject({ charge: 'NOT_FOUND', creditsCharged: 0n });
    expect(attemptsOf(answer)).toEqual([
      'FIRMABLE NOT_FOUND',
      'PEOPLE_DATA_LABS NOT_FOUND',
      'APOLLO NOT_FOUND',
    ]);
  });

  test('where one could not say, the answer is no miss but that trouble', async () => {
    const client = await desk.open('fbl_sandbox_revoked');
    await client.connectRivals();
    const answer = await lookUpCompany(client, { domain: unknownEverywhere.company.domain }, all);
    expect(answer).toMatchObject({ outcome: 'REFUSED', problem: { code: 'KEY_REFUSED' } });
    expect(answer.receipt).toMatchObject({ provider: 'FIRMABLE' });
  });
});

describe('required fields', () => {
  test('a record without them is kept, and the next provider only fills what it lacks, each field with its source', async () => {
    const client = await desk.open();
    const { apollo } = await client.connectRivals();
    const steps = [step('FIRMABLE', ['PHONE']), step('APOLLO', ['PHONE'])];
    const alone = await lookUpCompany(client, { domain: partialAtFirmable.company.domain }, [
      step('FIRMABLE'),
    ]);
    const answer = await lookUpCompany(client, { domain: partialAtFirmable.company.domain }, steps);
    expect(alone.record?.phones ?? []).toEqual([]);
    expect(attemptsOf(answer)).toEqual(['FIRMABLE FOUND FIELDS_MISSING', 'APOLLO FOUND 1']);
    expect(answer.receipt.attempts[0]?.reason).toContain('PHONE');
    expect(answer.record?.phones).toHaveLength(1);
    const sourceOf = (field: string) => answer.sources().find((source) => source.field === field)?.provider;
    expect([sourceOf('phones'), sourceOf('name'), sourceOf('id')]).toEqual([
      'APOLLO',
      'FIRMABLE',
      'FIRMABLE',
    ]);
    for (const { field, provider } of alone.sources()) expect(sourceOf(field)).toBe(provider);
    expect(answer.raw()).toEqual(alone.raw());
    expect(answer.receipt).toMatchObject({
      provider: 'FIRMABLE',
      charge: 'CHARGED',
      creditsCharged: 1n,
      creditsSaved: 1n,
      fromSnapshot: true,
    });
    expect(client.provider(apollo.key).creditsUsed).toBe(1);
  });

  test('a record that has them ends the ask', async () => {
    const client = await desk.open();
    const { pdl } = await client.connectRivals();
    const answer = await lookUpCompany(client, { domain: flagship.domain }, requiring('PHONE', 'LINKEDIN'));
    expect(attemptsOf(answer)).toEqual(['FIRMABLE FOUND 1']);
    expect(client.provider(pdl.key).requests).toBe(0);
  });

  test('what a provider can leave unanswered for want of a field costs nothing, and is entered as such', async () => {
    const client = await desk.open();
    const { pdl } = await client.connectRivals();
    const by = { linkedin: partialAtFirmable.phoneOnlyAtApollo.linkedin };
    const answer = await lookUpPerson(client, by, requiring('PHONE'));
    expect(attemptsOf(answer)).toEqual([
      'FIRMABLE FOUND FIELDS_MISSING 1',
      'PEOPLE_DATA_LABS NOT_FOUND FIELDS_MISSING',
      'APOLLO FOUND 9',
    ]);
    expect(client.provider(pdl.key)).toMatchObject({ creditsUsed: 0, requests: 1 });
    expect(await attemptsEntered(client)).toEqual(attemptsTold([answer]));
  });

  test('where nobody has them all, the answer is what there is, and each attempt says what it lacks', async () => {
    const client = await desk.open();
    await client.connectRivals();
    const by = { domain: onlyPeopleDataLabs.company.domain };
    const answer = await lookUpCompany(client, by, [
      step('FIRMABLE'),
      step('PEOPLE_DATA_LABS'),
      step('APOLLO', ['EMAIL']),
    ]);
    expect(answer.outcome).toBe('FOUND');
    const wanting = await lookUpCompany(client, by, [
      step('PEOPLE_DATA_LABS', ['EMAIL']),
      step('APOLLO', ['EMAIL']),
    ]);
    expect(wanting).toMatchObject({ outcome: 'FOUND', problem: null });
    expect(wanting.receipt.attempts[0]?.reason).toMatch(/no EMAIL/);
  });

  test('a person’s missing telephone is bought of whom it can be had, and addresses are filled side by side', async () => {
    const client = await desk.open();
    const { apollo } = await client.connectRivals();
    const { linkedin } = partialAtFirmable.phoneOnlyAtApollo;
    const answer = await lookUpPerson(client, { linkedin }, [step('FIRMABLE', ['PHONE']), step('APOLLO')]);
    expect(attemptsOf(answer)).toEqual(['FIRMABLE FOUND FIELDS_MISSING 1', 'APOLLO FOUND 9']);
    expect(answer.record?.phones).toHaveLength(1);
    expect(client.provider(apollo.key).creditsUsed).toBe(9);

    const without = await lookUpPerson(client, { linkedin: partialAtFirmable.withoutWorkEmail.linkedin }, [
      step('FIRMABLE', ['WORK_EMAIL']),
      step('PEOPLE_DATA_LABS', ['WORK_EMAIL']),
    ]);
    expect(without.record?.emails?.work.map(({ value }) => value)).toEqual([
      partialAtFirmable.withoutWorkEmail.workEmail,
    ]);
    expect(without.sources()).toContainEqual({ field: 'emails.work', provider: 'PEOPLE_DATA_LABS' });
    expect(without.record?.emails?.personal).not.toEqual([]);
  });

  test('a field that no company ever has is refused before anything is asked', async () => {
    const client = await desk.open();
    await expect(
      lookUpCompany(client, { domain: flagship.domain }, requiring('POSITION')),
    ).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('POSITION'),
    });
    expect(client.provider().requests).toBe(0);
  });
});

describe('identifiers', () => {
  test('a provider that looks up by no such thing is passed over, and the answer is the others’', async () => {
    const client = await desk.open();
    await client.connectRivals();
    const answer = await lookUpCompany(client, { abn: '53004085616' }, [
      step('PEOPLE_DATA_LABS'),
      step('FIRMABLE'),
    ]);
    expect(attemptsOf(answer)).toEqual(['PEOPLE_DATA_LABS REFUSED INVALID_IDENTIFIER', 'FIRMABLE NOT_FOUND']);
    expect(answer.receipt.attempts[0]?.reason).toContain('People Data Labs cannot look up a company by ABN');
    expect(answer).toMatchObject({ outcome: 'NOT_FOUND', problem: null });
  });

  test('what an earlier record tells is what the next provider is asked by', async () => {
    const client = await desk.open();
    await client.connectRivals();
    const firmable = await lookUpCompany(client, { domain: partialAtFirmable.company.domain }, [
      step('FIRMABLE'),
    ]);
    const abn = firmable.record?.identifiers?.abn;
    const answer = await lookUpCompany(client, { abn }, [step('FIRMABLE', ['PHONE']), step('APOLLO')]);
    expect(attemptsOf(answer)).toEqual(['FIRMABLE FOUND FIELDS_MISSING', 'APOLLO FOUND 1']);
    expect(answer.record?.phones).toHaveLength(1);
  });

  test('an id is asked of the provider whose own it is, and of no other', async () => {
    const client = await desk.open();
    const { pdl } = await client.connectRivals();
    const byDomain = await lookUpCompany(client, { domain: onlyPeopleDataLabs.company.domain }, [
      step('PEOPLE_DATA_LABS'),
    ]);
    const answer = await lookUpCompany(client, { id: byDomain.record!.id }, all);
    expect(attemptsOf(answer)).toEqual(['FIRMABLE REFUSED INVALID_IDENTIFIER', 'PEOPLE_DATA_LABS FOUND']);
    expect(answer.receipt).toMatchObject({
      charge: 'ALREADY_UNLOCKED',
      fromSnapshot: true,
      creditsSaved: 1n,
    });
    const ours = await lookUpCompany(client, { id: flagship.id }, [step('PEOPLE_DATA_LABS'), step('APOLLO')]);
    expect(ours).toMatchObject({ outcome: 'REFUSED', problem: { code: 'INVALID_IDENTIFIER' } });
    expect(client.provider(pdl.key).requests).toBe(1);
    expect(client.provider().requests).toBe(0);
  });
});

describe('where the steps come from', () => {
  test('an ask that names one connection stays on it, whatever the default waterfall is', async () => {
    const client = await desk.open();
    const { pdl, apollo } = await client.connectRivals();
    await saveDefault(client);
    const by = { domain: onlyRivals.company.domain };
    const options = { connectionId: client.connectionId };
    const alone = await desk.enrichment.lookUpCompany(client.request(), by, options);
    expect(alone.outcome).toBe('NOT_FOUND');
    expect(attemptsOf(alone)).toEqual(['FIRMABLE NOT_FOUND']);
    const onApollo = await desk.enrichment.lookUpCompany(client.request(), by, { connectionId: apollo.id });
    expect(attemptsOf(onApollo)).toEqual(['APOLLO FOUND 1']);
    expect(client.provider(pdl.key).requests).toBe(0);
    expect(attemptsOf(await desk.enrichment.lookUpCompany(client.request(), by, {}))).toEqual([
      'FIRMABLE NOT_FOUND',
      'PEOPLE_DATA_LABS FOUND 1',
    ]);
  });

  test('a step may name a connection alone, and is asked with that one', async () => {
    const client = await desk.open();
    await client.connectRivals();
    const second = newSandboxKey('apollo');
    const id = await client.connect(second);
    const answer = await lookUpCompany(client, { domain: onlyApollo.company.domain }, [
      { provider: null, connectionId: id, require: [] },
    ]);
    expect(answer.receipt).toMatchObject({ provider: 'APOLLO', payer: { connectionId: id } });
    expect(client.provider(second).creditsUsed).toBe(1);
  });

  test('a stored waterfall is taken by its name; one that is not there is told', async () => {
    const client = await desk.open();
    await client.connectRivals();
    await saveDefault(client);
    const by = { domain: onlyRivals.company.domain };
    const named = await desk.enrichment.lookUpCompany(client.request(), by, { waterfallName: 'everybody' });
    expect(attemptsOf(named)).toEqual(['FIRMABLE NOT_FOUND', 'PEOPLE_DATA_LABS FOUND 1']);
    const nowhere = await desk.enrichment.lookUpCompanies(client.request(), [by, by], {
      waterfallName: 'nobody',
    });
    expect(nowhere.map(({ outcome, problem }) => [outcome, problem?.code])).toEqual([
      ['REFUSED', 'NOT_FOUND'],
      ['REFUSED', 'NOT_FOUND'],
    ]);
  });

  test.each<[string, LookupOptions]>([
    ['a waterfall and a name', { waterfall: all, waterfallName: 'everybody' }],
    ['a waterfall and a connection', { waterfall: all, connectionId: 'x' }],
    ['no step at all', { waterfall: [] }],
    ['more than ten steps', { waterfall: Array.from({ length: 11 }, () => step('FIRMABLE')) }],
    ['a step that names nobody', { waterfall: [{ provider: null, connectionId: null, require: [] }] }],
  ])('%s is refused as a whole, and nobody is asked', async (_, options) => {
    const client = await desk.open();
    const asked = desk.enrichment.lookUpCompanies(client.request(), [{ domain: flagship.domain }], options);
    await expect(asked).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(client.provider().requests).toBe(0);
  });

  const saveDefault = async (client: Client): Promise<void> => {
    const input = { name: 'everybody', steps: all, defaultFor: 'COMPANIES' as const };
    await saveWaterfall(desk, client.as('ADMIN'), input);
  };
});

describe('money', () => {
  test('never pay twice: many who ask at once, for all steps, are one charge at each provider', async () => {
    const client = await desk.open();
    const { pdl, apollo } = await client.connectRivals();
    const by = { domain: onlyRivals.company.domain };
    const answers = await Promise.all(Array.from({ length: 40 }, () => lookUpCompany(client, by, all)));
    expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(['FOUND']));
    expect(client.provider(pdl.key).creditsUsed).toBe(1);
    expect(client.provider(apollo.key).requests).toBe(0);
    expect(answers.reduce((sum, { receipt }) => sum + receipt.creditsCharged, 0n)).toBe(1n);
    expect(await reservationsOf(desk.database, client)).toEqual([]);
  });

  test('a copy of a provider that charges for every fetch serves at any age, but for who asks for a younger one', async () => {
    const client = await desk.open();
    const { pdl } = await client.connectRivals();
    const by = { domain: onlyPeopleDataLabs.company.domain };
    const steps = [step('PEOPLE_DATA_LABS')];
    await lookUpCompany(client, by, steps);
    await desk.database.sql`
      update snapshots set fetched_at = fetched_at - interval '3 years' where workspace_id = ${client.workspaceId}`;
    const old = await lookUpCompany(client, by, steps, { country: 'NZ' });
    expect(old.receipt).toMatchObject({ charge: 'ALREADY_UNLOCKED', fromSnapshot: true, creditsCharged: 0n });
    const anew = await lookUpCompany(client, by, steps, { maxAgeSeconds: 60 });
    expect(anew.receipt).toMatchObject({ charge: 'CHARGED', fromSnapshot: false, creditsCharged: 1n });
    expect(client.provider(pdl.key).creditsUsed).toBe(2);
  });

  test('of what can be dear the most is held, and what came is charged: 9, 1 or nothing', async () => {
    const client = await desk.open();
    const { apollo } = await client.connectRivals();
    const counters = await limitWorkspace(desk.database, client.workspaceId, 20);
    const charges: [string, bigint][] = [];
    for (const { linkedin } of [onlyApollo.person, onlyApollo.personWithoutMobile, bareAtApollo]) {
      const { receipt } = await lookUpPerson(client, { linkedin }, [step('APOLLO')]);
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

  test('maxCredits is for all steps together: what is too dear is passed over for what fits', async () => {
    const client = await desk.open();
    const { pdl, apollo } = await client.connectRivals();
    const { linkedin } = onlyRivals.person;
    const steps = [step('FIRMABLE'), step('APOLLO'), step('PEOPLE_DATA_LABS')];
    const answer = await lookUpPerson(client, { linkedin }, steps, { maxCredits: 1 });
    expect(attemptsOf(answer)).toEqual([
      'FIRMABLE NOT_FOUND',
      'APOLLO REFUSED MAX_CREDITS_EXCEEDED',
      'PEOPLE_DATA_LABS FOUND 1',
    ]);
    expect(client.provider(apollo.key).requests).toBe(0);
    expect(client.provider(pdl.key).creditsUsed).toBe(1);

    const by = { domain: partialAtFirmable.company.domain };
    const partial = await lookUpCompany(client, by, [step('FIRMABLE', ['PHONE']), step('APOLLO')], {
      maxCredits: 1,
    });
    expect(partial.outcome).toBe('FOUND');
    expect(attemptsOf(partial)).toEqual([
      'FIRMABLE FOUND FIELDS_MISSING 1',
      'APOLLO REFUSED MAX_CREDITS_EXCEEDED',
    ]);
  });

  test('each step reserves for itself against every budget; a full one refuses it by name', async () => {
    const client = await desk.open();
    await client.connectRivals();
    const counters = await limitWorkspace(desk.database, client.workspaceId, 1);
    const by = { domain: partialAtFirmable.company.domain };
    const answer = await lookUpCompany(client, by, [step('FIRMABLE', ['PHONE']), step('APOLLO')]);
    expect(attemptsOf(answer)).toEqual(['FIRMABLE FOUND FIELDS_MISSING 1', 'APOLLO REFUSED BUDGET_EXCEEDED']);
    expect(answer.receipt.attempts[1]?.reason).toContain('"all" allows 1 credits');
    expect(await counters()).toEqual({ reserved: 0, spent: 1 });
    expect(await attemptsEntered(client)).toEqual(attemptsTold([answer]));
  });

  test('what a provider tells of the balance is passed on, and a refusal for want of credits as 0', async () => {
    const client = await desk.open();
    const { pdl } = await client.connectRivals();
    const [person] = samplePeople;
    await desk.enrichment.lookUpPerson(
      client.request(),
      { linkedin: person!.linkedin },
      { waterfall: [step('PEOPLE_DATA_LABS')] },
    );
    const used = client.provider(pdl.key).creditsUsed;
    // Companies are paid from credits of their own, which nobody can be asked for.
    await lookUpCompany(client, { domain: onlyPeopleDataLabs.company.domain }, [step('PEOPLE_DATA_LABS')]);
    const told = desk.readings.filter(({ workspaceId }) => workspaceId === client.workspaceId);
    expect(told).toMatchObject([{ source: 'REPORTED', credits: BigInt(10_000 - used) }]);
    const broke = await desk.open('fbl_sandbox_broke');
    await lookUpCompany(broke, { domain: flagship.domain }, [step('FIRMABLE')]);
    expect(desk.readings.filter(({ workspaceId }) => workspaceId === broke.workspaceId)).toMatchObject([
      { source: 'OUT_OF_CREDITS', credits: 0n },
    ]);
  });

  test('everything spent and saved over all steps is in the request’s tally', async () => {
    const client = await desk.open();
    await client.connectRivals();
    const request = client.request();
    const options = { waterfall: [step('FIRMABLE', ['PHONE']), step('APOLLO')] };
    const [person] = samplePeople;
    await desk.enrichment.lookUpCompany(request, { domain: partialAtFirmable.company.domain }, options);
    await desk.enrichment.lookUpPerson(request, { linkedin: person!.linkedin }, { waterfall: all });
    await desk.enrichment.lookUpPerson(request, { linkedin: person!.linkedin }, { waterfall: all });
    expect(request.tally).toEqual({ charged: 3n, saved: 1n, reserved: 0n });
  });
});

describe('payers', () => {
  const managed = {
    FIRMABLE: { key: newSandboxKey(), sandbox: true },
    PEOPLE_DATA_LABS: { key: newSandboxKey('pdl'), sandbox: true },
  };
  let withManaged: Desk;
  beforeAll(async () => {
    withManaged = await openDesk(await openStore(), { managedKeys: managed });
  });
  const ask = (client: Client, options: LookupOptions) =>
    withManaged.enrichment.lookUpCompany(
      client.request(),
      { domain: onlyRivals.company.domain },
      { waterfall: all, ...options },
    );

  test('the operator’s account pays where there is no own connection, and says so at each step', async () => {
    const client = await withManaged.open();
    const answer = await ask(client, {});
    expect(payersOf(answer)).toEqual(['CONNECTION', 'MANAGED']);
    expect(answer.receipt).toMatchObject({
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

  test('OWN never touches the operator’s account, MANAGED touches nothing else', async () => {
    const client = await withManaged.open();
    const before = withManaged.sandbox.account(managed.PEOPLE_DATA_LABS.key).requests;
    const own = await ask(client, { payer: 'OWN' });
    expect(attemptsOf(own)).toEqual([
      'FIRMABLE NOT_FOUND',
      'PEOPLE_DATA_LABS REFUSED NO_CONNECTION',
      'APOLLO REFUSED NO_CONNECTION',
    ]);
    expect(withManaged.sandbox.account(managed.PEOPLE_DATA_LABS.key).requests).toBe(before);
    const { requests } = client.provider();
    expect(payersOf(await ask(client, { payer: 'MANAGED' }))).toEqual(['MANAGED', 'MANAGED']);
    expect(client.provider().requests).toBe(requests);
  });

  test('each workspace pays its first time with the operator’s account: no other’s purchase is seen through it', async () => {
    const [one, other] = [await withManaged.open(null), await withManaged.open(null)];
    expect((await ask(one, {})).receipt).toMatchObject({ charge: 'CHARGED', creditsCharged: 1n });
    expect((await ask(one, {})).receipt).toMatchObject({ charge: 'ALREADY_UNLOCKED' });
    expect((await ask(other, {})).receipt).toMatchObject({ charge: 'CHARGED', creditsSaved: 0n });
  });
});
