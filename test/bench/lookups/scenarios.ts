import type { QuestionName } from './queries.js';
import type { WayName } from './ways.js';

export type Entry = { way: WayName; question: QuestionName };

/** What takes turns: the entries of one scenario, round after round. */
export type Scenario = {
  name: string;
  connections: number;
  /** How long the upstream takes for each answer. */
  upstreamMs: number;
  secondsPerRound: number;
  /** Those of which the first is compared with each of the others. */
  entries: readonly Entry[];
};

export const roundsPerEntry = 3;

const running = (...ways: WayName[]): Entry[] => ways.map((way) => ({ way, question: 'new' }));

/** First those that do the same work: the hand-written gateway checks a budget, so one of the gateways has one, too. */
const sameWork = ['gateway', 'gateway with budget', 'hand-written gateway'] as const;
const limits = [
  'bare proxy with plain inserts',
  'plain Yoga with plain inserts',
  'bare proxy with two inserts',
  'bare proxy with ledger',
] as const;

/** Together with their warming up they take about ten minutes. */
export const scenarios = {
  many: {
    name: 'new record, 128 connections',
    connections: 128,
    upstreamMs: 0,
    secondsPerRound: 3,
    entries: running(
      ...sameWork,
      ...limits,
      'gateway without ledger',
      'Hive Gateway',
      'plain Yoga',
      'Mercurius with jit',
      'bare proxy',
    ),
  },
  some: {
    name: 'new record, 32 connections',
    connections: 32,
    upstreamMs: 0,
    secondsPerRound: 3,
    entries: running(...sameWork, ...limits, 'Mercurius with jit', 'bare proxy'),
  },
  one: {
    name: 'new record, 1 connection',
    connections: 1,
    upstreamMs: 0,
    secondsPerRound: 2,
    entries: running(...sameWork, ...limits, 'Mercurius with jit', 'bare proxy'),
  },
  slow: {
    name: 'new record, 128 connections, upstream of 20 ms',
    connections: 128,
    upstreamMs: 20,
    secondsPerRound: 3,
    entries: running(...sameWork, ...limits, 'Mercurius with jit', 'bare proxy'),
  },
  known: {
    name: 'known record, 128 connections',
    connections: 128,
    upstreamMs: 0,
    secondsPerRound: 3,
    entries: [
      { way: 'gateway', question: 'known' },
      { way: 'hand-written gateway', question: 'known' },
      { way: 'gateway', question: 'refetched' },
      { way: 'gateway', question: 'new' },
    ],
  },
  list: {
    name: 'list of 100 known records, 16 connections',
    connections: 16,
    upstreamMs: 0,
    secondsPerRound: 3,
    entries: [
      { way: 'gateway', question: 'list' },
      { way: 'hand-written gateway', question: 'list' },
    ],
  },
} as const satisfies Record<string, Scenario>;
