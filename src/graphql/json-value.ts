import { GatewayError } from '../errors.js';

// Node's JSON.stringify handles about 4,000 levels, and parsers of clients far fewer (Python's about 1,000).
const levelsMax = 500;

/**
 * A value that JSON can express and clients can parse, as it is. Throws LIMIT_EXCEEDED for one that is nested more deeply,
 * or has a number outside the range of a double: the field is then null, with this error, and all others are answered.
 */
export const checkJson = (value: unknown): unknown => {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levelsMax) {
      throw new GatewayError(
        'LIMIT_EXCEEDED',
        `The provider's object is nested more than ${levelsMax} levels deep: read the other fields of the record instead.`,
      );
    }
    if (level.some((one) => typeof one === 'number' && !Number.isFinite(one))) {
      throw new GatewayError(
        'LIMIT_EXCEEDED',
        "The provider's object has a number outside the range of a double: read the other fields of the record instead.",
      );
    }
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return value;
};
