import { median, ratioOf, spread, type Summary } from '../numbers.js';

import type { Round } from './measure-round.js';
import type { Entry, Scenario } from './scenarios.js';

/** All rounds of each entry of each scenario. */
export type Rounds = ReadonlyMap<Scenario, ReadonlyMap<Entry, readonly Round[]>>;

/** One line of the result. `ratio` is the first line of the scenario over this one, round by round. */
export type MeasuredLookups = {
  set: 'lookups';
  scenario: string;
  way: string;
  /** Records, where a request asks for a list. */
  perSecond: number;
  spread: string;
  ratio: string;
  p50Ms: number;
  p99Ms: number;
  'node CPU s/1000': number | '';
  'PostgreSQL CPU s/1000': number | '';
  'node faults': number | '';
  'PostgreSQL faults': number | '';
  'reserved/batch': number | '';
  'settled/batch': number | '';
  'idle %': number | '';
  'generator CPU s/1000': number | '';
  residentMb: number | '';
  errors: number;
};

export const tabulate = (rounds: Rounds): MeasuredLookups[] =>
  [...rounds].flatMap(([scenario, entries]) => {
    const first = [...entries.values()][0] ?? [];
    return [...entries].map(([entry, own], at) => ({
      set: 'lookups' as const,
      scenario: scenario.name,
      way: entry.question === 'new' ? entry.way : `${entry.way}, ${entry.question}`,
      ...lineOf(own, at === 0 ? '' : reported(ratioOf(ratesOf(first), ratesOf(own)))),
    }));
  });

const lineOf = (own: readonly Round[], ratio: string) => {
  const middle = (of: (round: Round) => number, digits = 3): number =>
    Number(median(own.map(of)).toFixed(digits));
  /** Empty where it was not reported. */
  const known = (of: (round: Round) => number, digits = 3): number | '' =>
    own.some((round) => Number.isNaN(of(round))) ? '' : middle(of, digits);
  const rates = ratesOf(own);
  return {
    perSecond: Math.round(median(rates)),
    spread: spread(rates),
    ratio,
    p50Ms: middle(({ p50Ms }) => p50Ms),
    p99Ms: middle(({ p99Ms }) => p99Ms),
    'node CPU s/1000': known(({ cpuSeconds }) => cpuSeconds),
    'PostgreSQL CPU s/1000': known(({ databaseCpuSeconds }) => databaseCpuSeconds),
    'node faults': known(({ pageFaults }) => pageFaults, 2),
    'PostgreSQL faults': known(({ databasePageFaults }) => databasePageFaults, 2),
    'reserved/batch': known(({ reservationsPerBatch }) => reservationsPerBatch, 1),
    'settled/batch': known(({ settlementsPerBatch }) => settlementsPerBatch, 1),
    'idle %': known(({ idle }) => idle * 100, 0),
    'generator CPU s/1000': known(({ generatorCpuSeconds }) => generatorCpuSeconds),
    residentMb: known(({ residentMb }) => residentMb),
    errors: own.reduce((sum, { errors }) => sum + errors, 0),
  };
};

const ratesOf = (rounds: readonly Round[]): number[] => rounds.map(({ perSecond }) => perSecond);

const reported = ({ median: middle, least, most }: Summary): string =>
  `${middle.toFixed(2)} (${least.toFixed(2)}-${most.toFixed(2)})`;
