import type { JSX } from 'preact';
import { type ConnectionsQuery, ConnectionsDocument } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { Badge } from '../../ui/badge.js';
import { EmptyState } from '../../ui/empty-state.js';
import { providerTitle } from '../../ui/format.js';
import { Page } from '../../ui/page.js';
import { Panel, Shown } from '../../ui/panel.js';
import { type Column, Table } from '../../ui/table.js';

type Connection = ConnectionsQuery['connections']['nodes'][number];

export const ConnectionsPage = (): JSX.Element => {
  const reading = useReading(ConnectionsDocument, {});
  return (
    <Page title="Connections" description="The provider accounts whose keys pay for lookups.">
      <Panel title="Connections" query={{ document: ConnectionsDocument, variables: {} }}>
        <Shown reading={reading}>
          {({ connections: { nodes } }) =>
            nodes.length === 0 ? (
              <EmptyState title="No key is stored yet." />
            ) : (
              <Table caption="Connections" columns={columns} rows={nodes} keyOf={({ id }) => id} />
            )
          }
        </Shown>
      </Panel>
    </Page>
  );
};

const columns: readonly Column<Connection>[] = [
  { title: 'Name', cell: ({ name }) => name, sortBy: ({ name }) => name },
  { title: 'Provider', cell: ({ provider }) => providerTitle(provider) },
  { title: 'Key', cell: ({ keyHint }) => `…${keyHint}` },
  { title: 'State', cell: ({ sandbox }) => (sandbox ? <Badge>Sandbox</Badge> : null) },
];
