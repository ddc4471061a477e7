import { and, desc, eq, sql } from 'drizzle-orm';
import { balanceReadings } from '../../schema/tables/index.js';
import { recordChange } from '../access/audit-log.js';
import { toPublicId } from '../access/public-ids.js';
import { type Caller, authorize } from '../access/caller.js';
import { requireConnection } from '../connections/read-connections.js';
import { GatewayError } from '../errors.js';
import type { Database, Drizzle } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { cursorsOf, type Listed, type Page, idShape, instantFormat, instantShape } from '../platform/page.js';
import { parseInput } from '../platform/parse-input.js';
import { withQueryTimeout } from '../platform/with-timeout.js';
import { type RecordBalanceInput, creditsMax, recordBalanceInput } from './balance-input.js';
import type { BalanceEstimate, Reading, ReportedBalance } from './balance.js';
import { estimateFor } from './read-balance.js';
import { watchSoon } from './balance-alerts.js';
import { boundaryAfter, callSince, isNextToPresumed } from './exact-readings.js';

/** The readings of each account are a list of their own. */
const cursorsOfReadings = (accountId: string) => cursorsOf(`readings:${accountId}`, [instantShape, idShape]);

/** The readings of an account, newest first. Throws FORBIDDEN, or BAD_REQUEST for the page. */
export const listReadings = async (
  { database: { db } }: { database: Database },
  caller: Caller,
  input: Page & { accountId: string },
): Promise<Listed<Reading>> => {
  authorize(caller, 'read');
  const cursors = cursorsOfReadings(input.accountId);
  const { first, position } = cursors.readPage(input);
  const wanted = and(
    eq(balanceReadings.workspaceId, caller.workspaceId),
    eq(balanceReadings.accountId, input.accountId),
  );
  const [at, id] = position ?? [];
  const rows = await db
    .select({
      reading: readingColumns,
      at: sql<string>`to_char(${balanceReadings.observedAt} at time zone 'UTC', ${instantFormat})`,
    })
    .from(balanceReadings)
    .where(
      and(
        wanted,
        at === undefined
          ? undefined
          : sql`(${balanceReadings.observedAt}, ${balanceReadings.id}) < (${at}::timestamptz, ${id}::uuid)`,
      ),
    )
    .orderBy(desc(balanceReadings.observedAt), desc(balanceReadings.id))
    .limit(first + 1);
  return cursors.pageOf(
    rows,
    first,
    { item: ({ reading }) => reading, position: (row) => [row.at, row.reading.id] },
    () => db.$count(balanceReadings, wanted),
  );
};

const readingColumns = {
  id: balanceReadings.id,
  at: balanceReadings.observedAt,
  credits: balanceReadings.credits,
  source: balanceReadings.source,
} as const;

/**
 * Writes the readings that providers reported, each `agoMs` old, in one statement. With `quietSince`, of readQuietSince
 * before the balance was requested, a reading is exact if no call has begun since. The last of each hour, source and
 * account replaces those before it, exact ones apart, so a busy account has at most 48 of each source a day. The exact
 * readings next to a presumed charge are kept beside them: at most two for each. A reading that a person recorded never
 * changes. A balance above the largest Int is ignored.
 */
export const writeReadings = async (
  db: Pick<Drizzle, 'execute'>,
  readings: readonly (ReportedBalance & { agoMs: number; quietSince?: Date | null })[],
): Promise<void> => {
  const rows = JSON.stringify(
    readings
      .filter(({ credits }) => credits <= creditsMax)
      .map(({ workspaceId, accountId, credits, source, agoMs, quietSince = null }) => ({
        id: newId(),
        workspace_id: workspaceId,
        account_id: accountId,
        credits: credits.toString(),
        source,
        ago_ms: agoMs,
        quiet_since: quietSince,
      })),
  );
  await withQueryTimeout(
    db.execute(sql`
      with reported as materialized (
        select t.id, t.workspace_id, t.account_id, t.credits, t.source,
          date_trunc('milliseconds', statement_timestamp() - make_interval(secs => t.ago_ms / 1000)) as at,
          case
            when t.quiet_since is not null
              and not (${callSince({ workspaceId: sql`t.workspace_id`, accountId: sql`t.account_id`, since: sql`t.quiet_since` })})
            then ${boundaryAfter(sql`t.quiet_since`)}
          end as includes_calls_before
        from json_to_recordset(${rows}::text::json) as t (
          id uuid, workspace_id uuid, account_id uuid, credits bigint, source reading_source, ago_ms float8,
          quiet_since timestamptz
        )
      ),
      replaced as (
        update balance_readings r
        set observed_at = t.at, credits = t.credits, includes_calls_before = t.includes_calls_before
        from reported t
        cross join lateral (
          select l.id from balance_readings l
          where l.workspace_id = t.workspace_id and l.account_id = t.account_id and l.source = t.source
            and (l.includes_calls_before is null) = (t.includes_calls_before is null)
            and l.observed_at between date_bin('1 hour', t.at, timestamptz 'epoch') and t.at
          order by l.observed_at desc, l.id desc
          limit 1
        ) l
        where r.workspace_id = t.workspace_id and r.id = l.id
          and not (${isNextToPresumed(sql`r`)})
        returning t.id
      )
      insert into balance_readings
        (workspace_id, id, account_id, observed_at, credits, source, includes_calls_before)
      select t.workspace_id, t.id, t.account_id, t.at, t.credits, t.source, t.includes_calls_before
      from reported t
      where t.id not in (select r.id from replaced r)`),
  );
};

/** Whether the provider reported the balance within the last `ageMsMax`, to any instance. */
export const readFreshness = async (
  db: Pick<Drizzle, 'execute'>,
  { workspaceId, accountId, ageMsMax }: { workspaceId: string; accountId: string; ageMsMax: number },
): Promise<boolean> => {
  const [row] = await db.execute<{ fresh: boolean }>(sql`
    select r.observed_at > statement_timestamp() - make_interval(secs => ${ageMsMax / 1_000}) and r.source = 'REPORTED' as fresh
    from balance_readings r
    where r.workspace_id = ${workspaceId} and r.account_id = ${accountId}
    order by r.observed_at desc, r.id desc
    limit 1`);
  return row?.fresh === true;
};

/** Clocks differ by seconds; an instant further ahead is an error. */
const aheadMsMax = 60_000;

/**
 * Records the balance that the provider's page shows for the account behind a connection. A second reading of the same
 * instant replaces the first. Throws FORBIDDEN, INVALID_INPUT with the field at fault, or NOT_FOUND.
 */
export const recordBalance = async (
  deps: { database: Database },
  caller: Caller,
  input: RecordBalanceInput,
): Promise<BalanceEstimate> => {
  authorize(caller, 'manageBalances');
  const { connection: connectionId, credits, observedAt: at } = parseInput(recordBalanceInput, input);
  const connection = await requireConnection(deps, caller, connectionId, ['connection']);
  if (at != null && at.getTime() > Date.now() + aheadMsMax) {
    throw new GatewayError(
      'INVALID_INPUT',
      'A reading cannot be in the future: write when the page was read, or omit "observedAt" for now.',
      { field: ['observedAt'] },
    );
  }
  // To the millisecond: clients see no more, and can repeat it.
  const now = sql<Date>`date_trunc('milliseconds', statement_timestamp())`;
  const { workspaceId } = caller;
  const { accountId } = connection;
  await deps.database.db.transaction(async (tx) => {
    const [reading] = await tx
      .insert(balanceReadings)
      .values({
        workspaceId,
        id: newId(),
        accountId,
        observedAt: at == null ? now : sql<Date>`least(${at.toISOString()}::timestamptz, ${now})`,
        credits,
        source: 'RECORDED',
        tokenId: caller.tokenId,
      })
      .returning({ observedAt: balanceReadings.observedAt });
    await watchSoon(tx, { workspaceId, accountId });
    await recordChange(tx, caller, {
      action: 'balance.record',
      subject: toPublicId('connection', connection.id),
      before: null,
      after: { accountId, credits, observedAt: reading?.observedAt },
    });
  });
  return estimateFor(deps, caller, connection);
};
