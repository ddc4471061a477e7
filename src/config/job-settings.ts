import { registry } from './setting.js';
import * as shapes from './setting-shapes.js';

/** The settings of jobs: lists of lookups that run in the background. */
export const jobSettings = {
  jobKeepDays: shapes.wholeNumber(0, 36_500).register(registry, {
    name: 'JOB_KEEP_DAYS',
    default: '90',
    description:
      'The time after which a job that has ended is deleted, with its list and its results; 0 keeps it. Records, unlocks and ledger entries are kept.',
  }),
  jobConcurrency: shapes.wholeNumber(1, 2_000).register(registry, {
    name: 'JOB_CONCURRENCY',
    default: '128',
    description:
      'The maximum number of lookups that an instance makes for jobs at a time, over all jobs. It is also the most that is still in flight when a job is paused or canceled.',
  }),
  jobTakeoverSeconds: shapes.wholeNumber(2, 3_600).register(registry, {
    name: 'JOB_TAKEOVER_SECONDS',
    default: '15',
    description:
      'The time after which the rows of a job that an instance was running are run by another, if it no longer announces itself.',
  }),
};
