import { ratioOf, type Summary, summaryOf } from '../numbers.js';
import { judge, type Outcome } from '../targets.js';
import type { Round } from './measure-round.js';
import type { QuestionName } from './queries.js';
import { type Scenario, scenarios } from './scenarios.js';
import type { Rounds } from './tabulate.js';
import type { WayName } from './ways.js';

/** What the gateway wants to hold against each of the others, accounting on and durable. */
export const judgeLookups = (rounds: Rounds): Outcome[] => {
  const of = (scenario: Scenario, way: WayName, question: QuestionName = 'new'): readonly Round[] =>
    [...(rounds.get(scenario) ?? [])].find(
      ([entry]) => entry.way === way && entry.question === question,
    )?.[1] ?? [];
  const against = (scenario: Scenario, way: WayName): Summary =>
    ratioOf(ratesOf(of(scenario, 'gateway')), ratesOf(of(scenario, way)));
  const { many, some, one, slow, known, list } = scenarios;

  return [
    ratio('new, 128 connections ÷ Hive Gateway', 6, 10, against(many, 'Hive Gateway')),
    ratio('new, 128 connections ÷ Mercurius with jit', 0.8, 1.2, against(many, 'Mercurius with jit')),
    ratio('new, 128 connections ÷ bare proxy', 0.45, 0.7, against(many, 'bare proxy')),
    ratio('new, 32 connections ÷ bare proxy', 0.35, 0.55, against(some, 'bare proxy')),
    ratio('new, 128 connections, upstream of 20 ms ÷ bare proxy', 0.6, null, against(slow, 'bare proxy')),
    ratio('new, with ÷ without ledger', 0.8, 0.97, against(many, 'gateway without ledger')),
    ratio(
      'known ÷ new, 128 connections',
      1,
      null,
      ratioOf(ratesOf(of(known, 'gateway', 'known')), ratesOf(of(known, 'gateway'))),
    ),
    judge(
      { name: 'known, in lists of 100', floor: 10_000, aim: 25_000, unit: 'records/s' },
      summaryOf(ratesOf(of(list, 'gateway', 'list'))),
    ),
    judge(
      { name: 'new, 1 connection, p50 above the bare proxy', floor: 3, aim: 1.5, unit: 'ms', atMost: true },
      moreMs(of(one, 'gateway'), of(one, 'bare proxy')),
    ),
  ];
};

const ratio = (name: string, floor: number, aim: number | null, measured: Summary): Outcome =>
  judge({ name, floor, aim, unit: '×' }, measured);

const ratesOf = (rounds: readonly Round[]): number[] => rounds.map(({ perSecond }) => perSecond);

const moreMs = (ours: readonly Round[], theirs: readonly Round[]): Summary =>
  summaryOf(ours.map(({ p50Ms }, round) => p50Ms - (theirs[round]?.p50Ms ?? Number.NaN)));
