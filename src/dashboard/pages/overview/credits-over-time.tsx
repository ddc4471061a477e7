import type { JSX } from 'preact';
import { CreditsOverTimeDocument, type CreditsOverTimeQuery } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { useView } from '../../app/use-view.js';
import { BarsChart } from '../../charts/bars-chart.js';
import type { Period } from '../../time/period.js';
import { slotsOf } from '../../time/time-slots.js';
import { formatNumber, formatSlot, formatWord } from '../../ui/format.js';
import { Table } from '../../ui/table.js';
import { FiguresPanel } from './figures-panel.js';
import { usePeriodVariables } from './use-period-variables.js';

const series = [
  { title: 'Charged', colour: '--charged' },
  { title: 'Saved', colour: '--saved' },
];

/** Credits charged and saved, hour by hour, day by day, week by week or month by month. */
export const CreditsOverTime = (): JSX.Element => {
  const { period, timeZone } = useView();
  const { unit } = period;
  const variables = { ...usePeriodVariables(), unit };
  const reading = useReading(CreditsOverTimeDocument, variables);
  const title = `Credits charged and saved by ${unit.toLowerCase()}`;
  return (
    <FiguresPanel
      title="Credits over time"
      width="most"
      query={{ document: CreditsOverTimeDocument, variables }}
      reading={reading}
      groupBy={unit}
      emptyOf={({ usage }) => (usage.rows.length === 0 ? 'No lookups in this period.' : null)}
      chart={({ usage }) => (
        <BarsChart title={title} series={series} bars={barsOf(usage.rows, period, timeZone)} />
      )}
      table={({ usage }) => (
        <Table
          caption={title}
          columns={[
            { title: formatWord(unit), cell: ({ fullLabel }) => fullLabel },
            { title: 'Charged', cell: ({ values }) => formatNumber(values[0]), isNumber: true },
            { title: 'Saved', cell: ({ values }) => formatNumber(values[1]), isNumber: true },
            { title: 'Lookups', cell: ({ lookups }) => formatNumber(lookups), isNumber: true, isExtra: true },
          ]}
          rows={barsOf(usage.rows, period, timeZone).toReversed()}
          keyOf={({ key }) => key}
        />
      )}
    />
  );
};

type Row = CreditsOverTimeQuery['usage']['rows'][number];
type Bar = { key: string; label: string; fullLabel: string; values: [number, number]; lookups: number };

const barsOf = (rows: readonly Row[], period: Period, timeZone: string): Bar[] => {
  const timed = rows.flatMap(({ startsAt, ...row }) => (startsAt === null ? [] : [{ ...row, startsAt }]));
  return slotsOf(timed, period, timeZone).map(({ startsAt, row }) => ({
    key: startsAt.toISOString(),
    label: formatSlot(startsAt, period.unit, timeZone, 'short'),
    fullLabel: formatSlot(startsAt, period.unit, timeZone, 'full'),
    values: [row?.creditsCharged ?? 0, row?.creditsSaved ?? 0],
    lookups: row?.lookups ?? 0,
  }));
};
