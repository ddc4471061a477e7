import { and, asc, desc, eq, inArray, lt, type SQL } from 'drizzle-orm';
import { alertDeliveries, alertDestinations, alerts } from '../../schema/tables/index.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Database, Drizzle } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { cursorsOf, idShape, type Listed, type Page } from '../platform/page.js';
import type { Alert, AlertEvent } from './alert.js';
import { type Destination, destinationColumns } from './destination.js';

/** The delivery of an alert to one destination. */
export type Delivery = {
  destination: Destination;
  /** Attempts so far. */
  attempts: number;
  /** Null once it was delivered or given up. */
  nextAttemptAt: Date | null;
  deliveredAt: Date | null;
  lastAttemptAt: Date | null;
  /** Why the last attempt failed; null when it did not. */
  lastError: string | null;
};

/** PENDING: an attempt is due or will be; FAILED: given up. */
const deliveryStates = ['PENDING', 'DELIVERED', 'FAILED'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export const stateOf = ({ deliveredAt, nextAttemptAt }: Delivery): DeliveryState => {
  if (deliveredAt !== null) return 'DELIVERED';
  return nextAttemptAt === null ? 'FAILED' : 'PENDING';
};

/** The deliveries of alerts, by the id of the alert, in the order of their destinations. */
export const readDeliveries = async (
  db: Pick<Drizzle, 'select'>,
  workspaceId: string,
  alertIds: readonly string[],
): Promise<ReadonlyMap<string, Delivery[]>> => {
  if (alertIds.length === 0) return new Map();
  const rows = await db
    .select({
      alertId: alertDeliveries.alertId,
      destination: destinationColumns,
      attempts: alertDeliveries.attempts,
      nextAttemptAt: alertDeliveries.nextAttemptAt,
      deliveredAt: alertDeliveries.deliveredAt,
      lastAttemptAt: alertDeliveries.lastAttemptAt,
      lastError: alertDeliveries.lastError,
    })
    .from(alertDeliveries)
    .innerJoin(
      alertDestinations,
      and(
        eq(alertDestinations.workspaceId, alertDeliveries.workspaceId),
        eq(alertDestinations.id, alertDeliveries.destinationId),
      ),
    )
    .where(and(eq(alertDeliveries.workspaceId, workspaceId), inArray(alertDeliveries.alertId, [...alertIds])))
    .orderBy(asc(alertDeliveries.destinationId));
  const byAlert = new Map<string, Delivery[]>();
  for (const { alertId, ...delivery } of rows) {
    byAlert.set(alertId, [...(byAlert.get(alertId) ?? []), delivery]);
  }
  return byAlert;
};

type Deps = { database: Pick<Database, 'db'> };

/** An alert with its deliveries. */
export type RaisedAlert = Alert & { deliveries: Delivery[] };

const readAlerts = async (
  db: Pick<Drizzle, 'select'>,
  workspaceId: string,
  wanted: SQL | undefined,
  rowsMax: number,
): Promise<RaisedAlert[]> => {
  const rows = await db
    .select()
    .from(alerts)
    .where(and(eq(alerts.workspaceId, workspaceId), wanted))
    .orderBy(desc(alerts.id))
    .limit(rowsMax);
  const deliveries = await readDeliveries(
    db,
    workspaceId,
    rows.map(({ id }) => id),
  );
  return rows.map(({ facts, ...alert }) => ({
    ...alert,
    facts: { ...(typeof facts === 'object' ? facts : {}) },
    deliveries: deliveries.get(alert.id) ?? [],
  }));
};

/** One alert; null if the workspace does not have it. Throws FORBIDDEN. */
export const getAlert = async (
  { database: { db } }: Deps,
  caller: Caller,
  id: string,
): Promise<RaisedAlert | null> => {
  authorize(caller, 'read');
  if (!isId(id)) return null;
  const [alert] = await readAlerts(db, caller.workspaceId, eq(alerts.id, id), 1);
  return alert ?? null;
};

const cursors = cursorsOf('alerts', [idShape]);

/** The workspace's alerts, newest first. Throws FORBIDDEN, or BAD_REQUEST for the page. */
export const listAlerts = async (
  { database: { db } }: Deps,
  caller: Caller,
  page: Page & { events?: readonly AlertEvent[] | null | undefined },
): Promise<Listed<RaisedAlert>> => {
  authorize(caller, 'read');
  const { first, position } = cursors.readPage(page);
  const { workspaceId } = caller;
  const wanted = page.events == null ? undefined : inArray(alerts.event, [...page.events]);
  // Ids are in the order in which alerts were raised, so they are both the order and the cursor.
  const [after] = position ?? [];
  const rows = await readAlerts(
    db,
    workspaceId,
    and(wanted, after === undefined ? undefined : lt(alerts.id, after)),
    first + 1,
  );
  return cursors.pageOf(rows, first, { item: (alert) => alert, position: ({ id }) => [id] }, () =>
    db.$count(alerts, and(eq(alerts.workspaceId, workspaceId), wanted)),
  );
};
