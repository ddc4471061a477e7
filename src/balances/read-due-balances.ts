import { once } from 'node:events';
import { type SQL, sql } from 'drizzle-orm';
import { mayUseOwnKeys, plans } from '../access/caller.js';
import type { Database, Drizzle } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import { runEvery } from '../platform/run-every.js';
import type { BalanceRefresher, BalanceSource } from './balance.js';

type Deps = {
  database: Pick<Database, 'db'>;
  refreshBalance: BalanceRefresher;
  /** The providers that report a balance. */
  reporting: readonly string[];
};

/** Reads the balances that are due every `everyMs`; returns the function that stops it, and waits for no provider. */
export const startBalanceReading = (deps: Deps & { log: Log }, everyMs: number): (() => Promise<void>) =>
  runEvery(
    everyMs,
    {
      name: 'balance reading',
      run: async (stopping) => {
        const ended = new AbortController();
        const stopped = once(stopping, 'abort', { signal: ended.signal }).then(
          () => 0,
          () => 0,
        );
        try {
          while (!stopping.aborted && (await Promise.race([readDueBalances(deps), stopped])) > 0);
        } finally {
          // The schedule runs for as long as the process: a listener of each run would stay as long.
          ended.abort();
        }
      },
    },
    deps.log,
  );

/**
 * Reads the balances of up to 20 accounts from their providers, at no cost, where it is due. Any number of instances may
 * do it at once. Returns the number of accounts. An account with an enabled connection is due:
 * - where no exact reading follows a presumed charge: every minute at first, and more rarely the older the charge is;
 * - every hour, where it was charged within a day and since its last exact reading, or has none: so that one precedes
 *   the next presumed charge.
 */
export const readDueBalances = async ({ database, refreshBalance, reporting }: Deps): Promise<number> => {
  const due = await claimDue(database.db, reporting);
  await Promise.all(
    due.map(async ({ workspaceId, isNeeded, ...source }) => {
      if (isNeeded) await refreshBalance(workspaceId, source, { exact: true });
    }),
  );
  return due.length;
};

const rowsMax = 20;

const list = (names: readonly string[]): SQL => sql`string_to_array(${names.join()}, ',')`;

/** Takes accounts whose time has come. Whether the ledger has charged them is read for these only, once an hour. */
const claimDue = async (
  db: Pick<Drizzle, 'execute'>,
  reporting: readonly string[],
): Promise<(BalanceSource & { workspaceId: string; isNeeded: boolean })[]> => {
  const rows = await db.execute<{
    workspace_id: string;
    account_id: string;
    provider: string;
    id: string;
    is_needed: boolean;
  }>(sql`
    with clock as materialized (select clock_timestamp() as now),
    unread as materialized (
      select r.workspace_id, r.account_id, max(r.reserved_at) as latest
      from reservations r
      where r.state = 'PENDING_CONFIRMATION' and r.provider = any (${list(reporting)}) and not exists (
        select from balance_readings b
        where b.workspace_id = r.workspace_id and b.account_id = r.account_id and b.includes_calls_before > r.reserved_at)
      group by r.workspace_id, r.account_id
    ),
    due as materialized (
      select a.workspace_id, a.id as account_id, a.provider, n.id, u.latest
      from accounts a
      cross join clock c
      join workspaces w on w.id = a.workspace_id
      left join unread u on u.workspace_id = a.workspace_id and u.account_id = a.id
      cross join lateral (
        select n.id from connections n
        where n.workspace_id = a.workspace_id and n.account_id = a.id
          and n.deleted_at is null and n.disabled_at is null and n.key_sealed is not null
        order by n.is_default desc, n.id
        limit 1
      ) n
      where a.provider = any (${list(reporting)})
        and w.plan::text = any (${list(plans.filter((plan) => mayUseOwnKeys({ plan })))})
        and (a.balance_tried_at is null
          or a.balance_tried_at < c.now - interval '1 hour'
          or u.latest is not null
            and a.balance_tried_at < c.now - greatest(interval '1 minute', (c.now - u.latest) / 10))
      order by u.latest is null, a.balance_tried_at nulls first
      limit ${rowsMax}
      for update of a skip locked
    ),
    claimed as (
      update accounts a set balance_tried_at = clock_timestamp()
      from due d
      where a.workspace_id = d.workspace_id and a.id = d.account_id
    )
    select d.workspace_id, d.account_id, d.provider, d.id, d.latest is not null or not exists (
        select from balance_readings b
        where b.workspace_id = d.workspace_id and b.account_id = d.account_id and b.includes_calls_before is not null
          and not exists (
            select from usage_buckets s
            where s.workspace_id = d.workspace_id and s.account_id = d.account_id and s.credits <> 0
              and s.starts_at > c.now - interval '1 day'
              and s.starts_at > b.includes_calls_before - interval '15 minutes')
      ) as is_needed
    from due d cross join clock c`);
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    id: row.id,
    provider: row.provider,
    accountId: row.account_id,
    disabledAt: null,
    isNeeded: row.is_needed,
  }));
};
