import { and, asc, eq, gt, inArray, lte, notInArray, type SQL, sql } from 'drizzle-orm';
import { alerts } from '../../schema/tables/index.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import type { AlertEvent } from './alert.js';
import { getAlert, type RaisedAlert } from './read-alerts.js';

const atOnceMax = 50;
/** More than are raised in the overlap. */
const seenMax = 5_000;
/** An alert may be committed after one with a later id: those of this time are read again. */
const overlap = sql`uuid_v7_floor(now() - interval '5 minutes')`;

/**
 * Makes the function that returns the alerts that were raised since its last call, oldest first, at most 50; each alert
 * once. Its first call returns those raised after `after`, or without it those raised since this has resolved. Throws
 * FORBIDDEN.
 */
export const followAlerts = async (
  { database: { db } }: { database: Pick<Database, 'db'> },
  caller: Caller,
  { after, events }: { after: string | null; events: readonly AlertEvent[] | null },
): Promise<() => Promise<{ events: RaisedAlert[]; isMore: boolean }>> => {
  authorize(caller, 'read');

  const readIds = async (limit: number, ...wanted: (SQL | undefined)[]): Promise<string[]> => {
    const rows = await db
      .select({ id: alerts.id })
      .from(alerts)
      .where(and(eq(alerts.workspaceId, caller.workspaceId), ...wanted))
      .orderBy(asc(alerts.id))
      .limit(limit);
    return rows.map(({ id }) => id);
  };

  /** The ids within the overlap that were returned, or that the client has from before. */
  let seen = await readIds(
    seenMax,
    gt(alerts.id, overlap),
    after === null ? undefined : lte(alerts.id, after),
  );
  let last = after;

  return async () => {
    const ids = await readIds(
      atOnceMax,
      gt(alerts.id, last === null ? overlap : sql`least(${last}::uuid, ${overlap})`),
      seen.length === 0 ? undefined : notInArray(alerts.id, seen),
      events === null ? undefined : inArray(alerts.event, [...events]),
    );
    seen = [...seen, ...ids].slice(-seenMax);
    last = ids.at(-1) ?? last;
    const found = await Promise.all(ids.map((id) => getAlert({ database: { db } }, caller, id)));
    return { events: found.filter((alert) => alert !== null), isMore: ids.length === atOnceMax };
  };
};
