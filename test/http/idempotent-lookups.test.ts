import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { flagship } from '../../src/sandbox/samples.js';
import { dumpTables } from '../support/dump.js';
import {
  age,
  beside,
  codesOf,
  entryCount,
  fresh,
  gateway,
  named,
  useTwoInstances,
} from './idempotency-setup.js';
import { answered, dataOf } from './start-gateway.js';

useTwoInstances();

const lookUp = `query LookUp($by: CompanyKey!, $options: LookupOptions) {
  company(by: $by, options: $options) {
    outcome problem { code } company { name raw }
    receipt { id charge creditsCharged creditsSaved fromSnapshot fetchedAt attempts { entryId latencyMs } }
  }
}`;
/** How often the tables have the name of the record in plain text. */
const namesStored = async () => (await dumpTables(gateway.context.database)).split(flagship.name).length;
describe('a lookup that is repeated under its key', () => {
  it('returns the first response, its receipt and credits, from any instance, and adds no entry', async () => {
    const key = named(randomUUID());
    const variables = { by: { domain: flagship.domain }, options: { connection: await fresh() } };
    const first = await gateway.post(lookUp, variables, key);
    expect(dataOf(first, 'company')).toMatchObject({ receipt: { charge: 'CHARGED', creditsCharged: 1 } });
    expect(first.body.extensions?.credits).toEqual({ charged: 1, saved: 0, reserved: 0 });
    const entries = await entryCount();
    for (const instance of [gateway, beside, gateway]) {
      const again = await instance.post(lookUp, variables, key);
      expect({ ...again, headers: null }).toEqual({ ...first, headers: null });
    }
    expect(await entryCount()).toBe(entries);
    const other = await gateway.post(lookUp, variables, named(randomUUID()));
    expect(dataOf(other, 'company')).toMatchObject({ receipt: { charge: 'ALREADY_UNLOCKED' } });
  });

  it('is one lookup when 20 repeats are sent to two instances at once', async () => {
    const key = named(randomUUID());
    const variables = { by: { domain: flagship.domain }, options: { connection: await fresh() } };
    const entries = await entryCount();
    const responses = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? gateway : beside).post(lookUp, variables, key)),
    );
    expect(new Set(responses.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await entryCount()).toBe(entries + 1);
  });

  it('returns the outcome of every item again when it is a list that partly failed', async () => {
    const key = named(randomUUID());
    const list = `query L($by: [CompanyKey!]!, $options: LookupOptions) { companies(by: $by, options: $options) {
      outcome problem { code message } receipt { id creditsCharged } } }`;
    const by = [{ domain: flagship.domain }, { abn: '12 345' }, { linkedin: 'nobody-at-all' }];
    const variables = { by, options: { connection: await fresh() } };
    const first = await gateway.post(list, variables, key);
    expect(dataOf(first, 'companies')).toMatchObject([
      { outcome: 'FOUND', receipt: { creditsCharged: 1 } },
      { outcome: 'REFUSED' },
      { outcome: 'NOT_FOUND' },
    ]);
    expect((await beside.post(list, variables, key)).body).toEqual(first.body);
  });

  it('stays refused when the refusal has passed, and runs under a new key', async () => {
    const key = named(randomUUID());
    const connection = await fresh();
    const variables = { by: { domain: flagship.domain }, options: { connection, maxCredits: 0 } };
    const refused = await gateway.post(lookUp, variables, key);
    expect(dataOf(refused, 'company')).toMatchObject({ problem: { code: 'MAX_CREDITS_EXCEEDED' } });
    await gateway.post(lookUp, { ...variables, options: { connection } });
    expect((await gateway.post(lookUp, variables, key)).body).toEqual(refused.body);
    const other = await gateway.post(lookUp, variables, named(randomUUID()));
    expect(dataOf(other, 'company')).toMatchObject({ outcome: 'FOUND' });
  });

  it('runs again when a gateway died in the middle and its lease is over', async () => {
    const { caller, key, text } = {
      caller: await gateway.context.findCaller(gateway.token),
      key: randomUUID(),
      text: JSON.stringify([lookUp, null, { by: { domain: flagship.domain } }]),
    };
    const { vault, database } = gateway.context;
    await database.sql`
      insert into idempotent_requests
        (workspace_id, token_id, key_fingerprint, request_fingerprint, id, lease_ends_at, expires_at)
      values (${caller.workspaceId}, ${caller.tokenId}, ${await vault.fingerprint('idempotency key', key)},
        ${await vault.fingerprint('idempotent request', text)}, gen_random_uuid(), now() + interval '1 hour',
        now() + interval '1 hour')`;
    const waiting = beside.post(lookUp, { by: { domain: flagship.domain } }, named(key));
    await age('lease_ends_at');
    expect(dataOf(await waiting, 'company')).toMatchObject({ outcome: 'FOUND' });
  });
});

describe('the key of a lookup', () => {
  it.each<[string, object]>([
    ['another identifier', { by: { domain: 'other.example' } }],
    ['other options', { by: { domain: flagship.domain }, options: { maxAge: '0s' } }],
  ])('is refused with BAD_REQUEST when it is used with %s', async (_, other) => {
    const key = named(randomUUID());
    await gateway.post(lookUp, { by: { domain: flagship.domain } }, key);
    const entries = await entryCount();
    const refused = await beside.post(lookUp, other, key);
    expect({ status: refused.status, codes: codesOf(refused) }).toEqual({
      status: 400,
      codes: ['BAD_REQUEST'],
    });
    expect(await entryCount()).toBe(entries);
  });

  it('is found when the lookup is inside fragments', async () => {
    const key = named(randomUUID());
    const query = `query Q { ...Outer } fragment Outer on Query { ... on Query { ...Inner } }
      fragment Inner on Query { searchPeople(companyId: "${flagship.id}", first: 1) { nodes { id } } }`;
    await gateway.post(query, {}, key);
    expect(codesOf(await gateway.post(`${query} `, {}, key))).toEqual(['BAD_REQUEST']);
  });

  it.each([
    ['a quote', `{ quote(companies: [{ domain: "${flagship.domain}" }]) { maxCredits } }`],
    ['a list', '{ connections { nodes { id } } }'],
    [
      'a lookup that is skipped',
      '{ company(by: { domain: "a.example" }) @skip(if: true) { outcome } viewer { role } }',
    ],
  ])('is ignored when the query has only %s', async (_, query) => {
    const key = named(randomUUID());
    expect((await gateway.post(query, {}, key)).body.errors).toBeUndefined();
    expect(codesOf(await gateway.post(lookUp, { by: { domain: flagship.domain } }, key))).toBeUndefined();
  });

  it('is ignored over GET, so that a refusal there does not answer a later POST', async () => {
    const key = named(randomUUID());
    const options = { connection: await fresh() };
    const query = `{ company(by: { domain: "${flagship.domain}" }, options: { connection: "${options.connection}" }) { outcome } }`;
    const get = await answered(
      await fetch(`${gateway.url}/graphql?query=${encodeURIComponent(query)}`, {
        headers: { authorization: `Bearer ${gateway.token}`, 'x-graphql-yoga-csrf': '1', ...key },
      }),
    );
    expect(dataOf(get, 'company')).toEqual({ outcome: 'REFUSED' });
    expect(dataOf(await gateway.post(query, {}, key), 'company')).toEqual({ outcome: 'FOUND' });
  });

  it('stays unused when the request fails as a whole before it spends', async () => {
    const key = named(randomUUID());
    const query = `query Q($max: Int) { company(by: { domain: "${flagship.domain}" }, options: { maxCredits: $max }) { outcome } }`;
    expect(codesOf(await gateway.post(query, { max: -1 }, key))).toEqual(['BAD_REQUEST']);
    expect(dataOf(await gateway.post(query, {}, key), 'company')).toEqual({ outcome: 'FOUND' });
  });
});

describe('the stored response of a lookup', () => {
  it('is encrypted', async () => {
    const variables = { by: { domain: flagship.domain } };
    await gateway.post(lookUp, variables);
    const before = await namesStored();
    await gateway.post(lookUp, variables, named(randomUUID()));
    expect(await namesStored()).toBe(before);
  });

  it('is erased when a record is forgotten, and those of mutations are kept', async () => {
    const [key, ofMutation] = [named(randomUUID()), named(randomUUID())];
    const variables = { by: { domain: flagship.domain } };
    const first = await gateway.post(lookUp, variables, key);
    const make = 'mutation { createToken(input: { name: "kept", role: VIEWER }) { secret } }';
    const made = await gateway.post(make, {}, ofMutation);
    const forget = `mutation { forgetRecord(input: { id: "${flagship.id}" }) { userErrors { code } } }`;
    expect(dataOf(await gateway.post(forget), 'forgetRecord')).toEqual({ userErrors: [] });
    const again = await beside.post(lookUp, variables, key);
    expect(dataOf(again, 'company')).toMatchObject({ outcome: 'FOUND' });
    expect(again.body).not.toEqual(first.body);
    expect((await gateway.post(make, {}, ofMutation)).body).toEqual(made.body);
  });

  it.each([
    { to: 'other operations', narrower: async () => ({ operations: ['PERSON'] }) },
    { to: 'other workflows', narrower: async () => ({ workflows: ['other'] }) },
    { to: 'other connections', narrower: async () => ({ connections: [await fresh()] }) },
  ])('is refused when the scopes of the token were narrowed to $to', async ({ narrower }) => {
    const connection = await fresh();
    const made = await gateway.post(
      `mutation { createToken(input: { name: "narrow", role: MEMBER,
        scopes: { operations: [COMPANY, PERSON], workflows: ["mine", "other"] } }) { secret token { id } } }`,
    );
    const { secret, token } = dataOf<{ secret: string; token: { id: string } }>(made, 'createToken');
    const headers = { authorization: `Bearer ${secret}`, 'x-workflow': 'mine', ...named(randomUUID()) };
    const repeat = () =>
      beside.post(lookUp, { by: { domain: flagship.domain }, options: { connection } }, headers);
    const first = await repeat();
    expect(dataOf(first, 'company')).toMatchObject({ outcome: 'FOUND' });
    const narrow = async (scopes: object) => {
      const changed = await gateway.post(
        `mutation M($input: UpdateTokenInput!) { updateToken(input: $input) { userErrors { code } } }`,
        { input: { id: token.id, scopes } },
      );
      expect(dataOf(changed, 'updateToken')).toEqual({ userErrors: [] });
    };
    await narrow({ operations: null, workflows: null });
    expect((await repeat()).body).toEqual(first.body);
    await narrow(await narrower());
    const entries = await entryCount();
    await expect.poll(async () => codesOf(await repeat()), { timeout: 10_000 }).toEqual(['FORBIDDEN']);
    expect(await entryCount()).toBe(entries);
    await narrow({ operations: null, workflows: null, connections: null });
    await expect.poll(async () => (await repeat()).body, { timeout: 10_000 }).toEqual(first.body);
  });
});
