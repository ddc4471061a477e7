import type { JSX } from 'preact';
import {
  type PresumedCause,
  type PresumedChargeFieldsFragment as PresumedCharge,
  type PresumedChargeFilter,
  ResolvePresumedChargeDocument,
  ResolvePresumedChargesDocument,
} from '../../api/operations.js';
import { useChange } from '../../api/use-operation.js';
import { useView } from '../../app/use-view.js';
import { Button } from '../../ui/button.js';
import { ChoiceField } from '../../ui/choice-field.js';
import { Dialog } from '../../ui/dialog.js';
import { SelectField, TextField } from '../../ui/field.js';
import { Form, type FormError, type FormValues } from '../../ui/form.js';
import { formatCredits, formatMoment, formatNumber, formatWord } from '../../ui/format.js';
import { useNotices } from '../../ui/notice.js';
import type { Connection } from './connection-state.js';

/** Decides one presumed charge. */
export const ResolveOneDialog = ({
  charge: { id, credits, cause, occurredAt, proposal },
  close,
}: {
  charge: PresumedCharge;
  close: () => void;
}): JSX.Element => {
  const { announce } = useNotices();
  const { timeZone } = useView();
  const { run } = useChange(ResolvePresumedChargeDocument);
  const submit = async (values: FormValues): Promise<readonly FormError[]> => {
    const charged = values.text('charged') === 'yes';
    const { resolvePresumedCharge } = await run({ input: { id, charged, reason: values.text('reason') } });
    if (resolvePresumedCharge.userErrors.length === 0) {
      close();
      announce(charged ? 'The charge was confirmed.' : `${formatCredits(credits)} returned to the budgets.`);
    }
    return resolvePresumedCharge.userErrors;
  };
  return (
    <Dialog title="Resolve a presumed charge" close={close}>
      <Form label="Resolve a presumed charge" submit={submit}>
        <p>
          {formatCredits(credits)}, {formatMoment(occurredAt, timeZone)}: {formatWord(cause).toLowerCase()}.
        </p>
        {proposal === null ? null : <p class="note">{proposal.message}</p>}
        <DecisionFields proposed={proposal?.charged ?? null} />
        <Button kind="primary" type="submit">
          Resolve
        </Button>
      </Form>
    </Dialog>
  );
};

const causes: readonly PresumedCause[] = [
  'TIMEOUT',
  'CONNECTION_LOST',
  'SERVER_ERROR',
  'UNREADABLE',
  'CRASH',
  'CLIENT_ERROR',
  'UNKNOWN',
];

/** Decides all presumed charges of a connection, or those of one cause or proposal. */
export const ResolveAllDialog = ({
  connection: { id, name },
  count,
  close,
}: {
  connection: Connection;
  count: number;
  close: () => void;
}): JSX.Element => {
  const { announce } = useNotices();
  const { run } = useChange(ResolvePresumedChargesDocument);
  const submit = async (values: FormValues): Promise<readonly FormError[]> => {
    const { resolvePresumedCharges: done } = await run({
      input: {
        filter: { connection: id, ...readSelection(values.text('which')) },
        charged: values.text('charged') === 'yes',
        reason: values.text('reason'),
      },
    });
    if (done.userErrors.length > 0) return done.userErrors;
    const { resolvedCount, creditsReturned, creditsConfirmed, remainingCount } = done;
    const result = `${formatNumber(resolvedCount)} resolved: ${formatCredits(creditsReturned)} returned, ${formatCredits(creditsConfirmed)} confirmed.`;
    if (remainingCount > 0)
      return [{ message: `${result} ${formatNumber(remainingCount)} remain. Resolve again.` }];
    close();
    announce(result);
    return [];
  };
  return (
    <Dialog title={`Resolve presumed charges of ${name}`} close={close}>
      <Form label="Resolve presumed charges" submit={submit}>
        <SelectField
          name="which"
          label="Which"
          options={[
            { value: '', title: `All ${formatNumber(count)}` },
            { value: 'NOT_CHARGED', title: 'Proposed: not charged' },
            { value: 'CHARGED', title: 'Proposed: charged' },
            ...causes.map((cause) => ({ value: cause, title: `Cause: ${formatWord(cause).toLowerCase()}` })),
          ]}
        />
        <DecisionFields proposed={null} />
        <Button kind="primary" type="submit">
          Resolve
        </Button>
      </Form>
    </Dialog>
  );
};

/** The charges of one cause, or with one proposal; all for ''. */
const readSelection = (which: string): Pick<PresumedChargeFilter, 'cause' | 'proposed'> => {
  if (which === 'CHARGED' || which === 'NOT_CHARGED') return { proposed: which };
  const cause = causes.find((one) => one === which);
  return cause === undefined ? {} : { cause };
};

const DecisionFields = ({ proposed }: { proposed: boolean | null }): JSX.Element => (
  <>
    <ChoiceField
      name="charged"
      label="What the provider’s usage shows"
      required="Choose what the provider did"
      {...(proposed === null ? {} : { value: proposed ? 'yes' : 'no' })}
      choices={[
        { value: 'yes', title: 'It charged', note: 'The credits stay counted.' },
        { value: 'no', title: 'It did not charge', note: 'The credits return to the budgets.' },
      ]}
    />
    <TextField
      name="reason"
      label="Reason"
      required="Enter a reason"
      maxLength={100}
      help="It is stored with the correction. Name no person."
    />
  </>
);
