import type { Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { findPreviousPeriod } from './find-previous-period.js';
import { readUsage, readUsageInput, type UsageInput, type UsagePeriod } from './read-usage.js';

/**
 * The same report of the period before; see findPreviousPeriod. It is a read of its own, so that those who wait for the report
 * alone share theirs. Throws what readUsage throws, and BAD_REQUEST without a period before.
 */
export const readPreviousUsage = async (
  deps: { database: Database },
  caller: Caller,
  input: UsageInput,
): Promise<UsagePeriod> => {
  const wanted = readUsageInput(input);
  const before = await findPreviousPeriod(deps.database.db, wanted);
  return await readUsage(deps, caller, { ...wanted, ...before });
};
