import { array, assert, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, percentile, ratioOf, slopeOf, spread } from './numbers.js';

describe('the arithmetic of the bench', () => {
  it('takes the middle number, or the middle between two', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 7])).toBe(6);
    expect(median([])).toBe(0);
  });

  it('takes percentiles by nearest rank, in the order of size and not of letters', () => {
    const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile(hundred, 1)).toBe(100);
    expect(percentile([10, 9, 100], 0.5)).toBe(10);
    expect(percentile([], 0.5)).toBe(0);
  });

  it('leaves as few numbers as it says above a percentile, and not fewer below it', () => {
    const numbers = array(double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 });
    assert(
      property(numbers, double({ min: 0.01, max: 1, noNaN: true }), (all, share) => {
        const found = percentile(all, share);
        expect(all).toContain(found);
        expect(all.filter((number) => number <= found).length).toBeGreaterThanOrEqual(all.length * share);
        expect(all.filter((number) => number < found).length).toBeLessThan(all.length * share);
      }),
    );
  });

  it('compares each round with its own neighbour only', () => {
    // By their medians the two would be 1 : 1.
    expect(ratioOf([10, 20, 30], [30, 20, 10])).toEqual({ median: 1, least: 1 / 3, most: 3 });
    expect(ratioOf([10, 100, 1_000], [20, 200, 2_000])).toEqual({ median: 0.5, least: 0.5, most: 0.5 });
  });

  it('returns the spread as parts of the median', () => {
    expect(spread([90, 100, 120])).toBe('0.90-1.20');
  });

  it('finds the slope of a line, also through noise that cancels out', () => {
    const points = Array.from({ length: 10 }, (_, x) => ({ x, y: 7 + 3 * x }));
    expect(slopeOf(points)).toBeCloseTo(3);
    expect(slopeOf([...points, { x: 4, y: 29 }, { x: 5, y: 12 }])).not.toBeCloseTo(3);
    expect(slopeOf([...points, { x: 4.5, y: 100 }])).toBeCloseTo(3);
    expect(slopeOf([{ x: 1, y: 1 }])).toBe(0);
  });
});
