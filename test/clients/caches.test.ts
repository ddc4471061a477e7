import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { createClient, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import {
  createOperationDescriptor,
  Environment,
  fetchQuery,
  Network,
  RecordSource,
  Store,
} from 'relay-runtime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { flagship, partialAtFirmable } from '../../src/sandbox/samples.js';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';
import { relayArtifact } from './relay-artifact.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const { linkedin } = partialAtFirmable.phoneOnlyAtApollo;
/** The operations that Relay's compiler made, for the other clients too. */
const textOf = (name: string): string => relayArtifact(name).params.text ?? '';
const countries = { name: 'BothCountriesQuery', variables: { domain: flagship.domain } };
const waterfalls = { name: 'BothWaterfallsQuery', variables: { linkedin } };

type Query = { name: string; variables: Record<string, unknown> };
/** Reads a query through a client's normalized cache, and then once more from the cache alone. */
type ReadTwice = (query: Query) => Promise<{ first: unknown; cached: unknown }>;

const headers = () => ({ authorization: `Bearer ${gateway.token}` });

const throughApollo: ReadTwice = async ({ name, variables }) => {
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: new HttpLink({ uri: `${gateway.url}/graphql`, headers: headers() }),
  });
  const query = gql(textOf(name));
  const first = await client.query({ query, variables });
  const cached = await client.query({ query, variables, fetchPolicy: 'cache-only' });
  return { first: first.data, cached: cached.data };
};

const throughGraphcache: ReadTwice = async ({ name, variables }) => {
  const client = createClient({
    url: `${gateway.url}/graphql`,
    preferGetMethod: false,
    exchanges: [cacheExchange({}), fetchExchange],
    fetchOptions: () => ({ headers: headers() }),
  });
  const first = await client.query(textOf(name), variables).toPromise();
  const cached = await client.query(textOf(name), variables, { requestPolicy: 'cache-only' }).toPromise();
  return { first: first.data, cached: cached.data };
};

/** `typed`: with the getDataID of the page about clients; else as Relay keys records by itself. */
const relayEnvironment = (typed: boolean): Environment =>
  new Environment({
    network: Network.create(async ({ text }, variables) => {
      const { body } = await gateway.post(text ?? '', variables);
      if (body.data === undefined || body.data === null) throw new Error(JSON.stringify(body.errors));
      return { data: body.data };
    }),
    store: new Store(new RecordSource()),
    ...(typed
      ? {
          getDataID: ({ id }: Readonly<Record<string, unknown>>, type: string) =>
            typeof id === 'string' ? `${type}:${id}` : null,
        }
      : {}),
  });

const throughRelay =
  (typed: boolean): ReadTwice =>
  async ({ name, variables }) => {
    const environment = relayEnvironment(typed);
    const artifact = relayArtifact(name);
    const first = await fetchQuery(environment, artifact, variables).toPromise();
    const operation = createOperationDescriptor(artifact, variables);
    environment.retain(operation);
    return { first, cached: environment.lookup(operation.fragment).data };
  };

// A receipt has the id of its entry, which is why the page about clients keys Relay's records by type.
const sharedIds = /conflicting types `Receipt` and `Entry`/;
// Graphcache asks for a setting for each type without an id.
const withoutIdentity =
  /could be generated[\s\S]*`(?:CompanyResult|PersonResult|CompanyIdentifiers|PhoneNumber)`/;

describe.each<[string, ReadTwice, RegExp | null]>([
  ['InMemoryCache of Apollo Client', throughApollo, null],
  ['Graphcache of urql', throughGraphcache, withoutIdentity],
  ['store of Relay', throughRelay(false), sharedIds],
  ['store of Relay, keyed by type,', throughRelay(true), null],
])('the %s', (_, readTwice, expected) => {
  const complaints: string[] = [];
  beforeEach(() => {
    complaints.length = 0;
    for (const method of ['error', 'warn'] as const) {
      vi.spyOn(console, method).mockImplementation((...words) => void complaints.push(words.join(' ')));
    }
  });
  afterEach(() => vi.restoreAllMocks());

  it.each([
    ['figures of two countries', countries],
    ['one record, and the same filled in by another provider', waterfalls],
  ])('shows what was sent when one query has %s', async (_kind, query) => {
    // The first lookup buys, so that this response and the client's have the same receipts.
    await gateway.post(textOf(query.name), query.variables);
    const { body } = await gateway.post(textOf(query.name), query.variables);
    const { first, cached } = await readTwice(query);
    const [sent, shown, kept] = [body.data, first, cached].map(withoutReceipts);
    expect(shown).toEqual(sent);
    expect(kept).toEqual(sent);
    expect(complaints.filter((text) => expected?.test(text) !== true)).toEqual([]);
  });
});

/** Ids of ledger entries, and the entries, are those of the request. */
const withoutReceipts = (data: unknown): unknown =>
  JSON.parse(
    JSON.stringify(data, (key, value: unknown) =>
      ['receipt', 'entries', '__typename'].includes(key) ? undefined : value,
    ),
  );

describe('the id of a content', () => {
  type Content = { id: string; recordId: string };
  const idsOf = async ({ name, variables }: Query, fields: string[], kind: string): Promise<Content[]> => {
    const answer = await gateway.post(textOf(name), variables);
    return fields.map((field) => dataOf<Record<string, Content>>(answer, field)[kind]!);
  };

  it('is another for another country, and for a record that another provider filled in', async () => {
    const [au, nz] = await idsOf(countries, ['au', 'nz'], 'company');
    expect([au?.id, nz?.id]).toEqual([flagship.id, `${flagship.id}@NZ`]);
    expect(nz?.recordId).toBe(flagship.id);
    const [one, two] = await idsOf(waterfalls, ['one', 'two'], 'person');
    expect(one?.id).toBe(one?.recordId);
    expect(two?.id).toMatch(new RegExp(`^${one?.id}~[0-9a-f]+$`));
    expect(two?.recordId).toBe(one?.recordId);
  });

  it('stays the same over requests, instances and identifiers', async () => {
    const beside = await gateway.startBeside();
    const [, nz] = await idsOf(countries, ['au', 'nz'], 'company');
    const again = await beside.post(
      `{ company(by: { linkedin: "${flagship.linkedin}" }, options: { country: NZ, maxAge: "0s" }) { company { id } } }`,
    );
    expect(dataOf(again, 'company')).toEqual({ company: { id: nz?.id } });
    await beside.close();
  });

  it('refetches exactly that content, for free, as a node', async () => {
    for (const [query, kind] of [
      [countries, 'company'],
      [waterfalls, 'person'],
    ] as const) {
      const answer = await gateway.post(textOf(query.name), query.variables);
      for (const field of kind === 'company' ? ['au', 'nz'] : ['one', 'two']) {
        const content = dataOf<Record<string, Content & { identifiers?: unknown }>>(answer, field)[kind]!;
        const { identifiers: _, ...plain } = content;
        const node = await gateway.post(textOf('NodeQuery'), { id: content.id });
        expect(dataOf(node, 'node')).toMatchObject(plain);
        expect(node.body.extensions?.credits).toEqual({ charged: 0, saved: 0, reserved: 0 });
      }
    }
  });

  it('is found as a node when the record is only known to another provider, whose ids have another form', async () => {
    const looked = await gateway.post(
      `{ person(by: { linkedin: "${linkedin}" }, options: { waterfall: [{ provider: APOLLO }] }) { person { id recordId phones { number } } } }`,
    );
    const { person } = dataOf<{ person: Content }>(looked, 'person');
    expect(dataOf(await gateway.post(textOf('NodeQuery'), { id: person.id }), 'node')).toMatchObject(person);
  });

  it.each([
    'f000000100001@XX',
    'f000000100001@',
    'f000000100001~',
    '~',
    '@NZ',
    'f1~f2~f3',
    'f000000100001\u0000',
  ])('finds no node when it is %j', async (id) => {
    const node = await gateway.post(textOf('NodeQuery'), { id });
    expect([node.body.errors, node.body.data]).toEqual([undefined, { node: null }]);
  });

  it('is accepted wherever an id of a record is', async () => {
    const id = `${flagship.id}@NZ`;
    // Unlocked, so that the quote beside the lookups has one result whichever runs first.
    await gateway.post(`{ company(by: { id: "${flagship.id}" }) { outcome } }`);
    const answer = await gateway.post(`{
      company(by: { id: "${id}" }) { outcome company { id } }
      companies(by: [{ id: "${id}" }, { id: "${flagship.id}" }]) { outcome }
      searchPeople(companyId: "${id}", first: 1) { outcome }
      quote(companies: [{ id: "${id}" }]) { maxCredits }
    }`);
    expect(answer.body).toMatchObject({
      data: {
        company: { outcome: 'FOUND', company: { id: flagship.id } },
        companies: [{ outcome: 'FOUND' }, { outcome: 'FOUND' }],
        searchPeople: { outcome: 'FOUND' },
        quote: { maxCredits: 0 },
      },
    });
  });
});
