import type { usageRollup } from '../../schema/tables/index.js';
import type { LabelFilter } from './entry-filter.js';
import { type Period, quarterMs } from './period.js';

export const usageLabels = [
  'CONNECTION',
  'PROVIDER',
  'OPERATION',
  'WORKFLOW',
  'TOKEN',
  'OUTCOME',
  'PAYER',
  'SANDBOX',
] as const;
export type UsageLabel = (typeof usageLabels)[number];

export type Rollup = (typeof usageRollup.enumValues)[number];

/** The labels of each rollup. The first one that has all labels of a report has the fewest rows for it. */
const labelsOf: Record<Rollup, readonly UsageLabel[]> = {
  CONNECTION: ['CONNECTION', 'PROVIDER', 'OPERATION', 'OUTCOME', 'PAYER', 'SANDBOX'],
  WORKFLOW: ['WORKFLOW', 'OUTCOME', 'SANDBOX'],
  TOKEN: ['TOKEN', 'OUTCOME', 'SANDBOX'],
};

const filteredLabels = (filter: LabelFilter): UsageLabel[] => {
  const given: readonly (readonly [UsageLabel, unknown])[] = [
    ['CONNECTION', filter.connectionId],
    ['PROVIDER', filter.provider],
    ['OPERATION', filter.operation],
    ['WORKFLOW', filter.workflow],
    ['TOKEN', filter.tokenId],
    ['OUTCOME', filter.outcome],
    ['PAYER', filter.payer],
    ['SANDBOX', filter.sandbox],
  ];
  return [
    ...given.flatMap(([label, value]) => (value === null || value === undefined ? [] : [label])),
    ...(filter.without ?? []),
  ];
};

/** The rollup that has all labels by which a report groups and filters; null: none has. */
export const chooseRollup = (labels: readonly UsageLabel[], filter: LabelFilter): Rollup | null => {
  const needed = [...labels, ...filteredLabels(filter)];
  const rollups: readonly Rollup[] = ['CONNECTION', 'WORKFLOW', 'TOKEN'];
  return rollups.find((rollup) => needed.every((label) => labelsOf[rollup].includes(label))) ?? null;
};

/** The sums of usage_rollups for the hours from `fromHour` to `toHour`, 0 to 24, of each of the days. */
export type Reading = { firstDay: Date; beforeDay: Date; fromHour: number; toHour: number };

/** What makes up a period: sums of rollups, with what came late there, and quarters of an hour. */
export type Sums = { readings: Reading[]; rolledUp: Period[]; quarters: Period[] };

const hourMs = 4 * quarterMs;
const dayMs = 24 * hourMs;

/** Divides a period of whole quarters of an hour; the rollups end at `rollupsEnd`, null: there are none. */
export const divideIntoSums = ({ from, to }: Period, rollupsEnd: Date | null): Sums => {
  const wholeFromMs = Math.ceil(from.getTime() / hourMs) * hourMs;
  const wholeToMs = Math.floor(Math.min(to.getTime(), rollupsEnd?.getTime() ?? 0) / hourMs) * hourMs;
  if (rollupsEnd === null || wholeFromMs >= wholeToMs)
    return { readings: [], rolledUp: [], quarters: [{ from, to }] };
  const rolledUp = { from: new Date(wholeFromMs), to: new Date(wholeToMs) };
  return {
    readings: readingsOf(wholeFromMs, wholeToMs),
    rolledUp: [rolledUp],
    quarters: [
      { from, to: rolledUp.from },
      { from: rolledUp.to, to },
    ].filter((rest) => rest.from < rest.to),
  };
};

const readingsOf = (fromMs: number, toMs: number): Reading[] => {
  const [first, last] = [dayOf(fromMs), dayOf(toMs)];
  if (first === last) return [reading(first, first + dayMs, hourOf(fromMs), hourOf(toMs))];
  const wholeFrom = fromMs > first ? first + dayMs : first;
  return [
    ...(fromMs > first ? [reading(first, wholeFrom, hourOf(fromMs), 24)] : []),
    ...(last > wholeFrom ? [reading(wholeFrom, last, 0, 24)] : []),
    ...(toMs > last ? [reading(last, last + dayMs, 0, hourOf(toMs))] : []),
  ];
};

const dayOf = (ms: number): number => Math.floor(ms / dayMs) * dayMs;

const hourOf = (ms: number): number => (ms - dayOf(ms)) / hourMs;

const reading = (firstMs: number, beforeMs: number, fromHour: number, toHour: number): Reading => ({
  firstDay: new Date(firstMs),
  beforeDay: new Date(beforeMs),
  fromHour,
  toHour,
});
