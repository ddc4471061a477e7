import { describe, expect, it } from 'vitest';
import { type Step, withDropped, withMoved } from '../../src/dashboard/pages/waterfalls/steps.js';

const keysOf = (list: readonly Step[]): string => list.map(({ key }) => key).join('');

describe('the order of steps', () => {
  const steps = ['a', 'b', 'c', 'd'].map((key): Step => ({ key, payer: 'FIRMABLE', require: [] }));

  it.each([
    ['b', 0, 'bacd'],
    ['b', 2, 'acbd'],
    ['a', 3, 'bcda'],
    ['d', 9, 'abcd'],
    ['x', 1, 'abcd'],
  ])('has %s at index %i when it was moved there', (key, to, expected) => {
    expect(keysOf(withMoved(steps, key, to))).toBe(expected);
  });

  it.each([
    ['a', 'c', 'before', 'bacd'],
    ['a', 'c', 'after', 'bcad'],
    ['d', 'a', 'before', 'dabc'],
    ['b', 'b', 'after', 'abcd'],
    ['x', 'b', 'after', 'abcd'],
    ['b', 'x', 'after', 'abcd'],
  ] as const)('changes as it looks when %s is dropped at %s, %s it', (key, target, edge, expected) => {
    expect(keysOf(withDropped(steps, key, { target, edge }))).toBe(expected);
  });
});
