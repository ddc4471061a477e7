import type { AuditedChange } from './audited-change.js';

const errors = 'userErrors { code message }';
const manyCompanies = Array.from({ length: 600 }, (_, at) => `{ domain: "listed${at}.example" }`).join(' ');

/** The mutations of jobs. `failedJob` is a job whose only row has failed. */
export const jobChanges: readonly AuditedChange[] = [
  {
    // More rows than the sandbox answers before the changes after this one.
    mutation: 'createJob',
    send: () =>
      `(input: { operation: COMPANY, maxCredits: UNLIMITED, start: false, source: { companies: [${manyCompanies}] } }) { job { id } ${errors} }`,
    action: 'job.create',
    makes: { id: 'job', prefix: 'job' },
    repeats: true,
  },
  {
    mutation: 'resumeJob',
    send: ({ job }) => `(id: "${job}") { ${errors} }`,
    action: 'job.resume',
    repeats: false,
  },
  {
    mutation: 'pauseJob',
    send: ({ job }) => `(id: "${job}") { ${errors} }`,
    action: 'job.pause',
    repeats: false,
  },
  {
    mutation: 'cancelJob',
    send: ({ job }) => `(id: "${job}") { ${errors} }`,
    action: 'job.cancel',
    repeats: false,
  },
  {
    mutation: 'deleteJob',
    send: ({ job }) => `(id: "${job}") { ${errors} }`,
    action: 'job.delete',
    repeats: false,
  },
  {
    mutation: 'retryJob',
    send: ({ failedJob }) => `(id: "${failedJob}") { ${errors} }`,
    action: 'job.retry',
    repeats: false,
  },
];
