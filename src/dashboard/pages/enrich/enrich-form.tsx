import type { JSX } from 'preact';
import { useParameter } from '../../app/use-view.js';
import { Button } from '../../ui/button.js';
import { NumberField, SelectField, TextAreaField, TextField } from '../../ui/field.js';
import { Form, useIsSending } from '../../ui/form.js';
import { providerTitle } from '../../ui/format.js';
import { identifierKinds, type RecordKind } from './read-keys.js';
import { type Choices, readWanted, type Wanted } from './wanted.js';

type EnrichFormProps = {
  kind: RecordKind;
  isList: boolean;
  choices: Choices;
  /** Runs when something is typed: the quote that is shown is not of it. */
  changed: () => void;
  /** Gets the quote. Rejects with RequestError. */
  submit: (wanted: Wanted) => Promise<void>;
};

export const EnrichForm = ({ kind, isList, choices, changed, submit }: EnrichFormProps): JSX.Element => {
  // A link from elsewhere may name the record.
  const [given] = useParameter('by');
  return (
    <div onInput={changed} onChange={changed}>
      <Form
        label={isList ? 'Look up a list' : 'Look up a record'}
        submit={async (values) => {
          const wanted = readWanted(kind, isList, values);
          if (Array.isArray(wanted)) return wanted;
          await submit(wanted);
          return [];
        }}
      >
        <Identifiers kind={kind} isList={isList} given={given ?? ''} />
        <details>
          <summary>Options</summary>
          <Options choices={choices} kind={kind} />
        </details>
        <QuoteButton />
      </Form>
    </div>
  );
};

const QuoteButton = (): JSX.Element => {
  const isSending = useIsSending();
  return (
    <Button kind="primary" type="submit" isDisabled={isSending}>
      {isSending ? 'Getting the quote…' : 'Get the quote'}
    </Button>
  );
};

const helpOf: Record<RecordKind, string> = {
  COMPANY: 'A domain, a website, a LinkedIn page, an ABN or an id, in any spelling.',
  PERSON: 'A work e-mail address, a LinkedIn page or an id, in any spelling.',
};

const Identifiers = ({
  kind,
  isList,
  given,
}: {
  kind: RecordKind;
  isList: boolean;
  given: string;
}): JSX.Element => {
  const field = {
    name: 'identifiers',
    value: given,
    required: isList ? 'Enter at least one identifier' : 'Enter an identifier',
    help: isList ? `${helpOf[kind]} One line for each record, up to 100.` : helpOf[kind],
  };
  return (
    <div class="fields">
      {isList ? (
        <TextAreaField {...field} label="Identifiers" rows={8} />
      ) : (
        <TextField {...field} label="Identifier" />
      )}
      <SelectField
        name="identifier"
        label="Kind of identifier"
        options={identifierKinds[kind].map((one) => ({ ...one }))}
      />
    </div>
  );
};

const Options = ({ choices, kind }: { choices: Choices; kind: RecordKind }): JSX.Element => {
  const connections = choices.connections.nodes.filter(({ isDisabled }) => !isDisabled);
  return (
    <div class="fields">
      <SelectField
        name="connection"
        label="Connection"
        help="The connection that pays. No other one replaces it."
        options={[
          { value: '', title: 'As configured' },
          ...connections.map(({ id, name, provider, sandbox }) => ({
            value: id,
            title: `${name} (${providerTitle(provider)}${sandbox ? ', sandbox' : ''})`,
          })),
        ]}
      />
      <SelectField
        name="waterfallName"
        label="Waterfall"
        options={[
          { value: '', title: kind === 'COMPANY' ? 'The default for companies' : 'The default for people' },
          ...choices.waterfalls.nodes.map(({ name }) => ({ value: name, title: name })),
        ]}
      />
      <TextField name="workflow" label="Workflow" help="The purpose of the spend, for reports and budgets." />
      <NumberField name="maxCredits" label="Maximum credits" help="Empty: the price of the quote." />
      <TextField
        name="maxAge"
        label="Maximum age"
        placeholder="30d"
        help="Of a stored record. If it is older, it is fetched again."
      />
    </div>
  );
};
