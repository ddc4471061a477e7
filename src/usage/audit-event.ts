import {
  and,
  desc,
  eq,
  gte,
  type InferSelectModel,
  isNotNull,
  isNull,
  lt,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import * as z from 'zod';
import { auditEvents } from '../../schema/tables/index.js';
import { auditActions } from '../access/audit-log.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { cursorsOf, idShape, instantFormat, instantShape, type Listed, type Page } from '../platform/page.js';
import { parseInput } from '../platform/parse-input.js';
import { narrow, nothing } from './entry-filter.js';
import { instant, isInOrder, outOfOrder } from './period.js';

type Row = InferSelectModel<typeof auditEvents>;

/** A change as its workspace sees it: without the operator's account and host. */
export type AuditEvent = Omit<Row, 'workspaceId' | 'account' | 'host'>;

export const auditColumns = {
  id: auditEvents.id,
  occurredAt: auditEvents.occurredAt,
  action: auditEvents.action,
  subject: auditEvents.subject,
  tokenId: auditEvents.tokenId,
  actor: auditEvents.actor,
  role: auditEvents.role,
  remoteAddress: auditEvents.remoteAddress,
  requestId: auditEvents.requestId,
  userAgent: auditEvents.userAgent,
  before: auditEvents.before,
  after: auditEvents.after,
} as const;

/** A filter of the audit log; what is absent or null matches all. `from` is inclusive, `to` is exclusive. */
export type AuditFilter = {
  from?: Date | null | undefined;
  to?: Date | null | undefined;
  /** An action such as `token.create`, or its noun, such as `token`. */
  action?: string | null | undefined;
  /** The public id of what was changed. */
  subject?: string | null | undefined;
  tokenId?: string | null | undefined;
  /** The name that the token had, or the command of the operator. */
  actor?: string | null | undefined;
  byOperator?: boolean | null | undefined;
  requestId?: string | null | undefined;
};

/** The condition for the changes of a workspace that match the filter; null: of all workspaces. Throws BAD_REQUEST. */
export const matchingAudit = (workspaceId: string | null, filter: AuditFilter): SQL | undefined => {
  const wanted = parseInput(filterSchema, filter, 'BAD_REQUEST');
  return and(
    narrow(workspaceId, (id) => eq(auditEvents.workspaceId, id)),
    narrow(wanted.from, (from) => gte(auditEvents.occurredAt, from)),
    narrow(wanted.to, (to) => lt(auditEvents.occurredAt, to)),
    narrow(wanted.action, (action) =>
      or(eq(auditEvents.action, action), sql`starts_with(${auditEvents.action}, ${`${action}.`})`),
    ),
    narrow(wanted.subject, (subject) => textIs(auditEvents.subject, subject)),
    narrow(wanted.tokenId, (id) => (isId(id) ? eq(auditEvents.tokenId, id) : nothing)),
    narrow(wanted.actor, (actor) => textIs(auditEvents.actor, actor)),
    narrow(wanted.byOperator, (is) => (is ? isNull(auditEvents.tokenId) : isNotNull(auditEvents.tokenId))),
    narrow(wanted.requestId, (id) => textIs(auditEvents.requestId, id)),
  );
};

/** PostgreSQL stores no NUL in a text, so a text with one matches nothing. */
const textIs = (
  column: typeof auditEvents.subject | typeof auditEvents.actor | typeof auditEvents.requestId,
  text: string,
): SQL => (text.includes('\0') ? nothing : eq(column, text));

const actions: ReadonlySet<string> = new Set(
  auditActions.flatMap((action) => [action, action.slice(0, action.indexOf('.'))]),
);

const filterSchema = z
  .object({
    from: instant('from').nullish(),
    to: instant('to').nullish(),
    action: z
      .string()
      .refine(
        (action) => actions.has(action),
        'There is no such action: name one of docs/audit-log.md, such as token.create, or its noun, such as token.',
      )
      .nullish(),
    subject: z.string().nullish(),
    tokenId: z.string().nullish(),
    actor: z.string().nullish(),
    byOperator: z.boolean().nullish(),
    requestId: z.string().nullish(),
  })
  .refine(isInOrder, outOfOrder);

/** The order and the cursors of the audit log: newest first. */
export const auditCursors = cursorsOf('auditLog', [instantShape, idShape]);
export const auditInstant = sql<string>`to_char(${auditEvents.occurredAt} at time zone 'UTC', ${instantFormat})`;
export const auditOrder = [desc(auditEvents.occurredAt), desc(auditEvents.id)];
export const auditAfter = (position: readonly string[] | null): SQL | undefined => {
  const [at, id] = position ?? [];
  return at === undefined
    ? undefined
    : sql`(${auditEvents.occurredAt}, ${auditEvents.id}) < (${at}::timestamptz, ${id}::uuid)`;
};

/** A change; null if the workspace has none with this id. Throws FORBIDDEN. */
export const getAuditEvent = async (
  { database }: { database: Database },
  caller: Caller,
  id: string,
): Promise<AuditEvent | null> => {
  authorize(caller, 'readAuditLog');
  if (!isId(id)) return null;
  const [row] = await database.db
    .select(auditColumns)
    .from(auditEvents)
    .where(and(eq(auditEvents.workspaceId, caller.workspaceId), eq(auditEvents.id, id)));
  return row ?? null;
};

/**
 * The changes of the workspace that match the filter, newest first. Throws FORBIDDEN, or BAD_REQUEST for the page or the
 * filter.
 */
export const listAuditLog = async (
  { database: { db } }: { database: Database },
  caller: Caller,
  input: Page & { filter: AuditFilter },
): Promise<Listed<AuditEvent>> => {
  authorize(caller, 'readAuditLog');
  const { first, position } = auditCursors.readPage(input);
  const wanted = matchingAudit(caller.workspaceId, input.filter);
  const rows = await db
    .select({ event: auditColumns, at: auditInstant })
    .from(auditEvents)
    .where(and(wanted, auditAfter(position)))
    .orderBy(...auditOrder)
    .limit(first + 1);
  return auditCursors.pageOf(
    rows,
    first,
    { item: ({ event }) => event, position: ({ at, event }) => [at, event.id] },
    () => db.$count(auditEvents, wanted),
  );
};
