import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import {
  AlertBudgetsDocument,
  AlertConnectionsDocument,
  type AlertDestinationKind,
  CanEmailDocument,
} from '../../api/operations.js';
import { useEveryPage } from '../../api/use-every-page.js';
import { useReading } from '../../api/use-operation.js';
import { ChecksField } from '../../ui/checks-field.js';
import { CheckField, type Option, SelectField, TextAreaField, TextField } from '../../ui/field.js';
import { providerTitle } from '../../ui/format.js';
import { type Destination, events, eventTitles, kinds, kindTitles, urlHelp } from './alert-words.js';

/** The fields of a destination. Its kind can be chosen for a new one only. */
export const DestinationFields = ({
  destination,
  kind,
  chooseKind,
}: {
  /** Null for a new one. */
  destination: Destination | null;
  kind: AlertDestinationKind;
  chooseKind: (kind: AlertDestinationKind) => void;
}): JSX.Element => (
  <>
    {destination === null ? <KindField kind={kind} choose={chooseKind} /> : null}
    <TextField name="name" label="Name" value={destination?.name ?? ''} required="Enter a name" />
    <TargetField key={kind === 'EMAIL' ? 'recipients' : 'url'} destination={destination} kind={kind} />
    <ChecksField
      name="events"
      label="Events"
      values={destination?.events ?? events}
      options={events.map((value) => ({ value, title: eventTitles[value] }))}
    />
    <BudgetsField destination={destination} />
    <ConnectionsField destination={destination} />
    {destination === null ? (
      <input type="hidden" name="enabled" value="on" />
    ) : (
      <CheckField
        name="enabled"
        label="Enabled"
        isChecked={destination.enabled}
        help="While it is off nothing is sent there, and what waits for it is given up."
      />
    )}
  </>
);

type KindFieldProps = { kind: AlertDestinationKind; choose: (kind: AlertDestinationKind) => void };

const KindField = ({ kind, choose }: KindFieldProps): JSX.Element => {
  const { data } = useReading(CanEmailDocument, {});
  const isWithoutServer = kind === 'EMAIL' && data?.gateway.canEmail === false;
  return (
    <SelectField
      name="kind"
      label="Kind"
      value={kind}
      options={kinds.map((value) => ({ value, title: kindTitles[value] }))}
      onChange={(value) => choose(kinds.find((one) => one === value) ?? 'SLACK')}
      {...(isWithoutServer
        ? {
            help: 'This gateway sends no e-mail. Its operator must set SMTP_URL and ALERT_EMAIL_FROM, and restart it.',
          }
        : {})}
    />
  );
};

type TargetFieldProps = { destination: Destination | null; kind: AlertDestinationKind };

const TargetField = ({ destination, kind }: TargetFieldProps): JSX.Element => {
  if (kind === 'EMAIL') {
    return (
      <TextAreaField
        name="recipients"
        label="Recipients"
        rows={2}
        value={destination?.recipients?.join(', ') ?? ''}
        required="Enter an e-mail address"
        help="1 to 20 addresses, separated by commas."
      />
    );
  }
  const isSecret = destination?.url?.endsWith('/…') === true;
  return (
    <TextField
      name="url"
      label="URL"
      value={destination?.url ?? ''}
      required="Enter a URL"
      help={
        isSecret
          ? 'This address is a secret, so only its host is shown. Leave it as it is, or paste another one.'
          : urlHelp[kind]
      }
    />
  );
};

const BudgetsField = ({ destination }: { destination: Destination | null }): JSX.Element => {
  const budgets = useEveryPage(AlertBudgetsDocument, (data) => data.budgets);
  return (
    <SubsetField
      name="budgets"
      label="Budgets"
      what="budgets"
      chosen={destination?.budgets ?? null}
      choices={budgets?.map(({ id, name }) => ({ value: id, title: name }))}
    />
  );
};

const ConnectionsField = ({ destination }: { destination: Destination | null }): JSX.Element => {
  const connections = useEveryPage(AlertConnectionsDocument, (data) => data.connections);
  return (
    <SubsetField
      name="connections"
      label="Connections"
      what="connections"
      help="For refused keys and thresholds of balances."
      chosen={destination?.connections ?? null}
      choices={connections?.map(({ id, name, provider, sandbox }) => ({
        value: id,
        title: `${name} (${providerTitle(provider)}${sandbox ? ', Sandbox' : ''})`,
      }))}
    />
  );
};

/** All, or some that are chosen. */
const SubsetField = ({
  name,
  label,
  what,
  help,
  chosen,
  choices,
}: {
  name: string;
  label: string;
  what: string;
  help?: string;
  chosen: readonly { id: string }[] | null;
  /** Undefined until they are read. */
  choices: readonly Option[] | undefined;
}): JSX.Element => {
  const [isChosen, setChosen] = useState(chosen !== null);
  return (
    <>
      <SelectField
        name={`${name}Of`}
        label={label}
        value={isChosen ? 'CHOSEN' : 'ALL'}
        options={[
          { value: 'ALL', title: `All ${what}` },
          { value: 'CHOSEN', title: `Only chosen ${what}` },
        ]}
        onChange={(value) => setChosen(value === 'CHOSEN')}
        {...(help === undefined ? {} : { help })}
      />
      {!isChosen ? null : choices === undefined ? (
        <p class="note" aria-busy="true">
          Loading…
        </p>
      ) : (
        <ChecksField
          name={name}
          label={`Chosen ${what}`}
          values={chosen?.map(({ id }) => id) ?? []}
          options={choices}
          {...(choices.length === 0 ? { help: `There are no ${what} yet.` } : {})}
        />
      )}
    </>
  );
};
