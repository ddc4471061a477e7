import { sql } from 'drizzle-orm';
import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.js';

/** The gateways that run on this database. A row that is not renewed belongs to a process that died. */
export const instances = pgTable('instances', {
  id: uuid().primaryKey(),
  /** Where it runs, for the operator. */
  host: text().notNull(),
  pid: integer().notNull(),
  /** The ids of its ENCRYPTION_KEYS. They reveal nothing of the keys. */
  encryptionKeyIds: text('encryption_key_ids').array().notNull(),
  /** The id of the key that it seals new values under; null when it does not have the database's key. */
  sealingKeyId: text('sealing_key_id'),
  seenAt: instant('seen_at').notNull().default(sql`clock_timestamp()`),
});
