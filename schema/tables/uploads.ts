import { sql } from 'drizzle-orm';
import { bigint, integer, jsonb, pgEnum, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.js';

/** LIST: identifiers that came with `createJob`, one column for each kind of identifier. */
export const uploadFormat = pgEnum('upload_format', ['CSV', 'XLSX', 'LIST']);

/** A list that a job reads its rows from. Its rows are in upload_chunks, as they were received. */
export const uploads = pgTable(
  'uploads',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    tokenId: uuid('token_id').notNull(),
    /** As the client named it; null where it did not. */
    fileName: text('file_name'),
    format: uploadFormat().notNull(),
    /** Of a CSV file, such as utf-8 and ";"; null for the other formats. */
    encoding: text(),
    separator: text(),
    /** The headers in their order, as they are in the file. Two may be the same. */
    columns: jsonb().$type<string[]>().notNull(),
    rows: integer().notNull().default(0),
    bytes: bigint({ mode: 'number' }).notNull().default(0),
    /** The size of its rows as they are stored; 0 until it is complete. */
    storedBytes: bigint('stored_bytes', { mode: 'number' }).notNull().default(0),
    /** How many rows could not be read, and the first of them. */
    faultCount: integer('fault_count').notNull().default(0),
    faults: jsonb().$type<UploadFault[]>().notNull().default([]),
    createdAt: instant('created_at').notNull().default(sql`now()`),
    /** Null until the whole file is stored. What stays null was cut off, and is deleted. */
    completedAt: instant('completed_at'),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

/** A row that could not be read: the line of the file (from 1), and why, with what to do. */
export type UploadFault = { line: number; reason: string };

/** Up to 500 successive rows of an upload. */
export const uploadChunks = pgTable(
  'upload_chunks',
  {
    workspaceId: uuid('workspace_id').notNull(),
    uploadId: uuid('upload_id').notNull(),
    /** From 0. */
    number: integer().notNull(),
    /** The number of the first row, from 1. Row numbers have no gaps. */
    firstRow: integer('first_row').notNull(),
    rowCount: integer('row_count').notNull(),
    /** JSON text: for each row an array of its line in the file and its cells, `[2, "harbourline.example", ""]`. */
    rows: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.uploadId, table.number] })],
);
