import type { JSX } from 'preact';
import {
  ConnectionRemainingDocument,
  type ConnectionsQuery,
  ConnectionsDocument,
} from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { rolesWith, useSession } from '../../app/session.js';
import { useDialogInAddress } from '../../app/use-view.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { formatNumber, providerTitle } from '../../ui/format.js';
import { Link } from '../../ui/link.js';
import { Page } from '../../ui/page.js';
import { Panel, Shown } from '../../ui/panel.js';
import { type Column, Table } from '../../ui/table.js';
import { AddConnectionDialog } from './add-connection-dialog.js';
import { type Connection, ConnectionMarks, ConnectionState, healthOf } from './connection-state.js';
import { useConnectionActions } from './use-connection-actions.js';

/** Every connection, with a button to add one. `add` in the address opens its dialog. */
export const ConnectionList = (): JSX.Element => {
  const { may, hasOwnKeys } = useSession();
  const adding = useDialogInAddress('add');
  const reading = useReading(ConnectionsDocument, {});
  const mayAdd = hasOwnKeys && may('MANAGE_CONNECTIONS');
  return (
    <Page
      title="Connections"
      description="The provider accounts whose keys pay for lookups."
      actions={
        mayAdd ? (
          <Button kind="primary" onClick={() => adding.open('yes')}>
            Add connection
          </Button>
        ) : null
      }
    >
      <Panel title="Connections" query={{ document: ConnectionsDocument, variables: {} }}>
        <Shown reading={reading}>
          {(data) => (
            <>
              <Connections data={data} mayChange={mayAdd} />
              {mayAdd && adding.value !== null ? (
                <AddConnectionDialog connections={data.connections.nodes} close={adding.close} />
              ) : null}
            </>
          )}
        </Shown>
      </Panel>
      <ConnectionsNote />
    </Page>
  );
};

/** What this viewer cannot do here, and why. */
export const ConnectionsNote = (): JSX.Element | null => {
  const { may, hasOwnKeys } = useSession();
  if (!hasOwnKeys)
    return (
      <p class="note page-note">
        On the plan FREE the managed account pays for lookups, and no keys of your own are used.
      </p>
    );
  if (may('MANAGE_CONNECTIONS')) return null;
  return (
    <p class="note page-note">Changing connections requires the role {rolesWith('MANAGE_CONNECTIONS')}.</p>
  );
};

const Connections = ({ data, mayChange }: { data: ConnectionsQuery; mayChange: boolean }): JSX.Element => {
  const { nodes } = data.connections;
  if (nodes.length === 0) {
    return (
      <EmptyState title="No key is stored yet.">
        {mayChange ? 'Add a connection to pay for lookups with your own account of a provider.' : undefined}
      </EmptyState>
    );
  }
  const columns: readonly Column<Connection>[] = [
    {
      title: 'Name',
      cell: (connection) => (
        <>
          <Link to="/connections" parameters={{ connection: connection.id }}>
            {connection.name}
          </Link>
          <ConnectionMarks connection={connection} />
        </>
      ),
      sortBy: ({ name }) => name.toLowerCase(),
    },
    {
      title: 'Provider',
      cell: ({ provider }) => providerTitle(provider),
      sortBy: ({ provider }) => provider,
    },
    { title: 'Key', cell: ({ keyHint }) => `…${keyHint}`, isExtra: true },
    {
      title: 'State',
      cell: (connection) => (
        <ConnectionState connection={connection} health={healthOf(connection, data.providers)} />
      ),
    },
    { title: 'Remaining', cell: ({ id }) => <Remaining id={id} />, isNumber: true },
    ...(mayChange
      ? [
          {
            title: 'Actions',
            isUnnamed: true,
            cell: (connection: Connection) => <VerifyButton connection={connection} />,
          },
        ]
      : []),
  ];
  return (
    <Table caption="Connections and their state" columns={columns} rows={nodes} keyOf={({ id }) => id} />
  );
};

const Remaining = ({ id }: { id: string }): JSX.Element => {
  const { data } = useReading(ConnectionRemainingDocument, { id }, { once: true });
  if (data === undefined) return <>–</>;
  const { remaining, estimated } = data.balance;
  if (remaining === null) return <span class="quiet">Unknown</span>;
  return (
    <>
      {estimated ? <span class="quiet">about </span> : null}
      {formatNumber(remaining)}
    </>
  );
};

const VerifyButton = ({ connection }: { connection: Connection }): JSX.Element | null => {
  const { verify } = useConnectionActions(connection);
  return connection.isDisabled ? null : (
    <Button kind="plain" label={`Verify ${connection.name}`} onClick={verify}>
      Verify
    </Button>
  );
};
