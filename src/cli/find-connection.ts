import { GatewayError } from '../errors.js';
import type { GatewayClient } from './gateway-client.js';

export type NamedConnection = { id: string; name: string };

/** All connections of the token's workspace, oldest first. */
export const listConnections = async (client: GatewayClient): Promise<NamedConnection[]> => {
  const all: NamedConnection[] = [];
  let after: string | null = null;
  do {
    const { connections }: Answer = await client.query(
      `query Connections($after: String) {
        connections(first: 100, after: $after) { nodes { id name } pageInfo { hasNextPage endCursor } }
      }`,
      { after },
    );
    all.push(...connections.nodes);
    after = connections.pageInfo.hasNextPage ? connections.pageInfo.endCursor : null;
  } while (after !== null);
  return all;
};

type Answer = {
  connections: {
    nodes: NamedConnection[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

/** The connection with this name or id. Throws NOT_FOUND. */
export const findConnection = async (client: GatewayClient, nameOrId: string): Promise<NamedConnection> => {
  const found = (await listConnections(client)).find(({ id, name }) => id === nameOrId || name === nameOrId);
  if (found !== undefined) return found;
  throw new GatewayError(
    'NOT_FOUND',
    `There is no connection "${nameOrId}": use a name or an id that the dashboard shows.`,
  );
};
