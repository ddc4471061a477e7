import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { dumpTables, facesOf } from '../support/dump.js';
import {
  beside,
  codesOf,
  connectionsNamed,
  create,
  gateway,
  named,
  useTwoInstances,
} from './idempotency-setup.js';
import { answered, dataOf } from './start-gateway.js';

useTwoInstances();

it('returns the stored response, from any instance, when a mutation is repeated', async () => {
  const key = randomUUID();
  const first = await gateway.post(create, { name: 'once' }, named(key));
  expect(dataOf(first, 'createConnection')).toMatchObject({ connection: { name: 'once' }, userErrors: [] });
  for (const instance of [gateway, beside, gateway]) {
    const again = await instance.post(create, { name: 'once' }, named(key));
    expect(again.body).toEqual(first.body);
    expect(again.status).toBe(first.status);
  }
  expect(await connectionsNamed('once')).toBe(1);
});

it('runs a mutation again when the header is missing or has another key', async () => {
  await gateway.post(create, { name: 'plain' });
  const again = await gateway.post(create, { name: 'plain' });
  expect(dataOf(again, 'createConnection')).toMatchObject({ userErrors: [{ code: 'NAME_TAKEN' }] });
  const other = await gateway.post(create, { name: 'plain' }, named(randomUUID()));
  expect(dataOf(other, 'createConnection')).toMatchObject({ userErrors: [{ code: 'NAME_TAKEN' }] });
});

it('returns a stored refusal when its cause is gone, too', async () => {
  const key = named(randomUUID());
  await gateway.post(create, { name: 'taken' });
  const refused = await gateway.post(create, { name: 'taken' }, key);
  const listed = await gateway.post('{ connections(first: 100) { nodes { id name } } }');
  const { nodes } = dataOf<{ nodes: { id: string; name: string }[] }>(listed, 'connections');
  const id = nodes.find(({ name }) => name === 'taken')?.id;
  const deleted = await gateway.post('mutation M($id: ID!) { deleteConnection(id: $id) { deletedId } }', {
    id,
  });
  expect(dataOf(deleted, 'deleteConnection')).toEqual({ deletedId: id });
  expect((await beside.post(create, { name: 'taken' }, key)).body).toEqual(refused.body);
  expect(await connectionsNamed('taken')).toBe(0);
});

it('runs once when 20 repeats are sent to two instances at once', async () => {
  const key = named(randomUUID());
  const make = 'mutation { createToken(input: { name: "twenty", role: VIEWER }) { secret token { id } } }';
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? gateway : beside).post(make, {}, key)),
  );
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  const { body } = await gateway.post('{ tokens(first: 100) { nodes { name } } }');
  expect(JSON.stringify(body.data).split('"twenty"')).toHaveLength(2);
});

it('returns a new secret again, and stores it encrypted, when its mutation is repeated', async () => {
  const key = `key-${randomUUID()}`;
  const make =
    'mutation { createToken(input: { name: "canary", role: VIEWER }) { secret } createAlertDestination(input: { kind: WEBHOOK, name: "canary", url: "https://hooks.example/" }) { webhookSecret } }';
  const first = await gateway.post(make, {}, named(key));
  const { secret } = dataOf<{ secret: string }>(first, 'createToken');
  const { webhookSecret } = dataOf<{ webhookSecret: string }>(first, 'createAlertDestination');
  expect((await beside.post(make, {}, named(key))).body).toEqual(first.body);

  const pasted = `fbl_${'live'.repeat(8)}`;
  await gateway.post(create, { name: 'canary', key: pasted }, named(key.toUpperCase()));
  const written = (await dumpTables(gateway.context.database)) + gateway.logged() + beside.logged();
  expect(written).toContain('idempotent_requests');
  for (const one of [secret, webhookSecret, pasted, key, gateway.token]) {
    expect(facesOf(one).filter((face) => written.includes(face))).toEqual([]);
  }
});

describe('the same request', () => {
  const spaced = create.replace('{ code }', '{  code  }');
  const query = `${create.replace('mutation M', 'mutation A')} ${create.replace('mutation M', 'mutation B')}`;
  it.each<[string, object]>([
    ['other variables', { query: create, variables: { name: 'two' } }],
    ['another document', { query: spaced, variables: { name: 'one' } }],
    ['another operation', { query, operationName: 'B', variables: { name: 'one' } }],
  ])('returns BAD_REQUEST and changes nothing when it has %s', async (_, other) => {
    const key = named(randomUUID());
    const post = async (request: object) =>
      answered(
        await fetch(`${beside.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${gateway.token}`, ...key },
          body: JSON.stringify(request),
        }),
      );
    const name = `same ${randomUUID()}`;
    const first = 'operationName' in other ? { query, operationName: 'A' } : { query: create };
    expect((await post({ ...first, variables: { name } })).body.errors).toBeUndefined();
    const refused = await post(other);
    expect({ status: refused.status, codes: codesOf(refused) }).toEqual({
      status: 400,
      codes: ['BAD_REQUEST'],
    });
    expect(refused.body.errors?.[0]?.message).toMatch(/used for another request .* new key/);
    expect(await connectionsNamed('two')).toBe(0);
  });

  it('is recognized when its variables are in another order', async () => {
    const key = named(randomUUID());
    const first = await gateway.post(create, { name: 'order', key: 'fbl_sandbox_order' }, key);
    const again = await gateway.post(create, { key: 'fbl_sandbox_order', name: 'order' }, key);
    expect(again.body).toEqual(first.body);
  });

  it('is another one when it comes from another token', async () => {
    const key = named(randomUUID());
    const query = 'mutation { revokeToken(id: "tok_x") { userErrors { code } } }';
    const first = await gateway.post(query, {}, key);
    const authorization = `Bearer ${await gateway.tokenOf('VIEWER')}`;
    const other = await gateway.post(query, {}, { ...key, authorization });
    expect(dataOf(first, 'revokeToken')).toEqual({ userErrors: [{ code: 'NOT_FOUND' }] });
    expect(dataOf(other, 'revokeToken')).toEqual({ userErrors: [{ code: 'FORBIDDEN' }] });
  });
});

describe('the header', () => {
  const touch = 'mutation { revokeToken(id: "tok_x") { userErrors { code } } }';
  it.each(['', '   ', 'x'.repeat(201), 'a\tb', 'a\u00adb'])(
    'must be 1 to 200 printable characters: %j is a BAD_REQUEST',
    async (value) => {
      const refused = await gateway.post(touch, {}, named(value));
      expect({ status: refused.status, codes: codesOf(refused) }).toEqual({
        status: 400,
        codes: ['BAD_REQUEST'],
      });
    },
  );

  it.each(['x', 'x'.repeat(200), '"5f2c"', Buffer.from('büro ✓').toString('latin1')])(
    'may be %j',
    async (value) => {
      expect((await gateway.post(touch, {}, named(value))).body.errors).toBeUndefined();
    },
  );

  it('is ignored when the operation is a query without a lookup', async () => {
    const key = named('q'.repeat(300));
    const viewer = await gateway.post('{ viewer { role } }', {}, key);
    expect(viewer.body.data).toEqual({ viewer: { role: 'ADMIN' } });
    const same = named(randomUUID());
    await gateway.post('{ viewer { role } }', {}, same);
    expect((await gateway.post(touch, {}, same)).body.errors).toBeUndefined();
  });
});

it('refuses variables and changes nothing when they are nested too deeply', async () => {
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  const refused = await answered(
    await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${gateway.token}`,
        ...named(randomUUID()),
      },
      body: `{"query":${JSON.stringify(create)},"variables":{"name":"deep","unknown":${deep}}}`,
    }),
  );
  expect({ status: refused.status, codes: codesOf(refused) }).toEqual({
    status: 400,
    codes: ['LIMIT_EXCEEDED'],
  });
  expect(await connectionsNamed('deep')).toBe(0);
});
