import { beforeAll, describe, expect, it } from 'vitest';
import { flagship, onlyPeopleDataLabs, partialAtFirmable } from '../../src/sandbox/samples.js';
import { type EnrichmentApp, openApp, openStore } from './setup.js';
import {
  step,
  all,
  requiring,
  lookUpCompany,
  lookUpPerson,
  attemptsOf,
  attemptsEntered,
  attemptsReturned,
} from './waterfall-setup.js';

let app: EnrichmentApp;
beforeAll(async () => {
  app = await openApp(await openStore());
});

describe('required fields', () => {
  it('keeps a record without them and fills only its missing fields, each with its source, when the next provider has them', async () => {
    const client = await app.open();
    const { apollo } = await client.connectRivals();
    const steps = [step('FIRMABLE', ['PHONE']), step('APOLLO', ['PHONE'])];
    const alone = await lookUpCompany(app, client, { domain: partialAtFirmable.company.domain }, [
      step('FIRMABLE'),
    ]);
    const result = await lookUpCompany(app, client, { domain: partialAtFirmable.company.domain }, steps);
    expect(alone.record?.phones ?? []).toEqual([]);
    expect(attemptsOf(result)).toEqual(['FIRMABLE FOUND FIELDS_MISSING', 'APOLLO FOUND 1']);
    expect(result.receipt.attempts[0]?.reason).toContain('PHONE');
    expect(result.record?.phones).toHaveLength(1);
    const sourceOf = (field: string) => result.sources().find((source) => source.field === field)?.provider;
    expect([sourceOf('phones'), sourceOf('name'), sourceOf('id')]).toEqual([
      'APOLLO',
      'FIRMABLE',
      'FIRMABLE',
    ]);
    for (const { field, provider } of alone.sources()) expect(sourceOf(field)).toBe(provider);
    expect(result.raw()).toEqual(alone.raw());
    expect(result.receipt).toMatchObject({
      provider: 'FIRMABLE',
      charge: 'CHARGED',
      creditsCharged: 1n,
      creditsSaved: 1n,
      fromSnapshot: true,
    });
    expect(client.provider(apollo.key).creditsUsed).toBe(1);
  });

  it('stops when a record has them', async () => {
    const client = await app.open();
    const { pdl } = await client.connectRivals();
    const result = await lookUpCompany(
      app,
      client,
      { domain: flagship.domain },
      requiring('PHONE', 'LINKEDIN'),
    );
    expect(attemptsOf(result)).toEqual(['FIRMABLE FOUND 1']);
    expect(client.provider(pdl.key).requests).toBe(0);
  });

  it('costs nothing, and is entered as such, when a provider misses because of a required field', async () => {
    const client = await app.open();
    const { pdl } = await client.connectRivals();
    const by = { linkedin: partialAtFirmable.phoneOnlyAtApollo.linkedin };
    const result = await lookUpPerson(app, client, by, requiring('PHONE'));
    expect(attemptsOf(result)).toEqual([
      'FIRMABLE FOUND FIELDS_MISSING 1',
      'PEOPLE_DATA_LABS NOT_FOUND FIELDS_MISSING',
      'APOLLO FOUND 9',
    ]);
    expect(client.provider(pdl.key)).toMatchObject({ creditsUsed: 0, requests: 1 });
    expect(await attemptsEntered(app, client)).toEqual(attemptsReturned([result]));
  });

  it('returns the merged record, and the missing fields of each attempt, when no provider has them all', async () => {
    const client = await app.open();
    await client.connectRivals();
    const by = { domain: onlyPeopleDataLabs.company.domain };
    const result = await lookUpCompany(app, client, by, [
      step('FIRMABLE'),
      step('PEOPLE_DATA_LABS'),
      step('APOLLO', ['EMAIL']),
    ]);
    expect(result.outcome).toBe('FOUND');
    const wanting = await lookUpCompany(app, client, by, [
      step('PEOPLE_DATA_LABS', ['EMAIL']),
      step('APOLLO', ['EMAIL']),
    ]);
    expect(wanting).toMatchObject({ outcome: 'FOUND', problem: null });
    expect(wanting.receipt.attempts[0]?.reason).toMatch(/no EMAIL/);
  });

  it('buys a person’s missing phone from a provider that has it, and fills work and personal addresses separately', async () => {
    const client = await app.open();
    const { apollo } = await client.connectRivals();
    const { linkedin } = partialAtFirmable.phoneOnlyAtApollo;
    const result = await lookUpPerson(app, client, { linkedin }, [
      step('FIRMABLE', ['PHONE']),
      step('APOLLO'),
    ]);
    expect(attemptsOf(result)).toEqual(['FIRMABLE FOUND FIELDS_MISSING 1', 'APOLLO FOUND 9']);
    expect(result.record?.phones).toHaveLength(1);
    expect(client.provider(apollo.key).creditsUsed).toBe(9);

    const without = await lookUpPerson(
      app,
      client,
      { linkedin: partialAtFirmable.withoutWorkEmail.linkedin },
      [step('FIRMABLE', ['WORK_EMAIL']), step('PEOPLE_DATA_LABS', ['WORK_EMAIL'])],
    );
    expect(without.record?.emails?.work.map(({ value }) => value)).toEqual([
      partialAtFirmable.withoutWorkEmail.workEmail,
    ]);
    expect(without.sources()).toContainEqual({ field: 'emails.work', provider: 'PEOPLE_DATA_LABS' });
    expect(without.record?.emails?.personal).not.toEqual([]);
  });

  it('refuses before any call when no company ever has a required field', async () => {
    const client = await app.open();
    await expect(
      lookUpCompany(app, client, { domain: flagship.domain }, requiring('POSITION')),
    ).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('POSITION'),
    });
    expect(client.provider().requests).toBe(0);
  });
});

describe('identifiers', () => {
  it('skips a provider when it does not look up by the identifier', async () => {
    const client = await app.open();
    await client.connectRivals();
    const result = await lookUpCompany(app, client, { abn: '53004085616' }, [
      step('PEOPLE_DATA_LABS'),
      step('FIRMABLE'),
    ]);
    expect(attemptsOf(result)).toEqual(['PEOPLE_DATA_LABS REFUSED INVALID_IDENTIFIER', 'FIRMABLE NOT_FOUND']);
    expect(result.receipt.attempts[0]?.reason).toContain('People Data Labs cannot look up a company by ABN');
    expect(result).toMatchObject({ outcome: 'NOT_FOUND', problem: null });
  });

  it('looks up by an identifier of the earlier record when the next provider needs another one', async () => {
    const client = await app.open();
    await client.connectRivals();
    const firmable = await lookUpCompany(app, client, { domain: partialAtFirmable.company.domain }, [
      step('FIRMABLE'),
    ]);
    const abn = firmable.record?.identifiers?.abn;
    const result = await lookUpCompany(app, client, { abn }, [step('FIRMABLE', ['PHONE']), step('APOLLO')]);
    expect(attemptsOf(result)).toEqual(['FIRMABLE FOUND FIELDS_MISSING', 'APOLLO FOUND 1']);
    expect(result.record?.phones).toHaveLength(1);
  });

  it('calls only the provider of an id when looking up by id', async () => {
    const client = await app.open();
    const { pdl } = await client.connectRivals();
    const byDomain = await lookUpCompany(app, client, { domain: onlyPeopleDataLabs.company.domain }, [
      step('PEOPLE_DATA_LABS'),
    ]);
    const result = await lookUpCompany(app, client, { id: byDomain.record!.id }, all);
    expect(attemptsOf(result)).toEqual(['FIRMABLE REFUSED INVALID_IDENTIFIER', 'PEOPLE_DATA_LABS FOUND']);
    expect(result.receipt).toMatchObject({
      charge: 'ALREADY_UNLOCKED',
      fromSnapshot: true,
      creditsSaved: 1n,
    });
    const ours = await lookUpCompany(app, client, { id: flagship.id }, [
      step('PEOPLE_DATA_LABS'),
      step('APOLLO'),
    ]);
    expect(ours).toMatchObject({ outcome: 'REFUSED', problem: { code: 'INVALID_IDENTIFIER' } });
    expect(client.provider(pdl.key).requests).toBe(1);
    expect(client.provider().requests).toBe(0);
  });
});
