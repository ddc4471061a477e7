import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Operation } from '../../api/operations.js';
import { messageOf } from '../../api/request-error.js';
import type { Uploaded } from '../../api/upload-file.js';
import { useSession } from '../../app/session.js';
import { DropZone } from '../../ui/drop-zone.js';
import { formatShare } from '../../ui/format.js';
import { Link } from '../../ui/link.js';
import { Panel } from '../../ui/panel.js';
import { ListForm } from './list-form.js';
import { MappingForm } from './mapping-form.js';
import type { Choices } from './wanted.js';

const accept = '.csv,.tsv,.txt,.xlsx,text/csv,text/tab-separated-values';

/** A list from a file or from the clipboard. It becomes a job, whose page shows its price before it starts. */
export const ListFlow = ({ operation, choices }: { operation: Operation; choices: Choices }): JSX.Element => {
  const { client } = useSession();
  const [sent, setSent] = useState<number | null>(null);
  const [list, setList] = useState<{ file: File; uploaded: Uploaded } | null>(null);
  const [problem, setProblem] = useState('');

  const take = async (file: File, sheet: number | null = null): Promise<void> => {
    setProblem('');
    setSent(0);
    try {
      setList({ file, uploaded: await client.upload({ file, sheet }, setSent) });
    } catch (error) {
      setProblem(messageOf(error));
    }
    setSent(null);
  };

  const sending =
    sent === null ? null : (
      <div role="status">
        <p>Sending the file: {formatShare(sent)}</p>
        <progress aria-label="Sending the file" max={1} value={sent} />
      </div>
    );
  const refusal = (
    <p class="wrong" role="alert">
      {problem}
    </p>
  );
  if (list !== null) {
    return (
      <Panel title="Check the columns">
        {refusal}
        {sending ?? (
          <MappingForm
            key={list.uploaded.id}
            operation={operation}
            uploaded={list.uploaded}
            choices={choices}
            chooseSheet={(sheet) => void take(list.file, sheet)}
            close={() => {
              setProblem('');
              setList(null);
            }}
          />
        )}
      </Panel>
    );
  }
  return (
    <>
      <Panel title="A file" actions={<Link to="/jobs">Jobs</Link>}>
        {sending ?? (
          <DropZone
            title="Drop a file here, or choose one"
            note="CSV, TSV or Excel (XLSX), with a row for each record. All your columns come back with the results."
            accept={accept}
            take={(file) => void take(file)}
          />
        )}
        {refusal}
      </Panel>
      <Panel title="Or a pasted list">
        <ListForm operation={operation} choices={choices} />
      </Panel>
    </>
  );
};
