import { pgTable, text } from 'drizzle-orm/pg-core';

/** The files of schema/functions as they were last applied. */
export const schemaFunctions = pgTable('schema_functions', {
  /** The file's name without `.sql`: the object that it creates. */
  name: text().primaryKey(),
  /** SHA-256 of the file, in hexadecimal. */
  hash: text().notNull(),
  /** The version of the gateway that applied it. An older version leaves it alone. */
  appliedBy: text('applied_by').notNull(),
});
