import type { Connection as ConnectionShape } from '../connections/connection.js';
import { createConnection } from '../connections/create-connection.js';
import {
  deleteConnection,
  disableConnection,
  enableConnection,
  renameConnection,
} from '../connections/change-connection.js';
import { rotateConnectionKey } from '../connections/rotate-connection-key.js';
import { setDefaultConnection } from '../connections/default-connection.js';
import { verifyConnection } from '../connections/verify-key.js';
import { builder } from './builder.js';
import { Connection } from './connection.js';
import type { GatewayContext } from './context.js';
import { ProviderName } from './enums.js';
import { UserError } from './problem.js';
import { fromPublicId, toPublicId } from '../platform/public-ids.js';
import { type WithUserErrors, withUserErrors } from './user-errors.js';

const ConnectionPayload = builder.objectRef<WithUserErrors<ConnectionShape>>('ConnectionPayload').implement({
  description: 'What became of a change to a connection.',
  fields: (t) => ({
    connection: t.field({
      type: Connection,
      description: 'The connection as it is now; null if the change was not made.',
      resolve: ({ done }) => done,
    }),
    userErrors: t.expose('userErrors', {
      type: [UserError],
      nullable: false,
      description: 'Why it was not made, or what the provider says against the key; empty when all is well.',
    }),
  }),
});

export const DeletePayload = builder.objectRef<WithUserErrors<{ id: string }>>('DeletePayload').implement({
  description: 'What became of a deletion.',
  fields: (t) => ({
    deletedId: t.id({
      description: 'The id of what was deleted; null if nothing was.',
      resolve: ({ done }) => (done === null ? null : done.id),
    }),
    userErrors: t.expose('userErrors', {
      type: [UserError],
      nullable: false,
      description: 'Why nothing was deleted; empty when it was.',
    }),
  }),
});

const CreateConnectionInput = builder.inputType('CreateConnectionInput', {
  description: 'A new connection.',
  fields: (t) => ({
    provider: t.field({ type: ProviderName, required: true, description: 'Whose key it is.' }),
    name: t.string({ required: true, description: 'A name for people, unique in the workspace.' }),
    key: t.string({ required: true, description: 'The key, as pasted. It is sealed and never shown again.' }),
    makeDefault: t.boolean({
      defaultValue: false,
      description: 'Let it pay for asks that name no connection. The first of a provider always does.',
    }),
    verify: t.boolean({
      defaultValue: true,
      description: 'Ask the provider first whether it takes the key; this spends nothing.',
    }),
    sameAccountAs: t.id({
      description:
        'A connection whose provider account this key belongs to as well, so that what it bought stays free.',
    }),
  }),
});

const RenameConnectionInput = builder.inputType('RenameConnectionInput', {
  description: 'A new name.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The connection; begins with con_.' }),
    name: t.string({ required: true, description: 'Its new name, unique in the workspace.' }),
  }),
});

const RotateConnectionKeyInput = builder.inputType('RotateConnectionKeyInput', {
  description: 'A new key of the same provider account.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The connection; begins with con_.' }),
    key: t.string({ required: true, description: 'The new key, as pasted.' }),
    verify: t.boolean({
      defaultValue: true,
      description: 'Ask the provider first whether it takes the key; this spends nothing.',
    }),
  }),
});

/** Makes a change to connections, and lets the next ask of the workspace go by it. */
const withChange = <Done>(
  { app, lookupRequest }: GatewayContext,
  work: () => Promise<Done>,
): Promise<WithUserErrors<Done>> =>
  withUserErrors(async () => {
    const done = await work();
    app.connectionChanges.note(lookupRequest.caller.workspaceId);
    return done;
  });

const idArgument = { required: true, description: 'The connection; begins with con_.' } as const;

builder.mutationFields((t) => ({
  createConnection: t.field({
    type: ConnectionPayload,
    nullable: false,
    description: 'Stores a key under a name.',
    args: { input: t.arg({ type: CreateConnectionInput, required: true, description: 'The connection.' }) },
    resolve: (_root, { input }, context) =>
      withChange(context, () => {
        const { sameAccountAs } = input;
        const account = typeof sameAccountAs === 'string' ? fromPublicId('connection', sameAccountAs) : null;
        return createConnection(context.app, context.lookupRequest.caller, {
          ...input,
          sameAccountAs: account,
        });
      }),
  }),
  renameConnection: t.field({
    type: ConnectionPayload,
    nullable: false,
    description: 'Gives a connection another name.',
    args: {
      input: t.arg({ type: RenameConnectionInput, required: true, description: 'Which, and the name.' }),
    },
    resolve: (_root, { input }, context) =>
      withChange(context, () =>
        renameConnection(context.app, context.lookupRequest.caller, {
          ...input,
          id: fromPublicId('connection', input.id),
        }),
      ),
  }),
  rotateConnectionKey: t.field({
    type: ConnectionPayload,
    nullable: false,
    description: "Replaces a connection's key; what was bought and its history stay.",
    args: {
      input: t.arg({ type: RotateConnectionKeyInput, required: true, description: 'Which, and the key.' }),
    },
    resolve: (_root, { input }, context) =>
      withChange(context, () =>
        rotateConnectionKey(context.app, context.lookupRequest.caller, {
          ...input,
          id: fromPublicId('connection', input.id),
        }),
      ),
  }),
  verifyConnection: t.field({
    type: ConnectionPayload,
    nullable: false,
    description: 'Asks the provider whether it takes the key. Spends nothing.',
    args: { id: t.arg.id(idArgument) },
    resolve: async (_root, { id }, { app, lookupRequest }) => {
      const verified = await withUserErrors(() =>
        verifyConnection(app, lookupRequest.caller, fromPublicId('connection', id)),
      );
      const problem = verified.done?.problem ?? null;
      if (verified.done !== null && problem === null) {
        await app.refreshBalance(lookupRequest.caller.workspaceId, verified.done.connection);
      }
      return {
        done: verified.done?.connection ?? null,
        userErrors: problem === null ? verified.userErrors : [{ ...problem, field: ['id'] }],
      };
    },
  }),
  setDefaultConnection: t.field({
    type: ConnectionPayload,
    nullable: false,
    description: 'Lets a connection pay for asks that name none.',
    args: { id: t.arg.id(idArgument) },
    resolve: (_root, { id }, context) =>
      withChange(context, () =>
        setDefaultConnection(context.app, context.lookupRequest.caller, fromPublicId('connection', id)),
      ),
  }),
  disableConnection: t.field({
    type: ConnectionPayload,
    nullable: false,
    description: 'Switches a connection off: it pays for nothing until it is enabled.',
    args: { id: t.arg.id(idArgument) },
    resolve: (_root, { id }, context) =>
      withChange(context, () =>
        disableConnection(context.app, context.lookupRequest.caller, fromPublicId('connection', id)),
      ),
  }),
  enableConnection: t.field({
    type: ConnectionPayload,
    nullable: false,
    description: 'Switches a connection on again.',
    args: { id: t.arg.id(idArgument) },
    resolve: (_root, { id }, context) =>
      withChange(context, () =>
        enableConnection(context.app, context.lookupRequest.caller, fromPublicId('connection', id)),
      ),
  }),
  deleteConnection: t.field({
    type: DeletePayload,
    nullable: false,
    description: 'Wipes the key and frees the name. History and unlocks stay.',
    args: { id: t.arg.id(idArgument) },
    resolve: (_root, { id }, context) =>
      withChange(context, async () => {
        const deleted = await deleteConnection(
          context.app,
          context.lookupRequest.caller,
          fromPublicId('connection', id),
        );
        return { id: toPublicId('connection', deleted.id) };
      }),
  }),
}));
