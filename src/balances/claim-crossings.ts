import { sql } from 'drizzle-orm';
import type { Drizzle } from '../platform/database.js';

/** A crossing whose turn has come, with the account's webhook and connections as they are now. */
export type DueCrossing = {
  id: string;
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
      select workspace_id, id, subject_id
      from threshold_alerts
      where kind = 'BALANCE' and next_attempt_at <= clock_timestamp()
      order by next_attempt_at
      limit ${rowsMax}
      for update skip locked
    )
    update threshold_alerts c
    set attempts = c.attempts + 1, next_attempt_at = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    from due d
    join accounts a on a.workspace_id = d.workspace_id and a.id = d.subject_id
    left join webhook_endpoints w
      on w.workspace_id = d.workspace_id and w.kind = 'BALANCE' and w.subject_id = d.subject_id
    where c.workspace_id = d.workspace_id and c.id = d.id
    returning c.id, c.workspace_id as "workspaceId", c.subject_id as "accountId",
      to_json(c.period_starts_at) #>> '{}' as "startsAt", c.threshold,
      c.facts ->> 'monthlyCredits' as "monthlyCredits", c.facts ->> 'used' as used, c.facts ->> 'remaining' as remaining,
      c.facts ->> 'renewsAt' as "renewsAt", to_json(c.raised_at) #>> '{}' as "crossedAt", c.attempts as tries, a.provider,
      (
        select coalesce(json_agg(json_build_object('id', n.id, 'name', n.name) order by n.id), '[]')
        from connections n
        where n.workspace_id = c.workspace_id and n.account_id = c.subject_id and n.deleted_at is null
      ) as connections,
      w.url as "webhookUrl", w.secret_sealed as "webhookSecretSealed"`);
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
