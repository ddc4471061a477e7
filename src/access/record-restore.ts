import { and, eq, sql } from 'drizzle-orm';
import { auditEvents } from '../../schema/tables/index.js';
import type { Database } from '../platform/database.js';
import { forgetRestore, readRestore } from '../platform/embedded/backup.js';
import { gatewayWorkspaceId, recordForAll } from './audit-log.js';

/**
 * Records at the first start after the command `restore` that the embedded database is that of a backup: what was changed
 * between the two instants is lost. The command itself has no database to write to. Recorded once, also when a start
 * ends in between.
 */
export const recordRestore = async ({ db }: Database, dataDir: string): Promise<void> => {
  const restored = readRestore(dataDir);
  if (restored === null) return;
  await db.transaction(async (tx) => {
    const [known] = await tx
      .select({ id: auditEvents.id })
      .from(auditEvents)
      .where(
        and(
          eq(auditEvents.workspaceId, gatewayWorkspaceId),
          eq(auditEvents.action, 'database.restore'),
          sql`${auditEvents.after} ->> 'restoredAt' = ${restored.restoredAt}`,
        ),
      )
      .limit(1);
    if (known !== undefined) return;
    await recordForAll(
      tx,
      { operator: 'restore' },
      { action: 'database.restore', subject: null, before: null, after: restored },
    );
  });
  forgetRestore(dataDir);
};
