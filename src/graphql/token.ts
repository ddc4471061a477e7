import { createToken, listTokens, revokeToken, type Token as TokenShape } from '../access/tokens.js';
import { builder } from './builder.js';
import { Role } from './enums.js';
import { listType, pageOfArguments, toList } from './list.js';
import { Node } from './node.js';
import { UserError, type WithUserErrors, withUserErrors } from './problem.js';
import { fromPublicId, toPublicId } from '../access/public-ids.js';

export const Token = builder.objectRef<TokenShape>('Token').implement({
  description: 'A credential of this gateway. Only its hash is kept.',
  interfaces: [Node],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Begins with tok_.',
      resolve: ({ id }) => toPublicId('token', id),
    }),
    name: t.exposeString('name', { nullable: false, description: 'The name.' }),
    role: t.expose('role', { type: Role, nullable: false, description: 'The role.' }),
    hint: t.exposeString('hint', { nullable: false, description: 'Its last four characters.' }),
    workflow: t.exposeString('workflow', { description: 'The workflow of lookups that name none.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it expires; null if it does not.',
    }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last used, to the minute; null if never.',
    }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was revoked; null if it was not.',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When it was created.',
    }),
  }),
});

const TokenConnection = listType('Token', Token, 'tokens');

builder.queryField('tokens', (t) =>
  t.field({
    type: TokenConnection,
    nullable: false,
    description:
      'The tokens of the workspace, oldest first, including revoked and expired ones. Requires the role ADMIN.',
    args: {
      first: t.arg.int({ defaultValue: 25, description: 'The page size, 1 to 100.' }),
      after: t.arg.string({ description: 'Returns the items after this cursor.' }),
    },
    resolve: async (_root, args, { app, lookupRequest }) =>
      toList(await listTokens(app, lookupRequest.caller, pageOfArguments(args, 25)), args.after),
  }),
);

const CreateTokenInput = builder.inputType('CreateTokenInput', {
  description: 'A new token.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'A display name.' }),
    role: t.field({ type: Role, required: true, description: 'The role.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'When it expires. If omitted, it does not expire.' }),
    workflow: t.string({ description: 'The workflow of lookups that name none.' }),
  }),
});

type CreatedToken = WithUserErrors<{ token: TokenShape; secret: string }>;

const CreateTokenPayload = builder.objectRef<CreatedToken>('CreateTokenPayload').implement({
  description: 'The result of creating a token.',
  fields: (t) => ({
    token: t.field({
      type: Token,
      description: 'The token; null if none was created.',
      resolve: ({ done }) => done?.token,
    }),
    secret: t.string({
      description: 'The secret to send as `Authorization: Bearer …`. Shown once.',
      resolve: ({ done }) => done?.secret,
    }),
    userErrors: t.expose('userErrors', {
      type: [UserError],
      nullable: false,
      description: 'Why none was created; empty if it was.',
    }),
  }),
});

const TokenPayload = builder.objectRef<WithUserErrors<TokenShape>>('TokenPayload').implement({
  description: 'The result of a change to a token.',
  fields: (t) => ({
    token: t.field({ type: Token, description: 'The token after the change.', resolve: ({ done }) => done }),
    userErrors: t.expose('userErrors', {
      type: [UserError],
      nullable: false,
      description: 'Why it was not changed; empty if it was.',
    }),
  }),
});

builder.mutationFields((t) => ({
  createToken: t.field({
    type: CreateTokenPayload,
    nullable: false,
    description: 'Creates a token. Its secret is shown once. Requires the role ADMIN.',
    args: { input: t.arg({ type: CreateTokenInput, required: true, description: 'The token.' }) },
    resolve: (_root, { input }, { app, lookupRequest }) =>
      withUserErrors(() => createToken(app, lookupRequest.caller, input)),
  }),
  revokeToken: t.field({
    type: TokenPayload,
    nullable: false,
    description: 'Revokes a token. Every instance refuses it within a second. Requires the role ADMIN.',
    args: { id: t.arg.id({ required: true, description: 'The token. Begins with tok_.' }) },
    resolve: (_root, { id }, { app, lookupRequest }) =>
      withUserErrors(() => revokeToken(app, lookupRequest.caller, fromPublicId('token', id))),
  }),
}));
