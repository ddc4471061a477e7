import { and, eq, inArray } from 'drizzle-orm';
import { snapshots, unlocks } from '../../schema/tables/index.js';
import type { FieldSource, RecordPart } from '../enrichment/lookup-result.js';
import { type Merged, mergeRecords } from '../enrichment/merge-records.js';
import type { Database } from '../platform/database.js';
import { type ProviderName, providerNames } from '../providers/catalogue.js';
import type { CompanyRecord, PersonRecord } from '../providers/records.js';
import { readStoredRecord, type RecordReaders, type StoredRecord } from '../records/stored-record.js';
import type { JobOfRows, RowResult } from './read-rows.js';

type Content<Record> = {
  record: Record;
  /** The object of the provider that found the record first, unchanged. */
  raw: () => unknown;
  /** The provider of each field that has a value. */
  sources: () => FieldSource[];
  parts: readonly RecordPart[];
  /** When the oldest of its snapshots was fetched. It may be later than the row was finished. */
  fetchedAt: Date;
};

/** The record of a row, from the snapshots that it names. */
export type RowRecord =
  | ({ operation: 'COMPANY' } & Content<CompanyRecord>)
  | ({ operation: 'PERSON' } & Content<PersonRecord>)
  | { operation: null; missing: 'ERASED' | 'UNREADABLE' };

/** Why a row that was found has no record: what happened, then what to do. */
export const missingRecord: Readonly<Record<'ERASED' | 'UNREADABLE', string>> = {
  ERASED:
    'The record was found, and what was stored of it has been erased since: look it up again, which costs nothing at a provider that charges a record once.',
  UNREADABLE:
    'The record was found, and this release cannot read what is stored of it: look it up again with maxAge 0.',
};

type StoredPart = { provider: ProviderName; variant: string; fetchedAt: Date; stored: StoredRecord };

/**
 * The records of these rows, by number, read with today's code and merged in the order in which they were found. A row
 * without a record has none. A record is whole or missing: where one of its snapshots is gone, all of it is.
 */
export const readRowRecords = async (
  { database: { db }, providers }: { database: Pick<Database, 'db'>; providers: RecordReaders },
  { workspaceId }: Pick<JobOfRows, 'workspaceId'>,
  rows: readonly Pick<RowResult, 'number' | 'snapshots'>[],
): Promise<ReadonlyMap<number, RowRecord>> => {
  const ids = [...new Set(rows.flatMap((row) => row.snapshots.map(({ unlockId }) => unlockId)))];
  if (ids.length === 0) return new Map();
  const found = await db
    .select({
      unlockId: snapshots.unlockId,
      variant: snapshots.variant,
      operation: unlocks.operation,
      provider: unlocks.provider,
      body: snapshots.body,
      fetchedAt: snapshots.fetchedAt,
    })
    .from(snapshots)
    .innerJoin(
      unlocks,
      and(eq(unlocks.workspaceId, snapshots.workspaceId), eq(unlocks.id, snapshots.unlockId)),
    )
    .where(and(eq(snapshots.workspaceId, workspaceId), inArray(snapshots.unlockId, ids)));
  const parts = new Map<string, StoredPart | null>();
  for (const row of found) {
    const stored = readStoredRecord(providers, row);
    const provider = providerNames.find((name) => name === row.provider);
    const part = stored === null || provider === undefined ? null : { ...row, stored, provider };
    parts.set(keyOf(row), part);
  }
  const records = new Map<number, RowRecord>();
  for (const row of rows) {
    if (row.snapshots.length > 0) records.set(row.number, mergeParts(row.snapshots.map(keyOf), parts));
  }
  return records;
};

const keyOf = ({ unlockId, variant }: { unlockId: string; variant: string }): string =>
  `${unlockId} ${variant}`;

const mergeParts = (keys: readonly string[], parts: ReadonlyMap<string, StoredPart | null>): RowRecord => {
  let company: Merged<CompanyRecord> | null = null;
  let person: Merged<PersonRecord> | null = null;
  let first: StoredPart | null = null;
  let oldest = Number.POSITIVE_INFINITY;
  for (const key of keys) {
    const part = parts.get(key);
    if (part === undefined) return { operation: null, missing: 'ERASED' };
    if (part === null) return { operation: null, missing: 'UNREADABLE' };
    const { stored, provider, variant, fetchedAt } = part;
    first ??= part;
    oldest = Math.min(oldest, fetchedAt.getTime());
    const of = { id: stored.record.id, variant };
    if (stored.operation === 'COMPANY')
      company = mergeRecords(company, { record: stored.record, provider, part: of });
    else person = mergeRecords(person, { record: stored.record, provider, part: of });
  }
  const { raw } = first?.stored ?? { raw: null };
  const common = { raw: () => raw, fetchedAt: new Date(oldest) };
  if (company !== null) return { operation: 'COMPANY', ...company, ...common };
  if (person !== null) return { operation: 'PERSON', ...person, ...common };
  return { operation: null, missing: 'UNREADABLE' };
};
