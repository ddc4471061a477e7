import type { JSX } from 'preact';
import { identifierTitle } from '../../ui/format.js';
import { Panel } from '../../ui/panel.js';
import { type Column, Table } from '../../ui/table.js';
import { sourceTitle, type Unlock } from './unlock.js';

type Identifier = Unlock['identifiers'][number];

/** Everything by which lookups and searches find the record, and how it is known. */
export const RecordIdentifiers = ({ unlock }: { unlock: Unlock }): JSX.Element => (
  <Panel title="Identifiers">
    <Table
      caption="Identifiers of this record"
      columns={columns}
      rows={unlock.identifiers}
      keyOf={({ kind, value }) => `${kind} ${value}`}
    />
  </Panel>
);

const columns: readonly Column<Identifier>[] = [
  { title: 'Kind', cell: ({ kind }) => identifierTitle(kind) },
  { title: 'Identifier', cell: ({ value }) => value },
  { title: 'Known because', cell: ({ source }) => sourceTitle(source) },
];
