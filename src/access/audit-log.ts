import { hostname, userInfo } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { auditEvents, workspaces } from '../../schema/tables/index.js';
import type { Drizzle, Transaction } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { redactCredentials, redactMarked } from '../platform/redact-credentials.js';
import { boundFacts, cleanText, type Facts, type Json, toJson } from './audit-facts.js';
import type { Caller, Operator } from './caller.js';

/** Every action of the audit log. docs/audit-log.md says what each has before and after. */
export const auditActions = [
  'alertDestination.create',
  'alertDestination.delete',
  'alertDestination.rotateSecret',
  'alertDestination.test',
  'alertDestination.update',
  'balance.record',
  'balance.setPlan',
  'budget.delete',
  'budget.set',
  'connection.create',
  'connection.delete',
  'connection.disable',
  'connection.enable',
  'connection.makeDefault',
  'connection.rename',
  'connection.rotate',
  'connection.verify',
  'database.restore',
  'encryptionKeys.rotate',
  'entries.archive',
  'entries.restore',
  'job.cancel',
  'job.create',
  'job.delete',
  'job.pause',
  'job.resume',
  'job.retry',
  'presumedCharge.fetch',
  'presumedCharge.resolve',
  'record.forget',
  'token.create',
  'token.revoke',
  'token.rotate',
  'token.update',
  'unlocks.import',
  'view.delete',
  'view.save',
  'waterfall.delete',
  'waterfall.save',
  'workspace.create',
  'workspace.setPlan',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** Who makes a change: the caller of a request, or the operator in a workspace. */
export type ChangedBy = Caller | (Operator & { workspaceId: string });

/** A change. `before` and `after` are its public fields: no secrets, no identifiers of records, no personal data. */
export type Change = {
  action: AuditAction;
  /** The public id of what was changed. */
  subject: string | null;
  before: Facts | null;
  after: Facts | null;
};

/** The workspace of what the operator changes for the gateway as a whole. */
export const gatewayWorkspaceId = '00000000-0000-0000-0000-000000000000';

/**
 * Records a change in the audit log, inside the transaction of the change: what is committed is recorded, and what is not
 * committed is not. A change whose fields are the same before and after is not recorded, because nothing was changed.
 * Takes no locks that others wait for. Texts are bounded, and keys and tokens in them are cut.
 */
export const recordChange = (
  tx: Pick<Drizzle, 'insert'> | Transaction,
  by: ChangedBy,
  change: Change,
): Promise<void> => recordChanges(tx, [{ by, change }]);

/** Records several changes of one transaction, each by itself. */
export const recordChanges = async (
  tx: Pick<Drizzle, 'insert'> | Transaction,
  changes: readonly { by: ChangedBy; change: Change }[],
): Promise<void> => {
  const rows = changes.flatMap(({ by, change }) => rowOf(by, change) ?? []);
  for (let from = 0; from < rows.length; from += rowsPerStatement) {
    const some = rows.slice(from, from + rowsPerStatement);
    if ('insert' in tx) await tx.insert(auditEvents).values(some);
    else await insertTagged(tx, some);
  }
};

/** Records a change that concerns every workspace: in each of them, and in the operator's own list. */
export const recordForAll = async (
  tx: Pick<Drizzle, 'insert' | 'select'>,
  by: Operator,
  change: Change,
): Promise<void> => {
  const concerned = await tx.select({ workspaceId: workspaces.id }).from(workspaces);
  const everywhere = [{ workspaceId: gatewayWorkspaceId }, ...concerned];
  await recordChanges(
    tx,
    everywhere.map(({ workspaceId }) => ({ by: { ...by, workspaceId }, change })),
  );
};

// A statement has at most 65,535 parameters, and each row takes 14.
const rowsPerStatement = 1_000;

type Row = Omit<typeof auditEvents.$inferInsert, 'before' | 'after' | 'occurredAt'> & {
  before: Json | null;
  after: Json | null;
};

/** The row of a change; null if it changed nothing. */
const rowOf = (by: ChangedBy, { action, subject, before, after }: Change): Row | null => {
  const [was, is] = [before === null ? null : toJson(before), after === null ? null : toJson(after)];
  if (isDeepStrictEqual(was, is)) return null;
  return {
    workspaceId: by.workspaceId,
    id: newId(),
    action,
    subject,
    ...originOf(by),
    before: was === null ? null : boundFacts(was),
    after: is === null ? null : boundFacts(is),
  };
};

type OriginColumn = 'tokenId' | 'actor' | 'role' | keyof typeof nowhere;
type Origin = Pick<Row, OriginColumn>;

const nowhere = { remoteAddress: null, requestId: null, userAgent: null, account: null, host: null };

const originOf = (by: ChangedBy): Origin => {
  const operator = 'operator' in by ? by : by.from !== undefined && 'operator' in by.from ? by.from : null;
  if (operator !== null)
    return { ...nowhere, tokenId: null, actor: operator.operator, role: null, ...machine() };
  if ('operator' in by) throw new Error('an operator was not recognized');
  const from = by.from !== undefined && 'remoteAddress' in by.from ? by.from : nowhere;
  return {
    ...nowhere,
    tokenId: by.tokenId,
    actor: redactMarked(cleanText(by.tokenName)),
    role: by.role,
    remoteAddress: from.remoteAddress === null ? null : cleanText(from.remoteAddress),
    requestId: from.requestId === null ? null : cleanText(from.requestId),
    userAgent: from.userAgent === null ? null : redactCredentials(cleanText(from.userAgent)),
  };
};

const machine = (): Pick<Origin, 'account' | 'host'> => ({
  account: cleanText(accountOfProcess()),
  host: cleanText(hostname()),
});

/** A container may run under a user id without a name, for which Node.js throws. */
const accountOfProcess = (): string => {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
};

const insertTagged = async (tx: Transaction, rows: readonly Row[]): Promise<void> => {
  const input = rows.map((row) => ({
    workspace_id: row.workspaceId,
    id: row.id,
    action: row.action,
    subject: row.subject,
    token_id: row.tokenId,
    actor: row.actor,
    role: row.role,
    remote_address: row.remoteAddress,
    request_id: row.requestId,
    user_agent: row.userAgent,
    account: row.account,
    host: row.host,
    before: row.before,
    after: row.after,
  }));
  await tx`
    insert into audit_events (workspace_id, id, action, subject, token_id, actor, role, remote_address, request_id,
      user_agent, account, host, before, after)
    select workspace_id, id, action, subject, token_id, actor, role, remote_address, request_id, user_agent, account,
      host, before, after
    from jsonb_populate_recordset(null::audit_events, ${JSON.stringify(input)}::text::jsonb)`;
};
