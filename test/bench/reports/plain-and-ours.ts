import { type SQL, sql } from 'drizzle-orm';
import type { Caller } from '../../../src/access/caller.js';
import { unrestricted } from '../../../src/access/scopes.js';
import { newId } from '../../../src/platform/ids.js';
import { readUsage, type UsageDimension } from '../../../src/usage/read-usage.js';
import { median, summaryOf } from '../numbers.js';
import type { BenchStore } from '../open-store.js';
import type { SetResult } from '../sets.js';
import { judge } from '../targets.js';

type Wanted = { workspaceId: string; entries: number; to: Date; timeZone: string; rounds: number };

type Report = { name: string; days: number; groupBy: readonly UsageDimension[]; by: SQL };

const reportsIn = (timeZone: string): Report[] => {
  const start = (unit: string): SQL => sql`date_trunc(${unit}::text, occurred_at, ${timeZone}::text)`;
  return [
    {
      name: '30 days, day × connection',
      days: 30,
      groupBy: ['DAY', 'CONNECTION'],
      by: sql`${start('day')}, connection_id`,
    },
    {
      name: '30 days, day × connection × operation',
      days: 30,
      groupBy: ['DAY', 'CONNECTION', 'OPERATION'],
      by: sql`${start('day')}, connection_id, operation`,
    },
    { name: '12 months, month', days: 365, groupBy: ['MONTH'], by: start('month') },
  ];
};

/** Reports as the API reads them, and as a plain GROUP BY on the same connection, in turns. Their sums are compared. */
export const measurePlainAndOurs = async (
  store: BenchStore,
  { workspaceId, entries, to, timeZone, rounds }: Wanted,
): Promise<SetResult> => {
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
  const measured = [];
  for (const { name, days, groupBy, by } of reportsIn(timeZone)) {
    const from = new Date(to.getTime() - days * 86_400_000);
    const [ours, plain]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      const startedMs = performance.now();
      const { rows } = await readUsage(store, caller, {
        from,
        to,
        timeZone,
        groupBy,
        filter: {},
        latencies: false,
      });
      const betweenMs = performance.now();
      const lines = await readPlainly(store, { workspaceId, from, to, by });
      ours.push(betweenMs - startedMs);
      plain.push(performance.now() - betweenMs);
      const sums = rows.map((row) => [row.lookups, row.attempts, row.found, row.creditsCharged].join(' '));
      if (sums.toSorted().join() !== lines.toSorted().join()) throw new Error(`${name}: the reports differ`);
    }
    measured.push({ name, ours, plain });
  }
  return {
    rows: measured.flatMap(({ name, ours, plain }) =>
      [['usage', ours] as const, ['plain GROUP BY', plain] as const].map(([way, times]) => ({
        set: 'reports',
        entries,
        workspace: 'one',
        report: name,
        way,
        p50Ms: Number(median(times).toFixed(1)),
        ratio: Number((median(times) / median(ours)).toFixed(2)),
      })),
    ),
    outcomes: measured.map(({ name, ours }) =>
      judge(
        { name: `${name}, one workspace`, floor: 50, aim: 20, unit: 'ms', atMost: true },
        summaryOf(ours),
      ),
    ),
  };
};

const readPlainly = async (
  { database: { db } }: BenchStore,
  { workspaceId, from, to, by }: { workspaceId: string; from: Date; to: Date; by: SQL },
): Promise<string[]> => {
  const rows = await db.execute<{ line: string }>(sql`
    select concat_ws(' ', count(*) filter (where kind = 'LOOKUP' and step = 1), count(*) filter (where kind = 'LOOKUP'),
      count(*) filter (where kind = 'LOOKUP' and outcome = 'FOUND'), sum(credits)) as line
    from entries
    where workspace_id = ${workspaceId} and occurred_at >= ${from.toISOString()}::timestamptz
      and occurred_at < ${to.toISOString()}::timestamptz
    group by ${by}`);
  return rows.map(({ line }) => line);
};
