import { ratioOf, type Summary, summaryOf } from '../numbers.js';
import { judge, type Outcome, type Target } from '../targets.js';
import type { Round } from './measure-round.js';
import type { QuestionName } from './queries.js';
import { scenarios } from './scenarios.js';
import type { Rounds } from './tabulate.js';
import type { WayName } from './ways.js';

/**
 * What the gateway is to reach, accounting on and durable, of those targets whose ways were measured. The gateway with a
 * budget is compared with the hand-written one, which checks one.
 */
export const judgeLookups = (rounds: Rounds): Outcome[] => {
  const of = (scenario: keyof typeof scenarios, way: WayName, question: QuestionName = 'new'): Measured => {
    const { name } = scenarios[scenario];
    const entries = [...rounds].find(([chosen]) => chosen.name === name)?.[1] ?? [];
    return [...entries].find(([entry]) => entry.way === way && entry.question === question)?.[1] ?? null;
  };
  const budgeted = 'gateway with budget';
  const byHand = 'hand-written gateway';
  const limit = 'bare proxy with plain inserts';

  return [
    ...ratio('new, 128 connections ÷ hand-written', 3, 5, of('many', budgeted), of('many', byHand)),
    ...ratio('new, 128 connections ÷ plain Yoga', 0.8, 1, of('many', 'gateway'), of('many', 'plain Yoga')),
    ...ratio('new, 128 connections ÷ Hive', 2.7, 3.5, of('many', 'gateway'), of('many', 'Hive Gateway')),
    ...ratio('new, 128 connections ÷ the limit', 0.85, 0.95, of('many', 'gateway'), of('many', limit)),
    ...ratio('new, 32 connections ÷ hand-written', 2.5, 4, of('some', budgeted), of('some', byHand)),
    ...compared(
      { name: 'new, 1 connection, p50 above the bare proxy', floor: 3.5, aim: 2.5, unit: 'ms', atMost: true },
      of('one', 'gateway'),
      of('one', 'bare proxy'),
      moreMs,
    ),
    ...compared(
      { name: 'new, 1 connection, p50 ÷ hand-written', floor: 1, aim: null, unit: '×', atMost: true },
      of('one', budgeted),
      of('one', byHand),
      (ours, theirs) => ratioOf(p50sOf(ours), p50sOf(theirs)),
    ),
    ...ratio('new, 20 ms upstream ÷ bare proxy', 0.35, 0.45, of('slow', 'gateway'), of('slow', 'bare proxy')),
    ...ratio(
      'known ÷ new, 128 connections',
      1.6,
      2.5,
      of('known', 'gateway', 'known'),
      of('known', 'gateway'),
    ),
    ...measured(
      { name: 'known, in lists of 100', floor: 8_000, aim: 15_000, unit: 'records/s' },
      of('list', 'gateway', 'list'),
      ({ perSecond }) => perSecond,
    ),
    ...measured(
      { name: 'CPU of node for a list of 100', floor: 12, aim: 7, unit: 'ms', atMost: true },
      of('list', 'gateway', 'list'),
      // Seconds for 1,000 lists.
      ({ cpuSeconds }) => cpuSeconds,
    ),
    ...measured(
      {
        name: 'CPU of node and PostgreSQL, 1,000 new records',
        floor: 0.6,
        aim: 0.45,
        unit: 's',
        atMost: true,
      },
      of('many', 'gateway'),
      ({ cpuSeconds, databaseCpuSeconds }) => cpuSeconds + databaseCpuSeconds,
    ),
  ];
};

/** The rounds of one way; null where it was not measured. */
type Measured = readonly Round[] | null;

const measured = (target: Target, rounds: Measured, of: (round: Round) => number): Outcome[] =>
  rounds === null ? [] : [judge(target, summaryOf(rounds.map(of)))];

const compared = (
  target: Target,
  ours: Measured,
  theirs: Measured,
  compare: (ours: readonly Round[], theirs: readonly Round[]) => Summary,
): Outcome[] => (ours === null || theirs === null ? [] : [judge(target, compare(ours, theirs))]);

const ratio = (name: string, floor: number, aim: number, ours: Measured, theirs: Measured): Outcome[] =>
  compared({ name, floor, aim, unit: '×' }, ours, theirs, (own, others) =>
    ratioOf(ratesOf(own), ratesOf(others)),
  );

const ratesOf = (rounds: readonly Round[]): number[] => rounds.map(({ perSecond }) => perSecond);

const p50sOf = (rounds: readonly Round[]): number[] => rounds.map(({ p50Ms }) => p50Ms);

const moreMs = (ours: readonly Round[], theirs: readonly Round[]): Summary =>
  summaryOf(ours.map(({ p50Ms }, round) => p50Ms - (theirs[round]?.p50Ms ?? Number.NaN)));
