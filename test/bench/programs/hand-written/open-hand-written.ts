import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { monthOf } from './ledger.js';
import { budgets, createTables } from './tables.js';

/** Creates the tables in an empty database, and one workspace with a budget of this month. */
export const openHandWritten = async (
  { socketDir, user, database }: { socketDir: string; user: string; database: string },
  { connectionsMax, workspaceId }: { connectionsMax: number; workspaceId: string },
): Promise<{ db: PostgresJsDatabase; close: () => Promise<void> }> => {
  const sql = postgres({ host: socketDir, user, database, max: connectionsMax, onnotice: () => {} });
  await createTables(sql);
  const db = drizzle(sql);
  const budget = { workspaceId, month: monthOf(new Date()), limit: 1_000_000_000, reserved: 0, spent: 0 };
  await db.insert(budgets).values(budget);
  return { db, close: () => sql.end() };
};
