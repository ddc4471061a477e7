import type { Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { readUsage, type UsageInput } from './read-usage.js';
import type { UsageTotals } from './usage-sums.js';

/** What one provider's attempts came to. */
export type ProviderUsage = UsageTotals & { provider: string };

/**
 * A period's attempts by the provider that was asked. Attempts that were refused before a provider was chosen are
 * nobody's and left out. Throws as readUsage does.
 */
export const readProviderUsage = async (
  deps: { database: Database },
  caller: Caller,
  { from, to, filter }: Pick<UsageInput, 'from' | 'to' | 'filter'>,
): Promise<ProviderUsage[]> => {
  const { rows } = await readUsage(deps, caller, {
    from,
    to,
    filter,
    timeZone: 'UTC',
    groupBy: ['PROVIDER'],
  });
  return rows.flatMap((row) => (row.provider === null ? [] : [{ ...row, provider: row.provider }]));
};
