import type { Connection as ConnectionShape } from '../connections/connection.js';
import { createConnection } from '../connections/create-connection.js';
import {
  deleteConnection,
  disableConnection,
  enableConnection,
  renameConnection,
} from '../connections/change-connection.js';
import {
  type KeyAccount as KeyAccountName,
  rotateConnectionKey,
} from '../connections/rotate-connection-key.js';
import { setDefaultConnection } from '../connections/default-connection.js';
import { verifyConnection } from '../connections/verify-key.js';
import { builder } from './builder.js';
import { Connection } from './connection.js';
import type { GatewayContext } from './context.js';
import { ProviderName } from './enums.js';
import { userErrorsField, type WithUserErrors, withUserErrors } from './problem.js';
import { fromPublicId, toPublicId } from '../access/public-ids.js';

const ConnectionPayload = builder.objectRef<WithUserErrors<ConnectionShape>>('ConnectionPayload').implement({
  description: 'The result of a change to a connection.',
  fields: (t) => ({
    connection: t.field({
      type: Connection,
      description: 'The connection after the change; null if the change was refused.',
      resolve: ({ done }) => done,
    }),
    userErrors: userErrorsField(
      t,
      'Why the change was refused, or why the provider refused the key; empty if all went well.',
    ),
  }),
});

export const DeletePayload = builder.objectRef<WithUserErrors<{ id: string }>>('DeletePayload').implement({
  description: 'The result of a deletion.',
  fields: (t) => ({
    deletedId: t.id({
      description: 'The id of the deleted object; null if nothing was deleted.',
      resolve: ({ done }) => (done === null ? null : done.id),
    }),
    userErrors: userErrorsField(t, 'Why nothing was deleted; empty if it was.'),
  }),
});

const keyAccountMeanings: Record<KeyAccountName, { description: string }> = {
  SAME: { description: 'The account of the old key. What it has unlocked stays free.' },
  OTHER: {
    description:
      'Another account. The connection continues with the unlocks of that account; a new account has none, and the provider charges for each record again.',
  },
};

const KeyAccount = builder.enumType('KeyAccount', {
  description: 'The account of a new key.',
  values: keyAccountMeanings,
});

/** Runs a change to connections, which applies from the next lookup of the workspace. */
const withChange = <Done>(
  { app, lookupRequest }: GatewayContext,
  work: () => Promise<Done>,
): Promise<WithUserErrors<Done>> =>
  withUserErrors(async () => {
    const done = await work();
    app.connectionChanges.note(lookupRequest.caller.workspaceId);
    return done;
  });

const idArgument = { required: true, description: 'The connection. Begins with con_.' } as const;

builder.mutationFields((t) => ({
  createConnection: t.fieldWithInput({
    type: ConnectionPayload,
    nullable: false,
    description: 'Stores a provider key as a connection.',
    typeOptions: {
      description: 'A new connection.',
    },
    argOptions: { description: 'The connection.' },
    input: {
      provider: t.input.field({
        type: ProviderName,
        required: true,
        description: 'The provider of the key.',
      }),
      name: t.input.string({ required: true, description: 'The name, unique in the workspace.' }),
      key: t.input.string({ required: true, description: 'The key. It is encrypted and never shown again.' }),
      makeDefault: t.input.boolean({
        defaultValue: false,
        description:
          'Makes it the default connection, which pays for lookups that name none. The first connection of a provider always is.',
      }),
      verify: t.input.boolean({
        defaultValue: true,
        description: 'Verifies the key with the provider first, at no cost.',
      }),
      sameAccountAs: t.input.id({
        description: 'A connection of the same provider account. Records that it unlocked stay free.',
      }),
    },
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
  renameConnection: t.fieldWithInput({
    type: ConnectionPayload,
    nullable: false,
    description: 'Renames a connection.',
    typeOptions: {
      description: 'The new name.',
    },
    argOptions: { description: 'The connection and its new name.' },
    input: {
      id: t.input.id({ required: true, description: 'The connection. Begins with con_.' }),
      name: t.input.string({ required: true, description: 'The new name, unique in the workspace.' }),
    },
    resolve: (_root, { input }, context) =>
      withChange(context, () =>
        renameConnection(context.app, context.lookupRequest.caller, {
          ...input,
          id: fromPublicId('connection', input.id),
        }),
      ),
  }),
  rotateConnectionKey: t.fieldWithInput({
    type: ConnectionPayload,
    nullable: false,
    description:
      'Replaces the key of a connection. Name, default, budgets and history stay. Unlocks stay if the new key belongs to the same account.',
    typeOptions: {
      description: 'A new key of the same provider.',
    },
    argOptions: { description: 'The connection and its new key.' },
    input: {
      id: t.input.id({ required: true, description: 'The connection. Begins with con_.' }),
      key: t.input.string({ required: true, description: 'The new key.' }),
      account: t.input.field({
        type: KeyAccount,
        description:
          'Whether the key belongs to the same account of the provider. Required if the workspace has not used the key before: the provider does not say.',
      }),
      verify: t.input.boolean({
        defaultValue: true,
        description: 'Verifies the key with the provider first, at no cost.',
      }),
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
    description: 'Verifies the stored key with the provider. Spends nothing.',
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
    description: 'Makes a connection the default, which pays for lookups that name none.',
    args: { id: t.arg.id(idArgument) },
    resolve: (_root, { id }, context) =>
      withChange(context, () =>
        setDefaultConnection(context.app, context.lookupRequest.caller, fromPublicId('connection', id)),
      ),
  }),
  disableConnection: t.field({
    type: ConnectionPayload,
    nullable: false,
    description: 'Disables a connection. It pays for nothing until it is enabled.',
    args: { id: t.arg.id(idArgument) },
    resolve: (_root, { id }, context) =>
      withChange(context, () =>
        disableConnection(context.app, context.lookupRequest.caller, fromPublicId('connection', id)),
      ),
  }),
  enableConnection: t.field({
    type: ConnectionPayload,
    nullable: false,
    description: 'Enables a disabled connection.',
    args: { id: t.arg.id(idArgument) },
    resolve: (_root, { id }, context) =>
      withChange(context, () =>
        enableConnection(context.app, context.lookupRequest.caller, fromPublicId('connection', id)),
      ),
  }),
  deleteConnection: t.field({
    type: DeletePayload,
    nullable: false,
    description: 'Deletes a connection: erases its key and frees its name. History and unlocks stay.',
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
