import { assert as assertProperty, array, constantFrom, integer, property } from 'fast-check';
import { expect, it } from 'vitest';
import { percentile } from '../../src/usage/usage-sums.js';

const binsOf = (latencies: readonly number[]): number[] => {
  const bins = Array.from({ length: 18 }, () => 0);
  for (const ms of latencies) {
    const bin = Math.min(17, Math.ceil(Math.log2(ms)));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return bins;
};

it('returns the smallest power of two that the share of calls does not exceed when latencies are random', () => {
  assertProperty(
    property(
      array(integer({ min: 1, max: 65_536 }), { minLength: 1, maxLength: 200 }),
      constantFrom(0.5, 0.9, 0.99),
      (latencies, share) => {
        const bound = percentile(binsOf(latencies), share) ?? 0;
        const within = (ms: number) => latencies.filter((latency) => latency <= ms).length;
        expect(within(bound)).toBeGreaterThanOrEqual(latencies.length * share);
        expect(within(bound / 2)).toBeLessThan(Math.ceil(latencies.length * share));
      },
    ),
  );
});

it('returns null when there are no calls, or when the percentile is above 65,536 ms', () => {
  expect(percentile(binsOf([]), 0.5)).toBeNull();
  expect(percentile(binsOf([1, 70_000, 70_000]), 0.5)).toBeNull();
  expect(percentile(binsOf([1, 1, 70_000]), 0.5)).toBe(1);
});
