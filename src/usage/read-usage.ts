import { sql } from 'drizzle-orm';
import * as z from 'zod';
import type { outcome } from '../../schema/tables/index.js';
import { authorize, type Caller } from '../access/caller.js';
import { GatewayError } from '../errors.js';
import type { Database, Drizzle } from '../platform/database.js';
import { parseInput, timeZone } from '../platform/parse-input.js';
import { type AggregatedUsage, aggregateUsage } from './aggregate-usage.js';
import { usageLabels } from './choose-sums.js';
import { instant, isInOrder, outOfOrder, type Period } from './period.js';
import type { EntryFilter } from './entry-filter.js';
import { type Chargeback, readChargeback, refuseChargeback } from './read-chargeback.js';
import { timeUnits } from './unit-start.js';
import { type Top, topMeasures } from './top-groups.js';
import { addUsage, noUsage, readSums, type UsageTotals } from './usage-sums.js';

export const usageDimensions = [...timeUnits, ...usageLabels] as const;
export type UsageDimension = (typeof usageDimensions)[number];

export type UsageInput = {
  /** Inclusive. */
  from: Date;
  /** Exclusive. */
  to: Date;
  /** IANA name of the time zone of hours, days, weeks (from Monday) and months. */
  timeZone: string;
  groupBy: readonly UsageDimension[];
  filter: Omit<EntryFilter, 'from' | 'to'>;
  /** False: latencies are not needed, and all are 0. */
  latencies?: boolean;
  /** Adds each workflow's share in the records it used; see readChargeback. */
  chargeback?: boolean;
  /** The largest groups alone have rows, and the others one row together for each time; null: every group has rows. */
  top?: Top | null | undefined;
};

/** One group; null for labels that are not grouped by, and for those that the lookups did not have. */
export type UsageRow = UsageTotals & {
  startsAt: Date | null;
  /** The local time, such as 2026-11-01 00:00. PostgreSQL computes it, whose time zones may be newer than Node's. */
  startsAtLocal: string | null;
  /** When the next group starts, which may be after the end of the report. */
  endsAt: Date | null;
  connectionId: string | null;
  provider: string | null;
  operation: string | null;
  workflow: string | null;
  tokenId: string | null;
  outcome: (typeof outcome.enumValues)[number] | null;
  payer: string | null;
  sandbox: boolean | null;
  /** How many groups of the period the row stands for, if they are not among the largest; null in a row of one group. */
  others: number | null;
  /** Null unless requested. */
  chargeback: Chargeback | null;
};

export type UsagePeriod = Period & { totals: UsageTotals; rows: UsageRow[] };

const rowsMax = 10_000;

/**
 * Sums the ledger over a period. The sums are exact: the totals are those of the rows, and the rows are complete. Rows are
 * sorted by time, then by their labels. Throws FORBIDDEN, BAD_REQUEST, LIMIT_EXCEEDED for more than 10,000 rows, or
 * ARCHIVED where the sums do not suffice and entries are archived.
 */
export const readUsage = async (
  { database }: { database: Database },
  caller: Caller,
  input: UsageInput,
): Promise<UsagePeriod> => {
  authorize(caller, 'read');
  const wanted = readUsageInput(input);
  if (wanted.chargeback !== true) return await readPeriod(database.db, caller, wanted);
  // Two statements read the same entries, so they need the same view of the ledger.
  return await database.db.transaction(
    async (tx) => {
      // Before the view is taken, so that no month is archived between the statements.
      await tx.execute(sql`lock table entries in access share mode`);
      return await readPeriod(tx, caller, wanted);
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
};

/** The input of a report, checked. Throws BAD_REQUEST. */
export const readUsageInput = (input: UsageInput): UsageInput => {
  const wanted = { ...input, ...parseInput(inputSchema, input, 'BAD_REQUEST') };
  if (wanted.chargeback === true) refuseChargeback(wanted);
  return wanted;
};

type Reader = Pick<Drizzle, 'execute'>;

const readPeriod = async (db: Reader, caller: Caller, wanted: UsageInput): Promise<UsagePeriod> => {
  const { from, to, timeZone, groupBy, filter } = wanted;
  const found = await aggregateUsage(db, caller, {
    from,
    to,
    filter,
    units: timeUnits.filter((unit) => groupBy.includes(unit)),
    labels: usageLabels.filter((label) => groupBy.includes(label)),
    timeZone,
    latencies: wanted.latencies !== false,
    top: wanted.top ?? null,
    rowsMax: rowsMax + 1,
  });
  if (found.length > rowsMax) throw tooManyRows();
  const rows = found.map(rowOf);
  const totals = rows.reduce<UsageTotals>(addUsage, noUsage);
  if (wanted.chargeback !== true) return { from, to, totals, rows };
  const shares = await readChargeback(db, caller, { from, to, filter, totals });
  const nothing = { credits: 0n, share: 0, remainder: 0 };
  return {
    from,
    to,
    totals,
    rows: rows.map((row) => ({ ...row, chargeback: shares.get(row.workflow) ?? nothing })),
  };
};

const rowOf = (row: AggregatedUsage): UsageRow => ({
  startsAt: row.starts_at === null ? null : new Date(row.starts_at),
  startsAtLocal: row.starts_at_local,
  endsAt: row.ends_at === null ? null : new Date(row.ends_at),
  connectionId: row.connection_id ?? null,
  provider: row.provider ?? null,
  operation: row.operation ?? null,
  workflow: row.workflow ?? null,
  tokenId: row.token_id ?? null,
  outcome: row.outcome ?? null,
  payer: row.payer ?? null,
  sandbox: row.sandbox ?? null,
  others: row.others === null || row.others === undefined ? null : Number(row.others),
  chargeback: null,
  ...readSums(row),
});

const topMax = 1_000;
const topRange = `"top" takes 1 to ${topMax} groups.`;

const inputSchema = z
  .object({
    from: instant('from'),
    to: instant('to'),
    timeZone,
    groupBy: z.array(
      z.enum(usageDimensions, `"groupBy" takes ${usageDimensions.join(', ')}: choose one or more of them.`),
    ),
    top: z
      .object({
        groups: z.int(topRange).min(1, topRange).max(topMax, topRange),
        by: z.enum(topMeasures),
      })
      .nullish(),
  })
  .refine(isInOrder, outOfOrder);

const tooManyRows = (): GatewayError =>
  new GatewayError(
    'LIMIT_EXCEEDED',
    `This report would have more than ${rowsMax} rows: shorten the period, group by less, filter, or request the largest groups with "top".`,
  );

/** The sums of one provider's attempts. */
export type ProviderUsage = UsageTotals & { provider: string };

/**
 * A period's attempts by provider, without attempts that were refused before a provider was chosen. Throws as readUsage
 * does.
 */
export const readProviderUsage = async (
  deps: { database: Database },
  caller: Caller,
  { from, to, filter, latencies = true }: Pick<UsageInput, 'from' | 'to' | 'filter' | 'latencies'>,
): Promise<ProviderUsage[]> => {
  const { rows } = await readUsage(deps, caller, {
    from,
    to,
    filter,
    latencies,
    timeZone: 'UTC',
    groupBy: ['PROVIDER'],
  });
  return providersIn(rows);
};

/** Whether the rows of a report are those of its providers. */
export const isByProvider = ({ groupBy, top }: Pick<UsageInput, 'groupBy' | 'top'>): boolean =>
  (top ?? null) === null && groupBy.length > 0 && groupBy.every((dimension) => dimension === 'PROVIDER');

/** The providers' usage in the rows of such a report. */
export const providersIn = (rows: readonly UsageRow[]): ProviderUsage[] =>
  rows.flatMap((row) => (row.provider === null ? [] : [{ ...row, provider: row.provider }]));
