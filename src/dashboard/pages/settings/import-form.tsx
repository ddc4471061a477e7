import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.js';
import { SelectField } from '../../ui/field.js';
import { formatCount, formatNumber } from '../../ui/format.js';
import { Shown } from '../../ui/panel.js';
import { chunksOf, type ImportFile, type Mapping } from './import-file.js';
import { ImportMapping } from './import-mapping.js';
import { ImportProgress } from './import-progress.js';
import { LineFaults } from './line-faults.js';
import {
  type Kind,
  previewLines,
  suggestedKind,
  suggestedMapping,
  usePreview,
  useSuggestions,
} from './use-import-preview.js';
import { useImportRun } from './use-import-run.js';

type Account = { id: string; name: string };

type ImportFormProps = { file: ImportFile; accounts: readonly Account[]; close: () => void };

/** What a file is: whose, of which records, and what its columns hold. Then it is imported. */
export const ImportForm = ({ file, accounts, close }: ImportFormProps): JSX.Element => {
  const [connection, setConnection] = useState(accounts.length === 1 ? (accounts[0]?.id ?? '') : '');
  const lines = file.rows.length;
  return (
    <div class="form narrow">
      <p>
        <strong>{file.name}</strong> · {formatCount(lines, 'line')}{' '}
        <Button kind="plain" onClick={close}>
          Choose another file
        </Button>
      </p>
      <SelectField
        name="connection"
        label="Bought by the account of"
        value={connection}
        options={[
          { value: '', title: 'Choose a connection', isDisabled: true },
          ...accounts.map(({ id, name }) => ({ value: id, title: name })),
        ]}
        onChange={setConnection}
      />
      {connection === '' ? null : <FileContent key={connection} file={file} connection={connection} />}
    </div>
  );
};

type ContentProps = { file: ImportFile; connection: string };

const FileContent = ({ file, connection }: ContentProps): JSX.Element => {
  const suggestions = useSuggestions(file, connection);
  const [chosen, choose] = useState<Kind | null>(null);
  const isRead = suggestions.COMPANY.data !== undefined && suggestions.PERSON.data !== undefined;
  const operation = chosen ?? suggestedKind(suggestions);
  const suggestion = operation === null ? undefined : suggestions[operation].data?.importUnlocks;
  return (
    <Shown reading={isRead ? suggestions.PERSON : suggestions.COMPANY}>
      {() =>
        isRead ? (
          <div class="form narrow">
            <SelectField
              key={operation}
              name="operation"
              label="Records"
              value={operation ?? ''}
              help="A list of people usually has their companies too, which were not bought with them."
              options={[
                { value: '', title: 'Choose which were bought', isDisabled: true },
                { value: 'COMPANY', title: 'Companies' },
                { value: 'PERSON', title: 'People' },
              ]}
              onChange={(value) => choose(value === 'PERSON' ? 'PERSON' : 'COMPANY')}
            />
            {operation === null || suggestion === undefined ? null : (
              <MappedFile
                key={operation}
                file={file}
                connection={connection}
                operation={operation}
                suggested={suggestedMapping(file, suggestion)}
              />
            )}
          </div>
        ) : (
          <p class="quiet" aria-busy="true">
            Loading…
          </p>
        )
      }
    </Shown>
  );
};

type MappedProps = ContentProps & { operation: Kind; suggested: Mapping };

const MappedFile = ({ file, connection, operation, suggested }: MappedProps): JSX.Element => {
  const [mapping, setMapping] = useState(suggested);
  const importer = useImportRun();
  const lines = file.rows.length - (mapping.hasHeadings ? 1 : 0);
  const hasIds = mapping.kinds.includes('ID');
  if (importer.run !== null) return <ImportProgress importer={importer} run={importer.run} />;
  return (
    <div class="form narrow">
      <ImportMapping file={file} operation={operation} mapping={mapping} change={setMapping} />
      {hasIds ? (
        <>
          <Preview file={file} connection={connection} operation={operation} mapping={mapping} />
          <div class="buttons">
            <Button
              kind="primary"
              onClick={() => importer.start({ connection, operation, chunks: chunksOf(file, mapping) })}
            >
              {`Import ${formatCount(lines, 'line')}`}
            </Button>
          </div>
        </>
      ) : (
        <p class="caution" role="status">
          Choose the column that holds the ids of the records.
        </p>
      )}
    </div>
  );
};

const Preview = ({ file, ...given }: ContentProps & { operation: Kind; mapping: Mapping }): JSX.Element => {
  const reading = usePreview(file, given);
  const lines = file.rows.length - (given.mapping.hasHeadings ? 1 : 0);
  const what = lines > previewLines ? `Of the first ${previewLines} lines` : 'Of these lines';
  return (
    <Shown reading={reading}>
      {(result) =>
        result.userErrors.length > 0 ? (
          <p class="wrong" role="alert">
            {result.userErrors.map(({ message }) => message).join(' ')}
          </p>
        ) : (
          <>
            <p role="status">
              {`${what}: ${formatCount(result.imported, 'record')}, ${formatNumber(result.alreadyKnown)} repeated, ${formatNumber(result.invalid.length)} that cannot be imported.`}
            </p>
            <LineFaults title="Lines that cannot be imported" faults={result.invalid} />
            <LineFaults title="Identifiers that cannot be read" faults={result.unparsedIdentifiers} />
          </>
        )
      }
    </Shown>
  );
};
