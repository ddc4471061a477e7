import type { JSX } from 'preact';
import { RecordBalanceDocument } from '../../api/operations.js';
import { useChange } from '../../api/use-operation.js';
import { useView } from '../../app/use-view.js';
import { readClock } from '../../time/zone-time.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { NumberField, TextField } from '../../ui/field.js';
import { Form, type FormError, type FormValues } from '../../ui/form.js';
import { providerTitle } from '../../ui/format.js';
import { useNotices } from '../../ui/notice.js';
import type { Connection } from './connection-state.js';

/** Records the balance that the provider's own page shows. */
export const RecordBalanceDialog = ({
  connection: { id, name, provider },
  close,
}: {
  connection: Connection;
  close: () => void;
}): JSX.Element => {
  const { announce } = useNotices();
  const { timeZone } = useView();
  const { run } = useChange(RecordBalanceDocument);
  const help =
    provider === 'FIRMABLE'
      ? 'The number “Credits remaining” on Firmable’s Credits page, all pools together.'
      : `The number on ${providerTitle(provider)}’s own page, all pools together.`;

  const submit = async (values: FormValues): Promise<readonly FormError[]> => {
    const credits = readWhole(values.text('credits'));
    if (credits === null) return [wholeFault('credits')];
    const typed = values.text('observedAt');
    const observedAt = readClock(typed, timeZone);
    if (typed !== '' && observedAt === null)
      return [{ field: ['observedAt'], message: 'Enter a date and a time.' }];
    const { recordBalance } = await run({
      input: {
        connection: id,
        credits,
        ...(observedAt === null ? {} : { observedAt: observedAt.toISOString() }),
      },
    });
    if (recordBalance.userErrors.length === 0) {
      close();
      announce(`The balance of ${name} was recorded.`);
    }
    return recordBalance.userErrors;
  };

  return (
    <Dialog title={`Record the balance of ${name}`} close={close}>
      <Form label="Record balance" submit={submit}>
        <NumberField name="credits" label="Remaining credits" required="Enter the credits" help={help} />
        <TextField
          name="observedAt"
          type="datetime-local"
          label={`When you read it (${timeZone.replaceAll('_', ' ')})`}
          help="Leave it empty for now."
        />
        <Button kind="primary" type="submit">
          Record
        </Button>
      </Form>
    </Dialog>
  );
};

/** A whole number of credits as it was typed; null for other text. */
export const readWhole = (text: string): number | null => (/^\d{1,15}$/.test(text) ? Number(text) : null);

export const wholeFault = (field: string): FormError => ({
  field: [field],
  message: 'Enter a whole number of credits.',
});
