import { dataOf, type TestGateway } from '../http/start-gateway.js';

type Destination = {
  id: string;
  name: string;
  enabled: boolean;
  events: string[];
  budgets: { name: string }[] | null;
};

export type AlertSteps = {
  /** What the API says of a destination now; undefined if there is none. */
  destinationNamed: (name: string) => Promise<Destination | undefined>;
  /** Creates a destination through the API, and returns its id. */
  createDestination: (input: object) => Promise<string>;
  /** Raises alerts as a circuit breaker does, one unless a count is given. */
  raise: (subject: string, count?: number) => Promise<void>;
};

/** What tests of the page of alerts do apart from the page. */
export const alertSteps = ({
  post,
  token,
  context,
}: Pick<TestGateway, 'post' | 'token' | 'context'>): AlertSteps => ({
  destinationNamed: async (name) => {
    const query = `{ alertDestinations(first: 100) { nodes { id name enabled events budgets { name } } } }`;
    const { nodes } = dataOf<{ nodes: Destination[] }>(await post(query), 'alertDestinations');
    return nodes.find((destination) => destination.name === name);
  },
  createDestination: async (input) => {
    const mutation = `mutation M($input: CreateAlertDestinationInput!) {
      createAlertDestination(input: $input) { destination { id } userErrors { message } }
    }`;
    const { destination, userErrors } = dataOf<{ destination: { id: string } | null; userErrors: object[] }>(
      await post(mutation, { input }),
      'createAlertDestination',
    );
    if (destination === null) throw new Error(JSON.stringify(userErrors));
    return destination.id;
  },
  raise: async (subject, count = 1) => {
    const { workspaceId } = await context.findCaller(token);
    await context.database.sql`
      insert into alerts (workspace_id, id, event, subject, starts_at, facts, raised_at)
      select ${workspaceId}, uuid_v7(), 'PROVIDER_UNAVAILABLE', ${subject} || ' ' || number, clock_timestamp(),
        '{"provider": "APOLLO", "code": "PROVIDER_TIMEOUT"}', clock_timestamp()
      from generate_series(1, ${count}) as number`;
  },
});
