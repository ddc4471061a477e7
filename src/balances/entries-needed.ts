import type { Sql, Transaction } from '../platform/database.js';
import { historyDays } from './read-facts.js';

/**
 * Why balances need the entries of a month, given by its first day (UTC); null if they do not. A reading or an add-on that
 * begins or ends within a quarter of an hour in which its account was charged divides the charges of that quarter, whose
 * sum does not say at which instant each was made. Readings count for 400 days, the latest one always.
 */
export const balancesNeed = async (sql: Sql | Transaction, firstDay: string): Promise<string | null> => {
  const [row] = await sql<{ readings: number }[]>`
    with cut as (
      select r.workspace_id, r.account_id, r.observed_at as at
      from balance_readings r
      where r.observed_at > now() - make_interval(days => ${historyDays})
        or not exists (
          select from balance_readings later
          where later.workspace_id = r.workspace_id and later.account_id = r.account_id and later.observed_at > r.observed_at)
      union all
      select p.workspace_id, p.account_id, unnest(array[p.starts_at, p.ends_at])
      from balance_pools p
      where greatest(p.starts_at, p.ends_at) > now() - make_interval(days => ${historyDays})
    )
    select count(*)::int as readings
    from cut c
    where c.at >= ${firstDay}::text::timestamp at time zone 'UTC'
      and c.at < (${firstDay}::text::timestamp + interval '1 month') at time zone 'UTC'
      and c.at <> date_bin('15 minutes', c.at, 'epoch')
      and exists (
        select from usage_buckets u
        where u.workspace_id = c.workspace_id and u.account_id = c.account_id
          and u.starts_at = date_bin('15 minutes', c.at, 'epoch') and u.credits <> 0)`;
  if (row === undefined || row.readings === 0) return null;
  return `${row.readings} readings or add-ons of balances are within a quarter of an hour with charges, and need its entries for ${historyDays} days`;
};
