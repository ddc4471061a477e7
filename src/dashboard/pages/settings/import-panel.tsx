import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ImportConnectionsDocument, ImportProvidersDocument } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { useAllPages, usePages } from '../../api/use-pages.js';
import { rolesWith, useSession } from '../../app/session.js';
import { DropZone } from '../../ui/drop-zone.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Panel, Shown } from '../../ui/panel.js';
import { type ImportFile, readImportFile } from './import-file.js';
import { ImportForm } from './import-form.js';

/** Declares what an account bought before the gateway existed, from a CSV file. */
export const ImportPanel = (): JSX.Element => {
  const { may } = useSession();
  return (
    <Panel title="Import unlocks">
      {may('IMPORT_UNLOCKS') ? (
        <Import />
      ) : (
        <EmptyState title={`Importing unlocks needs the role ${rolesWith('IMPORT_UNLOCKS')}.`}>
          The token must also be allowed to spend without a limit.
        </EmptyState>
      )}
    </Panel>
  );
};

const Import = (): JSX.Element => {
  const connections = useAllPages(usePages(ImportConnectionsDocument, {}, (data) => data.connections));
  const providers = useReading(ImportProvidersDocument, {}, { once: true }).data?.providers ?? null;
  const free = providers && new Set(providers.filter((one) => one.refetchIsFree).map(({ name }) => name));
  const [file, setFile] = useState<ImportFile | null>(null);
  const [problem, setProblem] = useState('');
  const take = async (given: File): Promise<void> => {
    setProblem('');
    const read = await readImportFile(given);
    if ('problem' in read) setProblem(read.problem);
    else setFile(read);
  };
  return (
    <div class="form">
      <p class="quiet">
        Records that an account bought before it used the gateway are free from then on, and their price
        counts as saved. Declare only what was bought: for anything else the provider charges without
        reporting it.
      </p>
      <Shown reading={connections}>
        {(all) => {
          if (free === null)
            return (
              <p class="quiet" aria-busy="true">
                Loading…
              </p>
            );
          const accounts = all.filter(({ provider }) => free.has(provider));
          if (accounts.length === 0) {
            return (
              <EmptyState title="No connection to a provider that returns bought records for free.">
                Add a connection of the account that bought the records first.
              </EmptyState>
            );
          }
          return file === null ? (
            <DropZone
              title="Drop a CSV file here, or choose one"
              note="With a column of ids. Domains, LinkedIn pages, ABNs and e-mail addresses beside them are read too."
              accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
              take={(given) => void take(given)}
            />
          ) : (
            <ImportForm key={file.name} file={file} accounts={accounts} close={() => setFile(null)} />
          );
        }}
      </Shown>
      <p class="wrong" role="alert">
        {problem}
      </p>
    </div>
  );
};
