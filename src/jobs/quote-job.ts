import { setImmediate as nextTurn } from 'node:timers/promises';
import type { JobMapping } from '../../schema/tables/jobs.js';
import type { Caller } from '../access/caller.js';
import { readCallerOfToken } from '../access/find-caller.js';
import { unlimited } from '../enrichment/allowance.js';
import { type LookupOptions, type LookupRequest, newCounts } from '../enrichment/lookup-request.js';
import type { ListQuoteVerb } from '../enrichment/quotes/quote.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import type { Clock } from '../platform/time.js';
import { withQueryTimeout } from '../platform/with-timeout.js';
import type { Providers } from '../providers/catalogue.js';
import { readUploadChunk } from '../uploads/read-upload.js';
import { listDamaged, type UploadRow } from '../uploads/upload.js';
import type { JobKey } from './change-state.js';
import { keyChooser } from './group-rows.js';
import { createHashSet } from './hash-set.js';
import { type JobQuote, writeQuote } from './job-quote.js';
import type { QuoteJob } from './run-quotes.js';
import { atFirmable } from './search-row.js';
import type { Operation } from '../access/scopes.js';

export type QuoteJobDeps = {
  database: Pick<Database, 'db' | 'sql'>;
  clock: Clock;
  providers: Providers;
  quoteList: ListQuoteVerb;
};

/** What a quote needs of a job that waits for it. */
type WaitingJob = JobKey & {
  tokenId: string;
  uploadId: string;
  operation: Operation;
  mapping: JobMapping;
  options: LookupOptions;
  workflow: string | null;
  maxCredits: string | null;
  rows: number;
  chunks: number;
};

/** So many rows are quoted at once: other work of the process waits for them. */
const rowsAtOnce = 100;
const stateEveryMs = 500;

/**
 * Creates the function that makes the dry run of a job's whole list and stores it in the job. It reads the list chunk by
 * chunk and keeps sums and a hash of each identifier, so a million rows need about 20 MB. It stops without a result when
 * the job is started or deleted, or `stopping` is aborted. Throws where the database cannot be reached; it may be called
 * again, and begins again. A list that nothing of can be looked up has a quote that says why.
 */
export const createJobQuoter =
  (deps: QuoteJobDeps): QuoteJob =>
  async (key, stopping) => {
    const job = await readWaiting(deps, key);
    if (job === null) return;
    const quote = await quoteRows(deps, job, stopping).catch((error: unknown) => {
      if (error instanceof GatewayError && !passing.has(error.code)) return refusedQuote(job, error);
      throw error;
    });
    if (quote !== null) await storeQuote(deps, job, quote);
  };

const passing: ReadonlySet<string> = new Set(['LEDGER_UNAVAILABLE', 'UNAVAILABLE', 'INTERNAL']);

const quoteRows = async (
  deps: QuoteJobDeps,
  job: WaitingJob,
  stopping: AbortSignal,
): Promise<JobQuote | null> => {
  const caller = await readCallerOfToken(deps, job);
  const seen = createHashSet();
  const isDuplicate = (lookupKey: string): boolean => !seen.add(lookupKey);
  const operation = job.operation === 'PERSON' ? 'PERSON' : 'COMPANY';
  const chooseKey = keyChooser({ operation, mapping: job.mapping }, deps.providers);
  const maxCredits = job.maxCredits === null ? null : BigInt(job.maxCredits);
  const isSearch = job.operation === 'PEOPLE_SEARCH';
  const options = isSearch ? { ...job.options, ...atFirmable(job.options) } : job.options;
  const list = await deps.quoteList(requestOf(job, caller), options, { operation, maxCredits, isDuplicate });
  const free = { rows: 0, duplicates: 0 };

  const add = async (rows: readonly UploadRow[]): Promise<void> => {
    const keys = rows.map(({ cells }) => chooseKey(cells));
    // The people of a company whose id is given are searched for nothing.
    const isFree = ({ by, lookupKey }: (typeof keys)[number]): boolean =>
      isSearch && by.id !== undefined && lookupKey !== null;
    for (const { lookupKey } of keys.filter(isFree)) {
      free.rows += 1;
      if (isDuplicate(lookupKey ?? '')) free.duplicates += 1;
    }
    await list.add(keys.filter((one) => !isFree(one)).map(({ by }) => by));
  };

  const read = (chunk: number): Promise<UploadRow[]> =>
    chunk < job.chunks ? withQueryTimeout(readUploadChunk(deps.database, job, chunk)) : Promise.resolve([]);
  let readAtMs = performance.now();
  let next = read(0);
  for (let chunk = 0; chunk < job.chunks; chunk += 1) {
    const rows = await next;
    next = read(chunk + 1);
    next.catch(() => {});
    for (let from = 0; from < rows.length; from += rowsAtOnce) {
      await add(rows.slice(from, from + rowsAtOnce));
      await nextTurn();
    }
    if (stopping.aborted) throw new Error('the process stops');
    if (performance.now() - readAtMs < stateEveryMs) continue;
    readAtMs = performance.now();
    if ((await readWaiting(deps, job)) === null) return null;
  }
  const { items, ...totals } = await list.end();
  if (items + free.rows !== job.rows) throw listDamaged();
  return {
    ...totals,
    rows: items + free.rows,
    duplicates: totals.duplicates + free.duplicates,
    new: totals.new + free.rows - free.duplicates,
  };
};

const refusedQuote = (job: WaitingJob, { message }: GatewayError): JobQuote => ({
  rows: job.rows,
  unlocked: 0,
  duplicates: 0,
  invalid: job.rows,
  new: 0,
  presumed: 0,
  minCredits: 0n,
  maxCredits: 0n,
  perProvider: [],
  checks: { budgets: [], maxCredits: true, balance: null, allowed: false, reasons: [message] },
});

const requestOf = ({ workflow }: WaitingJob, caller: Caller): LookupRequest => ({
  caller,
  requestId: null,
  callerKeys: {},
  workflow,
  maySpend: caller.scopes.spend,
  allowance: unlimited,
  ...newCounts(),
});

/** The job, as long as it waits for its quote; null once it was started, has ended or was deleted. */
const readWaiting = async (
  { database: { sql } }: QuoteJobDeps,
  { workspaceId, id }: JobKey,
): Promise<WaitingJob | null> => {
  const [job] = await withQueryTimeout(sql<WaitingJob[]>`
    select j.workspace_id as "workspaceId", j.id, j.token_id as "tokenId", j.upload_id as "uploadId", j.operation,
      j.mapping, j.options, j.workflow, j.max_credits::text as "maxCredits", j.rows,
      (select count(*)::int from upload_chunks c
        where c.workspace_id = j.workspace_id and c.upload_id = j.upload_id) as chunks
    from jobs j
    where j.workspace_id = ${workspaceId} and j.id = ${id} and j.ended_at is null and j.state = 'PAUSED'
      and j.pause_code = 'NOT_STARTED' and j.quote is null`);
  return job ?? null;
};

const storeQuote = async (
  { database: { sql } }: QuoteJobDeps,
  { workspaceId, id }: JobKey,
  quote: JobQuote,
): Promise<void> => {
  await withQueryTimeout(sql`
    update jobs set quote = ${writeQuote(quote)}::text::jsonb
    where workspace_id = ${workspaceId} and id = ${id} and ended_at is null and state = 'PAUSED'
      and pause_code = 'NOT_STARTED' and quote is null`);
};
