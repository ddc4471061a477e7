import { and, eq, type InferSelectModel } from 'drizzle-orm';
import { auditEvents, workspaces } from '../../../schema/tables/index.js';
import { toPublicId } from '../../access/public-ids.js';
import { authorize } from '../../access/caller.js';
import type { Database } from '../../platform/database.js';
import {
  auditAfter,
  auditColumns,
  auditCursors,
  type AuditEvent,
  type AuditFilter,
  auditInstant,
  auditOrder,
  matchingAudit,
} from '../audit-event.js';
import { type Reading, readPages, type WithCursor } from './read-pages.js';
import { chooseColumns, type Column, type Export, type ExportFormat } from './table.js';
import { writePages } from './write-pages.js';

const rowsPerPage = 200;

/** The changes of the workspace that match the filter, newest first. Throws FORBIDDEN, or BAD_REQUEST for the filter or the cursor. */
export const exportAudit: Export<{ filter: AuditFilter }> = async (deps, caller, input) => {
  authorize(caller, 'readAuditLog');
  const wanted = matchingAudit(caller.workspaceId, input.filter);
  const chosen = chooseColumns([...columns, cursorColumn], input.columns);
  const pages = await readPages(deps, input.after, {
    ...order,
    read: (database, position, rowsMax) =>
      database.db
        .select({ ...auditColumns, instant: auditInstant })
        .from(auditEvents)
        .where(and(wanted, auditAfter(position)))
        .orderBy(...auditOrder)
        .limit(rowsMax),
  });
  return writePages(input.format, chosen, pages);
};

const order = {
  cursors: auditCursors,
  rowsPerPage,
  positionOf: ({ instant, id }: { instant: string; id: string }) => [instant, id],
};

const columns: Column<AuditEvent>[] = [
  { name: 'id', value: ({ id }) => toPublicId('audit', id) },
  { name: 'occurredAt', value: ({ occurredAt }) => occurredAt },
  { name: 'action', value: ({ action }) => action },
  { name: 'subject', value: ({ subject }) => subject },
  { name: 'byOperator', value: ({ tokenId }) => tokenId === null },
  { name: 'actor', value: ({ actor }) => actor },
  { name: 'tokenId', value: ({ tokenId }) => (tokenId === null ? null : toPublicId('token', tokenId)) },
  { name: 'role', value: ({ role }) => role },
  { name: 'remoteAddress', value: ({ remoteAddress }) => remoteAddress },
  { name: 'requestId', value: ({ requestId }) => requestId },
  { name: 'userAgent', value: ({ userAgent }) => userAgent },
  { name: 'before', value: ({ before }) => factsIn(before) },
  { name: 'after', value: ({ after }) => factsIn(after) },
];

const cursorColumn: Column<WithCursor<AuditEvent>> = { name: 'cursor', value: ({ cursor }) => cursor };

const factsIn = (facts: unknown): object | null =>
  typeof facts === 'object' && facts !== null ? facts : null;

/** A change as the operator sees it. */
export type OperatorAuditEvent = InferSelectModel<typeof auditEvents> & { workspaceName: string | null };
type OperatorRow = OperatorAuditEvent & { instant: string };

/** The changes of all workspaces, or of one, newest first. For operators: it takes no caller. */
export const readWholeAudit = (wanted: {
  workspaceId: string | null;
  filter: AuditFilter;
}): Reading<OperatorRow> => {
  const matching = matchingAudit(wanted.workspaceId, wanted.filter);
  return {
    ...order,
    read: ({ db }, position, rowsMax) =>
      db
        .select({
          ...auditColumns,
          workspaceId: auditEvents.workspaceId,
          workspaceName: workspaces.name,
          account: auditEvents.account,
          host: auditEvents.host,
          instant: auditInstant,
        })
        .from(auditEvents)
        .leftJoin(workspaces, eq(workspaces.id, auditEvents.workspaceId))
        .where(and(matching, auditAfter(position)))
        .orderBy(...auditOrder)
        .limit(rowsMax),
  };
};

/** The text of the operator's export, page by page. Throws BAD_REQUEST for the filter. */
export const exportWholeAudit = async (
  database: Database,
  wanted: { workspaceId: string | null; filter: AuditFilter; format: ExportFormat },
): Promise<AsyncIterable<string>> => {
  const { workspaceId, filter, format } = wanted;
  const pages = await readPages(
    { read: (page) => page({ database }) },
    null,
    readWholeAudit({ workspaceId, filter }),
  );
  return writePages(format, operatorColumns, pages);
};

const operatorColumns: Column<OperatorAuditEvent>[] = [
  { name: 'workspaceId', value: ({ workspaceId }) => workspaceId },
  { name: 'workspace', value: ({ workspaceName }) => workspaceName },
  ...columns,
  { name: 'account', value: ({ account }) => account },
  { name: 'host', value: ({ host }) => host },
];
