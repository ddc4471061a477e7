import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { entries, unlocks } from '../../schema/tables/index.js';
import type { Attempt, Payer, Receipt } from '../enrichment/lookup-result.js';
import { isProblemCode } from '../errors.js';
import type { Database } from '../platform/database.js';
import { providerNames } from '../providers/catalogue.js';
import { nameOfRecord } from '../providers/name-of-record.js';
import type { Entry } from '../usage/entry.js';
import { entryColumns } from '../usage/entry.js';
import type { RowRecord } from './read-records.js';
import type { JobOfRows, RowResult } from './read-rows.js';

type Reader = Pick<Database, 'db'>;
type EntryOfRow = Entry & { unlockedAt: Date | null };

/** What a row was charged and what it saved, corrections included. */
export type RowCredits = { credits: bigint; saved: bigint };

/**
 * The credits of these rows as the ledger has them now, by number: a presumed charge that was confirmed or reversed later
 * shows. A row without entries has what was counted when it was finished: so have rows whose entries are archived. Of rows
 * that are `unfinished`, those have credits that were looked up.
 */
export const readRowCredits = async (
  { db }: Reader,
  job: JobOfRows,
  rows: readonly Pick<RowResult, 'number' | 'lookupId' | 'credits' | 'saved'>[],
  unfinished: readonly number[] = [],
): Promise<ReadonlyMap<number, RowCredits>> => {
  const counted = new Map<number, RowCredits>(
    rows.map(({ number, credits, saved }) => [number, { credits, saved }]),
  );
  const lookedUp = rows.filter(({ lookupId }) => lookupId !== null).map(({ number }) => number);
  const numbers = [...lookedUp, ...unfinished];
  if (numbers.length === 0) return counted;
  const sums = await db
    .select({
      number: entries.jobRow,
      credits: sql<bigint>`sum(${entries.credits})`.mapWith(BigInt),
      saved: sql<bigint>`sum(${entries.saved})`.mapWith(BigInt),
    })
    .from(entries)
    .where(ofRows(job, numbers))
    .groupBy(entries.jobRow)
    // Where the first entry is archived, what is left is not all.
    .having(sql`bool_or(${entries.id} = ${entries.lookupId})`);
  for (const { number, ...sum } of sums) if (number !== null) counted.set(number, sum);
  return counted;
};

const ofRows = ({ workspaceId, id }: JobOfRows, numbers: readonly number[]) =>
  and(eq(entries.workspaceId, workspaceId), eq(entries.jobId, id), inArray(entries.jobRow, [...numbers]));

/**
 * The receipts of these rows, by number, from their entries: with all attempts of all runs, each with its corrections. A row
 * that no lookup was made for has none; of a duplicate, the row that it repeats has it. Nor has a row whose entries are
 * archived.
 */
export const readRowReceipts = async (
  { db }: Reader,
  job: JobOfRows,
  rows: readonly RowResult[],
  recordOf: (number: number) => RowRecord | undefined,
): Promise<ReadonlyMap<number, Receipt>> => {
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  if (byNumber.size === 0) return new Map();
  const found = await db
    .select({ ...entryColumns, unlockedAt: unlocks.unlockedAt })
    .from(entries)
    .leftJoin(unlocks, and(eq(unlocks.workspaceId, entries.workspaceId), eq(unlocks.id, entries.unlockId)))
    .where(ofRows(job, [...byNumber.keys()]))
    .orderBy(asc(entries.recordedAt), asc(entries.step), asc(entries.id));
  const ofRow = new Map<number, EntryOfRow[]>();
  for (const entry of found) {
    const { jobRow } = entry;
    if (jobRow !== null) ofRow.set(jobRow, [...(ofRow.get(jobRow) ?? []), entry]);
  }
  const receipts = new Map<number, Receipt>();
  for (const [number, own] of ofRow) {
    const row = byNumber.get(number);
    const receipt = row === undefined ? null : receiptOf(row, own, recordOf(number));
    if (receipt !== null) receipts.set(number, receipt);
  }
  return receipts;
};

const receiptOf = (
  row: RowResult,
  all: readonly EntryOfRow[],
  record: RowRecord | undefined,
): Receipt | null => {
  const lookups = all.filter(({ kind }) => kind === 'LOOKUP');
  const last = lookups.at(-1);
  if (last === undefined) return null;
  const attempts = lookups.flatMap((entry) => {
    const attempt = attemptOf(
      entry,
      all.filter(({ correctsEntryId }) => correctsEntryId === entry.id),
    );
    return attempt === null ? [] : [attempt];
  });
  const alike = lookups.filter(({ outcome }) => outcome === row.outcome);
  const decisive = alike.findLast(({ provider }) => provider === row.provider) ?? alike.at(-1) ?? last;
  const found = record === undefined || record.operation === null ? null : record;
  return {
    id: row.lookupId ?? last.lookupId,
    charge:
      (['CHARGED', 'PRESUMED'] as const).find((charge) => attempts.some((one) => one.charge === charge)) ??
      row.charge,
    creditsCharged: sum(all.map(({ creditsCharged }) => creditsCharged)),
    creditsSaved: sum(all.map(({ creditsSaved }) => creditsSaved)),
    payer: payerOf(decisive),
    provider: providerNames.find((name) => name === decisive.provider) ?? null,
    fromSnapshot: decisive.fromSnapshot,
    sandbox: decisive.sandbox,
    unlockedAt: decisive.unlockedAt,
    fetchedAt: found?.fetchedAt ?? null,
    registrableDomain: null,
    identifierSource: null,
    recordName: found === null ? null : nameOfRecord(found.record),
    attempts,
  };
};

/** An entry as it stands after its corrections, the latest last; null where it was refused before a provider was chosen. */
const attemptOf = (entry: EntryOfRow, corrections: readonly EntryOfRow[]): Attempt | null => {
  const provider = providerNames.find((name) => name === entry.provider);
  if (provider === undefined) return null;
  const now = corrections.at(-1) ?? entry;
  const counted = [entry, ...corrections];
  return {
    step: entry.step,
    entryId: entry.id,
    provider,
    connectionId: entry.connectionId,
    payer: payerOf(entry),
    outcome: now.outcome,
    charge: now.charge,
    creditsCharged: sum(counted.map(({ creditsCharged }) => creditsCharged)),
    creditsSaved: sum(counted.map(({ creditsSaved }) => creditsSaved)),
    fromSnapshot: entry.fromSnapshot,
    latencyMs: entry.latencyMs,
    code: now.problem !== null && isProblemCode(now.problem) ? now.problem : null,
    reason: now.reason,
    registrableDomain: null,
  };
};

const payerOf = ({ payer, connectionId }: EntryOfRow): Payer | null => {
  const kind = (['CONNECTION', 'CALLER_KEY', 'MANAGED'] as const).find((one) => one === payer);
  return kind === undefined ? null : { kind, connectionId };
};

const sum = (credits: readonly bigint[]): bigint => credits.reduce((total, one) => total + one, 0n);
