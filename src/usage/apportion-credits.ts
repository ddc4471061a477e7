/** Credits that are borne by `sharers` in even parts, one of whom is `bearer`. */
export type Pool<Bearer> = { bearer: Bearer; sharers: number; credits: bigint };

/** What a bearer bears: whole credits, the exact share before rounding, and what rounding took (or, below 0, gave). */
export type Spread = { credits: bigint; share: number; remainder: number };

/**
 * Spreads credits over their bearers, so that the whole credits add up to exactly what was to be spread: everybody gets
 * the whole part of the exact share, and the credits left over go one each to the largest remainders (of equal ones, to
 * the earlier in the order of `bearers`). Each bearer bears its own part of a pool: credits / sharers.
 */
export const apportionCredits = <Bearer>(
  bearers: readonly Bearer[],
  pools: readonly Pool<Bearer>[],
): Map<Bearer, Spread> => {
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
  const served = floors
    .toSorted((a, b) => (a.rest === b.rest ? a.place - b.place : a.rest > b.rest ? -1 : 1))
    .map((floor, rank) => ({ ...floor, credits: floor.credits + (BigInt(rank) < left ? 1n : 0n) }));
  return new Map(
    served.map(({ bearer, numerator, credits }) => [
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

/** To six decimals; the credits beside it are exact. */
const toNumber = (numerator: bigint, denominator: bigint): number => {
  const half = numerator < 0n ? -denominator / 2n : denominator / 2n;
  return Number((numerator * 1_000_000n + half) / denominator) / 1_000_000;
};
