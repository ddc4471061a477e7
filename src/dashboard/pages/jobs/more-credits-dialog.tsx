import type { JSX } from 'preact';
import { type JobFactsFragment, ResumeJobDocument, RetryJobDocument } from '../../api/operations.js';
import { useChange } from '../../api/use-operation.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Form, useIsSending } from '../../ui/form.js';
import { formatCredits } from '../../ui/format.js';
import { CreditFields, readCredits } from '../enrich/list-fields.js';

const actions = {
  resume: {
    title: 'Resume with more credits',
    document: ResumeJobDocument,
    effect: 'It goes on where it stood.',
    button: 'Resume',
    sending: 'Resuming…',
  },
  retry: {
    title: 'Retry failed rows with more credits',
    document: RetryJobDocument,
    effect: 'Failed and refused rows are looked up again, and it goes on where it stood.',
    button: 'Retry',
    sending: 'Retrying…',
  },
} as const;

type Props = { job: JobFactsFragment; action: keyof typeof actions; close: () => void };

/** Continues a job that has spent its credits, with more of them. */
export const MoreCreditsDialog = ({ job, action, close }: Props): JSX.Element => {
  const { title, document, effect, button, sending } = actions[action];
  const change = useChange(document);
  const limit = typeof job.maxCredits === 'number' ? job.maxCredits : null;
  return (
    <Dialog title={title} close={close}>
      <Form
        label={title}
        submit={async (values) => {
          const maxCredits = readCredits(values);
          if (maxCredits === null || (limit !== null && maxCredits !== 'UNLIMITED' && maxCredits < limit)) {
            const least = limit === null ? '' : ` of at least ${formatCredits(limit)}`;
            const message = `Enter a whole number${least}, or choose no limit.`;
            return [{ field: ['maxCredits'], message }];
          }
          const { userErrors } = (await change.run({ id: job.id, maxCredits })).changed;
          if (userErrors.length === 0) close();
          return userErrors;
        }}
      >
        <p>
          The job has spent {formatCredits(job.creditsCharged)}
          {limit === null ? '' : ` of at most ${formatCredits(limit)}`}. The new limit counts them, too.{' '}
          {effect}
        </p>
        <div class="fields">
          <CreditFields {...(limit === null ? {} : { value: limit })} />
        </div>
        <SubmitButton button={button} sending={sending} />
      </Form>
    </Dialog>
  );
};

const SubmitButton = ({ button, sending }: { button: string; sending: string }): JSX.Element => {
  const isSending = useIsSending();
  return (
    <Button kind="primary" type="submit" isDisabled={isSending}>
      {isSending ? sending : button}
    </Button>
  );
};
