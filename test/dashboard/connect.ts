import { fromPublicId } from '../../src/access/public-ids.js';
import { dataOf, type TestGateway } from '../http/start-gateway.js';
import { openLedger, requestFor } from '../ledger/setup.js';

export type Connected = { id: string; accountId: string };

/** Stores a key as a connection, by the API. */
export const connect = async (
  gateway: TestGateway,
  input: { provider: string; name: string; key: string },
): Promise<Connected> => {
  const answer = await gateway.post(
    'mutation C($input: CreateConnectionInput!) { createConnection(input: $input) { connection { id accountId } } }',
    { input },
  );
  return dataOf<{ connection: Connected }>(answer, 'createConnection').connection;
};

/** Makes a presumed charge of a connection: a call of one credit that got no answer in time. */
export const presume = async (
  gateway: TestGateway,
  { id, accountId }: Connected,
  lookupKey: string,
): Promise<void> => {
  const ledger = openLedger(gateway.context.database);
  const { workspaceId, tokenId } = await gateway.context.findCaller(gateway.token);
  const reservation = requestFor({ workspaceId, accountId }, lookupKey, {
    labels: { tokenId, connectionId: fromPublicId('connection', id), sandbox: true },
  });
  await ledger.reserve(reservation);
  await ledger.settle({
    reservation,
    outcome: 'UNKNOWN',
    problem: 'PROVIDER_TIMEOUT',
    latencyMs: 5,
    charged: null,
    presumedCause: 'TIMEOUT',
  });
  await ledger.close(1_000);
};
