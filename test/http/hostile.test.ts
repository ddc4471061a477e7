import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestCodes } from '../../src/errors.js';
import { createFakeEnrichment } from '../support/fake-enrichment.js';
import { answered, type Answered, startGateway, type TestGateway } from './start-gateway.js';

const enrichment = createFakeEnrichment();
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({
    parts: {
      ...enrichment,
      lookUpPerson: () => {
        throw new Error('select * from tokens where hash = $1 fbl_secretsecret');
      },
    },
  });
});
afterAll(() => gateway.close());

const send = async (
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Answered> =>
  answered(
    await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${gateway.token}`, ...headers },
      body,
    }),
  );

describe('returns BAD_REQUEST with a message, and no internal error, when the request is', () => {
  it.each<[string, string | Uint8Array<ArrayBuffer>]>([
    ['nothing', ''],
    ['broken JSON', '{"query": '],
    ['null', 'null'],
    ['a number', '7'],
    ['a string', '"{ viewer { role } }"'],
    ['an array (batching is off)', '[{"query":"{ viewer { role } }"}]'],
    ['an empty array', '[]'],
    ['no query', '{}'],
    ['a query that is null', '{"query":null}'],
    ['a query that is a number', '{"query":7}'],
    ['a query that is an object', '{"query":{"a":1}}'],
    ['an empty query', '{"query":""}'],
    ['a comment only', '{"query":"# nothing"}'],
    ['a syntax error', '{"query":"{ viewer { role "}'],
    ['an unknown field', '{"query":"{ viewer { unknown } }"}'],
    ['an unknown operation', '{"query":"query A { viewer { role } }","operationName":"B"}'],
    [
      'several operations without a name',
      '{"query":"query A { viewer { role } } query B { viewer { role } }"}',
    ],
    ['variables that are a string', '{"query":"{ viewer { role } }","variables":"x"}'],
    ['variables that are a list', '{"query":"{ viewer { role } }","variables":[]}'],
    [
      'a variable of another type',
      '{"query":"query A($id: ID!) { connection(id: $id) { id } }","variables":{"id":{}}}',
    ],
    ['a missing variable', '{"query":"query A($id: ID!) { connection(id: $id) { id } }"}'],
    ['two identifiers', '{"query":"{ company(by: { id: \\"f1\\", domain: \\"a.example\\" }) { outcome } }"}'],
    ['no identifier', '{"query":"{ company(by: {}) { outcome } }"}'],
    [
      'an unknown country',
      '{"query":"{ company(by: { id: \\"f1\\" }, options: { country: XX }) { outcome } }"}',
    ],
    [
      'a bad duration',
      '{"query":"{ company(by: { id: \\"f1\\" }, options: { maxAge: \\"soon\\" }) { outcome } }"}',
    ],
    [
      'a negative maxCredits',
      '{"query":"{ company(by: { id: \\"f1\\" }, options: { maxCredits: -1 }) { outcome } }"}',
    ],
    ['first: 0', '{"query":"{ entries(first: 0) { totalCount } }"}'],
    ['first: 101', '{"query":"{ connections(first: 101) { totalCount } }"}'],
    ['a foreign cursor', '{"query":"{ entries(after: \\"bogus\\") { totalCount } }"}'],
    [
      'a period that ends before it begins',
      '{"query":"{ usage(from: \\"2026-02-01\\", to: \\"2026-01-01\\") { totals { lookups } } }"}',
    ],
    [
      'an unknown time zone',
      '{"query":"{ usage(from: \\"2026-01-01\\", to: \\"2026-02-01\\", timeZone: \\"Mars/Olympus\\") { totals { lookups } } }"}',
    ],
    ['a subscription', '{"query":"subscription { viewer { role } }"}'],
    [
      '__proto__ as a variable',
      '{"query":"query A($__proto__: ID!) { connection(id: $__proto__) { id } }","variables":{"__proto__":7}}',
    ],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0xff, 0xfe, 0x00, 0x7d])],
  ])('%s', async (_, body) => {
    const { status, body: answer } = await send(body);
    expect(status).toBeLessThan(500);
    expect(answer.errors?.length).toBeGreaterThan(0);
    for (const error of answer.errors ?? []) {
      expect(error.extensions.code).toBe('BAD_REQUEST');
      expect(error.message).not.toBe('');
      expect(requestCodes).toContain(error.extensions.code);
    }
    expect(enrichment.lookups).toEqual([]);
  });
});

it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
  'refuses a form that a foreign page can send when its type is %s',
  async (contentType) => {
    const { status, body } = await send('query={viewer{role}}', { 'content-type': contentType });
    expect(status).toBe(415);
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
  },
);

it.each(['', 'application/xml', 'image/png'])(
  'returns 415 with the supported type when the content type is "%s"',
  async (type) => {
    const { status, body } = await send('<query/>', { 'content-type': type });
    expect(status).toBe(415);
    expect(body.errors?.[0]).toMatchObject({
      message: expect.stringContaining('application/json'),
      extensions: { code: 'BAD_REQUEST' },
    });
  },
);

it('keeps a text unchanged when it has unusual Unicode characters', async () => {
  const name = '名前 🏢 \u202e\u0000 "quoted" \ud83d';
  const { body } = await gateway.post('query Q($id: ID!) { connection(id: $id) { id } }', { id: name });
  expect(body).toMatchObject({ data: { connection: null } });
});

describe('an unexpected error', () => {
  it('is INTERNAL with an id that is logged, without details, when a resolver throws it', async () => {
    const secret = 'jane@private.example';
    const { status, body } = await gateway.post(
      'query Q($email: String!) { person(by: { workEmail: $email }) { outcome } }',
      { email: secret },
    );
    const [error] = body.errors ?? [];
    expect(status).toBe(200);
    expect(body.data).toBeNull();
    expect(error?.extensions.code).toBe('INTERNAL');
    const id = error?.extensions.errorId ?? 'none';
    expect(error?.message).toContain(id);
    expect(gateway.logged()).toContain(id);
    expect(JSON.stringify(body)).not.toMatch(/select|tokens|fbl_/);
    expect(gateway.logged()).not.toContain(secret);
  });
});

it('logs no token when requests fail', () => {
  expect(gateway.logged()).not.toContain(gateway.token);
});
