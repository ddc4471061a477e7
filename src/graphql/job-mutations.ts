import { fromPublicId, toPublicId } from '../access/public-ids.js';
import type { Caller } from '../access/caller.js';
import { cancelJob, pauseJob, resumeJob, retryJob } from '../jobs/change-job.js';
import { deleteJob } from '../jobs/delete-job.js';
import type { Job as JobShape } from '../jobs/job.js';
import type { ColumnIdentifier } from '../uploads/upload.js';
import type {
  CompanyKey as CompanyKeyShape,
  PersonKey as PersonKeyShape,
} from '../enrichment/lookup-request.js';
import { builder } from './builder.js';
import { CompanyKey } from './company.js';
import { DeletePayload } from './connection-mutations.js';
import type { GatewayContext } from './context.js';
import { Operation, RecordField } from './enums.js';
import { Job } from './job.js';
import { JobIdentifier } from './job-source.js';
import { LookupOptions, readLookupOptions } from './lookup-options.js';
import { Department, Seniority } from './people-search.js';
import { PersonKey } from './person.js';
import { userErrorsField, type WithUserErrors, withUserErrors } from './problem.js';
import { withProviderId } from './record-id.js';

type Given<Value> = Value | null | undefined;
type ColumnInput = { column?: Given<string>; position?: Given<number>; identifier: ColumnIdentifier };
type UploadInput = { id: string; columns?: Given<ColumnInput[]> };
type SourceInput = {
  companies?: Given<CompanyKeyShape[]>;
  people?: Given<PersonKeyShape[]>;
  upload?: Given<UploadInput>;
  job?: Given<string>;
};

const JobColumnInput = builder.inputRef<ColumnInput>('JobColumnInput').implement({
  description: 'A column of the file, named by its header or its position, and the identifier that it has.',
  fields: (t) => ({
    column: t.string({ description: 'The header.' }),
    position: t.int({ description: 'The position, from 1; for headers that several columns have.' }),
    identifier: t.field({ type: JobIdentifier, required: true, description: 'The identifier.' }),
  }),
});

const JobUploadInput = builder.inputRef<UploadInput>('JobUploadInput').implement({
  description: 'A file that was sent to POST /uploads.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Begins with upl_.' }),
    columns: t.field({
      type: [JobColumnInput],
      description:
        'The columns that have identifiers, in order of preference: of each row the first valid one is used. If omitted: the mapping that POST /uploads proposed.',
    }),
  }),
});

const JobSourceInput = builder.inputRef<SourceInput>('JobSourceInput').implement({
  description: 'The list of a job: exactly one of these fields.',
  isOneOf: true,
  fields: (t) => ({
    companies: t.field({ type: [CompanyKey], description: 'Companies, at most 10,000.' }),
    people: t.field({ type: [PersonKey], description: 'People, at most 10,000.' }),
    upload: t.field({ type: JobUploadInput, description: 'A file of any length.' }),
    job: t.id({
      description:
        'The people that a job of PEOPLE_SEARCH found, one row for each, with the columns of its list. Begins with job_.',
    }),
  }),
});

const JobSearchInput = builder.inputType('JobSearchInput', {
  description: 'What a job of PEOPLE_SEARCH searches at each company.',
  fields: (t) => ({
    position: t.string({ description: 'Words of the position, such as "sales director".' }),
    seniority: t.field({ type: Seniority, description: 'The level of seniority.' }),
    department: t.field({ type: Department, description: 'The department.' }),
    size: t.int({ defaultValue: 10, description: 'The most people of each company, 1 to 100.' }),
  }),
});

const JobPayload = builder.objectRef<WithUserErrors<JobShape>>('JobPayload').implement({
  description: 'The result of a change to a job.',
  fields: (t) => ({
    job: t.field({
      type: Job,
      description: 'The job after the change; null if the change was refused.',
      resolve: ({ done }) => done,
    }),
    userErrors: userErrorsField(t, 'Why the change was refused; empty if it was made.'),
  }),
});

/** Changes a job, and lets the engine of this instance see it at once. */
const changed = (
  { app, lookupRequest }: GatewayContext,
  id: string,
  change: (app: GatewayContext['app'], caller: Caller, id: string) => Promise<JobShape>,
): Promise<WithUserErrors<JobShape>> =>
  withUserErrors(async () => {
    const job = await change(app, lookupRequest.caller, fromPublicId('job', id));
    app.wakeJobs();
    return job;
  });

const idArgument = { required: true, description: 'The job. Begins with job_.' } as const;
const newLimitArgument = {
  type: 'CreditLimit',
  description: 'A new limit, which counts all that the job has spent; if omitted, the limit stays.',
} as const;

builder.mutationFields((t) => ({
  createJob: t.fieldWithInput({
    type: JobPayload,
    nullable: false,
    description:
      'Creates a job: one lookup for each row of a list, in the background. Requires a role that may enrich.',
    typeOptions: { description: 'A list, and how to look it up.' },
    argOptions: { description: 'The job.' },
    input: {
      name: t.input.string({ description: 'The display name; if omitted, the name of the file.' }),
      operation: t.input.field({ type: Operation, required: true, description: 'What to do for each row.' }),
      source: t.input.field({ type: JobSourceInput, required: true, description: 'The list.' }),
      options: t.input.field({
        type: LookupOptions,
        description: 'Options of all lookups. Its maxCredits counts for the whole job.',
      }),
      maxCredits: t.input.field({
        type: 'CreditLimit',
        description: 'The most credits that the job may spend. Required unless the token may not spend.',
      }),
      search: t.input.field({ type: JobSearchInput, description: 'For PEOPLE_SEARCH only.' }),
      require: t.input.field({
        type: [RecordField],
        description:
          'With source.job: people are left out of whom the search says that one of these fields is missing. EMAIL, WORK_EMAIL, PERSONAL_EMAIL, PHONE, LINKEDIN or POSITION.',
      }),
      start: t.input.boolean({
        defaultValue: true,
        description: 'If false, the dry run is made, and resumeJob starts the job.',
      }),
    },
    resolve: (_root, { input }, { app, lookupRequest }) =>
      withUserErrors(() =>
        app.createJob(lookupRequest, {
          name: input.name ?? null,
          operation: input.operation,
          source: {
            companies: input.source.companies?.map(withProviderId),
            people: input.source.people?.map(withProviderId),
            upload: input.source.upload,
            job: input.source.job,
          },
          options: readLookupOptions(input.options),
          maxCredits: input.maxCredits ?? null,
          search:
            input.search == null
              ? null
              : {
                  position: input.search.position ?? null,
                  seniority: input.search.seniority ?? null,
                  department: input.search.department ?? null,
                  size: input.search.size ?? 10,
                },
          require: input.require ?? [],
          start: input.start !== false,
        }),
      ),
  }),
  pauseJob: t.field({
    type: JobPayload,
    nullable: false,
    description: 'Pauses a job: within a second no more lookups start. Those in flight are finished.',
    args: { id: t.arg.id(idArgument) },
    resolve: (_root, { id }, context) => changed(context, id, pauseJob),
  }),
  resumeJob: t.field({
    type: JobPayload,
    nullable: false,
    description: 'Starts a job that was created with start: false, or continues a paused one where it stood.',
    args: { id: t.arg.id(idArgument), maxCredits: t.arg(newLimitArgument) },
    resolve: (_root, { id, maxCredits }, context) =>
      changed(context, id, (app, caller, job) => resumeJob(app, caller, job, maxCredits ?? null)),
  }),
  cancelJob: t.field({
    type: JobPayload,
    nullable: false,
    description: 'Ends a job: within a second no more lookups start. What it has found stays.',
    args: { id: t.arg.id(idArgument) },
    resolve: (_root, { id }, context) => changed(context, id, cancelJob),
  }),
  retryJob: t.field({
    type: JobPayload,
    nullable: false,
    description:
      'Looks up again the rows of a job that failed or were refused; without such rows nothing changes. A paused job then goes on with its other rows, too.',
    args: { id: t.arg.id(idArgument), maxCredits: t.arg(newLimitArgument) },
    resolve: (_root, { id, maxCredits }, context) =>
      changed(context, id, (app, caller, job) => retryJob(app, caller, job, maxCredits ?? null)),
  }),
  deleteJob: t.field({
    type: DeletePayload,
    nullable: false,
    description:
      'Deletes a job that has ended or was never started, with its rows and its list. Entries and unlocks stay.',
    args: { id: t.arg.id(idArgument) },
    resolve: (_root, { id }, { app, lookupRequest }) =>
      withUserErrors(async () => {
        const deleted = await deleteJob(app, lookupRequest.caller, fromPublicId('job', id));
        return { id: toPublicId('job', deleted.id) };
      }),
  }),
}));
