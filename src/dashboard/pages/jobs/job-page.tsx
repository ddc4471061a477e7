import { useQueryClient } from '@tanstack/preact-query';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { useParams } from 'wouter-preact';
import { JobDocument, type JobFactsFragment } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { rolesWith, useSession } from '../../app/session.js';
import { ReceiptInAddress } from '../../receipt/receipt-dialog.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Page } from '../../ui/page.js';
import { Panel, Shown } from '../../ui/panel.js';
import { JobActions } from './job-actions.js';
import { JobProgress } from './job-progress.js';
import { JobQuote } from './job-quote.js';
import { JobResults } from './job-results.js';
import { JobSettings } from './job-settings.js';

/** How often a job that runs, or whose price is being found, is read. */
const followMs = 1_000;

/** One job: its price before it starts, its progress, and its results. */
export const JobPage = (): JSX.Element => {
  const { id = '' } = useParams();
  const { may } = useSession();
  const reading = useReading(JobDocument, { id });
  const job = reading.data?.job ?? null;
  useFollowing(job !== null && isChanging(job));
  return (
    <Page
      title={job?.name ?? 'Job'}
      description="A list that is looked up in the background. You may leave this page: the job goes on."
      actions={job === null ? undefined : <JobActions job={job} />}
    >
      <Shown reading={reading}>{(data) => (data.job == null ? <NoJob /> : <OneJob job={data.job} />)}</Shown>
      {may('ENRICH') ? null : (
        <p class="note page-note">Changing jobs requires the role {rolesWith('ENRICH')}.</p>
      )}
      <ReceiptInAddress />
    </Page>
  );
};

const NoJob = (): JSX.Element => (
  <EmptyState title="This workspace has no such job. It may have been deleted." />
);

const OneJob = ({ job }: { job: JobFactsFragment }): JSX.Element => (
  <>
    {job.pauseReason?.code === 'NOT_STARTED' ? (
      <JobQuote job={job} />
    ) : (
      <Panel title="Progress">
        <JobProgress job={job} />
      </Panel>
    )}
    <Panel title="List and options">
      <JobSettings job={job} />
    </Panel>
    {job.counts.done === 0 ? null : <JobResults job={job} />}
  </>
);

const isChanging = ({ state, quote, pauseReason }: JobFactsFragment): boolean =>
  state === 'QUEUED' || state === 'RUNNING' || (pauseReason?.code === 'NOT_STARTED' && quote == null);

/** Reads everything on the page each second while something changes. */
const useFollowing = (isFollowed: boolean): void => {
  const queries = useQueryClient();
  useEffect(() => {
    if (!isFollowed) return;
    const timer = setInterval(() => void queries.invalidateQueries(), followMs);
    return () => clearInterval(timer);
  }, [isFollowed, queries]);
};
