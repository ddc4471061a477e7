import { sql } from 'drizzle-orm';
import { withQueryTimeout } from '../platform/with-timeout.js';
import type { Drizzle } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import type { ReportedBalance } from './balance.js';
import { creditsMax } from './balance-input.js';

/**
 * Writes readings that providers told, each `agoMs` old, in one statement. Of one hour, source and account the last
 * stands, so that a busy account leaves 24 of each a day and no more. A reading that a person recorded is never touched,
 * and one that is more than the API can show is none.
 */
export const writeReadings = async (
  db: Pick<Drizzle, 'execute'>,
  readings: readonly (ReportedBalance & { agoMs: number })[],
): Promise<void> => {
  const rows = JSON.stringify(
    readings
      .filter(({ credits }) => credits <= creditsMax)
      .map(({ workspaceId, accountId, credits, source, agoMs }) => ({
        id: newId(),
        workspace_id: workspaceId,
        account_id: accountId,
        credits: credits.toString(),
        source,
        ago_ms: agoMs,
      })),
  );
  await withQueryTimeout(
    db.execute(sql`
      with told as materialized (
        select t.id, t.workspace_id, t.account_id, t.credits, t.source,
          date_trunc('milliseconds', statement_timestamp() - make_interval(secs => t.ago_ms / 1000)) as at
        from json_to_recordset(${rows}::text::json) as t (
          id uuid, workspace_id uuid, account_id uuid, credits bigint, source reading_source, ago_ms float8
        )
      ),
      replaced as (
        update balance_readings r set observed_at = t.at, credits = t.credits
        from told t
        cross join lateral (
          select l.id from balance_readings l
          where l.workspace_id = t.workspace_id and l.account_id = t.account_id and l.source = t.source
            and l.observed_at between date_bin('1 hour', t.at, timestamptz 'epoch') and t.at
          order by l.observed_at desc, l.id desc
          limit 1
        ) l
        where r.workspace_id = t.workspace_id and r.id = l.id
        returning t.id
      )
      insert into balance_readings (workspace_id, id, account_id, observed_at, credits, source)
      select t.workspace_id, t.id, t.account_id, t.at, t.credits, t.source
      from told t
      where t.id not in (select r.id from replaced r)`),
  );
};
