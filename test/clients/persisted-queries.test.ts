import { createHash } from 'node:crypto';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../http/start-gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

it('answers Apollo Client, which sends the hash of a query first and then the query', async () => {
  const sent: unknown[] = [];
  const link = new HttpLink({
    uri: `${gateway.url}/graphql`,
    headers: { authorization: `Bearer ${gateway.token}` },
    fetch: (address, init) => {
      sent.push(typeof init?.body === 'string' ? JSON.parse(init.body) : null);
      return fetch(address, init);
    },
  });
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: new PersistedQueryLink({ sha256 }).concat(link),
  });
  const viewer = gql('query Viewer { viewer { workspace { name } } }');
  expect((await client.query({ query: viewer })).data).toMatchObject({
    viewer: { workspace: expect.anything() },
  });
  await client.query({ query: viewer, fetchPolicy: 'network-only' });
  // It does not send a hash again once the gateway has said that it stores no queries.
  expect(sent).toMatchObject([
    { extensions: { persistedQuery: { version: 1 } } },
    { query: expect.stringContaining('viewer') },
    { query: expect.stringContaining('viewer') },
  ]);
});
