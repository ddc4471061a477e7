import type { JSX } from 'preact';
import { CreditsByTokenDocument, CreditsByWorkflowDocument } from '../../api/operations.js';
import { type Reading, useReading } from '../../api/use-operation.js';
import { ShareBars } from '../../charts/share-bars.js';
import { formatNumber } from '../../ui/format.js';
import type { PanelProps } from '../../ui/panel.js';
import { Table } from '../../ui/table.js';
import { FiguresPanel } from './figures-panel.js';
import { usePeriodVariables } from './use-period-variables.js';

const shownMax = 6;

type Credits = { creditsCharged: number; creditsSaved: number; lookups: number };

/** Credits by the purpose that callers name. */
export const ByWorkflow = (): JSX.Element => {
  const variables = usePeriodVariables();
  return (
    <Breakdown
      title="By workflow"
      heading="Workflow"
      groupBy="WORKFLOW"
      query={{ document: CreditsByWorkflowDocument, variables }}
      reading={useReading(CreditsByWorkflowDocument, variables)}
      nameOf={({ workflow }) => workflow}
      nameless="No workflow named"
    />
  );
};

/** Credits by the token, which is a person or a tool. */
export const ByToken = (): JSX.Element => {
  const variables = usePeriodVariables();
  return (
    <Breakdown
      title="By token"
      heading="Token"
      groupBy="TOKEN"
      query={{ document: CreditsByTokenDocument, variables }}
      reading={useReading(CreditsByTokenDocument, variables)}
      nameOf={({ token }) => token?.name ?? null}
      nameless="No token"
    />
  );
};

type BreakdownProps<Row> = Required<Pick<PanelProps, 'title' | 'query'>> & {
  heading: string;
  groupBy: string;
  reading: Reading<{ usage: { rows: Row[] } }>;
  nameOf: (row: Row) => string | null;
  nameless: string;
};

const Breakdown = <Row extends Credits>({
  heading,
  nameOf,
  nameless,
  ...panel
}: BreakdownProps<Row>): JSX.Element => (
  <FiguresPanel
    {...panel}
    width="half"
    emptyOf={({ usage }) => (usage.rows.length === 0 ? 'No lookups in this period.' : null)}
    chart={({ usage }) => <Shares rows={sorted(usage.rows)} nameOf={nameOf} nameless={nameless} />}
    table={({ usage }) => (
      <Table
        caption={`Credits ${panel.title.toLowerCase()}`}
        columns={[
          { title: heading, cell: (row: Row) => nameOf(row) ?? nameless },
          { title: 'Charged', cell: (row: Row) => formatNumber(row.creditsCharged), isNumber: true },
          { title: 'Saved', cell: (row: Row) => formatNumber(row.creditsSaved), isNumber: true },
          { title: 'Lookups', cell: (row: Row) => formatNumber(row.lookups), isNumber: true },
        ]}
        rows={sorted(usage.rows)}
        keyOf={(row) => JSON.stringify(row)}
      />
    )}
  />
);

const Shares = <Row extends Credits>({
  rows,
  nameOf,
  nameless,
}: {
  rows: readonly Row[];
  nameOf: (row: Row) => string | null;
  nameless: string;
}): JSX.Element => {
  const hidden = rows.length - shownMax;
  return (
    <>
      <ShareBars
        shares={rows.slice(0, shownMax).map((row) => ({
          key: JSON.stringify(row),
          name: nameOf(row) ?? nameless,
          isNameless: nameOf(row) === null,
          charged: row.creditsCharged,
          saved: row.creditsSaved,
        }))}
      />
      {hidden > 0 ? <p class="note hidden-shares">And {hidden} more: see the table.</p> : null}
    </>
  );
};

const sorted = <Row extends Credits>(rows: readonly Row[]): Row[] =>
  rows.toSorted(
    (a, b) => b.creditsCharged - a.creditsCharged || b.creditsSaved - a.creditsSaved || b.lookups - a.lookups,
  );
