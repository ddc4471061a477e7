import { sql } from 'drizzle-orm';
import type { Caller } from '../../../src/access/caller.js';
import { unrestricted } from '../../../src/access/scopes.js';
import { newId } from '../../../src/platform/ids.js';
import { readUsage } from '../../../src/usage/read-usage.js';
import { median } from '../numbers.js';
import type { BenchStore } from '../open-store.js';

/** One line of the result: `ratio` is how much longer the plain way took, in the same run. */
export type MeasuredReport = {
  set: 'reports';
  entries: number;
  workspace: string;
  entriesInReport: number;
  way: string;
  p50Ms: number;
  p99Ms: number;
  ratio: number;
};

const workspaces = 1_000;
const reportsPerWay = 100;
const timeZone = 'Australia/Sydney';
const dayMs = 86_400_000;

/**
 * A 30-day report by day and connection over a ledger of two years and 1,000 workspaces, of which one has a tenth of
 * everything: `usage` as it is, beside the plain GROUP BY over entries, taking turns. Lookups come in runs of some 25, as
 * jobs and lists make them. Every pair of answers is compared, so a wrong one is no fast one.
 */
export const measureSpread = async (store: BenchStore, full: boolean): Promise<MeasuredReport[]> => {
  await makeFunctions(store);
  await store.database.sql`select create_entry_partitions(now() - interval '25 months', 1)`;
  const results: MeasuredReport[] = [];
  let written = 0;
  for (const size of [100_000, 1_000_000, ...(full ? [10_000_000] : [])]) {
    const startedMs = performance.now();
    for (; written < size; written += 2 * entriesPerStatement) {
      // Two at once: filling ten million is most of what this bench takes.
      await Promise.all([writeRuns(store, written), writeRuns(store, written + entriesPerStatement)]);
    }
    await store.database.sql`analyze entries`;
    await store.database.sql`analyze usage_buckets`;
    const seconds = Math.round((performance.now() - startedMs) / 1_000);
    console.log(`${size} entries stand after ${seconds} s more.`);
    for (const workspace of ['typical', 'largest'] as const)
      results.push(...(await measure(store, size, workspace)));
  }
  return results;
};

const measure = async (
  store: BenchStore,
  entries: number,
  workspace: 'typical' | 'largest',
): Promise<MeasuredReport[]> => {
  const to = new Date(Math.floor(Date.now() / dayMs) * dayMs);
  const timesMs: Record<'usage' | 'plain GROUP BY', number[]> = { usage: [], 'plain GROUP BY': [] };
  const sizes: number[] = [];
  for (let turn = 0; turn < reportsPerWay; turn += 1) {
    const number = workspace === 'largest' ? 0 : 1 + ((turn * 37) % (workspaces - 1));
    const wanted = { workspaceId: workspaceId(number), from: new Date(to.getTime() - 30 * dayMs), to };
    const startedMs = performance.now();
    const ours = await report(store, wanted);
    const betweenMs = performance.now();
    const plain = await plainReport(store, wanted);
    const endedMs = performance.now();
    if (ours.join() !== plain.map(({ line }) => line).join())
      throw new Error(`the reports of ${wanted.workspaceId} differ`);
    timesMs.usage.push(betweenMs - startedMs);
    timesMs['plain GROUP BY'].push(endedMs - betweenMs);
    sizes.push(plain.reduce((sum, { attempts }) => sum + Number(attempts), 0));
  }
  const base = median(timesMs.usage);
  return (['usage', 'plain GROUP BY'] as const).map((way) => ({
    set: 'reports',
    entries,
    workspace,
    entriesInReport: Math.round(median(sizes)),
    way,
    p50Ms: Number(median(timesMs[way]).toFixed(2)),
    p99Ms: Number(
      (timesMs[way].toSorted((a, b) => a - b)[Math.ceil(reportsPerWay * 0.99) - 1] ?? 0).toFixed(2),
    ),
    ratio: Number((median(timesMs[way]) / base).toFixed(2)),
  }));
};

type Wanted = { workspaceId: string; from: Date; to: Date };

const report = async (store: BenchStore, { workspaceId, from, to }: Wanted): Promise<string[]> => {
  const caller: Caller = {
    workspaceId,
    workspaceName: 'bench',
    plan: 'PRO',
    tokenId: newId(),
    tokenName: 'bench',
    ...unrestricted,
    role: 'VIEWER',
    workflow: null,
  };
  const { rows } = await readUsage(store, caller, {
    from,
    to,
    timeZone,
    groupBy: ['DAY', 'CONNECTION'],
    filter: {},
  });
  return rows.map((row) =>
    [row.startsAt?.toISOString(), row.connectionId, row.attempts, row.found, row.creditsCharged].join(' '),
  );
};

const plainReport = ({ database }: BenchStore, { workspaceId, from, to }: Wanted) =>
  database.db.execute<{ line: string; attempts: string }>(sql`
    select to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || ' ' || concat_ws(' ', connection_id,
        attempts, found, credits) as line, attempts
    from (
      select date_trunc('day', occurred_at, ${timeZone}::text) as starts_at, connection_id, count(*) as attempts,
        count(*) filter (where outcome = 'FOUND') as found, sum(credits) as credits
      from entries
      where workspace_id = ${workspaceId} and occurred_at >= ${from.toISOString()}::timestamptz
        and occurred_at < ${to.toISOString()}::timestamptz
      group by 1, 2
      order by 1, 2
    ) as report`);

const workspaceId = (number: number): string =>
  `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

const entriesPerStatement = 50_000;

/**
 * Writes the next entries the way they are written in life, so that the trigger counts them. A run has its workspace,
 * its quarter of an hour in the last two years, and one of six jobs: a connection, a token and a workflow that go together.
 */
const writeRuns = ({ database }: BenchStore, first: number) => database.sql`
  insert into entries (
    workspace_id, id, lookup_id, occurred_at, outcome, charge, credits, saved, account_id, operation, provider,
    connection_id, payer, token_id, workflow, latency_ms)
  select workspace_id, id, id, at,
    case when found then 'FOUND'::outcome else 'NOT_FOUND' end, case when found then 'CHARGED'::charge else 'NOT_FOUND' end,
    found::int, 0, workspace_id, 'COMPANY', 'FIRMABLE', bench_id(job % 3), 'CONNECTION', bench_id(job), 'job ' || job,
    100 + place * 7
  from (
    select bench_id(case when bench_pick(run, 1, 10) = 0 then 0 else 1 + bench_pick(run, 2, ${workspaces - 1}) end)
        as workspace_id,
      -- A UUIDv7 of that instant.
      (substr(uuid_v7_floor(at)::text, 1, 14) || '7' || substr(md5(number::text), 1, 3) || '-8'
        || substr(md5(number::text), 4, 3) || '-' || substr(md5(number::text), 7, 12))::uuid as id,
      at, bench_pick(number, 5, 10) < 8 as found, bench_pick(run, 4, 6) as job, place
    from (
      select number, run, place, date_trunc('day', now(), 'UTC') - interval '730 days'
        + bench_pick(run, 3, 730 * 96) * interval '15 minutes' + place * interval '35 seconds' as at
      from (
        select number, number / 25 as run, number % 25 as place
        from generate_series(${first}::bigint, ${first + entriesPerStatement - 1}::bigint) as number
      ) as runs
    ) as timed
  ) as entry`;

const makeFunctions = async ({ database }: BenchStore): Promise<void> => {
  await database.sql`
    create function bench_pick(what bigint, seed bigint, among int) returns int language sql immutable as
    'select ((hashint8extended(what, seed) & 2147483647) % among)::int'`;
  await database.sql`
    create function bench_id(number bigint) returns uuid language sql immutable as
    $$ select ('00000000-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid $$`;
};
