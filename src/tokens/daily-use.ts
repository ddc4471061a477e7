import { sql } from 'drizzle-orm';
import { authorizeInScope, type Caller } from '../access/caller.js';
import { isConfined } from '../access/scopes.js';
import type { Database, Drizzle } from '../platform/database.js';
import { isId } from '../platform/ids.js';

/** What a token has used since 00:00 UTC. */
export type DailyUse = {
  /** Those that count against its limit; without a limit, those that have an entry. */
  lookups: bigint;
  /** Spent, presumed and reserved. */
  credits: bigint;
};

const today = sql`date_trunc('day', now() at time zone 'UTC')`;
const midnight = sql`(${today} at time zone 'UTC')`;

/**
 * What tokens of the workspace have used today, by their ids; other ids are left out. A confined token reads its own use
 * only. Throws FORBIDDEN.
 */
export const getDailyUse = async (
  { database }: { database: Pick<Database, 'db'> },
  caller: Caller,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DailyUse>> => {
  authorizeInScope(caller, 'read');
  const wanted = ids.filter((id) => isId(id) && maySeeToken(caller, id));
  if (wanted.length === 0) return new Map();
  const rows = await database.db.execute<{ id: string; lookups: string; credits: string }>(sql`
    select t.id,
      case when t.lookups_per_day is null then u.lookups else coalesce(l.lookups, 0) end as lookups,
      case when b.id is null then u.credits else coalesce(p.spent + p.reserved, 0) end as credits
    from tokens t
    cross join lateral (
      select coalesce(sum(s.lookups), 0)::bigint as lookups, coalesce(sum(s.credits), 0)::bigint as credits
      from usage_buckets s
      where s.workspace_id = t.workspace_id and s.token_id = t.id and s.starts_at >= ${midnight}
    ) u
    left join token_lookups l on l.workspace_id = t.workspace_id and l.token_id = t.id and l.day = ${today}::date
    left join budgets b on b.workspace_id = t.workspace_id and b.token_id = t.id and b.deleted_at is null
    left join budget_periods p on p.workspace_id = b.workspace_id and p.budget_id = b.id and p.starts_at = ${midnight}
    where t.workspace_id = ${caller.workspaceId} and t.id in ${wanted}`);
  return new Map(
    rows.map(({ id, lookups, credits }) => [id, { lookups: BigInt(lookups), credits: BigInt(credits) }]),
  );
};

/** A confined token sees no token but itself. */
export const maySeeToken = (caller: Caller, id: string): boolean =>
  !isConfined(caller.scopes) || id.toLowerCase() === caller.tokenId;

/** Lets a new limit of lookups count those of today that have an entry, in the transaction that sets it. */
export const countPresentDay = async (
  tx: Pick<Drizzle, 'execute'>,
  workspaceId: string,
  tokenId: string,
): Promise<void> => {
  await tx.execute(sql`
    insert into token_lookups as l (workspace_id, token_id, day, lookups)
    select ${workspaceId}, ${tokenId}, ${today}::date, coalesce(sum(s.lookups), 0)
    from usage_buckets s
    where s.workspace_id = ${workspaceId} and s.token_id = ${tokenId} and s.starts_at >= ${midnight}
    on conflict (workspace_id, token_id) do update set day = excluded.day, lookups = excluded.lookups`);
};
