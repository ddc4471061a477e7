import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgEnum, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bigintColumn, instant } from './columns.js';
import { charge, outcome } from './entries.js';

/**
 * QUEUED: it may run, and no row has been looked up yet. PAUSED: a person or a refusal stopped it; `pause_code` says why.
 * FAILED: it cannot go on, because what it needs is gone. CANCELED, COMPLETED and FAILED are final, except that retryJob
 * runs failed and refused rows again.
 */
export const jobState = pgEnum('job_state', [
  'QUEUED',
  'RUNNING',
  'PAUSED',
  'CANCELED',
  'COMPLETED',
  'FAILED',
]);

/** A list of lookups that run in the background. */
export const jobs = pgTable(
  'jobs',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid().notNull(),
    /** The token that created it, whose scopes and limits apply to each lookup. */
    tokenId: uuid('token_id').notNull(),
    name: text().notNull(),
    operation: text().$type<'COMPANY' | 'PERSON' | 'PEOPLE_SEARCH'>().notNull(),
    uploadId: uuid('upload_id').notNull(),
    /** Which column has which identifier, in order of preference. */
    mapping: jsonb().$type<JobMapping>().notNull(),
    /** The lookup options as enrichment takes them, without maxCredits and workflow. */
    options: jsonb().$type<JobOptions>().notNull().default({}),
    /** What a job of PEOPLE_SEARCH searches at each company; null for the others. */
    search: jsonb().$type<JobSearch>(),
    workflow: text(),
    /** Null: UNLIMITED. */
    maxCredits: bigintColumn('max_credits'),
    /** The budget that holds maxCredits, of scope JOB; null where it is UNLIMITED. */
    budgetId: uuid('budget_id'),
    state: jobState().notNull(),
    pauseCode: text('pause_code'),
    pauseMessage: text('pause_message'),
    rows: integer().notNull(),
    /** How many rows have each outcome. Duplicates have the outcome of the row that they repeat. */
    found: integer().notNull().default(0),
    notFound: integer('not_found').notNull().default(0),
    refused: integer().notNull().default(0),
    failed: integer().notNull().default(0),
    unknown: integer().notNull().default(0),
    duplicates: integer().notNull().default(0),
    credits: bigintColumn('credits').notNull().default(sql`0`),
    saved: bigintColumn('saved').notNull().default(sql`0`),
    /** The dry run of the whole list; null until it is complete. */
    quote: jsonb().$type<unknown>(),
    /** Where the present rate is counted from. */
    rateFrom: instant('rate_from'),
    rateRows: integer('rate_rows').notNull().default(0),
    /** When it last got a turn: among the jobs of a token the one that waited longest goes first. */
    servedAt: instant('served_at').notNull().default(sql`now()`),
    createdAt: instant('created_at').notNull().default(sql`now()`),
    startedAt: instant('started_at'),
    endedAt: instant('ended_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('jobs_active').on(table.workspaceId, table.tokenId, table.servedAt).where(sql`ended_at is null`),
    index('jobs_upload').on(table.workspaceId, table.uploadId),
  ],
);

/** A column by its position, from 0, and the identifier that its cells are. */
export type JobMapping = { column: number; identifier: string }[];

export type JobOptions = {
  connectionId?: string | null;
  waterfall?: unknown[] | null;
  waterfallName?: string | null;
  payer?: string | null;
  country?: string | null;
  maxAgeSeconds?: number | null;
  registrableDomainOnMiss?: boolean | null;
};

export type JobSearch = {
  position: string | null;
  seniority: number | null;
  department: number | null;
  /** The most people of each company. */
  size: number;
};

/** WAITING: to be run. QUEUED: it has a message in the queue, or is being run. DONE: each row has its result. */
export const jobChunkState = pgEnum('job_chunk_state', ['WAITING', 'QUEUED', 'DONE']);

/** The rows of one chunk of the job's upload. */
export const jobChunks = pgTable(
  'job_chunks',
  {
    workspaceId: uuid('workspace_id').notNull(),
    jobId: uuid('job_id').notNull(),
    /** That of the chunk in upload_chunks. */
    number: integer().notNull(),
    state: jobChunkState().notNull().default('WAITING'),
    /** The message of the queue that stands for it, and the instance that runs it. */
    messageId: uuid('message_id'),
    instanceId: uuid('instance_id'),
    /** How often it was begun: from the second time on, the ledger is asked what earlier runs have done. */
    runs: integer().notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.jobId, table.number] }),
    index('job_chunks_waiting')
      .on(table.workspaceId, table.jobId, table.number)
      .where(sql`state = 'WAITING'`),
    index('job_chunks_queued').on(table.workspaceId, table.jobId).where(sql`state = 'QUEUED'`),
  ],
);

/** The result of one row. A row without one has not been looked up. */
export const jobRows = pgTable(
  'job_rows',
  {
    workspaceId: uuid('workspace_id').notNull(),
    jobId: uuid('job_id').notNull(),
    /** The number of the row in the upload, from 1. */
    number: integer().notNull(),
    outcome: outcome().notNull(),
    charge: charge().notNull(),
    /** All that the ledger has for this row: its entries have the job's id and this number. */
    credits: bigintColumn('credits').notNull(),
    saved: bigintColumn('saved').notNull(),
    /** The id of its receipt; null where no lookup was made. */
    lookupId: uuid('lookup_id'),
    provider: text(),
    problem: text(),
    message: text(),
    /** The row of the same chunk that has the same identifier, and whose result this is. */
    duplicateOf: integer('duplicate_of'),
    /** The snapshots whose content the record is, the first found first. The record itself is stored once, with its unlock. */
    snapshots: jsonb().$type<{ unlockId: string; variant: string }[]>().notNull().default([]),
    /** What a people search found; null for the others. */
    people: jsonb().$type<unknown[]>(),
    finishedAt: instant('finished_at').notNull().default(sql`clock_timestamp()`),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.jobId, table.number] }),
    index('job_rows_outcome').on(table.workspaceId, table.jobId, table.outcome, table.number),
    // To erase a person that searches have found.
    index('job_rows_people').on(table.workspaceId, table.jobId).where(sql`people is not null`),
  ],
);
