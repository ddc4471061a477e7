import { and, desc, eq, inArray } from 'drizzle-orm';
import { snapshots } from '../../../schema/index.js';
import type { Caller } from '../../access/caller.js';
import type { CompanyRecord, PersonRecord } from '../../providers/records.js';
import type { Reading } from './read-pages.js';
import type { UnlockRow } from './read-unlocks.js';
import type { ExportDeps } from './table.js';

type Copy = { variant: string; body: string; fetchedAt: Date };

/** An unlock with its newest copy as today's code reads it; one of the two records at most is there. */
export type RecordRow = UnlockRow & {
  copy: Pick<Copy, 'variant' | 'fetchedAt'> | null;
  company: CompanyRecord | null;
  person: PersonRecord | null;
};

/** Reads unlocks together with their records, where copies are kept at all. */
export const readRecords = (
  deps: ExportDeps,
  { workspaceId }: Caller,
  unlocks: Reading<UnlockRow>,
): Reading<RecordRow> => ({
  ...unlocks,
  read: async (position, rowsMax) => {
    const rows = await unlocks.read(position, rowsMax);
    const copies = deps.snapshotsKept ? await newestCopies(deps, workspaceId, rows) : new Map();
    return rows.map((row) => withRecord(deps, row, copies.get(row.id)));
  },
});

const newestCopies = async (
  { database: { db } }: ExportDeps,
  workspaceId: string,
  rows: readonly UnlockRow[],
): Promise<Map<string, Copy>> => {
  if (rows.length === 0) return new Map();
  const ids = rows.map(({ id }) => id);
  const copies = await db
    .selectDistinctOn([snapshots.unlockId], {
      unlockId: snapshots.unlockId,
      variant: snapshots.variant,
      body: snapshots.body,
      fetchedAt: snapshots.fetchedAt,
    })
    .from(snapshots)
    .where(and(eq(snapshots.workspaceId, workspaceId), inArray(snapshots.unlockId, ids)))
    .orderBy(snapshots.unlockId, desc(snapshots.fetchedAt));
  return new Map(copies.map(({ unlockId, ...copy }) => [unlockId, copy]));
};

const withRecord = (deps: ExportDeps, row: UnlockRow, copy: Copy | undefined): RecordRow => {
  if (copy === undefined) return { ...row, copy: null, company: null, person: null };
  const { body, ...rest } = copy;
  return {
    ...row,
    copy: rest,
    company: row.operation === 'COMPANY' ? deps.readCompany(row.provider, body) : null,
    person: row.operation === 'PERSON' ? deps.readPerson(row.provider, body) : null,
  };
};
