import {
  createToken,
  getTokens,
  listTokens,
  revokeToken,
  type Token as TokenShape,
} from '../access/tokens.js';
import { builder } from './builder.js';
import { Role } from './enums.js';
import { listType, pageOfArguments, toList } from './list.js';
import { userErrorsField, type WithUserErrors, withUserErrors } from './problem.js';
import { fromPublicId } from '../access/public-ids.js';

export const Token = builder.node(builder.objectRef<TokenShape>('Token'), {
  description: 'A credential of this gateway. Only its hash is kept.',
  id: { description: 'Begins with tok_.', resolve: ({ id }) => id },
  loadOne: async (id, { app, lookupRequest }) =>
    (await getTokens(app, lookupRequest.caller, [id])).get(id) ?? null,
  fields: (t) => ({
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
    userErrors: userErrorsField(t, 'Why none was created; empty if it was.'),
  }),
});

const TokenPayload = builder.objectRef<WithUserErrors<TokenShape>>('TokenPayload').implement({
  description: 'The result of a change to a token.',
  fields: (t) => ({
    token: t.field({ type: Token, description: 'The token after the change.', resolve: ({ done }) => done }),
    userErrors: userErrorsField(t, 'Why it was not changed; empty if it was.'),
  }),
});

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
    },
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
