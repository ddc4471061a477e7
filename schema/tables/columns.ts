import { bigint, boolean, customType, integer, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });

export const instant = (name: string) => timestamp(name, { withTimezone: true });

export const bigintColumn = (name: string) => bigint(name, { mode: 'bigint' });

/** Who made a lookup, for what purpose and by which means. The ledger stores and groups by these, and never reads them. */
export const labelColumns = {
  /** The lookup that this is a step of: the id of its first step. */
  lookupId: uuid('lookup_id').notNull(),
  /** The number of the step, from 1. */
  step: smallint().notNull().default(1),
  operation: text().notNull(),
  provider: text(),
  connectionId: uuid('connection_id'),
  payer: text(),
  sandbox: boolean().notNull().default(false),
  tokenId: uuid('token_id').notNull(),
  workflow: text(),
  /** The job that looked it up, and the number of the row; null for all other lookups. */
  jobId: uuid('job_id'),
  jobRow: integer('job_row'),
};
