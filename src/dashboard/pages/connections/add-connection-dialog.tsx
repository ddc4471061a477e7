import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import {
  type ConnectableProvidersQuery,
  ConnectableProvidersDocument,
  CreateConnectionDocument,
  type CreateConnectionInput,
} from '../../api/operations.js';
import { useChange, useReading } from '../../api/use-operation.js';
import { Button } from '../../ui/button.js';
import { ChoiceField } from '../../ui/choice-field.js';
import { Dialog } from '../../ui/dialog.js';
import { CheckField, SelectField, TextField } from '../../ui/field.js';
import { Form, type FormError, type FormValues } from '../../ui/form.js';
import { formatPrices, providerTitle } from '../../ui/format.js';
import { useNotices } from '../../ui/notice.js';
import { Shown } from '../../ui/panel.js';
import type { Connection } from './connection-state.js';
import { KeyField } from './key-field.js';
import { KeySteps } from './key-steps.js';

type Provider = ConnectableProvidersQuery['providers'][number];
type Props = { connections: readonly Connection[]; close: () => void };

/** Adds a connection: choose the provider, get a key there, name it, paste the key. The key is verified before it is stored. */
export const AddConnectionDialog = (props: Props): JSX.Element => {
  const reading = useReading(ConnectableProvidersDocument, {}, { once: true });
  return (
    <Dialog title="Add connection" close={props.close}>
      <Shown reading={reading}>{({ providers }) => <AddForm {...props} providers={providers} />}</Shown>
    </Dialog>
  );
};

const AddForm = ({
  connections,
  providers,
  close,
}: Props & { providers: readonly Provider[] }): JSX.Element => {
  const { announce, warn } = useNotices();
  const { run } = useChange(CreateConnectionDocument);
  const [chosen, choose] = useState(providers[0]?.name ?? 'FIRMABLE');
  const provider = providers.find(({ name }) => name === chosen);

  const submit = async (values: FormValues): Promise<readonly FormError[]> => {
    const { createConnection } = await run({ input: inputOf(values, chosen) });
    const { connection, userErrors } = createConnection;
    if (connection === null) return userErrors;
    close();
    if (connection.problem === null)
      announce(`${connection.name} was saved. ${providerTitle(chosen)} accepts the key.`);
    else warn(`${connection.name} was saved, but the key could not be verified. Verify it later.`);
    return [];
  };

  return (
    <Form label="Add connection" submit={submit}>
      <ChoiceField
        name="provider"
        label="1. Choose the provider"
        value={chosen}
        choices={providers.map((one) => ({ value: one.name, title: one.title, note: formatPrices(one) }))}
        onChange={(name) => choose(providers.find((one) => one.name === name)?.name ?? chosen)}
      />
      {provider === undefined ? null : (
        <section class="group" aria-label="Get a key">
          <h3 class="step-title">2. Get a key of {provider.title}</h3>
          <KeySteps provider={provider.name} keyHelp={provider.keyHelp} />
        </section>
      )}
      <section class="form" aria-label="Connect it">
        <h3 class="step-title">3. Name the connection, and paste the key</h3>
        <TextField
          name="name"
          label="Name"
          required="Enter a name"
          maxLength={100}
          help="How lookups and reports name it, such as Sales."
        />
        <KeyField
          key={chosen}
          sandboxKey={provider?.sandboxKey ?? null}
          {...(chosen === 'FIRMABLE' ? { prefix: 'fbl_…' } : {})}
        />
        <AccountFields others={connections.filter((one) => one.provider === chosen)} />
      </section>
      <Button kind="primary" type="submit">
        Save
      </Button>
    </Form>
  );
};

/** What matters only beside other connections of the provider. */
const AccountFields = ({ others }: { others: readonly Connection[] }): JSX.Element => {
  const present = others.find(({ isDefault }) => isDefault);
  if (others.length === 0)
    return <p class="note">The first connection of a provider pays for lookups that name none.</p>;
  return (
    <>
      <SelectField
        name="sameAccountAs"
        label="Account of the key"
        options={[
          { value: '', title: 'An account that is not connected yet' },
          ...others.map(({ id, name }) => ({ value: id, title: `The same as ${name}` })),
        ]}
        help="Records that an account has unlocked stay free. A key that was used here before keeps its account."
      />
      <CheckField
        name="makeDefault"
        label="Default connection"
        help={
          present === undefined
            ? 'It pays for lookups that name no connection.'
            : `It pays for lookups that name no connection, instead of ${present.name}.`
        }
      />
    </>
  );
};

const inputOf = (values: FormValues, provider: Provider['name']): CreateConnectionInput => {
  const sameAccountAs = values.text('sameAccountAs');
  return {
    provider,
    name: values.text('name'),
    key: values.text('key'),
    makeDefault: values.isChecked('makeDefault'),
    ...(sameAccountAs === '' ? {} : { sameAccountAs }),
  };
};
