import { unlimited } from '../enrichment/allowance.js';
import type { Enrichment } from '../enrichment/lookup.js';
import {
  type CompanyKey,
  type JobWaits,
  type LookupOptions,
  type LookupRequest,
  type PersonKey,
  newCounts,
} from '../enrichment/lookup-request.js';
import type { Caller } from '../access/caller.js';
import type { RunningJob } from './chunks.js';
import { type RowLookup, type RowSearch, searchRow } from './search-row.js';

type RowToLookUp = {
  by: CompanyKey | PersonKey;
  number: number;
  jobSeconds: number;
  waits: JobWaits;
};

/**
 * Looks up one row of a job as its token would. `jobSeconds`: how long the job has lived; a snapshot of that time is its
 * own, so a record that is in its list twice is bought once. `waits` counts those that wait to be sent.
 */
export const lookUpRow = (
  enrichment: Enrichment,
  job: RunningJob,
  caller: Caller,
  { by, number, jobSeconds, waits }: RowToLookUp,
): Promise<RowLookup | RowSearch> => {
  const request = requestOf(job, caller, number, waits);
  const options = optionsOf(job, jobSeconds);
  if (job.operation === 'PEOPLE_SEARCH') return searchRow(enrichment, job, request, { by, options });
  return job.operation === 'PERSON'
    ? enrichment.lookUpPerson(request, by, options)
    : enrichment.lookUpCompany(request, by, options);
};

export const requestOf = (job: RunningJob, caller: Caller, row: number, waits: JobWaits): LookupRequest => ({
  caller,
  requestId: null,
  callerKeys: {},
  workflow: job.workflow,
  maySpend: caller.scopes.spend,
  // The credits of a job are limited by its budget, over all instances.
  allowance: unlimited,
  ...newCounts(),
  job: { id: job.id, row, waits },
});

export const optionsOf = ({ options }: RunningJob, jobSeconds: number): LookupOptions =>
  options.maxAgeSeconds == null
    ? options
    : { ...options, maxAgeSeconds: Math.max(options.maxAgeSeconds, Math.ceil(jobSeconds)) };
