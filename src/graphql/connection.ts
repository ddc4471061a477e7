import type { Connection as ConnectionShape } from '../connections/connection.js';
import { getConnection, listConnections } from '../connections/read-connections.js';
import { isProblemCode } from '../errors.js';
import { builder } from './builder.js';
import { ProblemCode, ProviderName, toProviderName } from './enums.js';
import { listType, pageOfArguments, toList } from './list.js';
import { fromPublicId } from '../access/public-ids.js';

export const Connection = builder.node(builder.objectRef<ConnectionShape>('Connection'), {
  description: 'A stored provider key with a name. The key is encrypted and never shown.',
  id: { description: 'Begins with con_.', resolve: ({ id }) => id },
  loadOne: (id, { app, lookupRequest }) => getConnection(app, lookupRequest.caller, id),
  fields: (t) => ({
    provider: t.field({
      type: ProviderName,
      nullable: false,
      description: 'The provider of the key.',
      resolve: ({ provider }) => toProviderName(provider),
    }),
    name: t.exposeString('name', { nullable: false, description: 'The name, unique in the workspace.' }),
    keyHint: t.exposeString('keyHint', { nullable: false, description: "The key's last four characters." }),
    sandbox: t.exposeBoolean('sandbox', { nullable: false, description: 'Whether it is a sandbox key.' }),
    isDefault: t.exposeBoolean('isDefault', {
      nullable: false,
      description: 'Whether it pays for lookups that name no connection.',
    }),
    isDisabled: t.boolean({
      nullable: false,
      description: 'Whether it is disabled. Lookups that name it are refused.',
      resolve: ({ disabledAt }) => disabledAt !== null,
    }),
    isDeleted: t.boolean({
      nullable: false,
      description: 'Whether it was deleted. Its key is erased, its history stays.',
      resolve: ({ deletedAt }) => deletedAt !== null,
    }),
    accountId: t.exposeID('accountId', {
      nullable: false,
      description: 'The provider account of the key. Unlocks belong to it; connections may share it.',
    }),
    problem: t.field({
      type: ProblemCode,
      description: 'Why the last verification failed; null if it succeeded.',
      resolve: ({ problemCode }) => (problemCode !== null && isProblemCode(problemCode) ? problemCode : null),
    }),
    verifiedAt: t.expose('verifiedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the key was last verified.',
    }),
    disabledAt: t.expose('disabledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was disabled; null if it is enabled.',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When it was created.',
    }),
  }),
});

const ConnectionConnection = listType('Connection', Connection, 'connections');

builder.queryFields((t) => ({
  connections: t.field({
    type: ConnectionConnection,
    nullable: false,
    description: 'The connections of the workspace, oldest first.',
    args: {
      first: t.arg.int({ defaultValue: 25, description: 'The page size, 1 to 100.' }),
      after: t.arg.string({ description: 'Returns the items after this cursor.' }),
      provider: t.arg({ type: ProviderName, description: 'Only connections of this provider.' }),
    },
    resolve: async (_root, args, { app, lookupRequest }) =>
      toList(
        await listConnections(app, lookupRequest.caller, {
          ...pageOfArguments(args, 25),
          provider: args.provider ?? null,
        }),
        args.after,
      ),
  }),
  connection: t.field({
    type: Connection,
    description: 'A connection; null if the workspace does not have it.',
    args: { id: t.arg.id({ required: true, description: 'Begins with con_.' }) },
    resolve: (_root, { id }, { app, lookupRequest }) =>
      getConnection(app, lookupRequest.caller, fromPublicId('connection', id)),
  }),
}));
