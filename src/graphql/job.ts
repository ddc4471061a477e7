import { authorizeInScope } from '../access/caller.js';
import { fromPublicId, toPublicId } from '../access/public-ids.js';
import { doneRows, type Job as JobShape, type JobState as State, rateOf } from '../jobs/job.js';
import { getJob, listJobs } from '../jobs/read-jobs.js';
import { findUpload } from '../uploads/read-upload.js';
import { builder } from './builder.js';
import { Operation, toOperation } from './enums.js';
import { JobOptions, JobSearch, JobSource, type JobSourceShape } from './job-source.js';
import { listType, pageOfArguments, toList } from './list.js';
import { openStream } from './open-stream.js';
import { toInt } from './scalars.js';
import { Token } from './token.js';

export const JobState = builder.enumType('JobState', {
  description: 'The state of a job.',
  values: {
    QUEUED: { description: 'It may run, and no row has been looked up yet.' },
    RUNNING: { description: 'Its rows are being looked up.' },
    PAUSED: { description: 'It stands still. `pauseReason` says why; resumeJob continues it.' },
    CANCELED: { description: 'It was canceled. What it has found stays.' },
    COMPLETED: { description: 'Each row has its result.' },
    FAILED: { description: 'It cannot go on. `pauseReason` says why.' },
  } satisfies Record<State, { description: string }>,
});

const JobPauseReason = builder.objectRef<{ code: string; message: string }>('JobPauseReason').implement({
  description: 'Why a job is paused or has failed.',
  fields: (t) => ({
    code: t.exposeString('code', {
      nullable: false,
      description:
        'NOT_STARTED, BY_USER, or the code of the problem that stopped it, such as OUT_OF_CREDITS.',
    }),
    message: t.exposeString('message', {
      nullable: false,
      description: 'The message, for people: what happened and what to do.',
    }),
  }),
});

const JobCounts = builder.objectRef<JobShape>('JobCounts').implement({
  description: 'How many rows of a job have each outcome.',
  fields: (t) => ({
    found: t.exposeInt('found', { nullable: false, description: 'Rows whose record was found.' }),
    notFound: t.exposeInt('notFound', { nullable: false, description: 'Rows whose record does not exist.' }),
    refused: t.exposeInt('refused', { nullable: false, description: 'Rows that were refused.' }),
    failed: t.exposeInt('failed', { nullable: false, description: 'Rows that failed.' }),
    unknown: t.exposeInt('unknown', { nullable: false, description: 'Rows that may have been charged.' }),
    duplicates: t.exposeInt('duplicates', {
      nullable: false,
      description: 'Rows that repeat another one. They are counted in its outcome, too.',
    }),
    done: t.int({ nullable: false, description: 'Rows that have a result.', resolve: doneRows }),
    remaining: t.int({
      nullable: false,
      description: 'Rows without a result.',
      resolve: (job) => job.rows - doneRows(job),
    }),
  }),
});

export const Job = builder.node(builder.objectRef<JobShape>('Job'), {
  description: 'A list of lookups that run in the background.',
  id: { description: 'Begins with job_.', resolve: ({ id }) => id },
  loadOne: (id, { app, lookupRequest }) => getJob(app, lookupRequest.caller, id),
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, description: 'The display name.' }),
    operation: t.field({
      type: Operation,
      nullable: false,
      description: 'What is done for each row.',
      resolve: ({ operation }) => toOperation(operation),
    }),
    state: t.expose('state', { type: JobState, nullable: false, description: 'The state.' }),
    pauseReason: t.field({
      type: JobPauseReason,
      description: 'Why it is paused or has failed; null otherwise.',
      resolve: ({ pauseCode, pauseMessage }) =>
        pauseCode === null ? null : { code: pauseCode, message: pauseMessage ?? '' },
    }),
    source: t.field({
      type: JobSource,
      description: 'Its list; null if that is gone from the database.',
      resolve: async (
        { uploadId, mapping },
        _args,
        { app, lookupRequest },
      ): Promise<JobSourceShape | null> => {
        const upload = await findUpload(app, lookupRequest.caller, toPublicId('upload', uploadId));
        return upload === null ? null : { upload, mapping };
      },
    }),
    options: t.field({
      type: JobOptions,
      nullable: false,
      description: 'The options of its lookups.',
      resolve: ({ options }) => options,
    }),
    search: t.expose('search', {
      type: JobSearch,
      nullable: true,
      description: 'What it searches; null for lookups.',
    }),
    workflow: t.exposeString('workflow', {
      description: 'The purpose of the spend; null for that of the token.',
    }),
    maxCredits: t.field({
      type: 'CreditLimit',
      nullable: false,
      description: 'The most credits that it may spend.',
      resolve: ({ maxCredits }) => maxCredits ?? 'UNLIMITED',
    }),
    rows: t.exposeInt('rows', { nullable: false, description: 'The number of rows.' }),
    counts: t.field({
      type: JobCounts,
      nullable: false,
      description: 'How many rows have each outcome.',
      resolve: (job) => job,
    }),
    creditsCharged: t.int({
      nullable: false,
      description: 'The credits that its rows were charged, presumed charges included.',
      resolve: ({ credits }) => toInt(credits),
    }),
    creditsSaved: t.int({
      nullable: false,
      description: 'The credits that its rows saved, because their records were unlocked.',
      resolve: ({ saved }) => toInt(saved),
    }),
    sandbox: t.boolean({
      description:
        'Whether its rows are looked up in the sandbox, by the first that had a payer; null before that. Credits of the sandbox are invented.',
      resolve: ({ id }, _args, { loaders }) => loaders.sandboxJob(id),
    }),
    progress: t.float({
      nullable: false,
      description: 'The share of rows that have a result, from 0 to 1.',
      resolve: (job) => (job.rows === 0 ? 1 : doneRows(job) / job.rows),
    }),
    rowsPerSecond: t.float({
      description: 'Rows finished per second since it was started or resumed; null while it does not run.',
      resolve: (job, _args, { app }) => rateOf(job, app.clock.now())?.rowsPerSecond,
    }),
    estimatedEnd: t.field({
      type: 'DateTime',
      description: 'When it will have ended at this rate; null while it does not run.',
      resolve: (job, _args, { app }) => rateOf(job, app.clock.now())?.endsAt,
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When it was created.',
    }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its first row was looked up; null before that.',
    }),
    endedAt: t.expose('endedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was completed, canceled or failed; null before that.',
    }),
    createdBy: t.field({
      type: Token,
      description: 'The token that created it, whose scopes and limits apply to its lookups.',
      resolve: ({ tokenId }, _args, { loaders }) => loaders.token(tokenId),
    }),
  }),
});

const JobConnection = listType('Job', Job, 'jobs');

builder.queryFields((t) => ({
  job: t.field({
    type: Job,
    description: 'A job; null if the workspace does not have it.',
    args: { id: t.arg.id({ required: true, description: 'Begins with job_.' }) },
    resolve: (_root, { id }, { app, lookupRequest }) =>
      getJob(app, lookupRequest.caller, fromPublicId('job', id)),
  }),
  jobs: t.field({
    type: JobConnection,
    nullable: false,
    description: 'The jobs of the workspace, newest first. A token with scopes sees those that it created.',
    args: {
      first: t.arg.int({ defaultValue: 25, description: 'The page size, 1 to 100.' }),
      after: t.arg.string({ description: 'Returns the items after this cursor.' }),
      state: t.arg({ type: JobState, description: 'Only jobs in this state.' }),
    },
    resolve: async (_root, args, { app, lookupRequest }) => {
      const page = { ...pageOfArguments(args, 25), state: args.state ?? null };
      return toList(await listJobs(app, lookupRequest.caller, page), args.after);
    },
  }),
}));

builder.subscriptionField('job', (t) =>
  t.field({
    type: Job,
    description:
      'A job at once, and after each change, at most once a second. The stream ends after its final state: completed, canceled, failed or deleted (null).',
    args: { id: t.arg.id({ required: true, description: 'Begins with job_.' }) },
    subscribe: (_root, { id: written }, context) => {
      const { app, lookupRequest } = context;
      const { caller } = lookupRequest;
      authorizeInScope(caller, 'read');
      const id = fromPublicId('job', written);
      return openStream(context, {
        topic: 'job',
        key: { workspaceId: caller.workspaceId, id },
        read: async () => {
          const job = await getJob(app, caller, id);
          return { events: [job], isLast: job === null || job.endedAt !== null };
        },
      });
    },
    resolve: (job) => job,
  }),
);
