import { describe, expect, it } from 'vitest';
import { summaryOf } from './numbers.js';
import { judge } from './targets.js';

const ratio = { name: 'a', floor: 0.8, aim: 1.2, unit: '×' } as const;
const memory = { name: 'b', floor: 150, aim: 100, unit: 'MB', atMost: true } as const;

describe('a target', () => {
  it.each([
    [ratio, 0.79, 'MISSED'],
    [ratio, 0.8, 'floor held'],
    [ratio, 1.19, 'floor held'],
    [ratio, 1.2, 'aim reached'],
    [memory, 151, 'MISSED'],
    [memory, 150, 'floor held'],
    [memory, 99, 'aim reached'],
  ])('%o at %d is %s', (target, measured, outcome) => {
    expect(judge(target, summaryOf([measured])).outcome).toBe(outcome);
  });

  it('without an aim can only be held or missed', () => {
    expect(judge({ ...ratio, aim: null }, summaryOf([9])).outcome).toBe('floor held');
  });

  it('is missed where nothing was measured', () => {
    expect(judge(ratio, summaryOf([Number.NaN])).outcome).toBe('MISSED');
    expect(judge(memory, summaryOf([Number.NaN])).outcome).toBe('MISSED');
  });

  it('returns the median and the rounds around it', () => {
    expect(judge(ratio, { median: 0.9012, least: 0.7, most: 1.05 })).toEqual({
      target: 'a',
      floor: '≥ 0.8 ×',
      aim: '≥ 1.2 ×',
      measured: '0.9 ×',
      rounds: '0.7-1.05',
      outcome: 'floor held',
    });
  });

  it('says what the limit reached, which decides nothing', () => {
    const outcome = judge(ratio, summaryOf([0.5]), summaryOf([0.7]));
    expect(outcome).toMatchObject({ measured: '0.5 ×', limit: '0.7 ×', outcome: 'MISSED' });
  });
});
