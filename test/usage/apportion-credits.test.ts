import { array, assert as assertProperty, bigInt, constantFrom, integer, property, record } from 'fast-check';
import { expect, it } from 'vitest';
import { type Pool, apportionCredits } from '../../src/usage/apportion-credits.js';

const bearers = ['a', 'b', 'c', 'd', null];

it('apportions every credit, and less than one off each exact share, when pools have several sharers', () => {
  const shared = record({
    first: integer({ min: 0, max: 4 }),
    sharers: integer({ min: 1, max: 5 }),
    credits: bigInt({ min: 0n, max: 1_000n }),
  });
  assertProperty(
    property(array(shared, { maxLength: 40 }), (records) => {
      const pools = records.flatMap(({ first, sharers, credits }) =>
        Array.from({ length: sharers }, (_, index) => ({
          bearer: bearers[(first + index) % 5] ?? null,
          sharers,
          credits,
        })),
      );
      const spread = [...apportionCredits(bearers, pools).values()];
      const total = records.reduce((sum, { credits }) => sum + credits, 0n);
      expect(spread.reduce((sum, { credits }) => sum + credits, 0n)).toBe(total);
      expect(spread.reduce((sum, { remainder }) => sum + remainder, 0)).toBeCloseTo(0, 4);
      for (const { credits, share, remainder } of spread) {
        expect(Math.abs(remainder)).toBeLessThan(1);
        expect(Number(credits) + remainder).toBeCloseTo(share, 4);
      }
    }),
  );
});

it('returns the same shares when the pools come in another order', () => {
  const pools: Pool<string>[] = [
    { bearer: 'a', sharers: 3, credits: 1n },
    { bearer: 'b', sharers: 3, credits: 1n },
    { bearer: 'c', sharers: 3, credits: 1n },
    { bearer: 'c', sharers: 1, credits: 5n },
  ];
  assertProperty(
    property(constantFrom(0, 1, 2, 3), (turn) => {
      const turned = [...pools.slice(turn), ...pools.slice(0, turn)];
      const spread = apportionCredits(['a', 'b', 'c'], turned);
      expect(['a', 'b', 'c'].map((bearer) => spread.get(bearer)?.credits)).toEqual([1n, 0n, 5n]);
    }),
  );
});

it('gives the credit to the first bearer, and reports both remainders, when the shares are equal', () => {
  const half = { sharers: 2, credits: 1n };
  const spread = apportionCredits(
    ['a', 'b'],
    [
      { bearer: 'b', ...half },
      { bearer: 'a', ...half },
    ],
  );
  expect(spread.get('a')).toEqual({ credits: 1n, share: 0.5, remainder: -0.5 });
  expect(spread.get('b')).toEqual({ credits: 0n, share: 0.5, remainder: 0.5 });
});

it('apportions equally when two bearers share a thousand records', () => {
  const pools = ['a', 'b'].flatMap((bearer) =>
    Array.from({ length: 1_000 }, () => ({ bearer, sharers: 2, credits: 1n })),
  );
  expect([...apportionCredits(['a', 'b'], pools).values()].map(({ credits }) => credits)).toEqual([
    500n,
    500n,
  ]);
});
