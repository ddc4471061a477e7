import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq } from 'drizzle-orm';
import * as z from 'zod';
import { jobs } from '../../schema/tables/index.js';
import type { Quote } from '../enrichment/quotes/quote-shape.js';
import type { Database } from '../platform/database.js';
import { providerNames } from '../providers/catalogue.js';
import { type Job, jobColumns } from './job.js';
import type { QuoteJob } from './run-quotes.js';

/**
 * The dry run of a whole list: how many of its rows are what, and what they cost if every record is found. A row is counted
 * once: `new` are the rows that are neither unlocked, duplicates, invalid nor presumed.
 */
export type JobQuote = Omit<Quote, 'items'> & { rows: number; new: number; presumed: number };

// JSON has no bigint.
const credits = z.string().transform(BigInt);
const range = { minCredits: credits, maxCredits: credits };

const stored = z.object({
  ...range,
  rows: z.int(),
  unlocked: z.int(),
  duplicates: z.int(),
  invalid: z.int(),
  new: z.int(),
  presumed: z.int(),
  perProvider: z.array(
    z.object({
      ...range,
      provider: z.enum(providerNames),
      payer: z.object({
        kind: z.enum(['CONNECTION', 'CALLER_KEY', 'MANAGED']),
        connectionId: z.string().nullable(),
      }),
    }),
  ),
  checks: z.object({
    budgets: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        mode: z.enum(['HARD', 'SOFT']),
        remaining: credits,
        maxCredits: credits,
        allowed: z.boolean(),
      }),
    ),
    maxCredits: z.boolean(),
    balance: z.boolean().nullable(),
    allowed: z.boolean(),
    reasons: z.array(z.string()),
  }),
});

/** A quote as JSON text for `jobs.quote`. */
export const writeQuote = (quote: JobQuote): string =>
  JSON.stringify(quote, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));

/** The quote of a job; null while it is made, or where none was asked for. */
export const quoteOf = ({ quote }: Pick<Job, 'quote'>): JobQuote | null =>
  quote === null ? null : stored.parse(quote);

const waitMs = 3_000;
const lookEveryMs = 100;

/**
 * The job with its quote, if that is made within three seconds; as it is for a job that has none to wait for. A large list
 * takes longer: its quote is read with the job later.
 */
export const waitForQuote = async (
  { database: { db }, quoteJob }: { database: Pick<Database, 'db'>; quoteJob: QuoteJob | null },
  job: Job,
): Promise<Job> => {
  if (quoteJob === null) return job;
  let now = job;
  const endMs = performance.now() + waitMs;
  while (now.pauseCode === 'NOT_STARTED' && now.quote === null) {
    if (performance.now() >= endMs) break;
    await sleep(lookEveryMs);
    const [read] = await db
      .select(jobColumns)
      .from(jobs)
      .where(and(eq(jobs.workspaceId, job.workspaceId), eq(jobs.id, job.id)));
    if (read === undefined) break;
    now = read;
  }
  return now;
};
