/** Credits that `sharers` pay in equal shares; `bearer` is one of them. */
export type Pool<Bearer> = { bearer: Bearer; sharers: number; credits: bigint };

/** A bearer's share: whole credits, the exact share before rounding, and what rounding removed (or, below 0, added). */
export type Apportioned = { credits: bigint; share: number; remainder: number };

/**
 * Apportions credits by the largest remainder method, so that the whole credits add up to exactly the sum of the pools:
 * each bearer gets the whole part of its exact share, and the remaining credits go one each to the largest remainders (of
 * equal ones, to the earlier in `bearers`). A bearer's share of a pool is credits / sharers.
 */
export const apportionCredits = <Bearer>(
  bearers: readonly Bearer[],
  pools: readonly Pool<Bearer>[],
): Map<Bearer, Apportioned> => {
  const denominator = pools.reduce((multiple, { sharers }) => commonMultiple(multiple, BigInt(sharers)), 1n);
  const numerators = new Map(bearers.map((bearer) => [bearer, 0n]));
  for (const { bearer, sharers, credits } of pools) {
    const part = (credits * denominator) / BigInt(sharers);
    numerators.set(bearer, (numerators.get(bearer) ?? 0n) + part);
  }
  const floors = [...numerators].map(([bearer, numerator], place) => {
    const rest = ((numerator % denominator) + denominator) % denominator;
    return { bearer, numerator, place, rest, credits: (numerator - rest) / denominator };
  });
  const left = floors.reduce((sum, { rest }) => sum + rest, 0n) / denominator;
  const apportioned = floors
    .toSorted((a, b) => (a.rest === b.rest ? a.place - b.place : a.rest > b.rest ? -1 : 1))
    .map((floor, rank) => ({ ...floor, credits: floor.credits + (BigInt(rank) < left ? 1n : 0n) }));
  return new Map(
    apportioned.map(({ bearer, numerator, credits }) => [
      bearer,
      {
        credits,
        share: toNumber(numerator, denominator),
        remainder: toNumber(numerator - credits * denominator, denominator),
      },
    ]),
  );
};

const commonMultiple = (a: bigint, b: bigint): bigint => (a / commonDivisor(a, b)) * b;

const commonDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : commonDivisor(b, a % b));

/** Rounded to six decimals. */
const toNumber = (numerator: bigint, denominator: bigint): number => {
  const half = numerator < 0n ? -denominator / 2n : denominator / 2n;
  return Number((numerator * 1_000_000n + half) / denominator) / 1_000_000;
};
