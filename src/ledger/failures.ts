import { databaseErrorCode, isDatabaseLost } from '../platform/database.js';

// Serialization failure, deadlock, lock not available, query cancelled: PostgreSQL's manual, appendix A.
const passing: ReadonlySet<string> = new Set(['40001', '40P01', '55P03', '57014']);

/** Whether the same statement may succeed if it is simply sent again. */
export const isTransient = (error: unknown): boolean => {
  const code = databaseErrorCode(error);
  return isDatabaseLost(error) || (code !== null && passing.has(code));
};

/** Whether a failed group would fail item by item as well. */
export const failsWholeBatch = isTransient;
