import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ConnectionBalanceQuery } from '../../api/operations.js';
import type { Reading } from '../../api/use-operation.js';
import { useView } from '../../app/use-view.js';
import { EmptyState } from '../../ui/empty-state.js';
import { formatMoment, formatNumber } from '../../ui/format.js';
import { MoreButton } from '../../ui/more-button.js';
import { Panel, Shown } from '../../ui/panel.js';
import { type Column, Table } from '../../ui/table.js';

type Drift = ConnectionBalanceQuery['balance']['drift'][number];

const rowsAtFirst = 8;

/** What was spent outside the gateway between each two readings. */
export const DriftPanel = ({ reading }: { reading: Reading<ConnectionBalanceQuery> }): JSX.Element => {
  const { timeZone } = useView();
  const [isWhole, setWhole] = useState(false);
  return (
    <Panel title="Drift" width="most">
      <Shown reading={reading}>
        {({ balance: { drift } }) =>
          drift.length === 0 ? (
            <EmptyState title="No drift is known.">
              It is computed between two readings of the balance: what was spent outside this gateway.
            </EmptyState>
          ) : (
            <>
              <p class="note">What was spent outside this gateway, between each two readings.</p>
              <Table
                caption="Drift between readings"
                columns={columnsFor(timeZone)}
                rows={isWhole ? drift : drift.slice(0, rowsAtFirst)}
                keyOf={({ to }) => to}
              />
              <MoreButton
                hasMore={!isWhole && drift.length > rowsAtFirst}
                isLoading={false}
                load={() => setWhole(true)}
                what="periods"
              />
            </>
          )
        }
      </Shown>
    </Panel>
  );
};

const columnsFor = (timeZone: string): readonly Column<Drift>[] => [
  {
    title: 'Until',
    cell: ({ to }) => formatMoment(to, timeZone),
  },
  { title: 'Before', cell: ({ before }) => formatNumber(before), isNumber: true, isExtra: true },
  { title: 'Granted', cell: ({ granted }) => formatNumber(granted), isNumber: true, isExtra: true },
  { title: 'This gateway', cell: ({ gatewaySpend }) => formatNumber(gatewaySpend), isNumber: true },
  {
    title: 'Outside',
    cell: ({ externalSpend }) => <b>{formatNumber(externalSpend)}</b>,
    isNumber: true,
  },
  { title: 'After', cell: ({ after }) => formatNumber(after), isNumber: true, isExtra: true },
];
