import type { JSX } from 'preact';
import type { BalanceSource, ConnectionBalanceQuery } from '../../api/operations.js';
import type { Reading } from '../../api/use-operation.js';
import { useView } from '../../app/use-view.js';
import { EmptyState } from '../../ui/empty-state.js';
import { formatMoment, formatNumber } from '../../ui/format.js';
import { MoreButton } from '../../ui/more-button.js';
import { Panel, Shown } from '../../ui/panel.js';
import { type Column, Table } from '../../ui/table.js';

type BalanceReading = ConnectionBalanceQuery['balance']['readings']['nodes'][number];

/** The API returns so many at once. */
const readingsMax = 100;

/** The readings of the balance, newest first. */
export const ReadingsPanel = ({
  reading,
  count,
  showMore,
}: {
  reading: Reading<ConnectionBalanceQuery>;
  /** How many are read. */
  count: number;
  showMore: () => void;
}): JSX.Element => {
  const { timeZone } = useView();
  return (
    <Panel title="Readings" width="third">
      <Shown reading={reading}>
        {({ balance: { readings } }) =>
          readings.nodes.length === 0 ? (
            <EmptyState title="No balance was read yet." />
          ) : (
            <>
              <Table
                caption="Readings of the balance"
                columns={columnsFor(timeZone)}
                rows={readings.nodes}
                keyOf={({ id }) => id}
              />
              <MoreButton
                hasMore={readings.pageInfo.hasNextPage && count < readingsMax}
                isLoading={reading.isStale}
                load={showMore}
                what="readings"
              />
              {readings.pageInfo.hasNextPage && count >= readingsMax ? (
                <p class="note">The latest {readingsMax} are shown.</p>
              ) : null}
            </>
          )
        }
      </Shown>
    </Panel>
  );
};

const columnsFor = (timeZone: string): readonly Column<BalanceReading>[] => [
  { title: 'Read', cell: ({ observedAt }) => formatMoment(observedAt, timeZone) },
  { title: 'Credits', cell: ({ credits }) => formatNumber(credits), isNumber: true },
  { title: 'Source', cell: ({ source }) => sources[source] },
];

const sources: Readonly<Record<BalanceSource, string>> = {
  OUT_OF_CREDITS: 'Out of credits',
  RECORDED: 'A person',
  REPORTED: 'Provider',
};
