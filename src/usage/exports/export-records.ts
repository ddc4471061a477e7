import { and, desc, eq, inArray } from 'drizzle-orm';
import { snapshots } from '../../../schema/tables/index.js';
import { authorize, type Caller } from '../../access/caller.js';
import { GatewayError } from '../../errors.js';
import type { Database } from '../../platform/database.js';
import type { CompanyRecord, PersonRecord } from '../../providers/records.js';
import type { UnlockFilter } from '../unlock.js';
import { companyFields } from './company-fields.js';
import { readUnlocks, unlockFields, type UnlockRow } from './export-unlocks.js';
import { personFields } from './person-fields.js';
import { type Reading, readPages, type WithCursor } from './read-pages.js';
import { chooseColumns, type Column, type Export, type ExportDeps } from './table.js';
import { writePages } from './write-pages.js';

// A snapshot can be as large as UPSTREAM_BODY_BYTES_MAX.
const rowsPerPage = 50;

type Row = WithCursor<RecordRow>;

/**
 * The unlocked records, newest first, each from its newest snapshot; free, and without an entry. A row without a
 * snapshot has the columns of its unlock only. CSV has a column for each field, so it needs an `operation`; NDJSON has
 * the whole record. Each phone has `isDoNotCall`, empty if unknown. Throws FORBIDDEN or BAD_REQUEST.
 */
export const exportRecords: Export<{ filter: UnlockFilter }> = async (deps, caller, input) => {
  authorize(caller, 'read');
  const fields = input.format === 'csv' ? flatFields(input.filter.operation) : wholeRecord;
  const reading = readRecords(deps, caller, readUnlocks(caller, input.filter, rowsPerPage));
  const columns = [...unlockFields(deps), ...snapshotFields, ...fields, cursorField];
  const chosen = chooseColumns(columns, input.columns);
  return writePages(input.format, chosen, await readPages(deps, input.after, reading));
};

const snapshotFields: readonly Column<Row>[] = [
  { name: 'fetchedAt', value: ({ snapshot }) => snapshot?.fetchedAt ?? null },
  // Snapshots of companies are stored by country; those of people are the same everywhere.
  {
    name: 'country',
    value: ({ snapshot }) => (snapshot === null || snapshot.variant === '' ? null : snapshot.variant),
  },
];

const cursorField: Column<Row> = { name: 'cursor', value: ({ cursor }) => cursor };

const wholeRecord: readonly Column<Row>[] = [
  { name: 'record', value: ({ company, person }) => company ?? person },
];

const flatFields = (operation: string | null | undefined): readonly Column<Row>[] => {
  if (operation === 'COMPANY') return fieldsOf(companyFields, ({ company }) => company);
  if (operation === 'PERSON') return fieldsOf(personFields, ({ person }) => person);
  throw new GatewayError(
    'BAD_REQUEST',
    'Companies and people have different columns: add operation=COMPANY or operation=PERSON, or request records.ndjson.',
    { field: ['operation'] },
  );
};

const fieldsOf = <Of>(fields: readonly Column<Of>[], recordOf: (row: Row) => Of | null): Column<Row>[] =>
  fields.map(({ name, value }) => ({
    name,
    value: (row) => {
      const record = recordOf(row);
      return record === null ? null : value(record);
    },
  }));

type Snapshot = { variant: string; body: string; fetchedAt: Date };

/** An unlock with its newest snapshot, parsed; at most one of the two records is present. */
type RecordRow = UnlockRow & {
  snapshot: Pick<Snapshot, 'variant' | 'fetchedAt'> | null;
  company: CompanyRecord | null;
  person: PersonRecord | null;
};

/** Reads unlocks with their records, if snapshots are stored. */
const readRecords = (
  deps: ExportDeps,
  { workspaceId }: Caller,
  unlocks: Reading<UnlockRow>,
): Reading<RecordRow> => ({
  ...unlocks,
  read: async (database, position, rowsMax) => {
    const rows = await unlocks.read(database, position, rowsMax);
    const found = deps.snapshotsKept ? await newestSnapshots(database, workspaceId, rows) : new Map();
    return rows.map((row) => withRecord(deps, row, found.get(row.id)));
  },
});

const newestSnapshots = async (
  { db }: Database,
  workspaceId: string,
  rows: readonly UnlockRow[],
): Promise<Map<string, Snapshot>> => {
  if (rows.length === 0) return new Map();
  const ids = rows.map(({ id }) => id);
  const found = await db
    .selectDistinctOn([snapshots.unlockId], {
      unlockId: snapshots.unlockId,
      variant: snapshots.variant,
      body: snapshots.body,
      fetchedAt: snapshots.fetchedAt,
    })
    .from(snapshots)
    .where(and(eq(snapshots.workspaceId, workspaceId), inArray(snapshots.unlockId, ids)))
    .orderBy(snapshots.unlockId, desc(snapshots.fetchedAt));
  return new Map(found.map(({ unlockId, ...snapshot }) => [unlockId, snapshot]));
};

const withRecord = (deps: ExportDeps, row: UnlockRow, snapshot: Snapshot | undefined): RecordRow => {
  if (snapshot === undefined) return { ...row, snapshot: null, company: null, person: null };
  const { body, ...rest } = snapshot;
  return {
    ...row,
    snapshot: rest,
    company: row.operation === 'COMPANY' ? deps.readCompany(row.provider, body) : null,
    person: row.operation === 'PERSON' ? deps.readPerson(row.provider, body) : null,
  };
};
