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
  const budgeted = of('many', 'gateway with budget');
  const limit = of('many', yogaWithInserts);

  return [
    ...ratio(
      'new, 128 connections ÷ hand-written',
      [3, 5],
      of('many', 'hand-written gateway'),
      budgeted,
      limit,
    ),
    ...ratio(
      'new, 128 connections ÷ plain Yoga',
      [0.8, 1],
      of('many', 'plain Yoga'),
      of('many', 'gateway'),
      limit,
    ),
    ...ratio(
      'new, 128 connections ÷ Hive',
      [2.7, 3.5],
      of('many', 'Hive Gateway'),
      of('many', 'gateway'),
      limit,
    ),
    ...ratio(
      'new, 128 connections ÷ the limit',
      [0.85, 0.95],
      of('many', 'bare proxy with plain inserts'),
      of('many', 'gateway'),
      limit,
    ),
    ...ratio(
      'new, 32 connections ÷ hand-written',
      [2.5, 4],
      of('some', 'hand-written gateway'),
      of('some', 'gateway with budget'),
      of('some', yogaWithInserts),
    ),
    ...compared(
      { name: 'new, 1 connection, p50 above the bare proxy', floor: 3.5, aim: 2.5, unit: 'ms', atMost: true },
      moreMs,
      of('one', 'bare proxy'),
      of('one', 'gateway'),
      of('one', yogaWithInserts),
    ),
    ...compared(
      { name: 'new, 1 connection, p50 ÷ hand-written', floor: 1, aim: null, unit: '×', atMost: true },
      (ours, theirs) => ratioOf(p50sOf(ours), p50sOf(theirs)),
      of('one', 'hand-written gateway'),
      of('one', 'gateway with budget'),
      of('one', yogaWithInserts),
    ),
    ...ratio(
      'new, 20 ms upstream ÷ bare proxy',
      [0.35, 0.45],
      of('slow', 'bare proxy'),
      of('slow', 'gateway'),
      of('slow', yogaWithInserts),
    ),
    ...ratio(
      'known ÷ new, 128 connections',
      [1.6, 2.5],
      of('known', 'gateway'),
      of('known', 'gateway', 'known'),
    ),
    ...measured(
      { name: 'known, in lists of 100', floor: 8_000, aim: 15_000, unit: 'records/s' },
      ({ perSecond }) => perSecond,
      of('list', 'gateway', 'list'),
    ),
    ...measured(
      { name: 'CPU of node for a list of 100', floor: 12, aim: 7, unit: 'ms', atMost: true },
      // Seconds for 1,000 lists.
      ({ cpuSeconds }) => cpuSeconds,
      of('list', 'gateway', 'list'),
    ),
    ...measured(
      {
        name: 'CPU of node and PostgreSQL, 1,000 new records',
        floor: 0.6,
        aim: 0.45,
        unit: 's',
        atMost: true,
      },
      ({ cpuSeconds, databaseCpuSeconds }) => cpuSeconds + databaseCpuSeconds,
      of('many', 'gateway'),
      limit,
    ),
  ];
};

/** What a gateway on Yoga can reach at most that is durable before and after its calls. */
const yogaWithInserts = 'plain Yoga with plain inserts';

/** The rounds of one way; null where it was not measured. */
type Measured = readonly Round[] | null;

const measured = (
  target: Target,
  of: (round: Round) => number,
  ours: Measured,
  limit: Measured = null,
): Outcome[] => {
  const summary = (rounds: readonly Round[]): Summary => summaryOf(rounds.map(of));
  return ours === null ? [] : [judge(target, summary(ours), limit === null ? null : summary(limit))];
};

type Compare = (ours: readonly Round[], theirs: readonly Round[]) => Summary;

const compared = (
  target: Target,
  compare: Compare,
  theirs: Measured,
  ours: Measured,
  limit: Measured = null,
): Outcome[] => {
  if (ours === null || theirs === null) return [];
  return [judge(target, compare(ours, theirs), limit === null ? null : compare(limit, theirs))];
};

/** `theirs` is what the others are divided by. */
const ratio = (
  name: string,
  [floor, aim]: [number, number],
  ...[theirs, ours, limit]: [theirs: Measured, ours: Measured, limit?: Measured]
): Outcome[] =>
  compared(
    { name, floor, aim, unit: '×' },
    (own, others) => ratioOf(ratesOf(own), ratesOf(others)),
    theirs,
    ours,
    limit,
  );

const ratesOf = (rounds: readonly Round[]): number[] => rounds.map(({ perSecond }) => perSecond);

const p50sOf = (rounds: readonly Round[]): number[] => rounds.map(({ p50Ms }) => p50Ms);

const moreMs: Compare = (ours, theirs) =>
  summaryOf(ours.map(({ p50Ms }, round) => p50Ms - (theirs[round]?.p50Ms ?? Number.NaN)));
