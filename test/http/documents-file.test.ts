import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Config } from '../../src/config/config.js';
import { GatewayError } from '../../src/errors.js';
import { startServer } from '../../src/http/start-server.js';
import { createTestApp, type TestApp } from '../support/create-test-app.js';

const folder = mkdtempSync(path.join(tmpdir(), 'documents-'));
let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await app.close();
});

const role = 'query Role { viewer { role } }';
const hash = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest('hex');
const manifest = (...operations: object[]) => ({
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations,
});

/** Starts a server with this file, and closes it. Rejects if it does not start. */
const startWith = async (file: string, config: Partial<Config> = {}): Promise<void> => {
  const documents = { persistedDocuments: 'allowlist', persistedDocumentsFile: file } as const;
  const { gateway } = app;
  const server = await startServer({ ...gateway, config: { ...gateway.config, ...documents, ...config } });
  await server.close(100);
};

/** The lines that a start with this content of the file ends with; none if it starts. */
const faultsOf = async (content: unknown, config: Partial<Config> = {}): Promise<string[]> => {
  const file = path.join(folder, 'documents.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  try {
    await startWith(file, config);
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'INVALID_INPUT') return error.message.split('\n');
    throw error;
  }
  return [];
};

it('starts when the file is one that a client’s tool writes', async () => {
  const of = (algorithm: string, text = role) => ({ [hash(algorithm, text)]: text });
  // graphql-codegen writes the scheme of a SHA-256, relay-compiler MD5.
  const codegen = { [`sha256:${hash('sha256', role)}`]: role, ...of('sha1') };
  expect(await faultsOf(codegen)).toEqual([]);
  expect(await faultsOf(`\uFEFF${JSON.stringify(of('md5'))}`)).toEqual([]);
  expect(
    await faultsOf(manifest({ id: hash('sha256', role), name: 'Role', type: 'query', body: role })),
  ).toEqual([]);
  // Ids of one's own, twice with the same text.
  expect(await faultsOf(manifest({ id: 'role@1', body: role }, { id: 'role@1', body: role }))).toEqual([]);
});

it.each<[string, unknown, string]>([
  ['is no JSON', '{', 'is not JSON'],
  ['is empty', '', 'is not JSON'],
  ['is a list', [role], 'none of the formats'],
  ['is null', null, 'none of the formats'],
  ['lists nothing', {}, 'lists no documents'],
  ['is a manifest that lists nothing', manifest(), 'lists no documents'],
  ['has another version', { ...manifest({ id: 'a', body: role }), version: 2 }, 'none of the formats'],
  ['has another format', { ...manifest({ id: 'a', body: role }), format: 'other' }, 'none of the formats'],
  ['has no operations', { format: 'apollo-persisted-query-manifest', version: 1 }, 'none of the formats'],
  ['has an operation without a body', manifest({ id: 'a' }), 'none of the formats'],
  ['has an empty id', manifest({ id: '', body: role }), 'none of the formats'],
  ['has documents that are no texts', { a: { query: role } }, 'none of the formats'],
  ['has an id of another text', { [hash('sha256', 'x')]: role }, 'not the SHA256 of its text'],
  ['has a prefixed id of another text', { [`sha256:${hash('sha256', 'x')}`]: role }, 'not the SHA256'],
  ['has the MD5 of another text', { [hash('md5', 'x')]: role }, 'not the MD5 of its text'],
  [
    'has one id twice',
    manifest({ id: 'a', body: role }, { id: 'a', body: '{ __typename }' }),
    'listed twice',
  ],
  ['has a syntax error', { a: 'query Role { viewer { role }' }, 'document a (Role) does not fit the API'],
  ['has an unknown field', { a: '{ viewer { shoe } }' }, 'Cannot query field "shoe"'],
  ['has a field that takes other arguments', { a: '{ company { outcome } }' }, 'argument "by"'],
  ['has no operation', { a: 'fragment F on Viewer { role }' }, 'is never used'],
  ['has an empty document', { a: '' }, 'Unexpected <EOF>'],
  [
    'has a document that is too long',
    { a: `{ viewer { role } } #${'x'.repeat(200_000)}` },
    '200000 characters',
  ],
  ['has a document that is too deep', { a: `{ ${'a { '.repeat(99)}b${' }'.repeat(99)} }` }, 'nested deeper'],
])('ends the start with the fault and what to do when the file %s', async (_, content, fault) => {
  const faults = await faultsOf(content);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(/^PERSISTED_DOCUMENTS_FILE/);
  expect(faults[0]).toContain(fault);
  expect(faults[0]).toMatch(/: write it anew with the tool of your client, and restart the gateway\.$/);
});

it('reports the first ten faults, each in one line, when there are many', async () => {
  const ids = Array.from({ length: 25 }, (_, at) => `id\n${at}`);
  const faults = await faultsOf(Object.fromEntries(ids.map((id) => [id, '{\n  shoe\n}'])));
  expect(faults).toHaveLength(11);
  expect(faults[0]).toMatch(/^PERSISTED_DOCUMENTS_FILE: document id 0 does not fit/);
  expect(faults[10]).toContain('has 15 more faults');
});

it('shows no key when a faulty document contains one', async () => {
  const key = `fbl_live_${'0123456789ab'.repeat(2)}`;
  const faults = await faultsOf({
    [key]: role,
    a: `{ company(by: { domain: "a.example" }, options: { maxCredits: "${key}" }) { outcome } }`,
    b: `{ ${key} }`,
  });
  expect(faults.length).toBeGreaterThan(1);
  expect(faults.join()).not.toContain(key);
});

it('ends the start when the file cannot be read', async () => {
  await expect(startWith(path.join(folder, 'gone.json'))).rejects.toThrow(
    /cannot be read \(ENOENT\): set it/,
  );
  await expect(startWith(folder)).rejects.toThrow(/cannot be read \(EISDIR\): set it/);
});

it('checks the file when other documents may run too, and by the settings of the gateway', async () => {
  expect(await faultsOf({ a: '{ shoe }' }, { persistedDocuments: 'automatic' })).toHaveLength(1);
  expect(await faultsOf({ a: '{ __schema { types { name } } }' }, { introspection: false })).toEqual([
    expect.stringContaining('Introspection is off'),
  ]);
});
