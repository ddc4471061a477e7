import { describe, expect, it } from 'vitest';
import { judgeLookups } from './judge-lookups.js';
import type { Round } from './measure-round.js';
import { type Entry, type Scenario, scenarios } from './scenarios.js';

const round = (facts: Partial<Round>): Round => ({
  seconds: 3,
  answers: 300,
  records: 300,
  given: 300,
  errors: 0,
  p50Ms: 10,
  p99Ms: 20,
  perSecond: 100,
  cpuSeconds: 0.3,
  databaseCpuSeconds: 0.2,
  generatorCpuSeconds: 0.1,
  pageFaults: 1,
  databasePageFaults: 1,
  reservationsPerBatch: 10,
  settlementsPerBatch: 10,
  idle: 0,
  residentMb: 100,
  ...facts,
});

const judged = (scenario: Scenario, rounds: [Entry['way'], Entry['question'], Partial<Round>][]) => {
  const entries = rounds.map(([way, question, facts]): [Entry, Round[]] => [
    { way, question },
    [round(facts)],
  ]);
  return judgeLookups(new Map([[scenario, new Map(entries)]])).map(({ target, measured, outcome }) => [
    target,
    measured,
    outcome,
  ]);
};

describe('the targets of lookups', () => {
  it('are those alone whose ways were measured', () => {
    expect(judgeLookups(new Map())).toEqual([]);
    expect(judged(scenarios.many, [['gateway', 'new', {}]])).toEqual([
      ['CPU of node and PostgreSQL, 1,000 new records', '0.5 s', 'floor held'],
    ]);
  });

  it('compare the gateway that has a budget with the hand-written one', () => {
    const outcomes = judged(scenarios.one, [
      ['gateway', 'new', { p50Ms: 3 }],
      ['gateway with budget', 'new', { p50Ms: 4 }],
      ['hand-written gateway', 'new', { p50Ms: 5 }],
      ['bare proxy', 'new', { p50Ms: 0.5 }],
    ]);
    expect(outcomes).toEqual([
      ['new, 1 connection, p50 above the bare proxy', '2.5 ms', 'aim reached'],
      ['new, 1 connection, p50 ÷ hand-written', '0.8 ×', 'floor held'],
    ]);
  });

  it('have beside them what the limit of a gateway on Yoga reached', () => {
    const rounds = new Map<Entry, Round[]>([
      [{ way: 'gateway', question: 'new' }, [round({ perSecond: 50 })]],
      [{ way: 'plain Yoga', question: 'new' }, [round({ perSecond: 100 })]],
      [
        { way: 'plain Yoga with plain inserts', question: 'new' },
        [round({ perSecond: 80, databaseCpuSeconds: 0.1 })],
      ],
    ]);
    expect(judgeLookups(new Map([[scenarios.many, rounds]]))).toMatchObject([
      { target: 'new, 128 connections ÷ plain Yoga', measured: '0.5 ×', limit: '0.8 ×' },
      { target: 'CPU of node and PostgreSQL, 1,000 new records', measured: '0.5 s', limit: '0.4 s' },
    ]);
  });

  it('find a scenario of which only some ways were chosen', () => {
    const some = { ...scenarios.list, entries: scenarios.list.entries.slice(0, 1) };
    expect(judged(some, [['gateway', 'list', { perSecond: 9_000, cpuSeconds: 13 }]])).toEqual([
      ['known, in lists of 100', '9,000 records/s', 'floor held'],
      ['CPU of node for a list of 100', '13 ms', 'MISSED'],
    ]);
  });
});
