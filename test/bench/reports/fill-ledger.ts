import type { Sql, Transaction } from '../../../src/platform/database.js';

export type BenchConnection = { id: string; accountId: string; provider: string };

export type Filling = {
  workspaceId: string;
  connections: readonly BenchConnection[];
  tokens: readonly string[];
  workflows: number;
  days: number;
};

const entriesPerStatement = 60_000;

/**
 * Writes `entries` entries of one workspace, evenly over the days before midnight (UTC) and in the order of time, as they
 * are written in life, so that the trigger counts them. Three in a row have one connection, operation, token and workflow,
 * which are independent of each other. In a quarter of these runs the last entry is the second step of a waterfall, after a
 * miss. Then the rollups are written, by the function that does it in the background.
 */
export const fillLedger = async (sql: Sql, filling: Filling, entries: number): Promise<void> => {
  await sql`select create_entry_partitions(now() - ${filling.days + 31} * interval '1 day', 1)`;
  await sql.unsafe(`
    create or replace function bench_pick(what bigint, seed bigint, among int) returns int language sql immutable as
    'select ((hashint8extended(what, seed) & 2147483647) % among)::int'`);
  // Two at once: filling ten million is most of what this bench takes.
  let next = 0;
  const write = async (): Promise<void> => {
    while (next < entries) {
      const first = next;
      next = Math.min(entries, first + entriesPerStatement);
      const last = next - 1;
      await withoutTimeout(sql, (tx) => writeRuns(tx, filling, { first, last, entries }));
    }
  };
  await Promise.all([write(), write()]);
};

/** Runs one statement that may take long. */
export const withoutTimeout = async (sql: Sql, run: (tx: Transaction) => Promise<unknown>): Promise<void> => {
  await sql.begin(async (tx) => {
    await tx`set local statement_timeout = 0`;
    await run(tx);
  });
};

const writeRuns = (
  sql: Transaction,
  { workspaceId, connections, tokens, workflows, days }: Filling,
  { first, last, entries }: { first: number; last: number; entries: number },
) => sql`
  insert into entries (
    workspace_id, id, lookup_id, step, occurred_at, outcome, charge, credits, saved, account_id, operation, provider,
    connection_id, payer, token_id, workflow, latency_ms)
  select ${workspaceId}::uuid, id, case when is_later then lag(id) over (order by number) else id end,
    case when is_later then 2 else 1 end, at, outcome::outcome,
    case outcome when 'FOUND' then 'CHARGED' when 'UNKNOWN' then 'PRESUMED' when 'NOT_FOUND' then 'NOT_FOUND' else 'NONE' end::charge,
    (outcome in ('FOUND', 'UNKNOWN'))::int, 0, account_id, operation, provider, connection_id, 'CONNECTION', token_id, workflow,
    100 + bench_pick(number, 6, 900)
  from (
    select number, at, is_later,
      -- A UUIDv7 of that instant, in the order of the numbers.
      (substr(uuid_v7_floor(at)::text, 1, 14) || '7' || lpad(to_hex(number % 4096), 3, '0') || '-8'
        || substr(md5(number::text), 4, 3) || '-' || substr(md5(number::text), 7, 12))::uuid as id,
      case
        when is_missed then 'NOT_FOUND'
        when chance < 780 then 'FOUND'
        when chance < 980 then 'NOT_FOUND'
        when chance < 990 then 'REFUSED'
        when chance < 995 then 'FAILED'
        else 'UNKNOWN'
      end as outcome,
      case when bench_pick(run, 1, 10) < 7 then 'COMPANY' else 'PERSON' end as operation,
      c.id as connection_id, c.account_id, c.provider,
      (${`{${tokens.join()}}`}::text::uuid[])[1 + bench_pick(run, 2, ${tokens.length})] as token_id,
      'workflow ' || bench_pick(run, 3, ${workflows}) as workflow
    from (
      select number, number / 3 as run, bench_pick(number, 4, 1000) as chance,
        bench_pick(number / 3, 5, 4) = 0 and number % 3 = 2 as is_later,
        bench_pick(number / 3, 5, 4) = 0 and number % 3 = 1 as is_missed,
        date_trunc('day', now(), 'UTC') - ${days} * interval '1 day'
          + number * (${days} * interval '1 day' / ${entries}) as at
      from generate_series(${first}::bigint, ${last}::bigint) as number
    ) as runs
    join json_to_recordset(${JSON.stringify(
      connections.map(({ id, accountId, provider }, place) => ({
        place,
        id,
        account_id: accountId,
        provider,
      })),
    )}::text::json) as c (place int, id uuid, account_id uuid, provider text)
      on c.place = (bench_pick(run, 7, ${connections.length}) + is_later::int * 2) % ${connections.length}
  ) as entry
  order by number`;
