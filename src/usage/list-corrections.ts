import { sql } from 'drizzle-orm';
import type { Database } from '../platform/database.js';

/** What became of doubts: by the id of the PRESUMED entry, what the provider had charged for it; those still open are missing. */
export const listCorrections = async (
  { db }: Database,
  doubts: readonly { id: string; workspaceId: string }[],
): Promise<Map<string, 'CHARGED' | 'GIVEN_BACK'>> => {
  const wanted = JSON.stringify(doubts.map(({ id, workspaceId }) => ({ id, workspace_id: workspaceId })));
  const rows = await db.execute<{ id: string; charged: boolean }>(sql`
    select e.refers_to as id, e.charge = 'CHARGED' as charged
    from json_to_recordset(${wanted}::text::json) as d (id uuid, workspace_id uuid)
    join entries e on e.workspace_id = d.workspace_id and e.refers_to = d.id`);
  return new Map(rows.map((row) => [row.id, row.charged ? 'CHARGED' : 'GIVEN_BACK']));
};
