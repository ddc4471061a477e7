import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ChargebackDocument, type ChargebackQuery } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { useCredits } from '../../app/use-credits.js';
import { useView } from '../../app/use-view.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { formatNumber, formatShare } from '../../ui/format.js';
import { Panel, Shown } from '../../ui/panel.js';
import { type Column, Table } from '../../ui/table.js';
import { CsvDialog } from './csv-dialog.js';
import type { FilterName } from './dimensions.js';
import { apiFilter } from './usage-address.js';
import { useUsageAddress } from './use-usage-address.js';

type Row = ChargebackQuery['usage']['rows'][number];

/** The filters by which chargeback would not see every use of a record. */
const refused: readonly FilterName[] = ['workflow', 'outcome', 'charge'];

/** The credits of the period, divided among the workflows that used the records. */
export const ChargebackPanel = (): JSX.Element => {
  const { address, change } = useUsageAddress();
  const { period } = useView();
  const { sandbox } = useCredits();
  const [isOpen, setOpen] = useState(false);
  const isNarrowed = refused.some((name) => address.filters[name] !== undefined);
  const variables = {
    from: period.from,
    to: period.to,
    filter: apiFilter(address.filters, sandbox),
  };
  const reading = useReading(ChargebackDocument, variables, { enabled: !isNarrowed });
  if (isNarrowed) {
    const kept = Object.fromEntries(refused.map((name) => [name, undefined]));
    return (
      <Panel title="Chargeback">
        <EmptyState title="Chargeback needs every use of a record, so it takes no filter by workflow, outcome or charge.">
          <Button onClick={() => change({ filters: { ...address.filters, ...kept } })}>
            Remove these filters
          </Button>
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Panel
      title="Chargeback"
      tools={
        <Button kind="plain" label="CSV: Chargeback" onClick={() => setOpen(true)}>
          CSV
        </Button>
      }
      query={{ document: ChargebackDocument, variables }}
    >
      <p class="note">
        The charge of each record is divided evenly among the workflows that looked it up in the period.
      </p>
      <Shown reading={reading}>
        {({ usage: { rows, totals } }) =>
          rows.length === 0 ? (
            <EmptyState title="No lookups in this period." />
          ) : (
            <Table
              caption="Credits divided among workflows"
              columns={columnsOf(totals.creditsCharged)}
              rows={rows.toSorted((a, b) => creditsOf(b) - creditsOf(a))}
              keyOf={({ workflow }) => JSON.stringify(workflow)}
              footer={[
                'Total',
                formatNumber(rows.reduce((sum, row) => sum + creditsOf(row), 0)),
                formatShare(totals.creditsCharged === 0 ? null : 1),
                formatNumber(totals.creditsCharged),
                '',
                '',
              ]}
            />
          )
        }
      </Shown>
      {isOpen ? (
        <CsvDialog report={{ name: 'chargeback', groupBy: ['WORKFLOW'] }} close={() => setOpen(false)} />
      ) : null}
    </Panel>
  );
};

const creditsOf = ({ chargeback }: Row): number => chargeback?.credits ?? 0;

const exact = new Intl.NumberFormat('en-AU', { maximumFractionDigits: 6 });

const columnsOf = (total: number): Column<Row>[] => [
  {
    title: 'Workflow',
    cell: ({ workflow }) => workflow ?? 'No workflow',
    sortBy: ({ workflow }) => workflow ?? '',
  },
  { title: 'Chargeback', cell: (row) => formatNumber(creditsOf(row)), sortBy: creditsOf, isNumber: true },
  {
    title: 'Share',
    cell: (row) => formatShare(total === 0 ? null : creditsOf(row) / total),
    isNumber: true,
  },
  {
    title: 'Charged to it',
    cell: ({ creditsCharged }) => formatNumber(creditsCharged),
    sortBy: ({ creditsCharged }) => creditsCharged,
    isNumber: true,
  },
  {
    title: 'Exact',
    cell: ({ chargeback }) => exact.format(chargeback?.share ?? 0),
    isNumber: true,
    isExtra: true,
  },
  {
    title: 'Rounding',
    cell: ({ chargeback }) => exact.format(chargeback?.remainder ?? 0),
    isNumber: true,
    isExtra: true,
  },
];
