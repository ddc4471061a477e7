import { type SQL, sql } from 'drizzle-orm';
import type { Drizzle } from '../platform/database.js';
import type { AccountPlace } from './read-facts.js';

// An exact reading is a balance of which it is known which calls it includes. While a call is in flight, and for a time
// after it, nobody knows whether the provider has counted its charge. So a reading is exact only where no call of the
// account was in flight, or had ended within `quietSeconds`, from before the request for the balance until its answer.

/** A provider may go on with a call that the gateway has given up, and may count a charge late. */
const quietSeconds = 60;

// A reservation has the time at which its statement ran, and is seen when it is committed. An instant in the middle of the
// quiet time is long after the calls before it, and long before those that are committed unseen.
const boundarySeconds = 30;

/** The instant before which an exact reading includes all calls, and after which none. */
export const boundaryAfter = (since: SQL): SQL => sql`${since} + make_interval(secs => ${boundarySeconds})`;

/**
 * A condition: whether a call of an account is in flight or has ended after `since`. Calls that cost nothing do not count.
 * No call takes longer than a quarter of an hour: UPSTREAM_TIMEOUT_MS and LOOKUP_TIMEOUT_MS end at ten minutes.
 */
export const callSince = ({
  workspaceId,
  accountId,
  since,
}: Record<'workspaceId' | 'accountId' | 'since', SQL>): SQL => sql`
  exists (
    select from reservations o
    where o.workspace_id = ${workspaceId} and o.account_id = ${accountId} and o.state = 'HELD'
  ) or exists (
    select from reservations o
    join entries e on e.workspace_id = o.workspace_id and e.id = o.id
    where o.workspace_id = ${workspaceId} and o.account_id = ${accountId} and o.state <> 'HELD' and e.recorded_at > ${since}
  ) or exists (
    select from entries e
    where e.workspace_id = ${workspaceId} and e.account_id = ${accountId} and e.credits <> 0 and e.kind = 'LOOKUP'
      and e.recorded_at > ${since} and e.occurred_at > ${since} - interval '15 minutes'
  )`;

/**
 * Since when no call of an account was in flight, at least `quietSeconds` ago; null where one was. Read it before a balance
 * is requested, and pass it to writeReadings with the balance.
 */
export const readQuietSince = async (
  db: Pick<Drizzle, 'execute'>,
  place: AccountPlace,
): Promise<Date | null> => {
  const [workspaceId, accountId] = [sql`${place.workspaceId}::uuid`, sql`${place.accountId}::uuid`];
  const [row] = await db.execute<{ since: string }>(sql`
    with clock as materialized (
      select date_trunc('milliseconds', clock_timestamp() - make_interval(secs => ${quietSeconds})) as since
    )
    select to_json(c.since) #>> '{}' as since
    from clock c
    where not (${callSince({ workspaceId, accountId, since: sql`c.since` })})`);
  return row === undefined ? null : new Date(row.since);
};

/** A condition: whether an exact reading is the last before a presumed charge of its account, or the first after one. */
export const isNextToPresumed = (reading: SQL): SQL => sql`
  ${reading}.includes_calls_before is not null and exists (
    select from reservations p
    where p.workspace_id = ${reading}.workspace_id and p.account_id = ${reading}.account_id
      and p.state = 'PENDING_CONFIRMATION' and p.reserved_at >= coalesce((
        select max(b.includes_calls_before) from balance_readings b
        where b.workspace_id = ${reading}.workspace_id and b.account_id = ${reading}.account_id
          and b.includes_calls_before < ${reading}.includes_calls_before), '-infinity')
  )`;
