import { ApolloClient, ApolloLink, gql, InMemoryCache, Observable } from '@apollo/client';
import { createClient as createUrql, fetchExchange, subscriptionExchange } from '@urql/core';
import { print } from 'graphql';
import { type Client, createClient } from 'graphql-sse';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../http/start-gateway.js';
import { writeEntries } from '../usage/setup.js';
import { raiseAlert, subscribe, untilNothingIsOpen } from './subscribe.js';

let gateway: TestGateway;
let workspaceId = '';
/** What the ledger has charged so far. */
let charged = 0;
beforeAll(async () => {
  gateway = await startGateway({ demo: false, logLevel: 'silent' });
  workspaceId = (await gateway.context.findCaller(gateway.token)).workspaceId;
});
afterAll(() => gateway.close());
afterEach(() => untilNothingIsOpen(gateway));

const usage = 'subscription { usage { totals { creditsCharged } } }';
const charge = async (): Promise<void> => {
  charged += 1;
  await writeEntries(gateway.context.database, workspaceId, [{}]);
};
const authorization = () => `Bearer ${gateway.token}`;
const sse = (rest: object = {}): Client =>
  createClient({ url: `${gateway.url}/graphql`, headers: { authorization: authorization() }, ...rest });

const event = () => ({ usage: { totals: { creditsCharged: charged } } });

/** Subscribes to the usage through a client: `next` gets each event, and the returned function unsubscribes. */
type Subscribe = (next: (data: unknown) => void) => () => void;

const throughGraphqlSse: Subscribe = (next) =>
  sse().subscribe({ query: usage }, { next: ({ data }) => next(data), error: () => {}, complete: () => {} });

const urql =
  (settings: Partial<Parameters<typeof createUrql>[0]>): Subscribe =>
  (next) => {
    const client = createUrql({
      url: `${gateway.url}/graphql`,
      preferGetMethod: false,
      fetchOptions: () => ({ headers: { authorization: authorization() } }),
      exchanges: [fetchExchange],
      ...settings,
    });
    const subscription = client.subscription(usage, {}).subscribe(({ data }) => next(data));
    return () => subscription.unsubscribe();
  };

const throughExchange: Subscribe = (next) => {
  const client = sse();
  const forward = subscriptionExchange({
    forwardSubscription: ({ query = '', variables = {} }) => ({
      subscribe: (sink) => ({
        unsubscribe: client.subscribe(
          { query, variables },
          {
            next: ({ data = null }) => sink.next({ data }),
            error: (error) => sink.error(error),
            complete: () => sink.complete(),
          },
        ),
      }),
    }),
  });
  return urql({ exchanges: [fetchExchange, forward] })(next);
};

class SseLink extends ApolloLink {
  override request({ query, variables, operationName }: ApolloLink.Operation): Observable<ApolloLink.Result> {
    return new Observable((sink) =>
      sse().subscribe(
        { query: print(query), variables, ...(operationName === undefined ? {} : { operationName }) },
        {
          next: ({ data = null }) => sink.next({ data }),
          error: (error) => sink.error(error),
          complete: () => sink.complete(),
        },
      ),
    );
  }
}

const throughApollo: Subscribe = (next) => {
  const client = new ApolloClient({ cache: new InMemoryCache(), link: new SseLink() });
  const subscription = client.subscribe({ query: gql(usage) }).subscribe(({ data }) => next(data));
  return () => subscription.unsubscribe();
};

describe('sends the present usage and then each change to', () => {
  it.each<[string, Subscribe]>([
    ['graphql-sse', throughGraphqlSse],
    ['urql with fetchSubscriptions', urql({ fetchSubscriptions: true })],
    ['urql with graphql-sse', throughExchange],
    ['Apollo Client with graphql-sse', throughApollo],
  ])('%s', async (_, open) => {
    const received: unknown[] = [];
    const unsubscribe = open((data) => received.push(JSON.parse(JSON.stringify(data))));
    const before = event();
    await expect.poll(() => received, { timeout: 5_000 }).toMatchObject([before]);
    await charge();
    await expect.poll(() => received, { timeout: 5_000 }).toMatchObject([before, event()]);
    unsubscribe();
  });
});

it('sends the state once more to a client that connects again to another instance', async () => {
  const other = await gateway.startBeside();
  let { url } = other;
  const states: string[] = [];
  const client = sse({ url: () => `${url}/graphql`, retry: () => Promise.resolve() });
  const unsubscribe = client.subscribe(
    { query: usage },
    {
      next: ({ data }) => states.push(JSON.stringify(data)),
      error: () => {},
      complete: () => states.push('complete'),
    },
  );
  await expect.poll(() => states.length).toBe(1);
  ({ url } = gateway);
  await other.close();
  await expect.poll(() => states.length, { timeout: 5_000 }).toBe(2);
  expect(states[1]).toBe(states[0]);
  unsubscribe();
});

it('reports an entry that another instance writes, in the period and the groups of the arguments', async () => {
  const query = `subscription S($from: DateTime!, $to: DateTime!) {
    usage(from: $from, to: $to, groupBy: [WORKFLOW], filter: { workflow: "live" }) { from rows { workflow creditsCharged } }
  }`;
  const [from, to] = ['2026-01-01T00:00:00.000Z', '2030-01-01T00:00:00.000Z'];
  const stream = await subscribe(gateway, query, { variables: { from, to } });
  await stream.until(1);
  const other = await gateway.startBeside();
  charged += 2;
  await writeEntries(other.context.database, workspaceId, [{ workflow: 'live', credits: 2n }]);
  expect(await stream.until(2)).toEqual([
    { data: { usage: { from, rows: [] } } },
    { data: { usage: { from, rows: [{ workflow: 'live', creditsCharged: 2 }] } } },
  ]);
  stream.disconnect();
  await other.close();
});

it('sends an alert with its loaded fields, each time as it is then', async () => {
  const stream = await subscribe(
    gateway,
    'subscription { alerts { id deliveries { state } connection { id } } }',
  );
  for (const count of [1, 2]) {
    const id = await raiseAlert(gateway);
    const events = await stream.until(count);
    expect(events[count - 1]).toEqual({ data: { alerts: { id, deliveries: [], connection: null } } });
  }
  stream.disconnect();
});
