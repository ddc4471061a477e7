import type { JSX } from 'preact';
import type { JobFactsFragment } from '../../api/operations.js';
import { useView } from '../../app/use-view.js';
import { Facts } from '../../ui/fact.js';
import { formatInstant, formatNumber, formatRate } from '../../ui/format.js';
import { JobState } from './job-state.js';
import { ProgressBar } from './progress-bar.js';

/** How far a job is, what it found and what it cost. */
export const JobProgress = ({ job }: { job: JobFactsFragment }): JSX.Element => {
  const { timeZone } = useView();
  const { counts } = job;
  const where = job.sandbox === true ? ' in the sandbox' : '';
  return (
    <div class="job">
      <p class="job-state">
        <JobState job={job} />
        <span role="status" class="unseen">
          {statusOf(job)}
        </span>
      </p>
      {job.pauseReason == null ? null : (
        <p class={job.state === 'FAILED' ? 'notice bad' : 'notice'}>{job.pauseReason.message}</p>
      )}
      <ProgressBar label={`Progress of ${job.name}`} share={job.progress} />
      <Facts
        facts={[
          ['Rows', `${formatNumber(counts.done)} of ${formatNumber(job.rows)}`],
          ['Found', formatNumber(counts.found)],
          ['Not found', formatNumber(counts.notFound)],
          ['Refused', formatNumber(counts.refused)],
          ['Failed', formatNumber(counts.failed)],
          ['Unknown', formatNumber(counts.unknown)],
          ['Duplicates', formatNumber(counts.duplicates)],
          [`Charged${where}`, formatNumber(job.creditsCharged)],
          [`Saved${where}`, formatNumber(job.creditsSaved)],
          ['Rows per second', job.rowsPerSecond == null ? null : formatRate(job.rowsPerSecond)],
          ['Ends about', job.estimatedEnd == null ? null : formatInstant(job.estimatedEnd, timeZone)],
          ['Started', job.startedAt == null ? null : formatInstant(job.startedAt, timeZone)],
          ['Ended', job.endedAt == null ? null : formatInstant(job.endedAt, timeZone)],
        ]}
      />
    </div>
  );
};

/** What screen readers hear: at each tenth of the rows, and when the state changes. */
const statusOf = ({ state, progress, counts, rows }: JobFactsFragment): string => {
  if (state === 'RUNNING') return `${Math.floor(progress * 10) * 10} % of the rows have a result.`;
  if (state === 'COMPLETED') return `Completed: ${counts.found} of ${rows} rows found.`;
  return `${state.charAt(0)}${state.slice(1).toLowerCase()}.`;
};
