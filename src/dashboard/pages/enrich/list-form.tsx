import type { JSX } from 'preact';
import type { Operation } from '../../api/operations.js';
import { Button } from '../../ui/button.js';
import { SelectField, TextAreaField } from '../../ui/field.js';
import { Form, useIsSending } from '../../ui/form.js';
import { formatNumber } from '../../ui/format.js';
import { helpOf } from './enrich-form.js';
import { ListFields } from './list-fields.js';
import { companyKey, identifierKinds, linesOf, personKey, recordKindOf } from './read-keys.js';
import { useCreateJob } from './use-create-job.js';
import type { Choices } from './wanted.js';

const linesMax = 10_000;

/** A list of identifiers, one on each line. */
export const ListForm = ({ operation, choices }: { operation: Operation; choices: Choices }): JSX.Element => {
  const createJob = useCreateJob();
  const kind = recordKindOf(operation);
  return (
    <Form
      label="Look up a list"
      submit={async (values) => {
        const lines = linesOf(values.text('identifiers'));
        if (lines.length > linesMax) {
          const message = `The list has ${formatNumber(lines.length)} lines. Send more than ${formatNumber(linesMax)} as a file.`;
          return [{ field: ['identifiers'], message }];
        }
        const identifier = values.text('identifier');
        const source =
          kind === 'COMPANY'
            ? { companies: lines.map((line) => companyKey(identifier, line)) }
            : { people: lines.map((line) => personKey(identifier, line)) };
        return await createJob({ operation, source }, values);
      }}
    >
      <div class="fields">
        <TextAreaField
          name="identifiers"
          label="Identifiers"
          rows={8}
          required="Enter at least one identifier"
          help={`${helpOf[kind]} One line for each record, up to 10,000.`}
        />
        <SelectField
          name="identifier"
          label="Kind of identifier"
          options={identifierKinds[kind].map((one) => ({ ...one }))}
        />
      </div>
      <ListFields operation={operation} choices={choices} />
      <QuoteButton />
    </Form>
  );
};

/** Sends the form that creates a job. */
export const QuoteButton = (): JSX.Element => {
  const isSending = useIsSending();
  return (
    <Button kind="primary" type="submit" isDisabled={isSending}>
      {isSending ? 'Creating the job…' : 'Get the quote'}
    </Button>
  );
};
