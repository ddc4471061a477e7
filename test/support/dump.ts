import { sql } from 'drizzle-orm';
import type { Database } from '../../src/platform/database.js';

/** Every row of every table as text, as in a dump: bytea in hexadecimal. */
export const dumpTables = async ({ db }: Database): Promise<string> => {
  const tables = await db.execute<{ name: string }>(
    sql`select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'`,
  );
  const parts: string[] = [];
  for (const { name } of tables) {
    const rows = await db.execute<{ row: string }>(sql.raw(`select ${name}::text as row from ${name}`));
    parts.push(name, ...rows.map(({ row }) => row));
  }
  return parts.join('\n');
};

/** The forms in which a text may contain a secret: as it is, and in the encodings of dumps and logs. */
export const facesOf = (secret: string): string[] => {
  const bytes = Buffer.from(secret);
  return [
    secret,
    bytes.toString('hex'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
  ];
};
