import type { JSX } from 'preact';
import { useLocation } from 'wouter-preact';
import { UsageChartDocument } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { usePathTo, useView } from '../../app/use-view.js';
import { BarsChart } from '../../charts/bars-chart.js';
import type { Unit } from '../../time/period.js';
import { EmptyState } from '../../ui/empty-state.js';
import { formatWord } from '../../ui/format.js';
import { Panel, Shown } from '../../ui/panel.js';
import { entriesParameters } from './entries-address.js';
import { type Measure, measureIn, measures } from './dimensions.js';
import { stackOf, stackPeriod } from './stack.js';
import { useChartVariables } from './use-usage.js';
import { useUsageAddress } from './use-usage-address.js';

const units: readonly Unit[] = ['HOUR', 'DAY', 'WEEK', 'MONTH'];

/** The measure over time, stacked by the groups. A bar leads to its entries. */
export const UsageChart = (): JSX.Element => {
  const { address } = useUsageAddress();
  const { period: given, timeZone } = useView();
  const [, navigate] = useLocation();
  const pathTo = usePathTo();
  const period = stackPeriod(given, address.unit);
  const { groupBy, measure } = address;
  const variables = useChartVariables(address, [period.unit, ...groupBy]);
  const reading = useReading(UsageChartDocument, variables);
  const shown = measureIn(reading.data?.usage.rows ?? [], measure);
  const title = `${measures[shown].title} by ${period.unit.toLowerCase()}`;
  return (
    <Panel
      title={title}
      tools={<ChartTools unit={period.unit} />}
      query={{ document: UsageChartDocument, variables }}
    >
      <Shown reading={reading}>
        {({ usage: { rows } }) => {
          if (rows.length === 0) return <EmptyState title="No lookups in this period." />;
          const { series, bars } = stackOf(rows, { groupBy, measure: shown, period, timeZone });
          return (
            <BarsChart
              title={title}
              series={series}
              bars={bars}
              onSelect={(index) => {
                const bar = bars[index];
                if (bar === undefined) return;
                const at = { start: bar.startsAt, end: bar.endsAt };
                navigate(pathTo('/usage/entries', entriesParameters({ filters: address.filters, at })));
              }}
            />
          );
        }}
      </Shown>
    </Panel>
  );
};

const ChartTools = ({ unit }: { unit: Unit }): JSX.Element => {
  const { address, change } = useUsageAddress();
  return (
    <>
      <select
        aria-label="Measure"
        value={address.measure}
        onChange={({ currentTarget }) => change({ measure: measureNamed(currentTarget.value) })}
      >
        {Object.entries(measures).map(([name, { title }]) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
      <select
        aria-label="Bars"
        value={unit}
        onChange={({ currentTarget }) =>
          change({ unit: units.find((one) => one === currentTarget.value) ?? null })
        }
      >
        {units.map((one) => (
          <option key={one} value={one}>
            By {formatWord(one).toLowerCase()}
          </option>
        ))}
      </select>
    </>
  );
};

const measureNamed = (text: string): Measure =>
  text === 'saved' || text === 'lookups' || text === 'attempts' ? text : 'charged';
