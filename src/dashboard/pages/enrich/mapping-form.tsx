import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { JobIdentifier, Operation } from '../../api/operations.js';
import type { Uploaded } from '../../api/upload-file.js';
import { Button } from '../../ui/button.js';
import { SelectField } from '../../ui/field.js';
import { Form } from '../../ui/form.js';
import { formatCount, formatNumber } from '../../ui/format.js';
import { type Column, Table } from '../../ui/table.js';
import { QuoteButton } from './list-form.js';
import { ListFields } from './list-fields.js';
import { columnIdentifiers, recordKindOf } from './read-keys.js';
import { useCreateJob } from './use-create-job.js';
import type { Choices } from './wanted.js';

type MappingFormProps = {
  operation: Operation;
  uploaded: Uploaded;
  choices: Choices;
  /** Reads another sheet of the workbook, by its number from 1. */
  chooseSheet: (number: number) => void;
  close: () => void;
};

/** What a file has: its records, the identifiers in its columns, its first rows and what could not be read. */
export const MappingForm = ({
  operation: given,
  uploaded,
  choices,
  chooseSheet,
  close,
}: MappingFormProps): JSX.Element => {
  const createJob = useCreateJob();
  const [operation, setOperation] = useState<Operation>(
    given === 'PEOPLE_SEARCH' || uploaded.mapping.length === 0 ? given : uploaded.operation,
  );
  const allowed = columnIdentifiers[recordKindOf(operation)];
  return (
    <Form
      label="Check the columns"
      submit={async (values) => {
        const columns = uploaded.columns.flatMap(({ position }) => {
          const identifier = allowed.find(({ value }) => value === values.text(`column ${position}`))?.value;
          return identifier === undefined ? [] : [{ position, identifier }];
        });
        if (columns.length === 0) return [{ message: 'Say of at least one column which identifier it has.' }];
        const source = { upload: { id: uploaded.id, columns: byPreference(columns, uploaded) } };
        return await createJob({ operation, source }, values);
      }}
    >
      <p>
        <strong>{uploaded.fileName ?? 'The file'}</strong> · {formatCount(uploaded.rows, 'row')}{' '}
        <Button kind="plain" onClick={close}>
          Choose another file
        </Button>
      </p>
      {uploaded.notes
        // The field below says so.
        .filter((note) => !note.includes('?sheet='))
        .map((note) => (
          <p key={note} class="quiet">
            {note}
          </p>
        ))}
      <Faults uploaded={uploaded} />
      {uploaded.sheets.length < 2 ? null : (
        <SelectField
          name="sheet"
          label="Sheet"
          value={`${uploaded.sheets.indexOf(uploaded.sheet ?? '') + 1}`}
          options={uploaded.sheets.map((title, at) => ({ value: `${at + 1}`, title }))}
          onChange={(value) => chooseSheet(Number(value))}
        />
      )}
      <SelectField
        name="operation"
        label="Look up"
        value={operation}
        options={operations}
        onChange={(value) => setOperation(operations.find((one) => one.value === value)?.value ?? 'COMPANY')}
      />
      <Table
        key={allowed[0]?.value}
        caption="The columns of the file"
        columns={[
          { title: 'Column', cell: ({ name, position }) => name || `Column ${position}` },
          { title: 'First values', cell: ({ samples }) => samples.join(' · ') },
          {
            title: 'Identifier',
            cell: ({ name, position, identifier }) => (
              <SelectField
                name={`column ${position}`}
                label={`Identifier in ${name || `column ${position}`}`}
                value={allowed.some(({ value }) => value === identifier) ? (identifier ?? '') : ''}
                options={[{ value: '', title: 'None' }, ...allowed.map((one) => ({ ...one }))]}
              />
            ),
          },
        ]}
        rows={uploaded.columns}
        keyOf={({ position }) => `${position}`}
      />
      <details>
        <summary>First rows</summary>
        <Preview uploaded={uploaded} />
      </details>
      <ListFields operation={operation} choices={choices} />
      <QuoteButton />
    </Form>
  );
};

const operations: readonly { value: Operation; title: string }[] = [
  { value: 'COMPANY', title: 'Companies' },
  { value: 'PERSON', title: 'People' },
  { value: 'PEOPLE_SEARCH', title: 'People search' },
];

type MappedColumn = { position: number; identifier: JobIdentifier };

/** Columns as the gateway proposed them come first, in its order; of each row the first valid identifier is used. */
const byPreference = (columns: readonly MappedColumn[], { mapping }: Uploaded): MappedColumn[] => {
  const rankOf = ({ position }: MappedColumn): number => {
    const rank = mapping.findIndex((one) => one.position === position);
    return rank < 0 ? mapping.length : rank;
  };
  return columns.toSorted((a, b) => rankOf(a) - rankOf(b));
};

const Preview = ({ uploaded: { columns, preview } }: { uploaded: Uploaded }): JSX.Element => {
  const shown = columns.map(
    ({ name, position }): Column<string[]> => ({
      title: name || `Column ${position}`,
      cell: (cells) => cells[position - 1] ?? '',
    }),
  );
  return (
    <Table
      caption="The first rows of the file"
      columns={shown}
      rows={preview}
      keyOf={(cells) => `${preview.indexOf(cells)}`}
    />
  );
};

const Faults = ({ uploaded: { faults, faultCount } }: { uploaded: Uploaded }): JSX.Element | null =>
  faultCount === 0 ? null : (
    <div class="notice bad">
      <p>
        {formatCount(faultCount, 'row')} could not be read
        {faultCount > faults.length ? '; the first are:' : ':'}
      </p>
      <ul>
        {faults.map(({ line, reason }) => (
          <li key={line}>
            Line {formatNumber(line)}: {reason}
          </li>
        ))}
      </ul>
    </div>
  );
