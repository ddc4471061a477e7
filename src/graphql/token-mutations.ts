import { fromPublicId } from '../access/public-ids.js';
import { overlapSecondsMax, revokeToken, rotateToken, updateToken } from '../tokens/change-token.js';
import { createToken } from '../tokens/create-token.js';
import type { LimitsInput, ScopesInput } from '../tokens/token-input.js';
import type { Token as TokenShape } from '../tokens/token.js';
import { builder } from './builder.js';
import { Operation, Role } from './enums.js';
import { userErrorsField, type WithUserErrors, withUserErrors } from './problem.js';
import { Token } from './token.js';

type WithSecret = WithUserErrors<{ token: TokenShape; secret: string }>;

const secretPayload = (name: string, description: string) =>
  builder.objectRef<WithSecret>(name).implement({
    description,
    fields: (t) => ({
      token: t.field({
        type: Token,
        description: 'The token; null if nothing was done.',
        resolve: ({ done }) => done?.token,
      }),
      secret: t.string({
        description: 'The secret to send as `Authorization: Bearer …`. Shown once.',
        resolve: ({ done }) => done?.secret,
      }),
      userErrors: userErrorsField(t, 'Why nothing was done; empty if it was.'),
    }),
  });

const CreateTokenPayload = secretPayload('CreateTokenPayload', 'The result of creating a token.');
const RotateTokenPayload = secretPayload('RotateTokenPayload', 'The result of rotating a token.');

const TokenPayload = builder.objectRef<WithUserErrors<TokenShape>>('TokenPayload').implement({
  description: 'The result of a change to a token.',
  fields: (t) => ({
    token: t.field({ type: Token, description: 'The token after the change.', resolve: ({ done }) => done }),
    userErrors: userErrorsField(t, 'Why it was not changed; empty if it was.'),
  }),
});

type Given<Value> = Value | null | undefined;

const TokenScopesInput = builder.inputRef<ScopesInput>('TokenScopesInput').implement({
  description:
    'What a token may do, within its role. A field that is left out stays as it is, in a new token null. Null allows all.',
  fields: (t) => ({
    operations: t.field({ type: [Operation], description: 'The operations that it may look up and quote.' }),
    connections: t.idList({
      description:
        'The connections that may pay for its lookups, and that it may see and manage. Nothing else pays.',
    }),
    workflows: t.stringList({ description: 'The workflows under which it may look up.' }),
    spend: t.boolean({ description: 'Whether it may spend credits; true in a new token.' }),
  }),
});

const TokenLimitsInput = builder.inputRef<LimitsInput>('TokenLimitsInput').implement({
  description:
    'What a token may use, over all instances. A field that is left out stays as it is, in a new token null. Null is no limit. Days are UTC.',
  fields: (t) => ({
    requestsPerSecond: t.int({ description: 'The most HTTP requests in any second, 1 to 1000.' }),
    lookupsPerDay: t.int({ description: 'The most lookups a day, at least 1.' }),
    creditsPerDay: t.int({ description: 'The most credits a day, at least 1.' }),
  }),
});

/** The scopes with the ids of connections as the modules know them. A malformed id becomes one that is unknown. */
const readScopes = (scopes: Given<ScopesInput>): Given<ScopesInput> =>
  scopes === null || scopes === undefined
    ? scopes
    : {
        ...scopes,
        connections: scopes.connections?.map((id) => fromPublicId('connection', id)) ?? scopes.connections,
      };

const idArgument = { required: true, description: 'The token. Begins with tok_.' } as const;

builder.mutationFields((t) => ({
  createToken: t.fieldWithInput({
    type: CreateTokenPayload,
    nullable: false,
    description: 'Creates a token. Its secret is shown once. Requires the role ADMIN.',
    typeOptions: {
      description: 'A new token.',
    },
    argOptions: { description: 'The token.' },
    input: {
      name: t.input.string({ required: true, description: 'A display name.' }),
      role: t.input.field({ type: Role, required: true, description: 'The role.' }),
      expiresAt: t.input.field({
        type: 'DateTime',
        description: 'When it expires. If omitted, it does not expire.',
      }),
      workflow: t.input.string({ description: 'The workflow of lookups that name none.' }),
      scopes: t.input.field({
        type: TokenScopesInput,
        description: 'What it may do. Not with the role ADMIN, which could remove its own scopes.',
      }),
      limits: t.input.field({
        type: TokenLimitsInput,
        description: 'What it may use. Not with the role ADMIN, which could remove its own limits.',
      }),
    },
    resolve: (_root, { input }, { app, lookupRequest }) =>
      withUserErrors(() =>
        createToken(app, lookupRequest.caller, { ...input, scopes: readScopes(input.scopes) }),
      ),
  }),
  updateToken: t.fieldWithInput({
    type: TokenPayload,
    nullable: false,
    description:
      'Changes a token, apart from its role. What is left out stays. Every instance applies it within a second. Requires the role ADMIN.',
    typeOptions: {
      description: 'The changes to a token.',
    },
    argOptions: { description: 'The token and its changes.' },
    input: {
      id: t.input.id(idArgument),
      name: t.input.string({ description: 'Another display name.' }),
      expiresAt: t.input.field({
        type: 'DateTime',
        description: 'When it expires. Null: it does not expire.',
      }),
      workflow: t.input.string({
        description: 'The workflow of lookups that name none. Null: they have none.',
      }),
      scopes: t.input.field({
        type: TokenScopesInput,
        description: 'What it may do. Null: all of its role.',
      }),
      limits: t.input.field({
        type: TokenLimitsInput,
        description: 'What it may use. Null: without limits.',
      }),
    },
    resolve: (_root, { input }, { app, lookupRequest }) =>
      withUserErrors(() =>
        updateToken(app, lookupRequest.caller, {
          ...input,
          id: fromPublicId('token', input.id),
          scopes: readScopes(input.scopes),
        }),
      ),
  }),
  rotateToken: t.field({
    type: RotateTokenPayload,
    nullable: false,
    description:
      'Gives a token a new secret, which is shown once. The one before it stays valid until the overlap ends. A second rotation ends the overlap of the first. Requires the role ADMIN.',
    args: {
      id: t.arg.id(idArgument),
      overlapSeconds: t.arg.int({
        defaultValue: 0,
        description: `How long the secret before it stays valid, 0 to ${overlapSecondsMax} seconds. 0: it ends at once.`,
      }),
    },
    resolve: (_root, { id, overlapSeconds }, { app, lookupRequest }) =>
      withUserErrors(() =>
        rotateToken(app, lookupRequest.caller, {
          id: fromPublicId('token', id),
          overlapSeconds: overlapSeconds ?? 0,
        }),
      ),
  }),
  revokeToken: t.field({
    type: TokenPayload,
    nullable: false,
    description:
      'Revokes a token with all its secrets. Every instance refuses it within a second. Requires the role ADMIN.',
    args: { id: t.arg.id(idArgument) },
    resolve: (_root, { id }, { app, lookupRequest }) =>
      withUserErrors(() => revokeToken(app, lookupRequest.caller, fromPublicId('token', id))),
  }),
}));
