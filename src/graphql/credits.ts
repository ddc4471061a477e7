import { GatewayError } from '../errors.js';

const intMax = 2n ** 31n - 1n;

/** Credits as GraphQL's Int. A sum past 2,147,483,647 is refused rather than rounded: money is exact or absent. */
export const toInt = (credits: bigint): number => {
  if (credits >= -intMax && credits <= intMax) return Number(credits);
  throw new GatewayError(
    'LIMIT_EXCEEDED',
    'This sum of credits is too large for one number: ask for a shorter time.',
  );
};
