import { sql } from 'drizzle-orm';
import type { Drizzle } from '../platform/database.js';

/** A crossing whose turn has come, with the account's webhook and connections as they are now. */
export type DueCrossing = {
  workspaceId: string;
  accountId: string;
  startsAt: Date;
  threshold: number;
  monthlyCredits: bigint;
  used: bigint;
  remaining: bigint;
  renewsAt: Date;
  crossedAt: Date;
  /** This try included. */
  tries: number;
  provider: string;
  connections: { id: string; name: string }[];
  webhookUrl: string | null;
  webhookSecretSealed: Buffer | null;
};

type Row = {
  [Key in keyof DueCrossing]: DueCrossing[Key] extends Date | bigint ? string : DueCrossing[Key];
};

/**
 * Takes up to `rowsMax` crossings that are due, for `leaseSeconds`: until then no other instance takes them, and if
 * this one dies they come due again.
 */
export const claimCrossings = async (
  db: Pick<Drizzle, 'execute'>,
  { rowsMax, leaseSeconds }: { rowsMax: number; leaseSeconds: number },
): Promise<DueCrossing[]> => {
  const rows = await db.execute<Row>(sql`
    with due as materialized (
      select workspace_id, account_id, starts_at, threshold
      from balance_crossings
      where next_try_at <= clock_timestamp()
      order by next_try_at
      limit ${rowsMax}
      for update skip locked
    )
    update balance_crossings c
    set tries = c.tries + 1, next_try_at = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    from due d
    join accounts a on a.workspace_id = d.workspace_id and a.id = d.account_id
    join balance_plans p on p.workspace_id = d.workspace_id and p.account_id = d.account_id
    where c.workspace_id = d.workspace_id and c.account_id = d.account_id and c.starts_at = d.starts_at
      and c.threshold = d.threshold
    returning c.workspace_id as "workspaceId", c.account_id as "accountId", to_json(c.starts_at) #>> '{}' as "startsAt",
      c.threshold, c.monthly_credits::text as "monthlyCredits", c.used::text, c.remaining::text,
      to_json(c.renews_at) #>> '{}' as "renewsAt", to_json(c.crossed_at) #>> '{}' as "crossedAt", c.tries, a.provider,
      (
        select coalesce(json_agg(json_build_object('id', n.id, 'name', n.name) order by n.id), '[]')
        from connections n
        where n.workspace_id = c.workspace_id and n.account_id = c.account_id and n.deleted_at is null
      ) as connections,
      p.webhook_url as "webhookUrl", p.webhook_secret_sealed as "webhookSecretSealed"`);
  return rows.map((row) => ({
    ...row,
    startsAt: new Date(row.startsAt),
    monthlyCredits: BigInt(row.monthlyCredits),
    used: BigInt(row.used),
    remaining: BigInt(row.remaining),
    renewsAt: new Date(row.renewsAt),
    crossedAt: new Date(row.crossedAt),
  }));
};
