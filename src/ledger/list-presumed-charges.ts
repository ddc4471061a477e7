import { type SQL, sql } from 'drizzle-orm';
import { authorize, type Caller } from '../access/caller.js';
import { presumedCause } from '../../schema/tables/index.js';
import type { Database, Drizzle } from '../platform/database.js';
import { cursorsOf, idShape, instantFormat, instantShape, type Listed, type Page } from '../platform/page.js';

/** Why a charge is presumed. UNKNOWN: an older release did not store it. */
export const presumedCauses = [...presumedCause.enumValues, 'UNKNOWN'] as const;
export type ListedCause = (typeof presumedCauses)[number];

/** A presumed charge: a call after which it is unknown whether the provider charged for it. */
export type PresumedCharge = {
  /** The id of its PRESUMED entry. */
  id: string;
  workspaceId: string;
  workspaceName: string;
  accountId: string;
  /** The key of the lookup, such as `company:domain:smec.com`: it may be a person's address, so it is not shown. */
  lookupKey: string;
  variant: string;
  credits: bigint;
  operation: string;
  provider: string | null;
  tokenId: string;
  workflow: string | null;
  payer: string | null;
  sandbox: boolean;
  /** The connection that made the call; null: another payer. */
  connectionId: string | null;
  /** A connection to its account with a working key: the same one, or another; null: none. */
  usableConnectionId: string | null;
  /** When the credits were reserved: the instant that decides day, month and budget period. */
  occurredAt: Date;
  /** When its result was given up. */
  presumedAt: Date;
  cause: ListedCause;
  /** Whether another lookup of the record proves the charge, at no cost. */
  provenByLookup: boolean;
};

/** Selects presumed charges; what is omitted selects all. */
export type PresumedChargeFilter = {
  provider?: string | null | undefined;
  connectionId?: string | null | undefined;
  cause?: ListedCause | null | undefined;
  /** Made more than this long ago. */
  olderThanSeconds?: number | null | undefined;
  /** Made at or after this instant. */
  from?: Date | null | undefined;
  /** Made before this instant. */
  to?: Date | null | undefined;
  /** One of these. */
  ids?: readonly string[] | null | undefined;
};

/** The condition of a filter on reservations `r` and their entries `e`, for one workspace or for all. */
const matching = (
  workspaceId: string | null,
  { provider, connectionId, cause, olderThanSeconds, from, to, ids }: PresumedChargeFilter,
): SQL =>
  sql.join(
    [
      sql`r.state = 'PENDING_CONFIRMATION'`,
      ...(workspaceId === null ? [] : [sql`r.workspace_id = ${workspaceId}`]),
      ...(provider == null ? [] : [sql`r.provider = ${provider}`]),
      ...(connectionId == null ? [] : [sql`r.connection_id = ${connectionId}`]),
      ...(cause == null
        ? []
        : [sql`e.presumed_cause is not distinct from nullif(${cause}, 'UNKNOWN')::presumed_cause`]),
      ...(olderThanSeconds == null
        ? []
        : [sql`r.reserved_at < clock_timestamp() - make_interval(secs => ${olderThanSeconds})`]),
      ...(from == null ? [] : [sql`r.reserved_at >= ${from.toISOString()}::timestamptz`]),
      ...(to == null ? [] : [sql`r.reserved_at < ${to.toISOString()}::timestamptz`]),
      ...(ids == null ? [] : [sql`r.id = any (string_to_array(${ids.join()}, ',')::uuid[])`]),
    ],
    sql` and `,
  );

const source = sql`reservations r join entries e on e.workspace_id = r.workspace_id and e.id = r.id`;

type Row = {
  id: string;
  workspace_id: string;
  workspace_name: string;
  account_id: string;
  lookup_key: string;
  variant: string;
  credits: string;
  operation: string;
  provider: string | null;
  token_id: string;
  workflow: string | null;
  payer: string | null;
  sandbox: boolean;
  connection_id: string | null;
  usable_connection_id: string | null;
  occurred_at: string;
  presumed_at: string;
  cause: ListedCause;
  proven_by_lookup: boolean;
};

const utc = (column: SQL): SQL => sql`to_char(${column} at time zone 'UTC', ${instantFormat})`;

const readRows = async (db: Pick<Drizzle, 'execute'>, wanted: SQL, rowsMax: number): Promise<Row[]> => [
  ...(await db.execute<Row>(sql`
    select r.id, r.workspace_id, w.name as workspace_name, r.account_id, r.lookup_key, r.variant,
      r.credits::text as credits, r.operation, r.provider, r.token_id, r.workflow, r.payer, r.sandbox, r.connection_id,
      c.id as usable_connection_id,
      ${utc(sql`r.reserved_at`)} as occurred_at, ${utc(sql`e.recorded_at`)} as presumed_at,
      coalesce(e.presumed_cause::text, 'UNKNOWN') as cause, r.refetch_credits = 0 as proven_by_lookup
    from ${source}
    join workspaces w on w.id = r.workspace_id
    left join lateral (
      select c.id
      from connections c
      where c.workspace_id = r.workspace_id and c.account_id = r.account_id
        and c.deleted_at is null and c.disabled_at is null and c.key_sealed is not null
      order by (c.id = r.connection_id) desc nulls last, c.is_default desc, c.id
      limit 1
    ) c on true
    where ${wanted}
    order by r.reserved_at, r.id
    limit ${rowsMax}`)),
];

const toCharge = (row: Row): PresumedCharge => ({
  id: row.id,
  workspaceId: row.workspace_id,
  workspaceName: row.workspace_name,
  accountId: row.account_id,
  lookupKey: row.lookup_key,
  variant: row.variant,
  credits: BigInt(row.credits),
  operation: row.operation,
  provider: row.provider,
  tokenId: row.token_id,
  workflow: row.workflow,
  payer: row.payer,
  sandbox: row.sandbox,
  connectionId: row.connection_id,
  usableConnectionId: row.usable_connection_id,
  occurredAt: new Date(row.occurred_at),
  presumedAt: new Date(row.presumed_at),
  cause: row.cause,
  provenByLookup: row.proven_by_lookup,
});

// An operator's command holds them in memory; it may be run again.
const operatorRowsMax = 100_000;

/** Presumed charges of one workspace or of all (null), oldest first. For operators: it takes no caller. */
export const readPresumedCharges = async (
  { db }: Pick<Database, 'db'>,
  { workspaceId, ...filter }: PresumedChargeFilter & { workspaceId: string | null },
): Promise<PresumedCharge[]> =>
  (await readRows(db, matching(workspaceId, filter), operatorRowsMax)).map(toCharge);

/** The ids of up to `rowsMax` presumed charges of a workspace, oldest first. */
export const readPresumedIds = async (
  db: Pick<Drizzle, 'execute'>,
  workspaceId: string,
  filter: PresumedChargeFilter,
  rowsMax: number,
): Promise<string[]> => {
  const rows = await db.execute<{ id: string }>(sql`
    select r.id from ${source} where ${matching(workspaceId, filter)} order by r.reserved_at, r.id limit ${rowsMax}`);
  return rows.map(({ id }) => id);
};

const cursors = cursorsOf('presumedCharges', [instantShape, idShape]);

/** The presumed charges of the caller's workspace, oldest first. Throws FORBIDDEN, or BAD_REQUEST for the page. */
export const listPresumedCharges = async (
  { database: { db } }: { database: Pick<Database, 'db'> },
  caller: Caller,
  input: Page & { filter: PresumedChargeFilter },
): Promise<Listed<PresumedCharge>> => {
  authorize(caller, 'read');
  const { first, position } = cursors.readPage(input);
  const [at, id] = position ?? [];
  const wanted = matching(caller.workspaceId, input.filter);
  const after =
    at === undefined ? wanted : sql`${wanted} and (r.reserved_at, r.id) > (${at}::timestamptz, ${id}::uuid)`;
  const rows = await readRows(db, after, first + 1);
  return cursors.pageOf(
    rows,
    first,
    { item: toCharge, position: (row) => [row.occurred_at, row.id] },
    async () => (await sumPresumedCharges(db, caller.workspaceId, input.filter)).count,
  );
};

/** Presumed charges added up. `oldestAt` is when the oldest of them was made; null without any. */
export type PresumedSum = { count: number; credits: bigint; oldestAt: Date | null };
export type ProviderSum = PresumedSum & { provider: string };

type SumRow = { provider: string; count: number; credits: string; oldest_at: string };

/** The sums of each provider with presumed charges, of one workspace or of all (null). */
export const sumPresumedByProvider = async (
  db: Pick<Drizzle, 'execute'>,
  workspaceId: string | null,
  filter: PresumedChargeFilter = {},
): Promise<ProviderSum[]> => {
  const rows = await db.execute<SumRow>(sql`
    select coalesce(r.provider, 'none') as provider, count(*)::int as count, sum(r.credits)::text as credits,
      ${utc(sql`min(r.reserved_at)`)} as oldest_at
    from ${source}
    where ${matching(workspaceId, filter)}
    group by 1 order by 1`);
  return rows.map(({ provider, count, credits, oldest_at: oldestAt }) => ({
    provider,
    count,
    credits: BigInt(credits),
    oldestAt: new Date(oldestAt),
  }));
};

/** The sum over all providers. */
export const sumPresumedCharges = async (
  db: Pick<Drizzle, 'execute'>,
  workspaceId: string,
  filter: PresumedChargeFilter,
): Promise<PresumedSum> =>
  (await sumPresumedByProvider(db, workspaceId, filter)).reduce<PresumedSum>(
    (sum, { count, credits, oldestAt }) => ({
      count: sum.count + count,
      credits: sum.credits + credits,
      oldestAt:
        sum.oldestAt === null || (oldestAt !== null && oldestAt < sum.oldestAt) ? oldestAt : sum.oldestAt,
    }),
    { count: 0, credits: 0n, oldestAt: null },
  );
