import { and, asc, eq, inArray, lt, notExists, or, isNull, sql } from 'drizzle-orm';
import { jobs, uploadChunks, uploads } from '../../schema/tables/index.js';
import type { Database } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import { runEvery } from '../platform/run-every.js';

type Deps = { database: Pick<Database, 'db'>; log: Log; keepHours: number };

/** An upload that is not complete by then was left by an instance that died: a request may take an hour. */
const incompleteHours = 2;

/**
 * Deletes uploads that no job uses, some time after they came, every `everyMs`; returns the function that stops it. Every
 * instance may run it at the same time.
 */
export const startUploadCleanup = (
  { database, log, keepHours }: Deps,
  everyMs: number,
): (() => Promise<void>) =>
  runEvery(
    everyMs,
    {
      name: 'upload cleanup',
      run: async (stopping) => {
        while (!stopping.aborted && (await deleteUnusedUpload(database, keepHours)));
      },
    },
    log,
  );

/** Deletes the oldest upload that may be deleted, with its rows; false if there is none. */
export const deleteUnusedUpload = async ({ db }: Pick<Database, 'db'>, keepHours: number): Promise<boolean> =>
  await db.transaction(async (tx) => {
    const isUnused = notExists(
      tx
        .select({ one: sql`1` })
        .from(jobs)
        .where(and(eq(jobs.workspaceId, uploads.workspaceId), eq(jobs.uploadId, uploads.id))),
    );
    const isDue = or(
      lt(uploads.createdAt, hoursAgo(keepHours)),
      and(isNull(uploads.completedAt), lt(uploads.createdAt, hoursAgo(incompleteHours))),
    );
    const [due] = await tx
      .select({ workspaceId: uploads.workspaceId, id: uploads.id })
      .from(uploads)
      .where(and(isDue, isUnused))
      .orderBy(asc(uploads.createdAt))
      .limit(1)
      .for('update', { skipLocked: true });
    if (due === undefined) return false;
    const isIt = and(eq(uploads.workspaceId, due.workspaceId), eq(uploads.id, due.id));
    // Looked at again: a job may have been created before the lock was taken, and is not seen by the statement above.
    const gone = await tx.delete(uploads).where(and(isIt, isUnused)).returning({ id: uploads.id });
    await tx.delete(uploadChunks).where(
      and(
        eq(uploadChunks.workspaceId, due.workspaceId),
        inArray(
          uploadChunks.uploadId,
          gone.map(({ id }) => id),
        ),
      ),
    );
    return gone.length > 0;
  });

const hoursAgo = (hours: number) => sql`now() - make_interval(hours => ${hours})`;
