import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { RecordDocument } from '../../api/operations.js';
import { useView } from '../../app/use-view.js';
import { EmptyState } from '../../ui/empty-state.js';
import { formatInstant, providerTitle } from '../../ui/format.js';
import { Panel } from '../../ui/panel.js';
import { type Column, Table } from '../../ui/table.js';
import { type FieldRow, fieldRows } from './field-rows.js';
import type { Unlock } from './unlock.js';

/** What is stored of the record: every field with its provider, one snapshot at a time. */
export const RecordFields = ({ unlock }: { unlock: Unlock }): JSX.Element => {
  const { timeZone } = useView();
  const [chosen, choose] = useState(0);
  const snapshot = unlock.snapshots[chosen] ?? unlock.snapshots[0];
  const query = { document: RecordDocument, variables: { id: unlock.id } };
  if (snapshot === undefined) {
    return (
      <Panel title="Fields" query={query}>
        <EmptyState title="No snapshot of this record is stored.">
          It was imported or forgotten, or snapshots are not kept. Fetch it again to see its fields.
        </EmptyState>
      </Panel>
    );
  }
  const rows = fieldRows(snapshot.company ?? snapshot.person);
  return (
    <Panel title="Fields" query={query}>
      {unlock.snapshots.length < 2 ? null : (
        <div class="tabs" role="group" aria-label="Snapshot">
          {unlock.snapshots.map(({ country }, at) => (
            <button
              key={country ?? ''}
              type="button"
              class="tab"
              aria-pressed={snapshot === unlock.snapshots[at]}
              onClick={() => choose(at)}
            >
              {country ?? 'All countries'}
            </button>
          ))}
        </div>
      )}
      <p class="note">
        Fetched {formatInstant(snapshot.fetchedAt, timeZone)}
        {snapshot.country === null ? '' : `, with the figures of ${snapshot.country}`}.
      </p>
      {rows.length === 0 ? (
        <EmptyState title="This release cannot read the snapshot. Fetch the record again." />
      ) : (
        <div class="record-fields">
          <Table caption="Fields of this record" columns={columns} rows={rows} keyOf={({ title }) => title} />
        </div>
      )}
    </Panel>
  );
};

const columns: readonly Column<FieldRow>[] = [
  { title: 'Field', cell: ({ title }) => title },
  { title: 'Value', cell: ({ value }) => <span class="record-value">{value}</span> },
  {
    title: 'Provider',
    cell: ({ provider }) => (provider === null ? '–' : providerTitle(provider)),
    isExtra: true,
  },
];
