import { type Alert, type AlertMessage, factOf, type TitleOf } from '../alerts/alert.js';
import type { Sql } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import { runEvery } from '../platform/run-every.js';

/** Looks for old presumed charges every `everyMs`; returns the function that stops it and waits for the run in progress. */
export const startPresumedDigest = (sql: Sql, log: Log, everyMs: number): (() => Promise<void>) =>
  runEvery(everyMs, { name: 'presumed digest', run: () => raisePresumedDigests(sql) }, log);

/**
 * Raises one alert a day in each workspace that has presumed charges older than a day, with their number and credits by
 * provider. Safe on several instances at once.
 */
export const raisePresumedDigests = async (sql: Sql): Promise<void> => {
  await sql`
    with turn as materialized (
      select pg_try_advisory_xact_lock(hashtextextended('firmable-gateway presumed digest', 0)) as taken
    ),
    aged as (
      select r.workspace_id, coalesce(r.provider, 'UNKNOWN') as provider, count(*) as charges, sum(r.credits) as credits,
        min(r.reserved_at) as oldest_at
      from reservations r
      where r.state = 'PENDING_CONFIRMATION' and r.reserved_at < statement_timestamp() - interval '1 day'
      group by 1, 2
    )
    insert into alerts (workspace_id, id, event, subject, starts_at, facts, raised_at)
    select g.workspace_id, uuid_v7(), 'PRESUMED_CHARGES', g.workspace_id::text,
      date_trunc('day', statement_timestamp(), 'UTC'),
      jsonb_build_object(
        'count', sum(g.charges)::text,
        'credits', sum(g.credits)::text,
        'oldestAt', to_json(min(g.oldest_at)) #>> '{}',
        'providers', jsonb_agg(
          jsonb_build_object('provider', g.provider, 'count', g.charges::text, 'credits', g.credits::text)
          order by g.provider)),
      statement_timestamp()
    from aged g
    where (select taken from turn) and not exists (
      select from alerts a
      where a.workspace_id = g.workspace_id and a.event = 'PRESUMED_CHARGES' and a.subject = g.workspace_id::text
        and a.raised_at > statement_timestamp() - interval '1 day')
    group by g.workspace_id
    on conflict do nothing`;
};

type Share = { provider: string; count: string; credits: string };

/** Makes the writer of a digest's message. */
export const createPresumedDigest =
  (titleOf: TitleOf) =>
  (alert: Alert): Promise<AlertMessage> => {
    const count = factOf(alert, 'count');
    const credits = factOf(alert, 'credits');
    const oldestAt = new Date(factOf(alert, 'oldestAt')).toISOString();
    const shares = sharesOf(alert);
    const charges = count === '1' ? '1 presumed charge is' : `${count} presumed charges are`;
    return Promise.resolve({
      body: {
        type: 'presumed_charges.aged',
        count: Number(count),
        credits: Number(credits),
        oldestAt,
        providers: shares.map((share) => ({
          provider: share.provider,
          count: Number(share.count),
          credits: Number(share.credits),
        })),
        raisedAt: alert.raisedAt.toISOString(),
      },
      title: `${charges} older than a day (${credits} credits)`,
      facts: [
        ...shares.map((one) => [titleOf(one.provider), `${one.count} (${one.credits} credits)`] as const),
        ['Oldest', oldestAt],
        ['Action', 'confirm or reverse them: see presumed charges in the documentation'],
      ],
    });
  };

const sharesOf = ({ facts }: Alert): Share[] =>
  Array.isArray(facts['providers']) ? facts['providers'].filter(isShare) : [];

const isShare = (value: unknown): value is Share =>
  typeof value === 'object' &&
  value !== null &&
  'provider' in value &&
  'count' in value &&
  'credits' in value;
