import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from './start-gateway.js';

let fast: TestGateway;
let plain: TestGateway;
beforeAll(async () => {
  const env = { PERSISTED_DOCUMENTS: 'off' };
  [fast, plain] = await Promise.all([startGateway({ env }), startGateway({ env, fastPath: false })]);
});
afterAll(() => Promise.all([fast.close(), plain.close()]));

const viewer = { query: '{ viewer { role } }' };
const text = JSON.stringify(viewer);
const role = { viewer: { role: 'ADMIN' } };

/** The status, data and first error of a body that is sent to both gateways. */
const send = async (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => {
  const answers = [fast, plain].map(async ({ url, token }) => {
    const all = { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers };
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers: all, body });
    const { data, errors } = await response.json();
    return {
      status: response.status,
      data,
      message: errors?.[0]?.message,
      code: errors?.[0]?.extensions.code,
    };
  });
  const [first, second] = await Promise.all(answers);
  expect(first).toEqual(second);
  return first;
};
const bytes = (buffer: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(buffer);

describe('takes a parameter as absent when it is empty, as n8n sends it:', () => {
  it.each<object>([
    { operationName: '' },
    { operationName: ' ' },
    { operationName: null },
    { variables: null },
    { variables: '' },
    { extensions: null },
    { extensions: '' },
    { operationName: '', variables: null, extensions: null },
    { operationName: '', variables: {}, extensions: {} },
  ])('%j', async (params) => {
    expect(await send(JSON.stringify({ ...viewer, ...params }))).toMatchObject({ status: 200, data: role });
  });

  it('in a URL', async () => {
    const query = new URLSearchParams({ ...viewer, operationName: '', variables: '', extensions: '' });
    const headers = { authorization: `Bearer ${fast.token}` };
    const response = await fetch(`${fast.url}/graphql?${query}`, { headers });
    expect(await response.json()).toMatchObject({ data: role });
  });
});

describe('reads a body when it has', () => {
  it.each<[string, Buffer, Record<string, string>]>([
    ['a byte order mark', Buffer.from(`\uFEFF${text}`), {}],
    ['UTF-16 with a mark', Buffer.from(`\uFEFF${text}`, 'utf16le'), {}],
    ['big-endian UTF-16 with a mark', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(), {}],
    [
      'UTF-16 by its charset',
      Buffer.from(text, 'utf16le'),
      { 'content-type': 'application/json; charset=utf-16le' },
    ],
    ['Latin-1', Buffer.from(text, 'latin1'), { 'content-type': 'application/json; charset=ISO-8859-1' }],
    ['gzip', gzipSync(text), { 'content-encoding': 'gzip' }],
    ['gzip, and a mark inside', gzipSync(`\uFEFF${text}`), { 'content-encoding': 'GZIP' }],
    ['x-gzip', gzipSync(text), { 'content-encoding': 'x-gzip' }],
    ['gzip and identity', gzipSync(text), { 'content-encoding': 'gzip, identity' }],
    ['identity twice', Buffer.from(text), { 'content-encoding': 'Identity,identity' }],
    ['deflate', deflateSync(text), { 'content-encoding': 'deflate' }],
    ['deflate without its header', deflateRawSync(text), { 'content-encoding': 'deflate' }],
    ['Brotli', brotliCompressSync(text), { 'content-encoding': 'br' }],
    ['identity', Buffer.from(text), { 'content-encoding': 'identity' }],
  ])('%s', async (_, body, headers) => {
    expect(await send(bytes(body), headers)).toMatchObject({ status: 200, data: role });
  });

  it('letters of a charset', async () => {
    const body = {
      query: 'query Q($id: ID!) { viewer { role } node(id: $id) { id } }',
      variables: { id: 'größer' },
    };
    const latin1 = bytes(Buffer.from(JSON.stringify(body), 'latin1'));
    const type = { 'content-type': 'application/json; charset=iso-8859-1' };
    expect(await send(latin1, type)).toMatchObject({ data: { ...role, node: null } });
  });
});

describe('refuses a body when it', () => {
  const half = bytes(gzipSync(text).subarray(0, 30));
  it.each<[string, string | Uint8Array<ArrayBuffer>, Record<string, string>, number, string]>([
    [
      'is encoded twice',
      bytes(gzipSync(gzipSync(text))),
      { 'content-encoding': 'gzip, gzip' },
      415,
      'Content-Encoding',
    ],
    ['has an unknown encoding', text, { 'content-encoding': 'zstd' }, 415, 'Content-Encoding'],
    [
      'has an unknown charset',
      text,
      { 'content-type': 'application/json; charset=klingon' },
      415,
      'Content-Type',
    ],
    ['is not compressed', text, { 'content-encoding': 'gzip' }, 400, 'Content-Encoding'],
    ['is cut', half, { 'content-encoding': 'gzip' }, 400, 'Content-Encoding'],
  ])('%s', async (_, body, headers, status, named) => {
    const answer = await send(body, headers);
    expect(answer).toMatchObject({ status, code: 'BAD_REQUEST', message: expect.stringContaining(named) });
  });

  it.each<[string, Buffer]>([
    ['gzip', gzipSync(Buffer.alloc(300_000_000, ' '))],
    ['br', brotliCompressSync(Buffer.alloc(50_000_000, ' '))],
    ['deflate', deflateSync(Buffer.alloc(50_000_000, ' '))],
  ])('is larger than the limit after decompression by %s', async (encoding, body) => {
    const answer = await send(bytes(body), { 'content-encoding': encoding });
    expect(answer).toMatchObject({ status: 413, code: 'LIMIT_EXCEEDED' });
  });
});

describe('refuses a hash with the code that clients know, when no documents are stored and it is sent', () => {
  const persistedQuery = { version: 1, sha256Hash: 'a'.repeat(64) };
  const code = 'PERSISTED_QUERY_NOT_SUPPORTED';
  const message = 'PersistedQueryNotSupported';

  it.each<[string, object]>([
    ['by Apollo Client', { operationName: 'A', variables: {}, extensions: { persistedQuery } }],
    ['with a null query', { query: null, extensions: { persistedQuery } }],
    ['with an empty query', { query: '', extensions: { persistedQuery } }],
    ['as a document id', { documentId: 'sha256:a' }],
    ['by Relay', { doc_id: 'a', variables: {} }],
  ])('%s', async (_, body) => {
    expect(await send(JSON.stringify(body))).toMatchObject({ status: 200, code, message });
  });

  it('by GET', async () => {
    const query = new URLSearchParams({ extensions: JSON.stringify({ persistedQuery }) });
    const headers = { authorization: `Bearer ${fast.token}` };
    const response = await fetch(`${fast.url}/graphql?${query}`, { headers });
    expect(await response.json()).toMatchObject({ errors: [{ message, extensions: { code } }] });
  });

  it('runs the document when the hash comes with it', async () => {
    const body = { ...viewer, extensions: { persistedQuery } };
    expect(await send(JSON.stringify(body))).toMatchObject({ status: 200, data: role });
  });
});
