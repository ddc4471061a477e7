import type { Drizzle } from '../platform/database.js';
import { findPreviousPeriod } from './find-previous-period.js';
import type { Period } from './period.js';

/**
 * Reads a report and, if it is requested, that of the period before; see findPreviousPeriod. Each is a read of its own, so
 * that callers that wait for either share it. Throws what `read` throws, and BAD_REQUEST without a period before.
 */
export const readWithPrevious = async <Input extends Period & { timeZone: string }, Result>(
  { db }: { db: Pick<Drizzle, 'execute'> },
  input: Input,
  { previous, read }: { previous: boolean; read: (input: Input) => Promise<Result> },
): Promise<{ report: Result; previous: Result | null }> => {
  const report = await read(input);
  if (!previous) return { report, previous: null };
  const before = await findPreviousPeriod(db, input);
  return { report, previous: await read({ ...input, ...before }) };
};
