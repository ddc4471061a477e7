import { doublePrecision, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.js';

/**
 * When each provider key sent its latest requests, so that a provider's limit holds over all instances. The baseline
 * migration makes the table UNLOGGED, which Drizzle cannot express: after a crash of the database the last second is over.
 */
export const rateLimits = pgTable('rate_limits', {
  key: text().primaryKey(),
  /** Seconds since the epoch, oldest first: as many permits as the next one depends on. */
  permits: doublePrecision().array().notNull(),
  usedAt: instant('used_at').notNull(),
});
