import { asc, eq, type InferSelectModel } from 'drizzle-orm';
import { auditEvents } from '../../schema/tables/index.js';
import type { Database } from '../../src/platform/database.js';

/** The audit log of a workspace as it is stored, oldest first. */
export const auditRows = (
  { db }: Pick<Database, 'db'>,
  workspaceId: string,
): Promise<InferSelectModel<typeof auditEvents>[]> =>
  db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.workspaceId, workspaceId))
    .orderBy(asc(auditEvents.occurredAt), asc(auditEvents.id));
