import { and, asc, eq, gt, gte, inArray, type InferSelectModel, lte, sql } from 'drizzle-orm';
import { jobChunks, jobRows, type jobs, uploadChunks, uploads } from '../../schema/tables/index.js';
import type { Database } from '../platform/database.js';
import { cursorsOf, type Listed, type Page } from '../platform/page.js';
import { listDamaged } from '../uploads/upload.js';

/** What reading the rows of a job needs to know of it. */
export type JobOfRows = Pick<InferSelectModel<typeof jobs>, 'workspaceId' | 'id' | 'uploadId' | 'operation'>;

/** The result of a row that is finished. */
export type RowResult = Omit<InferSelectModel<typeof jobRows>, 'workspaceId' | 'jobId'>;

type Reader = Pick<Database, 'db'>;

const numberShape = /^(?:0|[1-9]\d{0,8})$/;
/** The rows of each job are a list of their own: behind the cursor of another job, its first rows would be missing. */
const cursorsOfRows = ({ id }: JobOfRows) => cursorsOf(`jobRows:${id}`, [numberShape]);

const resultColumns = {
  number: jobRows.number,
  outcome: jobRows.outcome,
  charge: jobRows.charge,
  credits: jobRows.credits,
  saved: jobRows.saved,
  lookupId: jobRows.lookupId,
  provider: jobRows.provider,
  problem: jobRows.problem,
  message: jobRows.message,
  duplicateOf: jobRows.duplicateOf,
  snapshots: jobRows.snapshots,
  people: jobRows.people,
  finishedAt: jobRows.finishedAt,
} as const;

/**
 * The finished rows of a job, in the order of the list, of one outcome or of all. The cursor is the number of the row, so a
 * page of a running job continues behind it. Throws BAD_REQUEST for the page. The caller has authorized the job.
 */
export const listResults = async (
  { db }: Reader,
  job: JobOfRows,
  { outcome, ...page }: Page & { outcome: RowResult['outcome'] | null },
): Promise<Listed<RowResult>> => {
  const cursors = cursorsOfRows(job);
  const { first, position } = cursors.readPage(page);
  const wanted = and(ofJob(job), outcome === null ? undefined : eq(jobRows.outcome, outcome));
  const rows = await db
    .select(resultColumns)
    .from(jobRows)
    .where(and(wanted, position === null ? undefined : gt(jobRows.number, Number(position[0]))))
    .orderBy(asc(jobRows.number))
    .limit(first + 1);
  return cursors.pageOf(rows, first, { item: (row) => row, position: ({ number }) => [String(number)] }, () =>
    db.$count(jobRows, wanted),
  );
};

/** The results of the rows with these numbers, both included, by number. A row that is not finished has none. */
export const readResults = async (
  { db }: Reader,
  job: JobOfRows,
  { from, to }: { from: number; to: number },
): Promise<ReadonlyMap<number, RowResult>> => {
  const rows = await db
    .select(resultColumns)
    .from(jobRows)
    .where(and(ofJob(job), gte(jobRows.number, from), lte(jobRows.number, to)));
  return new Map(rows.map((row) => [row.number, row]));
};

const ofJob = ({ workspaceId, id }: JobOfRows) =>
  and(eq(jobRows.workspaceId, workspaceId), eq(jobRows.jobId, id));

/** The headers of the list, as they are in the file. Throws NOT_FOUND for a list that is gone. */
export const readHeaders = async ({ db }: Reader, job: JobOfRows): Promise<readonly string[]> => {
  const [upload] = await db
    .select({ columns: uploads.columns })
    .from(uploads)
    .where(and(eq(uploads.workspaceId, job.workspaceId), eq(uploads.id, job.uploadId)));
  if (upload === undefined) throw listDamaged();
  return upload.columns;
};

const ofUpload = ({ workspaceId, uploadId }: JobOfRows) =>
  and(eq(uploadChunks.workspaceId, workspaceId), eq(uploadChunks.uploadId, uploadId));

/** The greatest number up to which every row is finished; 0 if the first is not. It may be a chunk too low, never too high. */
export const readLastCompleteRow = async ({ db }: Reader, job: JobOfRows): Promise<number> => {
  const [open] = await db
    .select({ firstRow: uploadChunks.firstRow, rowCount: uploadChunks.rowCount })
    .from(uploadChunks)
    .leftJoin(
      jobChunks,
      and(
        eq(jobChunks.workspaceId, uploadChunks.workspaceId),
        eq(jobChunks.jobId, job.id),
        eq(jobChunks.number, uploadChunks.number),
      ),
    )
    .where(and(ofUpload(job), sql`${jobChunks.state} is distinct from 'DONE'`))
    .orderBy(asc(uploadChunks.number))
    .limit(1);
  if (open === undefined) return await lastRow({ db }, job);
  const numbers = Array.from({ length: open.rowCount }, (_, index) => open.firstRow + index);
  const finished = await db
    .select({ number: jobRows.number })
    .from(jobRows)
    .where(and(ofJob(job), inArray(jobRows.number, numbers)));
  const done = new Set(finished.map(({ number }) => number));
  const firstOpen = numbers.find((number) => !done.has(number));
  return firstOpen === undefined ? open.firstRow + open.rowCount - 1 : firstOpen - 1;
};

const lastRow = async ({ db }: Reader, job: JobOfRows): Promise<number> => {
  const [{ last } = { last: 0 }] = await db
    .select({
      last: sql<number>`coalesce(max(${uploadChunks.firstRow} + ${uploadChunks.rowCount} - 1), 0)`,
    })
    .from(uploadChunks)
    .where(ofUpload(job));
  return last;
};
