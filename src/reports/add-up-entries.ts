import { type SQL, sql } from 'drizzle-orm';
import { entries, type outcome } from '../../schema/index.js';
import { type Database, databaseErrorCode } from '../platform/database.js';
import { instantFormat } from '../platform/page.js';
import { unknownTimeZone } from './time-zone.js';
import { bucketStart, type TimeUnit } from './usage-bucket.js';

export const usageLabels = [
  'CONNECTION',
  'PROVIDER',
  'OPERATION',
  'WORKFLOW',
  'TOKEN',
  'OUTCOME',
  'PAYER',
] as const;
export type UsageLabel = (typeof usageLabels)[number];

export type UsageSum =
  | 'asks'
  | 'found'
  | 'notFound'
  | 'refused'
  | 'failed'
  | 'unknown'
  | 'creditsCharged'
  | 'creditsSaved';

/** One group as PostgreSQL tells it: sums as decimal digits, the start as text. */
export type AddedUp = Record<UsageSum, string> & {
  starts_at: string | null;
  connection_id: string | null;
  provider: string | null;
  operation: string | null;
  workflow: string | null;
  token_id: string | null;
  outcome: (typeof outcome.enumValues)[number] | null;
  payer: string | null;
};

/**
 * Adds up the entries that pass `wanted`, in groups by the starts of `units` on the clocks of `timeZone` and by
 * `labels`, in their order, `rowsMax` groups at most. Only asks are counted; credits add up over corrections too.
 */
export const addUpEntries = async (
  { db }: Database,
  {
    wanted,
    units,
    labels,
    timeZone,
    rowsMax,
  }: {
    wanted: SQL | undefined;
    units: readonly TimeUnit[];
    labels: readonly UsageLabel[];
    timeZone: string;
    rowsMax: number;
  },
): Promise<AddedUp[]> => {
  const by = (label: UsageLabel, column: SQL): SQL => (labels.includes(label) ? column : sql`null::text`);
  try {
    return await db.execute<AddedUp>(sql`
      with labelled as (
        select ${bucketStart(units, timeZone)} as starts_at,
          ${by('CONNECTION', sql`connection_id::text`)} as connection_id,
          ${by('PROVIDER', sql`provider`)} as provider,
          ${by('OPERATION', sql`operation`)} as operation,
          ${by('WORKFLOW', sql`workflow`)} as workflow,
          ${by('TOKEN', sql`token_id::text`)} as token_id,
          ${by('OUTCOME', sql`outcome::text`)} as outcome,
          ${by('PAYER', sql`payer`)} as payer,
          case when kind = 'ASK' then outcome end as came_to,
          credits,
          saved
        from ${entries}
        where ${wanted}
      )
      select to_char(starts_at at time zone 'UTC', ${instantFormat}) as starts_at,
        connection_id, provider, operation, workflow, token_id, outcome, payer,
        count(came_to) as "asks",
        count(*) filter (where came_to = 'FOUND') as "found",
        count(*) filter (where came_to = 'NOT_FOUND') as "notFound",
        count(*) filter (where came_to = 'REFUSED') as "refused",
        count(*) filter (where came_to = 'FAILED') as "failed",
        count(*) filter (where came_to = 'UNKNOWN') as "unknown",
        sum(credits) as "creditsCharged",
        sum(saved) as "creditsSaved"
      from labelled
      group by labelled.starts_at, connection_id, provider, operation, workflow, token_id, outcome, payer
      order by labelled.starts_at, connection_id, provider, operation, workflow, token_id, outcome, payer
      limit ${rowsMax}`);
  } catch (error) {
    // 22023, invalid parameter value: the zone.
    throw databaseErrorCode(error) === '22023' ? unknownTimeZone() : error;
  }
};
