import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useLocation } from 'wouter-preact';
import {
  CancelJobDocument,
  DeleteJobDocument,
  type JobFactsFragment,
  PauseJobDocument,
  ResumeJobDocument,
  RetryJobDocument,
} from '../../api/operations.js';
import { messageOf } from '../../api/request-error.js';
import { useChange } from '../../api/use-operation.js';
import { useSession } from '../../app/session.js';
import { usePathTo } from '../../app/use-view.js';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { Link } from '../../ui/link.js';
import { useNotices } from '../../ui/notice.js';
import { DownloadDialog } from './download-dialog.js';
import { MoreCreditsDialog } from './more-credits-dialog.js';

type Changed = { changed: { userErrors: readonly { message: string }[] } };

/** The buttons of a job: those that its state allows. */
export const JobActions = ({ job }: { job: JobFactsFragment }): JSX.Element => {
  const { may } = useSession();
  const { warn } = useNotices();
  const [dialog, open] = useState<'cancel' | 'delete' | 'download' | 'resume' | 'retry' | null>(null);
  const pause = useChange(PauseJobDocument);
  const resume = useChange(ResumeJobDocument);
  const retry = useChange(RetryJobDocument);
  const isActive = job.state === 'QUEUED' || job.state === 'RUNNING';
  const isUnstarted = job.pauseReason?.code === 'NOT_STARTED';
  const isStopped = job.state === 'PAUSED' && !isUnstarted;
  const hasSpentAll = job.pauseReason?.code === 'MAX_CREDITS_EXCEEDED';
  const hasEnded = job.endedAt != null;
  const mayRetry = job.counts.failed + job.counts.refused > 0 && (isStopped || hasEnded);

  const hasPeople = job.operation === 'PEOPLE_SEARCH' && job.counts.found > 0 && (isStopped || hasEnded);

  const change = async (run: (variables: { id: string }) => Promise<Changed>): Promise<void> => {
    try {
      const { changed } = await run({ id: job.id });
      const [refused] = changed.userErrors;
      if (refused !== undefined) warn(refused.message);
    } catch (error) {
      warn(messageOf(error));
    }
  };

  return (
    <>
      {job.counts.done === 0 ? null : <Button onClick={() => open('download')}>Download</Button>}
      {may('ENRICH') ? (
        <>
          {isActive ? <Button onClick={() => void change(pause.run)}>Pause</Button> : null}
          {isStopped ? (
            <Button kind="primary" onClick={() => (hasSpentAll ? open('resume') : void change(resume.run))}>
              Resume
            </Button>
          ) : null}
          {mayRetry && job.state !== 'CANCELED' ? (
            <Button onClick={() => (hasSpentAll ? open('retry') : void change(retry.run))}>
              Retry failed rows
            </Button>
          ) : null}
          {hasPeople ? (
            <Link
              to="/enrich"
              parameters={{ job: job.id }}
              class={`button ${hasEnded ? 'primary' : 'secondary'}`}
            >
              Enrich what was found
            </Link>
          ) : null}
          {hasEnded || isUnstarted ? null : (
            <Button kind="danger" onClick={() => open('cancel')}>
              Cancel
            </Button>
          )}
          {hasEnded || isUnstarted ? (
            <Button kind="danger" onClick={() => open('delete')}>
              Delete
            </Button>
          ) : null}
        </>
      ) : null}
      {dialog === 'resume' || dialog === 'retry' ? (
        <MoreCreditsDialog job={job} action={dialog} close={() => open(null)} />
      ) : null}
      {dialog === 'cancel' ? <CancelDialog job={job} close={() => open(null)} /> : null}
      {dialog === 'delete' ? <DeleteDialog job={job} close={() => open(null)} /> : null}
      {dialog === 'download' ? <DownloadDialog job={job} close={() => open(null)} /> : null}
    </>
  );
};

type DialogProps = { job: JobFactsFragment; close: () => void };

const CancelDialog = ({ job, close }: DialogProps): JSX.Element => {
  const cancel = useChange(CancelJobDocument);
  return (
    <ConfirmDialog
      title="Cancel the job"
      action="Cancel the job"
      confirm={async () => (await cancel.run({ id: job.id })).changed.userErrors}
      close={close}
    >
      <p>
        No more rows are looked up, and it cannot be resumed. What it has found stays and can be downloaded.
      </p>
    </ConfirmDialog>
  );
};

const DeleteDialog = ({ job, close }: DialogProps): JSX.Element => {
  const remove = useChange(DeleteJobDocument);
  const [, navigate] = useLocation();
  const pathTo = usePathTo();
  return (
    <ConfirmDialog
      title="Delete the job"
      action="Delete the job"
      confirm={async () => {
        const { userErrors } = (await remove.run({ id: job.id })).deleteJob;
        if (userErrors.length === 0) navigate(pathTo('/jobs'));
        return userErrors;
      }}
      close={close}
    >
      <p>Its list and its results are deleted. Unlocked records and entries stay.</p>
    </ConfirmDialog>
  );
};
