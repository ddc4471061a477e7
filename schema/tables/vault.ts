import { integer, pgTable } from 'drizzle-orm/pg-core';
import { bytea } from './columns.js';

/**
 * One row: the random key under which provider keys are fingerprinted, itself sealed under ENCRYPTION_KEYS. It never
 * changes, so accounts are still recognized after the encryption keys were rotated.
 */
export const vault = pgTable('vault', {
  id: integer().primaryKey().default(1),
  fingerprintKeySealed: bytea('fingerprint_key_sealed').notNull(),
});
