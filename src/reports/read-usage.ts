import { z } from 'zod';
import type { outcome } from '../../schema/index.js';
import { authorise, type Caller } from '../access/caller.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { parseInput } from '../platform/parse-input.js';
import { type AddedUp, addUpEntries, type UsageSum, usageLabels } from './add-up-entries.js';
import { type EntryFilter, matchingEntries } from './entry-filter.js';
import { instant } from './instant.js';
import { timeZone } from './time-zone.js';
import { timeUnits } from './usage-bucket.js';

export const usageDimensions = [...timeUnits, ...usageLabels] as const;
export type UsageDimension = (typeof usageDimensions)[number];

export type UsageInput = {
  /** Counts in. */
  from: Date;
  /** Does not count in. */
  to: Date;
  /** IANA name of the zone whose clocks cut hours, days, weeks (from Monday) and months. */
  timeZone: string;
  groupBy: readonly UsageDimension[];
  filter: Omit<EntryFilter, 'from' | 'to'>;
};

/** Whole asks and whole credits. Credits add up over corrections too, asks do not. */
export type UsageTotals = Record<UsageSum, bigint>;

/** What fell into one group; null for what was not grouped by, and for what the asks did not have. */
export type UsageRow = UsageTotals & {
  startsAt: Date | null;
  connectionId: string | null;
  provider: string | null;
  operation: string | null;
  workflow: string | null;
  tokenId: string | null;
  outcome: (typeof outcome.enumValues)[number] | null;
  payer: string | null;
};

export type UsageReport = { from: Date; to: Date; totals: UsageTotals; rows: UsageRow[] };

const rowsMax = 10_000;

/**
 * Adds up the ledger over a period, exactly: the totals are the sum of the rows, and the rows miss nothing. In the
 * order of time, then of their labels. Throws FORBIDDEN, BAD_REQUEST, or LIMIT_EXCEEDED for more than 10,000 rows.
 */
export const readUsage = async (
  { database }: { database: Database },
  caller: Caller,
  input: UsageInput,
): Promise<UsageReport> => {
  authorise(caller, 'read');
  const { from, to, timeZone, groupBy } = parseInput(inputSchema, input, 'BAD_REQUEST');
  const found = await addUpEntries(database, {
    wanted: matchingEntries(caller, { ...input.filter, from, to }),
    units: timeUnits.filter((unit) => groupBy.includes(unit)),
    labels: usageLabels.filter((label) => groupBy.includes(label)),
    timeZone,
    rowsMax: rowsMax + 1,
  });
  if (found.length > rowsMax) throw tooManyRows();
  const rows = found.map(rowOf);
  return { from, to, totals: totalsOf(rows), rows };
};

const rowOf = (row: AddedUp): UsageRow => ({
  startsAt: row.starts_at === null ? null : new Date(row.starts_at),
  connectionId: row.connection_id,
  provider: row.provider,
  operation: row.operation,
  workflow: row.workflow,
  tokenId: row.token_id,
  outcome: row.outcome,
  payer: row.payer,
  ...each((sum) => BigInt(row[sum])),
});

const totalsOf = (rows: readonly UsageRow[]): UsageTotals =>
  each((sum) => rows.reduce((total, row) => total + row[sum], 0n));

const each = (value: (sum: UsageSum) => bigint): UsageTotals => ({
  asks: value('asks'),
  found: value('found'),
  notFound: value('notFound'),
  refused: value('refused'),
  failed: value('failed'),
  unknown: value('unknown'),
  creditsCharged: value('creditsCharged'),
  creditsSaved: value('creditsSaved'),
});

const inputSchema = z
  .object({
    from: instant('from'),
    to: instant('to'),
    timeZone,
    groupBy: z.array(
      z.enum(usageDimensions, `"groupBy" takes ${usageDimensions.join(', ')}: choose among them.`),
    ),
  })
  .refine(({ from, to }) => from < to, {
    path: ['to'],
    message: '"to" must be later than "from": widen the period.',
  });

const tooManyRows = (): GatewayError =>
  new GatewayError(
    'LIMIT_EXCEEDED',
    `This report would have more than ${rowsMax} rows: shorten the period, group by less, or filter.`,
  );
