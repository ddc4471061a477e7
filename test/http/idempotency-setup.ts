import { randomUUID } from 'node:crypto';
import { beforeAll } from 'vitest';
import { closeAfterFile } from '../support/close-after-file.js';
import { createProviderKeys } from '../support/provider-keys.js';
import { type Answered, dataOf, startGateway, type TestGateway } from './start-gateway.js';

const providerKeys = createProviderKeys();
export let gateway: TestGateway;
export let beside: TestGateway;
/** Starts two instances on one database. Each file calls it once. */
export const useTwoInstances = (): void => {
  beforeAll(async () => {
    gateway = await startGateway({ parts: { providerKeys }, logLevel: 'debug' });
    closeAfterFile(() => gateway.close());
    beside = await gateway.startBeside({ providerKeys });
    closeAfterFile(() => beside.close());
  });
};

export const create = `mutation M($name: String!, $key: String! = "fbl_sandbox_idempotency") {
  createConnection(input: { provider: FIRMABLE, name: $name, key: $key }) { connection { id name } userErrors { code } } }`;
export const named = (key: string): Record<string, string> => ({ 'idempotency-key': key });
export const connectionsNamed = async (prefix: string): Promise<number> => {
  const listed = await gateway.post('{ connections(first: 100) { nodes { name } } }');
  const { nodes } = dataOf<{ nodes: { name: string }[] }>(listed, 'connections');
  return nodes.filter(({ name }) => name.startsWith(prefix)).length;
};
export const codesOf = ({ body }: Answered): string[] | undefined =>
  body.errors?.map(({ extensions }) => extensions.code);
export const age = async (column: 'expires_at' | 'lease_ends_at'): Promise<void> => {
  await gateway.context.database.sql.unsafe(
    `update idempotent_requests set ${column} = now() where ${column} > now()`,
  );
};

/** A gateway whose verification of keys fails until `fix` is called. */
export const failing = async (fault: () => Error) => {
  let broken = true;
  const instance = await gateway.startBeside({
    providerKeys: {
      ...providerKeys,
      verify: () => (broken ? Promise.reject(fault()) : Promise.resolve(null)),
    },
  });
  return {
    ...instance,
    fix: () => {
      broken = false;
    },
  };
};

/** How many entries the ledger has. */
export const entryCount = async (): Promise<number> => {
  const [row] = await gateway.context.database.sql<{ count: number }[]>`
    select count(*)::int as count from entries`;
  return row?.count ?? 0;
};

/** A connection to a sandbox account of its own, which has bought nothing. */
export const fresh = async (): Promise<string> => {
  const key = `fbl_sandbox_k${randomUUID().replaceAll('-', '')}`;
  const created = await gateway.post(
    `mutation M($input: CreateConnectionInput!) { createConnection(input: $input) { connection { id } } }`,
    { input: { provider: 'FIRMABLE', name: randomUUID(), key, verify: false } },
  );
  return dataOf<{ connection: { id: string } }>(created, 'createConnection').connection.id;
};
