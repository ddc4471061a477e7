import { and, eq, sql } from 'drizzle-orm';
import * as z from 'zod';
import { jobChunks, jobs, type JobSearch, uploadChunks } from '../../schema/tables/index.js';
import { recordChange } from '../access/audit-log.js';
import { authorize } from '../access/caller.js';
import { toPublicId } from '../access/public-ids.js';
import { requireLookupInScope } from '../access/scopes.js';
import type { EnrichmentDeps } from '../enrichment/deps.js';
import { type LookupOptions, type LookupRequest, workflowOf } from '../enrichment/lookup-request.js';
import { resolveWaterfall } from '../enrichment/resolve-waterfall.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { label, parseInput } from '../platform/parse-input.js';
import type { RecordField } from '../providers/provider.js';
import { storeList } from '../uploads/store-list.js';
import { limitCredits } from './job-budget.js';
import { factsOfJob, type Job, jobColumns, type JobOperation } from './job.js';
import { type JobSource, tableOfKeys } from './job-source.js';
import { waitForQuote } from './job-quote.js';
import { holdUpload, readSource } from './read-source.js';
import type { QuoteJob } from './run-quotes.js';

export type CreateJobInput = {
  /** That of the file, or what the list is, if null. */
  name: string | null;
  operation: JobOperation;
  source: JobSource;
  options: LookupOptions;
  /** Null: options.maxCredits, else that of the request. */
  maxCredits: bigint | 'UNLIMITED' | null;
  search: JobSearch | null;
  /** Of the people that a job found, only those who have these fields, as far as the search says. */
  require: readonly RecordField[];
  /** False: the dry run is made, and resumeJob starts the job. */
  start: boolean;
};

type Resolving =
  | 'providers'
  | 'waterfalls'
  | 'providerOfConnection'
  | 'resolveCredential'
  | 'snapshotMaxAgeSeconds';

export type CreateJobDeps = Pick<EnrichmentDeps, Resolving> & {
  database: Pick<Database, 'db'>;
  quoteJob: QuoteJob | null;
  /** Of all lists of the workspace; 0 for no limit. */
  uploadStoredBytesMax: number;
  /** Lets the engine of this instance look for work now. */
  wakeJobs: () => void;
};

/**
 * Creates a job, with its list, its chunks and its budget in one transaction. One that is not started has its quote, if that is
 * made within a few seconds. Throws FORBIDDEN (the role, the scopes),
 * INVALID_INPUT with the field, NOT_FOUND (an upload, a connection, a waterfall), LIMIT_EXCEEDED for the lists of the workspace, and what the options of a lookup throw.
 */
export const createJob = async (
  deps: CreateJobDeps,
  request: LookupRequest,
  input: CreateJobInput,
): Promise<Job> => {
  const { caller } = request;
  authorize(caller, 'enrich');
  refuseWithoutSnapshots(deps);
  refuseCallerKeys(request);
  await checkOptions(deps, request, input);
  const { operation } = input;
  const maxCredits = maxCreditsOf(request, input);
  checkSearch(input);
  const { name } = parseInput(nameInput, input);
  const isInline = input.source.upload == null && input.source.job == null;
  const inline = isInline ? tableOfKeys(operation, input.source) : null;
  const given = isInline ? null : await readSource(deps, request, input);
  const { maxCredits: _max, workflow: _workflow, ...options } = input.options;

  const created = await deps.database.db.transaction(async (tx) => {
    const upload =
      given?.upload ??
      (inline === null ? null : await storeList(tx, caller, inline, deps.uploadStoredBytesMax));
    const mapping = given?.mapping ?? inline?.mapping;
    if (upload === null || mapping === undefined) throw new Error('a job has no source');
    if (given !== null) await holdUpload(tx, given.upload);
    const id = newId();
    const budgetId = maxCredits === null ? null : await limitCredits(tx, caller.workspaceId, id, maxCredits);
    const [job] = await tx
      .insert(jobs)
      .values({
        workspaceId: caller.workspaceId,
        id,
        tokenId: caller.tokenId,
        name: name ?? upload.fileName ?? nameOfList(operation, upload.rows),
        operation,
        uploadId: upload.id,
        mapping,
        options: { ...options, waterfall: options.waterfall == null ? null : [...options.waterfall] },
        search: input.search,
        workflow: input.options.workflow ?? request.workflow,
        maxCredits,
        budgetId,
        state: input.start ? 'QUEUED' : 'PAUSED',
        pauseCode: input.start ? null : 'NOT_STARTED',
        pauseMessage: input.start
          ? null
          : 'The job was created without being started: start it with resumeJob.',
        rows: upload.rows,
      })
      .returning(jobColumns);
    if (job === undefined) throw new Error('a job was not written');
    await tx.insert(jobChunks).select(
      tx
        .select({
          workspaceId: uploadChunks.workspaceId,
          jobId: sql<string>`${id}::uuid`.as('job_id'),
          number: uploadChunks.number,
          state: sql<'WAITING'>`'WAITING'::job_chunk_state`.as('state'),
          messageId: sql<null>`null::uuid`.as('message_id'),
          instanceId: sql<null>`null::uuid`.as('instance_id'),
          runs: sql<number>`0`.as('runs'),
        })
        .from(uploadChunks)
        .where(and(eq(uploadChunks.workspaceId, caller.workspaceId), eq(uploadChunks.uploadId, upload.id))),
    );
    await recordChange(tx, caller, {
      action: 'job.create',
      subject: toPublicId('job', id),
      before: null,
      after: factsOfJob(job),
    });
    return job;
  });
  deps.wakeJobs();
  return await waitForQuote(deps, created);
};

const nameInput = z.object({ name: label('name', 200).nullable() });

const nameOfList = (operation: JobOperation, rows: number): string => {
  if (operation === 'PERSON') return rows === 1 ? '1 person' : `${rows} people`;
  return rows === 1 ? '1 company' : `${rows} companies`;
};

const refuseWithoutSnapshots = ({ snapshotMaxAgeSeconds }: CreateJobDeps): void => {
  if (snapshotMaxAgeSeconds > 0) return;
  throw new GatewayError(
    'INVALID_INPUT',
    'This gateway keeps no snapshots (SNAPSHOT_MAX_AGE=0), and the results of a job are read from them: look the list up with companies or people, 100 at a time.',
  );
};

/** Each operation takes the fields that are meant for it. */
const checkSearch = ({ operation, source, search, require }: CreateJobInput): void => {
  if (search !== null && operation !== 'PEOPLE_SEARCH')
    throw invalid(['search'], 'search is for jobs of PEOPLE_SEARCH: omit it, or change the operation.');
  if (search !== null && !(search.size >= 1 && search.size <= 100))
    throw invalid(['search', 'size'], 'size is from 1 to 100: change it.');
  if (require.length > 0 && source.job == null)
    throw invalid(['require'], 'require is for the people that a job found: send source.job, or omit it.');
};

const invalid = (field: string[], message: string): GatewayError =>
  new GatewayError('INVALID_INPUT', message, { field });

const refuseCallerKeys = ({ callerKeys }: LookupRequest): void => {
  if (Object.keys(callerKeys).length === 0) return;
  throw new GatewayError(
    'INVALID_INPUT',
    'A key sent with a request is never stored, so it cannot pay for a job: store it as a connection and name that in options.connection.',
  );
};

/** What would refuse every row is refused now: a scope, options that contradict each other, a payer that does not exist. */
const checkOptions = async (
  deps: CreateJobDeps,
  request: LookupRequest,
  { operation, options }: CreateJobInput,
): Promise<void> => {
  const { caller } = request;
  requireLookupInScope(caller.scopes, { operation, workflow: workflowOf(request, options) });
  const steps =
    operation === 'PEOPLE_SEARCH'
      ? searchSteps(options)
      : await resolveWaterfall(deps, request, options, operation);
  for (const { provider, connectionId } of steps) {
    if (connectionId === null) continue;
    const payer = options.payer ?? null;
    await deps.resolveCredential(caller, { provider, callerKey: null, connectionId, payer, peek: true });
  }
};

/** People are searched at one provider, whose ids of companies no other knows. */
const searchSteps = ({ connectionId, waterfall, waterfallName }: LookupOptions) => {
  if (waterfall != null || waterfallName != null)
    throw invalid(['options'], 'People are searched at Firmable alone: omit the waterfall.');
  return [{ provider: 'FIRMABLE', connectionId: connectionId ?? null }];
};

/** Null: without a limit. */
const maxCreditsOf = (request: LookupRequest, input: CreateJobInput): bigint | null => {
  const { allowance } = request;
  const ofRequest = allowance.limited ? allowance.left() : null;
  const given =
    input.maxCredits ?? (input.options.maxCredits == null ? ofRequest : BigInt(input.options.maxCredits));
  if (given === 'UNLIMITED') return null;
  if (given !== null) return given;
  // A search is free, and so is all that a token may do that must not spend.
  if (input.operation === 'PEOPLE_SEARCH' || !request.caller.scopes.spend) return 0n;
  throw new GatewayError(
    'INVALID_INPUT',
    'maxCredits is missing: send the most credits that the job may spend, or UNLIMITED.',
    { field: ['maxCredits'] },
  );
};
