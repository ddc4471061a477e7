import type { App, Look } from '../app.js';
import type { Operation } from '../operation.js';
import { type Credits, creditsByToken, creditsByWorkflow, type UsageVariables } from '../operations/usage.js';
import { make } from '../make-element.js';
import { type Drawing, makePanel, type Panel } from '../panel.js';
import { formatNumber } from '../format.js';
import { makeShareBars } from '../share-bars.js';
import { makeTable } from '../table.js';
import { usageFile } from './export-path.js';

const shownMax = 8;

/** Credits by the purpose that callers name. */
export const makeByWorkflow = (app: App): Panel =>
  makeBreakdown(app, {
    id: 'by-workflow',
    title: 'By workflow',
    heading: 'Workflow',
    dimension: 'WORKFLOW',
    operation: creditsByWorkflow,
    nameOf: ({ workflow }) => workflow,
    nameless: 'No workflow named',
  });

/** Credits by the token, which is a person or a tool. */
export const makeByToken = (app: App): Panel =>
  makeBreakdown(app, {
    id: 'by-token',
    title: 'By token',
    heading: 'Token',
    dimension: 'TOKEN',
    operation: creditsByToken,
    nameOf: ({ token }) => token?.name ?? null,
    nameless: 'No token',
  });

type Breakdown<Row> = {
  id: string;
  title: string;
  heading: string;
  dimension: string;
  operation: Operation<UsageVariables, { usage: { rows: Row[] } }>;
  nameOf: (row: Row) => string | null;
  nameless: string;
};

const makeBreakdown = <Row extends Credits & { lookups: number }>(app: App, of: Breakdown<Row>): Panel =>
  makePanel(app, {
    id: of.id,
    title: of.title,
    width: 'third',
    operation: () => of.operation,
    variables: ({ period: { from, to }, timeZone }: Look) => ({ from, to, timeZone }),
    draw: ({ usage }) => draw(usage.rows, of),
    csv: (look) => usageFile(look, of.dimension),
  });

const draw = <Row extends Credits & { lookups: number }>(
  rows: readonly Row[],
  of: Breakdown<Row>,
): Drawing => {
  const sorted = rows.toSorted(
    (a, b) => b.creditsCharged - a.creditsCharged || b.creditsSaved - a.creditsSaved || b.lookups - a.lookups,
  );
  const bars = makeShareBars(
    sorted.slice(0, shownMax).map((row) => ({
      name: of.nameOf(row) ?? of.nameless,
      isNameless: of.nameOf(row) === null,
      charged: row.creditsCharged,
      saved: row.creditsSaved,
    })),
  );
  const hidden = sorted.length - shownMax;
  const chart = make(
    'div',
    {},
    bars,
    hidden > 0 ? make('p', { class: 'note' }, `And ${hidden} more: see the table.`) : null,
  );
  const table = makeTable(
    `Credits ${of.title.toLowerCase()}`,
    [
      { title: of.heading, cell: (row: Row) => of.nameOf(row) ?? of.nameless },
      { title: 'Charged', cell: (row: Row) => formatNumber(row.creditsCharged), isNumber: true },
      { title: 'Saved', cell: (row: Row) => formatNumber(row.creditsSaved), isNumber: true },
      { title: 'Lookups', cell: (row: Row) => formatNumber(row.lookups), isNumber: true },
    ],
    sorted,
  );
  return rows.length === 0 ? { chart, empty: 'No lookups in this period.' } : { chart, table };
};
