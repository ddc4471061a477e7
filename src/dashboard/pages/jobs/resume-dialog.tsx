import type { JSX } from 'preact';
import { type JobFactsFragment, ResumeJobDocument } from '../../api/operations.js';
import { useChange } from '../../api/use-operation.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Form, useIsSending } from '../../ui/form.js';
import { formatCredits } from '../../ui/format.js';
import { CreditFields, readCredits } from '../enrich/list-fields.js';

/** Continues a job that has spent its credits, with more of them. */
export const ResumeDialog = ({ job, close }: { job: JobFactsFragment; close: () => void }): JSX.Element => {
  const resume = useChange(ResumeJobDocument);
  const limit = typeof job.maxCredits === 'number' ? job.maxCredits : null;
  return (
    <Dialog title="Resume with more credits" close={close}>
      <Form
        label="Resume with more credits"
        submit={async (values) => {
          const maxCredits = readCredits(values);
          if (maxCredits === null || (limit !== null && maxCredits !== 'UNLIMITED' && maxCredits < limit)) {
            const least = limit === null ? '' : ` of at least ${formatCredits(limit)}`;
            const message = `Enter a whole number${least}, or choose no limit.`;
            return [{ field: ['maxCredits'], message }];
          }
          const { userErrors } = (await resume.run({ id: job.id, maxCredits })).changed;
          if (userErrors.length === 0) close();
          return userErrors;
        }}
      >
        <p>
          The job has spent {formatCredits(job.creditsCharged)}
          {limit === null ? '' : ` of at most ${formatCredits(limit)}`}. The new limit counts them, too. It
          goes on where it stood.
        </p>
        <div class="fields">
          <CreditFields {...(limit === null ? {} : { value: limit })} />
        </div>
        <ResumeButton />
      </Form>
    </Dialog>
  );
};

const ResumeButton = (): JSX.Element => {
  const isSending = useIsSending();
  return (
    <Button kind="primary" type="submit" isDisabled={isSending}>
      {isSending ? 'Resuming…' : 'Resume'}
    </Button>
  );
};
