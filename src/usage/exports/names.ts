import { and, eq, inArray } from 'drizzle-orm';
import { connections, tokens } from '../../../schema/tables/index.js';
import type { Caller } from '../../access/caller.js';
import type { Database, Drizzle } from '../../platform/database.js';

type Named = { connectionId: string | null; tokenId: string | null };

export type WithNames<Row> = Row & { connectionName: string | null; tokenName: string | null };

/**
 * Creates the function that adds the names of connections and tokens to rows, including deleted ones. It caches names
 * during one export, so that most pages need no query.
 */
export const createNaming = ({ workspaceId }: Caller) => {
  const names = new Map<string, string>();

  const load = async (
    db: Pick<Drizzle, 'select'>,
    table: typeof connections | typeof tokens,
    ids: readonly (string | null)[],
  ): Promise<void> => {
    const unknown = [...new Set(ids)].filter((id): id is string => id !== null && !names.has(id));
    if (unknown.length === 0) return;
    const rows = await db
      .select({ id: table.id, name: table.name })
      .from(table)
      .where(and(eq(table.workspaceId, workspaceId), inArray(table.id, unknown)));
    for (const { id, name } of rows) names.set(id, name);
  };

  const nameOf = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? null));

  return async <Row extends Named>(
    { db }: Pick<Database, 'db'>,
    rows: readonly Row[],
  ): Promise<WithNames<Row>[]> => {
    await load(
      db,
      connections,
      rows.map(({ connectionId }) => connectionId),
    );
    await load(
      db,
      tokens,
      rows.map(({ tokenId }) => tokenId),
    );
    return rows.map((row) => ({
      ...row,
      connectionName: nameOf(row.connectionId),
      tokenName: nameOf(row.tokenId),
    }));
  };
};
