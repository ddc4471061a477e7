import { useQueryClient } from '@tanstack/preact-query';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { useParams } from 'wouter-preact';
import {
  JobChangesDocument,
  JobDocument,
  type JobFactsFragment,
  type JobQuery,
  JobResultsDocument,
} from '../../api/operations.js';
import { useLive } from '../../api/use-live.js';
import { pagesKey } from '../../api/use-pages.js';
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

/** One job: its price before it starts, its progress, and its results. */
export const JobPage = (): JSX.Element => {
  const { id = '' } = useParams();
  const { may } = useSession();
  const reading = useReading(JobDocument, { id });
  const job = reading.data?.job ?? null;
  useFollowing(id, job !== null && isChanging(job));
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

/** Shows the changes of a job, and its rows again when there are more of them. */
const useFollowing = (id: string, enabled: boolean): void => {
  const queries = useQueryClient();
  const shown = useRef(0);
  useLive({
    query: JobDocument,
    subscription: JobChangesDocument,
    variables: { id },
    enabled,
    received: ({ job }: JobQuery) => {
      const done = job?.counts.done ?? 0;
      if (done === shown.current) return;
      shown.current = done;
      void queries.invalidateQueries({ queryKey: pagesKey(JobResultsDocument) });
    },
  });
};
