import type { Sql } from '../platform/database.js';
import type { PolledKey, ReadVersions } from './poll.js';

/** What can be subscribed to. */
export const topics = ['job', 'usage', 'alerts'] as const;
export type Topic = (typeof topics)[number];

/**
 * The version of a job is its state, its counts, credits and limit, and whether its quote is there; that of usage the sums of the
 * last hour, which any new entry changes; that of alerts the ids of the last minutes, because an id that is a little
 * older may be committed later.
 */
export const createVersionReaders = (sql: Sql): Readonly<Record<Topic, ReadVersions>> => ({
  job: async (keys) => {
    const rows = await sql<Version[]>`
      select k.place, concat_ws(' ', j.state, j.pause_code, j.found, j.not_found, j.refused, j.failed, j.unknown,
        j.duplicates, j.credits, j.saved, j.max_credits, j.quote is null, j.name) as version
      from unnest(${workspacesOf(sql, keys)}, ${uuids(
        sql,
        keys.map(({ id }) => id),
      )})
        with ordinality k (workspace_id, id, place)
      join jobs j on j.workspace_id = k.workspace_id and j.id = k.id`;
    return inOrder(keys.length, rows);
  },
  usage: async (keys) => {
    const rows = await sql<Version[]>`
      select k.place, concat_ws(' ', sum(u.attempts), sum(u.lookups), sum(u.credits), sum(u.saved)) as version
      from unnest(${workspacesOf(sql, keys)}) with ordinality k (workspace_id, place)
      join usage_buckets u on u.workspace_id = k.workspace_id and u.starts_at > now() - interval '1 hour'
      group by k.place`;
    return inOrder(keys.length, rows);
  },
  alerts: async (keys) => {
    const rows = await sql<Version[]>`
      select k.place, string_agg(a.id::text, ' ' order by a.id) as version
      from unnest(${workspacesOf(sql, keys)}) with ordinality k (workspace_id, place)
      join alerts a on a.workspace_id = k.workspace_id and a.id > uuid_v7_floor(now() - interval '5 minutes')
      group by k.place`;
    return inOrder(keys.length, rows);
  },
});

type Version = { place: string; version: string };

const workspacesOf = (sql: Sql, keys: readonly PolledKey[]) =>
  uuids(
    sql,
    keys.map(({ workspaceId }) => workspaceId),
  );

/** As one text: behind a pooler the types of parameters are not known. */
const uuids = (sql: Sql, ids: readonly string[]) => sql`string_to_array(${ids.join()}, ',')::uuid[]`;

const inOrder = (length: number, rows: readonly Version[]): string[] => {
  const versions = Array.from({ length }, () => '');
  for (const { place, version } of rows) versions[Number(place) - 1] = version;
  return versions;
};
