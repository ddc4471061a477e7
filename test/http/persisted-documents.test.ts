import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken } from '../../src/tokens/create-token.js';
import { createWorkspace } from '../support/workspace.js';
import { createFakeEnrichment } from '../support/fake-enrichment.js';
import { answered, startGateway, type TestGateway } from './start-gateway.js';

const enrichment = createFakeEnrichment();
let fast: TestGateway;
let plain: TestGateway;
let beside: TestGateway;
let off: TestGateway;
beforeAll(async () => {
  [fast, plain, off] = await Promise.all([
    startGateway({ parts: enrichment }),
    startGateway({ parts: enrichment, fastPath: false }),
    startGateway({ env: { PERSISTED_DOCUMENTS: 'off' } }),
  ]);
  beside = await fast.startBeside(enrichment);
});
afterAll(async () => {
  await beside.close();
  await Promise.all([fast.close(), plain.close(), off.close()]);
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hashed = (sha256Hash: unknown, version: unknown = 1) => ({
  extensions: { persistedQuery: { version, sha256Hash } },
});
const send = async (to: TestGateway, params: object, headers: Record<string, string> = {}) => {
  const { status, body } = await answered(
    await fetch(`${to.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${to.token}`, ...headers },
      body: JSON.stringify(params),
    }),
  );
  const [error] = body.errors ?? [];
  return { status, data: body.data, code: error?.extensions.code, message: error?.message };
};
const get = async (to: TestGateway, params: Record<string, string>) => {
  const { status, body } = await answered(
    await fetch(`${to.url}/graphql?${new URLSearchParams(params)}`, {
      headers: { authorization: `Bearer ${to.token}` },
    }),
  );
  return { status, data: body.data, code: body.errors?.[0]?.extensions.code };
};

const notFound = { status: 200, code: 'PERSISTED_QUERY_NOT_FOUND', message: 'PersistedQueryNotFound' };
const notSupported = {
  status: 200,
  code: 'PERSISTED_QUERY_NOT_SUPPORTED',
  message: 'PersistedQueryNotSupported',
};
const role = { status: 200, data: { viewer: { role: 'ADMIN' } } };
/** A document that no other test sends. */
const viewer = (name: string) => `query ${name} { viewer { role } }`;

describe('an automatic persisted query', () => {
  it('runs by its hash when it was registered with it', async () => {
    for (const to of [fast, plain]) {
      const query = viewer('Registered');
      expect(await send(to, hashed(sha256(query)))).toMatchObject(notFound);
      expect(await send(to, { query, ...hashed(sha256(query)) })).toMatchObject(role);
      expect(await send(to, { query, ...hashed(sha256(query)) })).toMatchObject(role);
      expect(await send(to, hashed(sha256(query)))).toMatchObject(role);
      expect(await send(to, { ...hashed(sha256(query)), query: null, variables: null })).toMatchObject(role);
      expect(await send(to, { ...hashed(sha256(query)), operationName: 'Other' })).toMatchObject({
        code: 'BAD_REQUEST',
      });
      expect(await get(to, { extensions: JSON.stringify(hashed(sha256(query)).extensions) })).toMatchObject(
        role,
      );
    }
  });

  it('is not found with the status of a wrong document', async () => {
    const accept = 'application/graphql-response+json';
    for (const to of [fast, plain])
      expect(await send(to, hashed('a'.repeat(64)), { accept })).toMatchObject({ ...notFound, status: 400 });
  });

  it('has to be registered again in another instance and in another workspace', async () => {
    const query = viewer('Elsewhere');
    await send(fast, { query, ...hashed(sha256(query)) });
    expect(await send(beside, hashed(sha256(query)))).toMatchObject(notFound);
    const other = await createWorkspace(fast.context.database, 'other');
    const { secret } = await createToken(fast.context, other.as.ADMIN, { name: 'other', role: 'ADMIN' });
    const authorization = `Bearer ${secret}`;
    expect(await send(fast, hashed(sha256(query)), { authorization })).toMatchObject(notFound);
    expect(await send(fast, { query, ...hashed(sha256(query)) }, { authorization })).toMatchObject(role);
    expect(await send(fast, hashed(sha256(query)), { authorization })).toMatchObject(role);
  });

  it('is refused when the hash is of another document, and changes nothing', async () => {
    const [query, other] = [
      viewer('Good'),
      'mutation Other { revokeToken(id: "x") { userErrors { code } } }',
    ];
    for (const to of [fast, plain]) {
      await send(to, { query, ...hashed(sha256(query)) });
      expect(await send(to, { query: other, ...hashed(sha256(query)) })).toMatchObject({
        status: 400,
        code: 'BAD_REQUEST',
        message: expect.stringContaining('SHA-256'),
      });
      expect(await send(to, { query, ...hashed(sha256(query).toUpperCase()) })).toMatchObject({
        status: 400,
      });
      expect(await send(to, hashed(sha256(query)))).toMatchObject(role);
      expect(await send(to, hashed(sha256(other)))).toMatchObject(notFound);
    }
  });

  it.each<[string, object]>([
    ['names a property of every object', hashed('__proto__')],
    ['names a method', hashed('constructor')],
    ['is huge', hashed('a'.repeat(900_000))],
    ['has line breaks', hashed(`${'a'.repeat(64)}\r\nx-injected: 1`)],
    ['has the hash of nothing', hashed(sha256(''))],
  ])('is not found when its hash %s', async (_, params) => {
    for (const to of [fast, plain]) expect(await send(to, params)).toMatchObject(notFound);
  });

  it.each<[string, object]>([
    ['no hash', hashed(undefined)],
    ['an empty hash', hashed('')],
    ['a hash that is no text', hashed({ toString: 'a' })],
    ['another version', hashed('a'.repeat(64), 2)],
    ['an extension that is a list', { extensions: { persistedQuery: [] } }],
    ['an extension that is null', { extensions: { persistedQuery: null } }],
  ])('is answered as not supported when it has %s, so that clients send the document', async (_, params) => {
    for (const to of [fast, plain]) {
      expect(await send(to, params)).toMatchObject(notSupported);
      expect(await send(to, { ...params, query: viewer('Plain') })).toMatchObject(role);
    }
  });

  it('spends and changes nothing by GET', async () => {
    const lookUp = '{ company(by: { domain: "get.example" }) { problem { code } } }';
    const change = 'mutation { revokeToken(id: "x") { userErrors { code } } }';
    for (const to of [fast, plain]) {
      for (const query of [lookUp, change]) await send(to, { query, ...hashed(sha256(query)) });
      const before = enrichment.lookups.length;
      const byHash = (query: string) =>
        get(to, { extensions: JSON.stringify(hashed(sha256(query)).extensions) });
      expect(await byHash(lookUp)).toMatchObject({
        data: { company: { problem: { code: 'SPENDING_REQUIRES_POST' } } },
      });
      expect(await byHash(change)).toMatchObject({ status: 405, code: 'BAD_REQUEST' });
      expect(enrichment.lookups.slice(before).every(({ request }) => !request.maySpend)).toBe(true);
      const both = { query: change, extensions: JSON.stringify(hashed(sha256(change)).extensions) };
      expect(await get(to, both)).toMatchObject({ status: 405 });
    }
  });

  it('returns the stored response when it repeats the document under an Idempotency-Key', async () => {
    const query = 'query Once { company(by: { domain: "once.example" }) { outcome } }';
    const headers = { 'idempotency-key': 'by-hash' };
    await send(fast, { query, ...hashed(sha256(query)) }, headers);
    const before = enrichment.lookups.length;
    expect(await send(fast, hashed(sha256(query)), headers)).toMatchObject({
      status: 200,
      data: { company: {} },
    });
    expect(enrichment.lookups.length).toBe(before);
  });

  it('needs a token, and is limited as other documents are', async () => {
    const deep = `{ ${'viewer { '.repeat(30)}role${' }'.repeat(30)} }`;
    for (const to of [fast, plain]) {
      expect(await send(to, hashed('a'.repeat(64)), { authorization: '' })).toMatchObject({ status: 401 });
      const long = `{ viewer { role } } #${'x'.repeat(250_000)}`;
      for (const query of [deep, long]) await send(to, { query, ...hashed(sha256(query)) });
      expect(await send(to, hashed(sha256(deep)))).not.toMatchObject({
        status: 200,
        data: expect.anything(),
      });
      expect(await send(to, hashed(sha256(long)))).toMatchObject(notFound);
    }
  });
});

describe('a document by its id', () => {
  it.each<[string, object]>([
    ['documentId', { documentId: 'sha256:a' }],
    ['Relay’s doc_id', { doc_id: 'a', variables: {} }],
    ['id', { id: 'a' }],
  ])('is answered as not supported when no file lists documents: %s', async (_, params) => {
    for (const to of [fast, plain, off]) expect(await send(to, params)).toMatchObject(notSupported);
  });

  it('runs a registered document by its documentId', async () => {
    const query = viewer('ById');
    for (const to of [fast, plain]) {
      await send(to, { query, ...hashed(sha256(query)) });
      expect(await send(to, { documentId: `sha256:${sha256(query)}` })).toMatchObject(role);
      expect(await get(to, { documentId: `sha256:${sha256(query)}` })).toMatchObject(role);
      expect(await send(to, { query, documentId: 'a' })).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    }
  });
});

it('answers every hash as not supported, and runs documents, when PERSISTED_DOCUMENTS is off', async () => {
  const query = viewer('Off');
  expect(await send(off, hashed(sha256(query)))).toMatchObject(notSupported);
  expect(await send(off, { query, ...hashed(sha256(query)) })).toMatchObject(role);
  expect(await send(off, hashed(sha256(query)))).toMatchObject(notSupported);
});
