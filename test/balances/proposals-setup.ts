import { readDueBalances } from '../../src/balances/read-due-balances.js';
import { createWorld } from '../../src/sandbox/world/create-world.js';
import type { PresumedCause } from '../../src/ledger/types.js';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';

export type Proposed = {
  charged: boolean | null;
  message: string;
  balanceFell: number | null;
  gatewaySpend: number | null;
  presumedCount: number | null;
  presumedCredits: number | null;
  readingBefore: { credits: number; source: string } | null;
  readingAfter: { credits: number; source: string } | null;
};
export type Listed = { id: string; cause: PresumedCause; credits: number; proposal: Proposed | null };

const fields = `id cause credits proposal { charged message balanceFell gatewaySpend presumedCount presumedCredits
  readingBefore { credits source } readingAfter { credits source } }`;

/** A gateway whose balances are read only when a test says so. */
export const startProposals = (): Promise<TestGateway> => startGateway({ maintenance: false });

/** Reads the balances that are due now. Returns how many accounts were. */
export const readBalances = async ({ context }: TestGateway): Promise<number> => {
  const { database, refreshBalance } = context;
  const reporting = ['APOLLO', 'PEOPLE_DATA_LABS'].filter((name) => context.operationsOf(name).length > 0);
  return await readDueBalances({ database, refreshBalance, reporting });
};

/** As if `minutes` had passed: everything that has happened is longer ago. A multiple of 15 keeps the usage sums right. */
export const passTime = async ({ context }: TestGateway, minutes = 15): Promise<void> => {
  await context.database.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    const ago = `${minutes} minutes`;
    await tx`update entries set occurred_at = occurred_at - ${ago}::text::interval, recorded_at = recorded_at - ${ago}::text::interval`;
    await tx`update reservations set reserved_at = reserved_at - ${ago}::text::interval`;
    await tx`update balance_readings set observed_at = observed_at - ${ago}::text::interval,
      includes_calls_before = includes_calls_before - ${ago}::text::interval`;
    await tx`update accounts set balance_tried_at = balance_tried_at - ${ago}::text::interval`;
    // By way of another century, so that no row meets one that is still to move.
    await tx`update usage_buckets set starts_at = starts_at + interval '36500 days'`;
    await tx`update usage_buckets set starts_at = starts_at - interval '36500 days' - ${ago}::text::interval`;
  });
};

/** The same, and then the balances that are due are read. */
export const readLater = async (gateway: TestGateway, minutes = 15): Promise<void> => {
  await passTime(gateway, minutes);
  await readBalances(gateway);
};

const world = createWorld(300);
// Those that both providers have, so that each call that is made is charged.
const domains = world.companies
  .filter(({ index }) => index % 4 !== 2 && index % 5 !== 3)
  .map(({ domain }) => domain);
const slugs = world.people.filter(({ index }) => index % 5 !== 2 && index % 7 !== 3).map(({ slug }) => slug);
let next = 0;

export const openPayer = async (gateway: TestGateway, key: string, post = gateway.post) => {
  const provider = key.startsWith('apollo') ? 'APOLLO' : 'PEOPLE_DATA_LABS';
  const name = `${key} ${(next += 1)}`;
  const created = dataOf<{ connection: { id: string } }>(
    await post(
      `mutation M($input: CreateConnectionInput!) { createConnection(input: $input) { connection { id } userErrors { message } } }`,
      { input: { provider, name, key, verify: false } },
    ),
    'createConnection',
  );
  const connection = created.connection.id;

  /** Looks up a record that nobody has looked up yet; returns the outcome and the cause of its presumed charge. */
  const lookUp = async (operation: 'company' | 'person' = 'company'): Promise<string> => {
    next += 1;
    const by =
      operation === 'company'
        ? { domain: domains[next % domains.length] }
        : { linkedin: slugs[next % slugs.length] };
    const type = operation === 'company' ? 'CompanyKey' : 'PersonKey';
    const answer = dataOf<{ outcome: string; receipt: { charge: string } | null }>(
      await post(
        `query Q($by: ${type}!, $options: LookupOptions) { ${operation}(by: $by, options: $options) { outcome receipt { charge } } }`,
        { by, options: { connection } },
      ),
      operation,
    );
    return answer.receipt?.charge === 'PRESUMED' ? 'PRESUMED' : answer.outcome;
  };

  const list = async (filter: object = {}): Promise<Listed[]> =>
    dataOf<{ nodes: Listed[] }>(
      await post(
        `query Q($filter: PresumedChargeFilter) { presumedCharges(filter: $filter, first: 100) { nodes { ${fields} } } }`,
        { filter: { connection, ...filter } },
      ),
      'presumedCharges',
    ).nodes;

  /** Looks up records until one is presumed charged for this cause: CONNECTION_LOST was charged, SERVER_ERROR not. */
  const presume = async (
    cause: 'CONNECTION_LOST' | 'SERVER_ERROR',
    operation: 'company' | 'person' = 'company',
  ): Promise<void> => {
    const countOf = async (): Promise<number> => (await list({ cause })).length;
    const before = await countOf();
    for (let tries = 0; tries < 60; tries += 1) {
      await lookUp(operation);
      if ((await countOf()) > before) return;
    }
    throw new Error('no call was presumed charged');
  };

  return { connection, provider, lookUp, list, presume, post };
};
