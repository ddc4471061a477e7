import type { JSX } from 'preact';
import {
  ConnectableProvidersDocument,
  type KeyAccount,
  RotateConnectionKeyDocument,
} from '../../api/operations.js';
import { useChange, useReading } from '../../api/use-operation.js';
import { Button } from '../../ui/button.js';
import { ChoiceField } from '../../ui/choice-field.js';
import { Dialog } from '../../ui/dialog.js';
import { Form, type FormError, type FormValues } from '../../ui/form.js';
import { providerTitle } from '../../ui/format.js';
import { useNotices } from '../../ui/notice.js';
import type { Connection } from './connection-state.js';
import { KeyField } from './key-field.js';
import { KeySteps } from './key-steps.js';

/**
 * Replaces the key of a connection. The viewer says which account the new key belongs to, because no provider does and a
 * wrong answer would hide spending.
 */
export const RotateKeyDialog = ({
  connection: { id, name, provider, keyHint },
  close,
}: {
  connection: Connection;
  close: () => void;
}): JSX.Element => {
  const { announce, warn } = useNotices();
  const { run } = useChange(RotateConnectionKeyDocument);
  const { data } = useReading(ConnectableProvidersDocument, {}, { once: true });
  const keyHelp = data?.providers.find((one) => one.name === provider)?.keyHelp ?? '';

  const submit = async (values: FormValues): Promise<readonly FormError[]> => {
    const input = { id, key: values.text('key'), account: readAccount(values.text('account')) };
    const { rotateConnectionKey } = await run({ input });
    const { connection, userErrors } = rotateConnectionKey;
    if (connection === null) return userErrors;
    close();
    if (connection.problem === null) announce(`The key of ${name} was replaced.`);
    else warn(`The key of ${name} was replaced, but it could not be verified. Verify it later.`);
    return [];
  };

  return (
    <Dialog title={`Rotate the key of ${name}`} close={close}>
      <Form label="Rotate key" submit={submit}>
        <p class="note">
          The present key ends in {keyHint}. Name, default, budgets and history stay. Delete the old key at{' '}
          {providerTitle(provider)} afterwards.
        </p>
        <section class="group" aria-label="Get a key">
          <KeySteps provider={provider} keyHelp={keyHelp} />
        </section>
        <KeyField label="New key" sandboxKey={null} />
        <ChoiceField
          name="account"
          label="Account of the new key"
          required="Choose the account of the new key"
          choices={[
            {
              value: 'SAME',
              title: 'The same account',
              note: 'What the account has unlocked stays free.',
            },
            {
              value: 'OTHER',
              title: 'Another account',
              note: 'The connection continues with the unlocks of that account. A new account has none.',
            },
          ]}
        />
        <Button kind="primary" type="submit">
          Rotate key
        </Button>
      </Form>
    </Dialog>
  );
};

const readAccount = (value: string): KeyAccount => (value === 'OTHER' ? 'OTHER' : 'SAME');
