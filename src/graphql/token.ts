import { createToken, listTokens, revokeToken, type Token as TokenShape } from '../access/tokens.js';
import { builder } from './builder.js';
import { Role } from './enums.js';
import { listType, pageOfArguments, toList } from './list.js';
import { Node } from './node.js';
import { UserError } from './problem.js';
import { fromPublicId, toPublicId } from '../platform/public-ids.js';
import { type WithUserErrors, withUserErrors } from './user-errors.js';

export const Token = builder.objectRef<TokenShape>('Token').implement({
  description: 'A credential of this gateway. Only its hash is kept.',
  interfaces: [Node],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Begins with tok_.',
      resolve: ({ id }) => toPublicId('token', id),
    }),
    name: t.exposeString('name', { nullable: false, description: 'As it was named when it was made.' }),
    role: t.expose('role', { type: Role, nullable: false, description: 'What it may do.' }),
    hint: t.exposeString('hint', { nullable: false, description: 'Its last four characters.' }),
    workflow: t.exposeString('workflow', { description: 'The workflow of asks that name none.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'From when on it is refused.',
    }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last used, to the minute.',
    }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was revoked.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', nullable: false, description: 'When it was made.' }),
  }),
});

const TokenConnection = listType('Token', Token, 'tokens');

builder.queryField('tokens', (t) =>
  t.field({
    type: TokenConnection,
    nullable: false,
    description: "The workspace's tokens, oldest first, revoked and expired ones too. For ADMIN.",
    args: {
      first: t.arg.int({ defaultValue: 25, description: 'How many, 1 to 100.' }),
      after: t.arg.string({ description: 'Only those after this cursor.' }),
    },
    resolve: async (_root, args, { app, lookupRequest }) =>
      toList(await listTokens(app, lookupRequest.caller, pageOfArguments(args, 25)), args.after),
  }),
);

const CreateTokenInput = builder.inputType('CreateTokenInput', {
  description: 'A new token.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'A name for people.' }),
    role: t.field({ type: Role, required: true, description: 'What it may do.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'From when on it is refused; never if left out.' }),
    workflow: t.string({ description: 'The workflow of asks that name none.' }),
  }),
});

type CreatedToken = WithUserErrors<{ token: TokenShape; secret: string }>;

const CreateTokenPayload = builder.objectRef<CreatedToken>('CreateTokenPayload').implement({
  description: 'What became of a new token.',
  fields: (t) => ({
    token: t.field({
      type: Token,
      description: 'The token; null if none was made.',
      resolve: ({ done }) => done?.token,
    }),
    secret: t.string({
      description: 'What to send as `Authorization: Bearer …`. Shown this once.',
      resolve: ({ done }) => done?.secret,
    }),
    userErrors: t.expose('userErrors', {
      type: [UserError],
      nullable: false,
      description: 'Why none was made.',
    }),
  }),
});

const TokenPayload = builder.objectRef<WithUserErrors<TokenShape>>('TokenPayload').implement({
  description: 'What became of a change to a token.',
  fields: (t) => ({
    token: t.field({ type: Token, description: 'The token as it is now.', resolve: ({ done }) => done }),
    userErrors: t.expose('userErrors', {
      type: [UserError],
      nullable: false,
      description: 'Why it was not changed.',
    }),
  }),
});

builder.mutationFields((t) => ({
  createToken: t.field({
    type: CreateTokenPayload,
    nullable: false,
    description: 'Makes a token. Its secret is shown once. For ADMIN.',
    args: { input: t.arg({ type: CreateTokenInput, required: true, description: 'The token.' }) },
    resolve: (_root, { input }, { app, lookupRequest }) =>
      withUserErrors(() => createToken(app, lookupRequest.caller, input)),
  }),
  revokeToken: t.field({
    type: TokenPayload,
    nullable: false,
    description: 'Ends a token: every instance refuses it within a second. For ADMIN.',
    args: { id: t.arg.id({ required: true, description: 'The token; begins with tok_.' }) },
    resolve: (_root, { id }, { app, lookupRequest }) =>
      withUserErrors(() => revokeToken(app, lookupRequest.caller, fromPublicId('token', id))),
  }),
}));
