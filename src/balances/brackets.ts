import { sql } from 'drizzle-orm';
import type { Drizzle } from '../platform/database.js';
import type { Reading } from './balance.js';

/** A reading of which it is known which calls it includes. */
export type ExactReading = Reading & { includesCallsBefore: Date };

/** Presumed charges of one account between two exact readings with none between them, for one set of operations. */
export type Bracket = {
  /** The ids of those that were asked for. */
  charges: string[];
  accountId: string;
  operations: readonly string[];
  before: ExactReading | null;
  after: ExactReading | null;
  /** All presumed charges between the readings, and their credits; 0 without two readings. */
  presumedCount: number;
  presumedCredits: bigint;
  /** Whether the balance of the provider includes the operation of the charges. */
  includesOperation: boolean;
  /** Whether an enabled connection has a key of the account. */
  isReadable: boolean;
};

/** Older readings say little: an account gets credits every month. */
const daysMax = 31;

type ReadingRow = { id: string; at: string; credits: string; cut: string };
type Row = {
  id: string;
  account_id: string;
  provider: string;
  operation: string;
  before: ReadingRow | null;
  after: ReadingRow | null;
  is_readable: boolean;
};

/** The brackets of presumed charges that are not resolved, at providers that report a balance. */
export const readBrackets = async (
  tx: Pick<Drizzle, 'execute'>,
  wanted: {
    workspaceId: string;
    ids: readonly string[];
    operationsOf: (provider: string) => readonly string[];
  },
): Promise<Bracket[]> => {
  const brackets = new Map<string, Bracket>();
  for (const row of await readRows(tx, wanted)) {
    const operations = wanted.operationsOf(row.provider);
    if (operations.length === 0) continue;
    const includesOperation = operations.includes(row.operation);
    const key = [row.account_id, row.before?.id, row.after?.id, includesOperation].join(' ');
    const bracket = brackets.get(key) ?? {
      charges: [],
      accountId: row.account_id,
      operations,
      before: toReading(row.before),
      after: toReading(row.after),
      presumedCount: 0,
      presumedCredits: 0n,
      includesOperation,
      isReadable: row.is_readable,
    };
    bracket.charges.push(row.id);
    brackets.set(key, bracket);
  }
  return await addPresumed(tx, wanted.workspaceId, [...brackets.values()]);
};

const readRows = async (
  tx: Pick<Drizzle, 'execute'>,
  { workspaceId, ids }: { workspaceId: string; ids: readonly string[] },
): Promise<Row[]> => [
  ...(await tx.execute<Row>(sql`
    select r.id, r.account_id, r.provider, r.operation, b.reading as before, a.reading as after,
      exists (
        select from connections n
        where n.workspace_id = r.workspace_id and n.account_id = r.account_id
          and n.deleted_at is null and n.disabled_at is null and n.key_sealed is not null
      ) as is_readable
    from unnest(string_to_array(${ids.join()}, ',')::uuid[]) w (id)
    join reservations r on r.id = w.id and r.workspace_id = ${workspaceId} and r.state = 'PENDING_CONFIRMATION'
    left join lateral (
      select ${readingObject} as reading from balance_readings k
      where k.workspace_id = r.workspace_id and k.account_id = r.account_id
        and k.includes_calls_before <= r.reserved_at
        and k.includes_calls_before > r.reserved_at - make_interval(days => ${daysMax})
      order by k.includes_calls_before desc
      limit 1
    ) b on true
    left join lateral (
      select ${readingObject} as reading from balance_readings k
      where k.workspace_id = r.workspace_id and k.account_id = r.account_id
        and k.includes_calls_before > r.reserved_at
        and k.includes_calls_before < r.reserved_at + make_interval(days => ${daysMax})
      order by k.includes_calls_before
      limit 1
    ) a on true
    where r.provider is not null
    order by r.reserved_at, r.id`)),
];

const readingObject = sql`json_build_object(
  'id', k.id, 'at', k.observed_at, 'credits', k.credits::text, 'cut', k.includes_calls_before)`;

const toReading = (row: ReadingRow | null): ExactReading | null =>
  row === null
    ? null
    : {
        id: row.id,
        at: new Date(row.at),
        credits: BigInt(row.credits),
        source: 'REPORTED',
        includesCallsBefore: new Date(row.cut),
      };

/** Adds up all presumed charges in each bracket: those of other pages, too. */
const addPresumed = async (
  tx: Pick<Drizzle, 'execute'>,
  workspaceId: string,
  brackets: readonly Bracket[],
): Promise<Bracket[]> => {
  const numbered = JSON.stringify(
    brackets.map(({ accountId, operations, before, after }, position) => ({
      position,
      account_id: accountId,
      operations,
      from_at: before?.includesCallsBefore ?? null,
      to_at: after?.includesCallsBefore ?? null,
    })),
  );
  const rows = await tx.execute<{ position: number; count: number; credits: string }>(sql`
    select c.position, count(*)::int as count, sum(r.credits)::text as credits
    from json_to_recordset(${numbered}::text::json) as c (
      position int, account_id uuid, operations text[], from_at timestamptz, to_at timestamptz
    )
    join reservations r on r.workspace_id = ${workspaceId} and r.account_id = c.account_id
      and r.state = 'PENDING_CONFIRMATION' and r.operation = any (c.operations)
      and r.reserved_at >= c.from_at and r.reserved_at < c.to_at
    group by c.position`);
  const sums = new Map(rows.map(({ position, ...sum }) => [position, sum]));
  return brackets.map((bracket, position) => ({
    ...bracket,
    presumedCount: sums.get(position)?.count ?? 0,
    presumedCredits: BigInt(sums.get(position)?.credits ?? 0),
  }));
};
