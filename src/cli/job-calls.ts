import { GatewayError } from '../errors.js';
import { throwUserErrors, type UserError, userErrorFields } from './client-command.js';
import type { Call, GatewayClient } from './gateway-client.js';
import type { CreditLimit } from './lookup-options.js';

/** A job as the commands read it from the API. */
export type Job = {
  id: string;
  name: string | null;
  operation: string;
  state: 'QUEUED' | 'RUNNING' | 'PAUSED' | 'CANCELED' | 'COMPLETED' | 'FAILED';
  pauseReason: { code: string; message: string } | null;
  rows: number;
  counts: JobCounts;
  creditsCharged: number;
  creditsSaved: number;
  progress: number;
  rowsPerSecond: number | null;
  estimatedEnd: string | null;
  maxCredits: number | string | null;
  workflow: string | null;
  source: { kind: string; fileName: string | null } | null;
  quote: JobQuote | null;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
};

export type JobCounts = {
  found: number;
  notFound: number;
  refused: number;
  failed: number;
  unknown: number;
  duplicates: number;
  done: number;
  remaining: number;
};

export type JobQuote = {
  rows: number;
  unlocked: number;
  duplicates: number;
  invalid: number;
  new: number;
  presumed: number;
  minCredits: number;
  maxCredits: number;
  perProvider: { provider: string; minCredits: number; maxCredits: number }[];
  checks: { allowed: boolean; reasons: string[] };
};

const jobFields = `
  id name operation state pauseReason { code message } rows
  counts { found notFound refused failed unknown duplicates done remaining }
  creditsCharged creditsSaved progress rowsPerSecond estimatedEnd maxCredits workflow
  source { kind fileName } createdAt startedAt endedAt
  quote {
    rows unlocked duplicates invalid new presumed minCredits maxCredits
    perProvider { provider minCredits maxCredits } checks { allowed reasons }
  }`;

/** The jobs of the workspace that the token sees, newest first. */
export const listJobs = async (
  client: GatewayClient,
  { first, state }: { first: number; state: string | null },
): Promise<Job[]> => {
  const { jobs } = await client.query<{ jobs: { nodes: Job[] } }>(
    `query Jobs($first: Int, $state: JobState) { jobs(first: $first, state: $state) { nodes { ${jobFields} } } }`,
    { first, state },
  );
  return jobs.nodes;
};

/** The job with this id. Throws NOT_FOUND. */
export const readJob = async (client: GatewayClient, id: string, call?: Call): Promise<Job> => {
  const { job } = await client.query<{ job: Job | null }>(
    `query Job($id: ID!) { job(id: $id) { ${jobFields} } }`,
    { id },
    call,
  );
  if (job !== null) return job;
  throw new GatewayError(
    'NOT_FOUND',
    `There is no job ${id}: \`firmable-gateway jobs\` lists those that the token sees.`,
  );
};

type JobPayload = { payload: { job: Job | null; userErrors: UserError[] } };

/** Creates a job, once. Throws its user error. */
export const createJob = async (client: GatewayClient, input: object): Promise<Job> => {
  const { payload } = await client.change<JobPayload>(
    `mutation CreateJob($input: CreateJobInput!) {
      payload: createJob(input: $input) { job { ${jobFields} } ${userErrorFields} }
    }`,
    { input },
  );
  return jobOf(payload, 'createJob');
};

export type JobChange = 'pauseJob' | 'cancelJob' | LimitedChange;
/** Those that take a new limit, which counts all that the job has spent. */
export type LimitedChange = 'resumeJob' | 'retryJob';

/** Changes a job and returns it. Throws its user error. */
export const changeJob = async (
  client: GatewayClient,
  change: JobChange,
  id: string,
  call?: Call,
): Promise<Job> => {
  const { payload } = await client.change<JobPayload>(
    `mutation ChangeJob($id: ID!) { payload: ${change}(id: $id) { job { ${jobFields} } ${userErrorFields} } }`,
    { id },
    call,
  );
  return jobOf(payload, change);
};

/** Changes a job under a new limit; undefined: the limit stays. Throws its user error. */
export const changeWithLimit = async (
  client: GatewayClient,
  change: LimitedChange,
  id: string,
  maxCredits: CreditLimit | undefined,
): Promise<Job> => {
  const { payload } = await client.change<JobPayload>(
    `mutation ChangeJob($id: ID!, $maxCredits: CreditLimit) {
      payload: ${change}(id: $id, maxCredits: $maxCredits) { job { ${jobFields} } ${userErrorFields} }
    }`,
    { id, maxCredits: maxCredits ?? null },
  );
  return jobOf(payload, change);
};

const jobOf = (payload: JobPayload['payload'], change: string): Job => {
  throwUserErrors(payload);
  if (payload.job !== null) return payload.job;
  throw new GatewayError('INTERNAL', `${change} returned no job: try again.`);
};

/** Deletes a job with its results. Throws its user error. */
export const deleteJob = async (client: GatewayClient, id: string): Promise<void> => {
  const { payload } = await client.change<{ payload: { userErrors: UserError[] } }>(
    `mutation DeleteJob($id: ID!) { payload: deleteJob(id: $id) { ${userErrorFields} } }`,
    { id },
  );
  throwUserErrors(payload);
};
