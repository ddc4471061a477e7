import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { createClient, fetchExchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import { buildSchema, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../contracts/read-docs.js';
import { startGateway, type TestGateway } from '../http/start-gateway.js';

let gateway: TestGateway;
let off: TestGateway;
beforeAll(async () => {
  [gateway, off] = await Promise.all([startGateway(), startGateway({ env: { PERSISTED_DOCUMENTS: 'off' } })]);
});
afterAll(() => Promise.all([gateway.close(), off.close()]));

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** `fetch` with the gateway's token, and what it has sent: parsed bodies, or the method of a request without one. */
const recorded = ({ token }: TestGateway) => {
  const sent: unknown[] = [];
  const send: typeof fetch = (address, init) => {
    sent.push(typeof init?.body === 'string' ? JSON.parse(init.body) : init?.method);
    const headers = new Headers(init?.headers);
    headers.set('authorization', `Bearer ${token}`);
    return fetch(address, { ...init, headers });
  };
  return { sent, send };
};

const apolloClient = (to: TestGateway, send: typeof fetch, link = new PersistedQueryLink({ sha256 })) =>
  new ApolloClient({
    cache: new InMemoryCache(),
    link: link.concat(new HttpLink({ uri: `${to.url}/graphql`, fetch: send })),
  });

const viewer = 'query Viewer { viewer { workspace { name } } }';
const named = { viewer: { workspace: expect.anything() } };
const byHash = { extensions: { persistedQuery: { version: 1 } } };
const byText = { query: expect.stringContaining('viewer') };

describe('Apollo Client', () => {
  it('registers a query once, and sends its hash from then on', async () => {
    const { sent, send } = recorded(gateway);
    const client = apolloClient(gateway, send);
    for (let count = 0; count < 2; count += 1) {
      const { data } = await client.query({ query: gql(viewer), fetchPolicy: 'network-only' });
      expect(data).toMatchObject(named);
    }
    expect(sent).toMatchObject([byHash, { ...byText, ...byHash }, byHash]);
    expect(sent[2]).not.toHaveProperty('query');
  });

  it('sends no more hashes when the gateway stores no documents', async () => {
    const { sent, send } = recorded(off);
    const client = apolloClient(off, send);
    for (let count = 0; count < 2; count += 1)
      await client.query({ query: gql(viewer), fetchPolicy: 'network-only' });
    expect(sent).toMatchObject([byHash, byText, byText]);
    expect(sent[2]).not.toHaveProperty('extensions.persistedQuery');
  });
});

/** Runs an operation twice in urql, and returns what was sent. */
const sendTwice = async (operation: string, isGet: boolean): Promise<unknown[]> => {
  const { sent, send } = recorded(gateway);
  const client = createClient({
    url: `${gateway.url}/graphql`,
    preferGetMethod: isGet,
    fetch: send,
    exchanges: [
      persistedExchange({
        preferGetForPersistedQueries: isGet,
        generateHash: (text) => Promise.resolve(sha256(text)),
      }),
      fetchExchange,
    ],
  });
  for (let count = 0; count < 2; count += 1) {
    const { data, error } = await client.query(operation, {}, { requestPolicy: 'network-only' }).toPromise();
    expect(error).toBeUndefined();
    expect(data).toMatchObject(named);
  }
  return sent;
};

describe('urql', () => {
  it('registers a query once, and sends its hash from then on', async () => {
    const sent = await sendTwice('query Urql { viewer { workspace { name } } }', false);
    expect(sent).toMatchObject([byHash, { ...byText, ...byHash }, byHash]);
    expect(sent[2]).not.toHaveProperty('query');
  });

  it('does so by GET when it prefers GET', async () => {
    const sent = await sendTwice('query UrqlByGet { viewer { workspace { name } } }', true);
    expect(sent.filter((one) => one === 'GET').length).toBeGreaterThanOrEqual(2);
  });
});

describe('an allowlist that a tool wrote', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'persisted-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const startWith = (documents: object): Promise<TestGateway> => {
    const file = path.join(folder, 'documents.json');
    writeFileSync(file, JSON.stringify(documents));
    return startGateway({ env: { PERSISTED_DOCUMENTS_FILE: file } });
  };

  it('has the documents of graphql-codegen, by their hashes', async () => {
    for (const hashAlgorithm of ['sha1', 'sha256'] as const) {
      const api = readFileSync(path.join(root, 'schema', 'api.graphql'), 'utf8');
      const generated = await preset.buildGeneratesSection({
        baseOutputDir: 'gql/',
        schema: parse(api),
        schemaAst: buildSchema(api),
        documents: [{ location: 'main.ts', document: parse(viewer), rawSDL: viewer }],
        config: {},
        presetConfig: { persistedDocuments: { mode: 'replaceDocumentWithHash', hashAlgorithm } },
        plugins: [],
        pluginMap: {},
      });
      const written = generated.find(({ filename }) => filename.endsWith('persisted-documents.json'));
      if (written === undefined) throw new Error('no file of persisted documents');
      // The other files are generated first: they collect the documents.
      for (const one of generated) if (one !== written) await codegen(one);
      const documents: Record<string, string> = JSON.parse(await codegen(written));
      const [id = ''] = Object.keys(documents);
      const listed = await startWith(documents);
      const { sent, send } = recorded(listed);
      const response = await send(`${listed.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ documentId: id, variables: {} }),
      });
      expect(await response.json()).toMatchObject({ data: named });
      expect(sent).toHaveLength(1);
      await listed.close();
    }
  });

  it('has the documents of Apollo’s manifest, which Apollo Client sends by their ids', async () => {
    // As generate-persisted-query-manifest 1.4.0 writes it for this query of Apollo Client 4.
    const body =
      'query Viewer {\n  viewer {\n    workspace {\n      name\n      __typename\n    }\n    __typename\n  }\n}';
    const id = '084859af8be4835f60cc454efbcc6bf77d323fd75635aafa5c0850116366b7e4';
    const manifest = {
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [{ id, name: 'Viewer', type: 'query', body }],
    };
    const listed = await startWith(manifest);
    const { sent, send } = recorded(listed);
    const ofManifest = new PersistedQueryLink({ generateHash: () => id });
    const { data } = await apolloClient(listed, send, ofManifest).query({ query: gql(viewer) });
    expect(data).toMatchObject(named);
    expect(sent).toMatchObject([byHash]);
    // What its link does for a query that is not in the manifest: the hash, and then the text.
    const unlisted = apolloClient(listed, send).query({ query: gql('query Role { viewer { role } }') });
    await expect(unlisted).rejects.toThrow('runs listed documents only');
    expect(sent).toMatchObject([byHash, byHash, { ...byText, ...byHash }]);
    await listed.close();
  });

  it('has the documents of relay-compiler, which are sent by doc_id', async () => {
    // As relay-compiler 21 writes it with a persistConfig that names a file.
    const text =
      'query AppQuery(\n  $domain: String!\n) {\n  company(by: {domain: $domain}) {\n    outcome\n    company {\n      id\n      name\n    }\n  }\n}\n';
    const listed = await startWith({ '0f687778903854d34e974e452012269d': text });
    const { send } = recorded(listed);
    const response = await send(`${listed.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        doc_id: '0f687778903854d34e974e452012269d',
        variables: { domain: 'harbourline.example' },
      }),
    });
    expect(await response.json()).toMatchObject({ data: { company: { outcome: 'FOUND' } } });
    await listed.close();
  });
});
