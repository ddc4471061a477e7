import { idOfFilter } from '../access/public-ids.js';
import { roles } from '../access/caller.js';
import { type AuditEvent as AuditEventShape, getAuditEvent, listAuditLog } from '../usage/audit-event.js';
import { builder } from './builder.js';
import { Role } from './enums.js';
import { longListType, pageOfArguments, readLongList } from './list.js';
import { Token } from './token.js';

const AuditEvent = builder.node(builder.objectRef<AuditEventShape>('AuditEvent'), {
  description:
    'A change of the workspace by a token or by the operator. It is written in the transaction of the change, and can be neither changed nor deleted.',
  id: { description: 'Begins with aud_.', resolve: ({ id }) => id },
  loadOne: (id, { app, lookupRequest }) => getAuditEvent(app, lookupRequest.caller, id),
  fields: (t) => ({
    occurredAt: t.expose('occurredAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When the change was made.',
    }),
    action: t.exposeString('action', {
      nullable: false,
      description: 'What was done, as noun and verb, such as token.create.',
    }),
    subject: t.exposeID('subject', {
      description: 'The id of what was changed; null where the action has no single subject.',
    }),
    byOperator: t.boolean({
      nullable: false,
      description: 'Whether the operator of the gateway made the change, by a command or by a setting.',
      resolve: ({ tokenId }) => tokenId === null,
    }),
    actor: t.exposeString('actor', {
      nullable: false,
      description: 'The name that the token had, or the command of the operator.',
    }),
    token: t.field({
      type: Token,
      description: 'The token that made the change, as it is now; null for the operator.',
      resolve: ({ tokenId }, _args, { loaders }) => loaders.token(tokenId),
    }),
    role: t.field({
      type: Role,
      description: 'The role that the token had; null for the operator.',
      resolve: ({ role }) => roles.find((one) => one === role) ?? null,
    }),
    remoteAddress: t.exposeString('remoteAddress', {
      description: 'The address of the client; null for the operator.',
    }),
    requestId: t.exposeString('requestId', {
      description: 'The id of the request, as in the response header X-Request-Id; null for the operator.',
    }),
    userAgent: t.exposeString('userAgent', {
      description: 'The header User-Agent of the request; null if there was none.',
    }),
    before: t.field({
      type: 'JSON',
      description: 'The public fields before the change; null if it did not exist.',
      resolve: ({ before }) => before,
    }),
    after: t.field({
      type: 'JSON',
      description: 'The public fields after the change; null if it does not exist any more.',
      resolve: ({ after }) => after,
    }),
  }),
});

const AuditEventConnection = longListType('AuditEvent', AuditEvent, 'changes');

const AuditFilter = builder.inputType('AuditFilter', {
  description: 'Selects changes. Omitted fields select all.',
  fields: (t) => ({
    from: t.field({ type: 'DateTime', description: 'At or after this instant.' }),
    to: t.field({ type: 'DateTime', description: 'Before this instant.' }),
    action: t.string({ description: 'An action, such as token.create, or its noun, such as token.' }),
    subject: t.id({ description: 'Changes of this object, by its id.' }),
    token: t.id({ description: 'Made with this token.' }),
    actor: t.string({ description: 'The name that the token had, or the command of the operator.' }),
    byOperator: t.boolean({
      description: 'true: changes of the operator only. false: changes of tokens only.',
    }),
    requestId: t.string({ description: 'Made by the request with this id.' }),
  }),
});

builder.queryField('auditLog', (t) =>
  t.field({
    type: AuditEventConnection,
    nullable: false,
    description: 'The audit log of the workspace: every change, newest first. Requires the role ADMIN.',
    args: {
      first: t.arg.int({ defaultValue: 50, description: 'The page size, 1 to 100.' }),
      after: t.arg.string({ description: 'Returns the items after this cursor.' }),
      filter: t.arg({ type: AuditFilter, description: 'Selects changes.' }),
    },
    resolve: async (_root, args, context) => {
      const { token, ...filter } = args.filter ?? {};
      const wanted = {
        ...pageOfArguments(args, 50),
        filter: { ...filter, tokenId: idOfFilter('token', token) },
      };
      return readLongList(context, args.after, (deps, caller) => listAuditLog(deps, caller, wanted));
    },
  }),
);
