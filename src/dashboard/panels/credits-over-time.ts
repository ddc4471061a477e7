import type { App, Look } from '../app.js';
import { makeCreditsChart } from '../credits-chart.js';
import { creditsOverTime, type TimeRow } from '../operations/usage.js';
import { type Drawing, makePanel, type Panel } from '../panel.js';
import { formatNumber, formatSlot, formatWord } from '../format.js';
import { makeTable } from '../table.js';
import { slotsOf } from '../time-slots.js';
import { usageFile } from './export-path.js';

/** Credits charged and saved, hour by hour, day by day, week by week or month by month. */
export const makeCreditsOverTime = (app: App): Panel =>
  makePanel(app, {
    id: 'credits-over-time',
    title: 'Credits over time',
    width: 'most',
    operation: ({ period }) => creditsOverTime(period.unit),
    variables: ({ period: { from, to }, timeZone }) => ({ from, to, timeZone }),
    draw: ({ usage }, look) => draw(usage.rows, look),
    csv: (look) => usageFile(look, look.period.unit),
  });

const draw = (rows: readonly TimeRow[], { period, timeZone }: Look): Drawing => {
  const { unit } = period;
  const bars = slotsOf(rows, period, timeZone).map(({ startsAt, row }) => ({
    label: formatSlot(startsAt, unit, timeZone, 'short'),
    fullLabel: formatSlot(startsAt, unit, timeZone, 'full'),
    charged: row?.creditsCharged ?? 0,
    saved: row?.creditsSaved ?? 0,
    lookups: row?.lookups ?? 0,
  }));
  const title = `Credits charged and saved by ${unit.toLowerCase()}`;
  return {
    chart: makeCreditsChart(title, bars),
    ...(rows.length === 0 ? { empty: 'No lookups in this period.' } : {}),
    table: makeTable(
      title,
      [
        { title: formatWord(unit), cell: (bar) => bar.fullLabel },
        { title: 'Charged', cell: (bar) => formatNumber(bar.charged), isNumber: true },
        { title: 'Saved', cell: (bar) => formatNumber(bar.saved), isNumber: true },
        { title: 'Lookups', cell: (bar) => formatNumber(bar.lookups), isNumber: true, isExtra: true },
      ],
      bars.toReversed(),
    ),
  };
};
