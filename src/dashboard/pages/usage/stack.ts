import type { Bar, BarSeries } from '../../charts/bars-options.js';
import { slotsOf } from '../../time/time-slots.js';
import type { Period, Unit } from '../../time/period.js';
import { formatNumber, formatSlot } from '../../ui/format.js';
import type { UsageLabelsFragment } from '../../api/operations.js';
import { type ChartRow, type Dimension, dimensions, type Measure, measures } from './dimensions.js';

/** One bar with the time that it covers within the period. */
export type TimeBar = Bar & { startsAt: string; endsAt: string };

const colours = ['--series-1', '--series-2', '--series-3', '--series-4', '--series-5', '--series-6'] as const;

/** How many groups have a series of their own. */
export const seriesMax = colours.length;

/** The name of a row's groups: `crm · sync`. */
const groupTitle = (row: UsageLabelsFragment, groupBy: readonly Dimension[]): string =>
  labelsOf(row, groupBy)
    .map(({ title }) => title)
    .join(' · ');

export const labelsOf = (row: UsageLabelsFragment, groupBy: readonly Dimension[]) =>
  groupBy.map((dimension) => dimensions[dimension].labelOf(row));

/** What identifies a row's groups. Titles do not: two tokens may have one name. */
export const groupKey = (row: UsageLabelsFragment, groupBy: readonly Dimension[]): string =>
  JSON.stringify(labelsOf(row, groupBy).map(({ value }) => value));

/** The unit by which a period is cut, if the address says none. An hour is too fine for months. */
export const stackPeriod = (period: Period, unit: Unit | null): Period => ({
  ...period,
  unit: unit ?? period.unit,
});

/**
 * Rows by time and group as stacked bars: each group with a colour, the largest first, and the others of the report. Every
 * unit of the period has a bar, also without usage.
 */
export const stackOf = (
  rows: readonly ChartRow[],
  wanted: { groupBy: readonly Dimension[]; measure: Measure; period: Period; timeZone: string },
): { series: BarSeries[]; bars: TimeBar[] } => {
  const { groupBy, measure, period, timeZone } = wanted;
  const { field } = measures[measure];
  const valueOf = (row: ChartRow): number => row[field] ?? 0;
  const sums = new Map<string, { title: string; value: number }>();
  for (const row of rows) {
    if (row.others !== null) continue;
    const key = groupKey(row, groupBy);
    const before = sums.get(key)?.value ?? 0;
    sums.set(key, { title: groupTitle(row, groupBy), value: before + valueOf(row) });
  }
  const sorted = [...sums].toSorted(([, a], [, b]) => b.value - a.value);
  const shown = sorted.map(([key]) => key);
  const others = rows.find((row) => row.others !== null)?.others ?? null;
  const series: BarSeries[] = [
    ...sorted.map(([, { title }], at) => ({
      title: groupBy.length === 0 ? measures[measure].title : title,
      colour: colours[at] ?? '--series-other',
    })),
    ...(others === null ? [] : [{ title: othersTitle(others), colour: '--series-other' }]),
  ];
  const bySlot = new Map<string, ChartRow[]>();
  for (const row of rows) {
    const at = row.startsAt ?? period.from;
    bySlot.set(at, [...(bySlot.get(at) ?? []), row]);
  }
  const slots = slotsOf(
    [...bySlot].map(([startsAt, group]) => ({ startsAt, endsAt: group[0]?.endsAt ?? period.to, group })),
    period,
    timeZone,
  );
  const bars = slots.map(({ startsAt, row }, at): TimeBar => {
    const values = Array.from({ length: series.length }, () => 0);
    for (const one of row?.group ?? []) {
      const index = one.others === null ? shown.indexOf(groupKey(one, groupBy)) : shown.length;
      values[index] = (values[index] ?? 0) + valueOf(one);
    }
    const next = slots[at + 1]?.startsAt.toISOString() ?? period.to;
    return {
      label: formatSlot(startsAt, period.unit, timeZone, 'short'),
      fullLabel: formatSlot(startsAt, period.unit, timeZone, 'full'),
      values,
      startsAt: later(startsAt.toISOString(), period.from),
      endsAt: earlier(row?.endsAt ?? next, period.to),
    };
  });
  return { series: distinct(series), bars };
};

const othersTitle = (others: number): string => (others === 1 ? '1 other' : `${formatNumber(others)} others`);

/** Two groups may have one name: a title identifies a series in the legend. */
const distinct = (series: readonly BarSeries[]): BarSeries[] =>
  series.map((one, at) => {
    const same = series.slice(0, at).filter(({ title }) => title === one.title).length;
    return same === 0 ? one : { ...one, title: `${one.title} (${same + 1})` };
  });

const later = (a: string, b: string): string => (Date.parse(a) > Date.parse(b) ? a : b);
const earlier = (a: string, b: string): string => (Date.parse(a) < Date.parse(b) ? a : b);
