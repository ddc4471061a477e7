import type { JSX } from 'preact';
import { useParameter } from '../../app/use-view.js';
import { Button } from '../../ui/button.js';
import { NumberField, SelectField, TextField } from '../../ui/field.js';
import { Form, useIsSending } from '../../ui/form.js';
import { OptionFields } from './option-fields.js';
import { identifierKinds, type RecordKind } from './read-keys.js';
import { type Choices, readWanted, type Wanted } from './wanted.js';

type EnrichFormProps = {
  kind: RecordKind;
  choices: Choices;
  /** Runs when something is typed: the quote that is shown is not of it. */
  changed: () => void;
  /** Gets the quote. Rejects with RequestError. */
  submit: (wanted: Wanted) => Promise<void>;
};

export const EnrichForm = ({ kind, choices, changed, submit }: EnrichFormProps): JSX.Element => {
  // A link from elsewhere may name the record.
  const [given] = useParameter('by');
  return (
    <div onInput={changed} onChange={changed}>
      <Form
        label="Look up a record"
        submit={async (values) => {
          const wanted = readWanted(kind, values);
          if (Array.isArray(wanted)) return wanted;
          await submit(wanted);
          return [];
        }}
      >
        <Identifier kind={kind} given={given ?? ''} />
        <details>
          <summary>Options</summary>
          <OptionFields choices={choices} operation={kind}>
            <NumberField name="maxCredits" label="Maximum credits" help="Empty: the price of the quote." />
          </OptionFields>
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

export const helpOf: Record<RecordKind, string> = {
  COMPANY: 'A domain, a website, a LinkedIn page, an ABN or an ID, in any spelling.',
  PERSON: 'A work e-mail address, a LinkedIn page or an ID, in any spelling.',
};

const Identifier = ({ kind, given }: { kind: RecordKind; given: string }): JSX.Element => (
  <div class="fields">
    <TextField
      name="identifiers"
      label="Identifier"
      value={given}
      required="Enter an identifier"
      help={helpOf[kind]}
    />
    <SelectField
      name="identifier"
      label="Kind of identifier"
      options={identifierKinds[kind].map((one) => ({ ...one }))}
    />
  </div>
);
