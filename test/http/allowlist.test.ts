import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getIntrospectionQuery } from 'graphql';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addConnection, goTo, signIn } from '../dashboard/open-dashboard.js';
import { startServer } from '../../src/http/start-server.js';
import { builtDashboard } from '../support/gateway.js';
import { inBrowser, launchBrowser, openTab } from '../support/browser.js';
import { startGateway, type TestGateway } from './start-gateway.js';

const folder = mkdtempSync(path.join(tmpdir(), 'allowlist-'));
const role = 'query Role { viewer { role } }';
const change = 'mutation Change { revokeToken(id: "x") { userErrors { code } } }';
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

let fast: TestGateway;
let plain: TestGateway;
let mixed: TestGateway;
let closed: TestGateway;
beforeAll(async () => {
  const file = path.join(folder, 'documents.json');
  writeFileSync(file, JSON.stringify({ [hash(role)]: role, 'change@1': change, __proto__x: role }));
  const env = { PERSISTED_DOCUMENTS_FILE: file };
  [fast, plain, mixed, closed] = await Promise.all([
    startGateway({ env, parts: { dashboard: builtDashboard } }),
    startGateway({ env, fastPath: false }),
    startGateway({ env: { ...env, PERSISTED_DOCUMENTS: 'automatic' } }),
    startGateway({ env: { ...env, INTROSPECTION: 'off' } }),
  ]);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all([fast.close(), plain.close(), mixed.close(), closed.close()]);
});

type Answer = { status: number; code?: string; message?: string; data?: unknown };
const read = async (response: Response): Promise<Answer> => {
  const { data, errors } = await response.json();
  const [error] = errors ?? [];
  return { status: response.status, data, code: error?.extensions.code, message: error?.message };
};
const post = async (
  { url, token }: TestGateway,
  body: object | string,
  headers: Record<string, string> = {},
): Promise<Answer> =>
  read(
    await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );
const persisted = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });

const isRole = { status: 200, data: { viewer: { role: 'ADMIN' } } };
const notListed = {
  status: 400,
  code: 'PERSISTED_QUERY_NOT_IN_LIST',
  message: expect.stringContaining('PERSISTED_DOCUMENTS_FILE'),
};
const notFound = { status: 200, code: 'PERSISTED_QUERY_NOT_FOUND', message: 'PersistedQueryNotFound' };

describe('with an allowlist', () => {
  it.each<[string, object]>([
    ['its text', { query: role }],
    ['Apollo’s hash', persisted(hash(role))],
    ['the hash and the text', { query: role, ...persisted(hash(role)) }],
    ['a documentId', { documentId: `sha256:${hash(role)}` }],
    ['a documentId without its scheme', { documentId: hash(role) }],
    ['Relay’s doc_id', { doc_id: hash(role), variables: {} }],
  ])('runs a listed document when it is named by %s', async (_, body) => {
    for (const to of [fast, plain]) expect(await post(to, body)).toMatchObject(isRole);
  });

  it.each<[string, object]>([
    ['unlisted', { query: '{ viewer { role } }' }],
    ['a listed one in another spelling', { query: `${role} ` }],
    ['a listed one with more behind it', { query: `${role} query B { __typename }`, operationName: 'B' }],
    ['sent with the hash of a listed one', { query: '{ __typename }', ...persisted(hash(role)) }],
    ['to be registered', { query: '{ __typename }', ...persisted(hash('{ __typename }')) }],
    ['a syntax error', { query: '{ viewer { role }' }],
    ['introspection with more', { query: '{ __schema { types { name } } viewer { role } }' }],
    [
      'introspection with a fragment',
      { query: 'query { ...F } fragment F on Query { __schema { types { name } } }' },
    ],
    [
      'introspection beside another operation',
      { query: 'query A { __schema { types { name } } } query B { viewer { role } }', operationName: 'B' },
    ],
    ['an empty one', { query: ' ' }],
  ])('refuses a document when it is %s', async (_, body) => {
    for (const to of [fast, plain]) {
      expect(await post(to, body)).toMatchObject(notListed);
      expect(await post(to, body, { accept: 'application/graphql-response+json' })).toMatchObject(notListed);
    }
    expect(await post(fast, persisted(hash('{ __typename }')))).toMatchObject(notFound);
  });

  it.each<[string, object]>([
    ['unknown', { documentId: 'sha256:abc' }],
    ['a property of every object', { documentId: '__proto__' }],
    ['a method', { id: 'constructor' }],
    ['huge', { doc_id: 'x'.repeat(900_000) }],
    ['an unknown hash', persisted('a'.repeat(64))],
  ])('finds no document when the id is %s', async (_, body) => {
    for (const to of [fast, plain]) expect(await post(to, body)).toMatchObject(notFound);
  });

  it('refuses unlisted documents in every form of a request', async () => {
    const query = '{ viewer { role } }';
    for (const to of [fast, plain]) {
      const headers = { authorization: `Bearer ${to.token}` };
      const get = (params: Record<string, string>) =>
        fetch(`${to.url}/graphql?${new URLSearchParams(params)}`, { headers }).then(read);
      expect(await get({ query })).toMatchObject(notListed);
      expect(await get({ documentId: hash(role) })).toMatchObject(isRole);
      expect(await get({ documentId: 'change@1' })).toMatchObject({ status: 405 });
      expect(await post(to, query, { 'content-type': 'application/graphql' })).toMatchObject(notListed);
      const form = { 'content-type': 'application/x-www-form-urlencoded', 'x-graphql-yoga-csrf': '1' };
      expect(await post(to, `query=${encodeURIComponent(query)}`, form)).toMatchObject(notListed);
      const stream = await fetch(`${to.url}/graphql`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', accept: 'text/event-stream' },
        body: JSON.stringify({ query }),
      });
      expect(await stream.text()).toContain('PERSISTED_QUERY_NOT_IN_LIST');
    }
  });

  it('answers introspection unless INTROSPECTION is off', async () => {
    for (const to of [fast, plain])
      expect(await post(to, { query: getIntrospectionQuery() })).toMatchObject({
        status: 200,
        data: { __schema: {} },
      });
    expect(await post(closed, { query: getIntrospectionQuery() })).toMatchObject(notListed);
    expect(await post(closed, { query: role })).toMatchObject(isRole);
  });
});

it('runs listed, registered and other documents when the mode is automatic', async () => {
  const other = 'query Other { viewer { role } }';
  expect(await post(mixed, { documentId: hash(role) })).toMatchObject(isRole);
  expect(await post(mixed, persisted('change@1'))).toMatchObject({ status: 200, data: { revokeToken: {} } });
  expect(await post(mixed, { query: change, ...persisted('change@1') })).toMatchObject({ status: 200 });
  expect(await post(mixed, { query: other, ...persisted('change@1') })).toMatchObject({ status: 400 });
  expect(await post(mixed, { query: other, ...persisted(hash(other)) })).toMatchObject(isRole);
  expect(await post(mixed, persisted(hash(other)))).toMatchObject(isRole);
  expect(await post(mixed, { documentId: 'unknown' })).toMatchObject(notFound);
});

describe('in a browser, with an allowlist', inBrowser, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('the dashboard works', async () => {
    const { tab, complaints } = await signIn(browser, fast.url, fast.token);
    await goTo(tab, 'Connections');
    await addConnection(tab, 'listed', 'fbl_sandbox_listed');
    expect(await tab.locator('.refused').allInnerTexts()).toEqual([]);
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('GraphiQL loads the API, and shows why an unlisted document does not run', async () => {
    const demo = await startServer({ ...fast.context, offerToken: () => Promise.resolve(fast.token) });
    const { tab } = await openTab(browser, `${demo.url}/graphql`);
    await tab.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await tab.getByText('A GraphQL schema provides a root type').waitFor();
    await tab.getByRole('button', { name: /Execute query/ }).click();
    await expect
      .poll(() => tab.locator('.graphiql-response').innerText(), { timeout: 60_000 })
      .toContain('PERSISTED_QUERY_NOT_IN_LIST');
    await tab.context().close();
    await demo.close(1_000);
  });
});
