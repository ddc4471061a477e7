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
  p50Ms: number;
  p99Ms: number;
  'CPU s/1000': number;
  'database CPU s/1000': number;
  'generator CPU s/1000': number;
  residentMb: number;
  errors: number;
  ratio: string;
};

export const tabulate = (rounds: Rounds): MeasuredLookups[] =>
  [...rounds].flatMap(([scenario, entries]) => {
    const first = [...entries.values()][0] ?? [];
    return [...entries].map(([entry, own], at) => {
      const middle = (of: (round: Round) => number): number => Number(median(own.map(of)).toFixed(3));
      const rates = own.map(({ perSecond }) => perSecond);
      return {
        set: 'lookups' as const,
        scenario: scenario.name,
        way: entry.question === 'new' ? entry.way : `${entry.way}, ${entry.question}`,
        perSecond: Math.round(median(rates)),
        spread: spread(rates),
        p50Ms: middle(({ p50Ms }) => p50Ms),
        p99Ms: middle(({ p99Ms }) => p99Ms),
        'CPU s/1000': middle(({ cpuSeconds }) => cpuSeconds),
        'database CPU s/1000': middle(({ databaseCpuSeconds }) => databaseCpuSeconds),
        'generator CPU s/1000': middle(({ generatorCpuSeconds }) => generatorCpuSeconds),
        residentMb: middle(({ residentMb }) => residentMb),
        errors: own.reduce((sum, { errors }) => sum + errors, 0),
        ratio:
          at === 0
            ? ''
            : reported(
                ratioOf(
                  first.map((round) => round.perSecond),
                  rates,
                ),
              ),
      };
    });
  });

const reported = ({ median: middle, least, most }: Summary): string =>
  `${middle.toFixed(2)} (${least.toFixed(2)}-${most.toFixed(2)})`;
