import type { TokenLimits as LimitsShape, TokenScopes as ScopesShape } from '../access/scopes.js';
import type { DailyUse } from '../tokens/daily-use.js';
import { getTokens, listTokens } from '../tokens/read-tokens.js';
import type { Token as TokenShape } from '../tokens/token.js';
import { toPublicId } from '../access/public-ids.js';
import { builder } from './builder.js';
import { Operation, Role } from './enums.js';
import { listType, pageOfArguments, toList } from './list.js';
import { toInt } from './scalars.js';

export const TokenScopes = builder.objectRef<ScopesShape>('TokenScopes').implement({
  description: 'What a token may do, within its role. A list is null if it allows everything.',
  fields: (t) => ({
    operations: t.field({
      type: [Operation],
      nullable: true,
      description: 'The operations that it may look up and quote.',
      resolve: ({ operations }) => operations,
    }),
    connections: t.idList({
      nullable: true,
      description:
        'The connections that may pay for its lookups, and that it may see and manage. Nothing else pays: neither a key sent with a request nor the managed account.',
      resolve: ({ connections }) => connections?.map((id) => toPublicId('connection', id)),
    }),
    workflows: t.stringList({
      nullable: true,
      description: 'The workflows under which it may look up.',
      resolve: ({ workflows }) => workflows,
    }),
    spend: t.exposeBoolean('spend', {
      nullable: false,
      description:
        'Whether it may spend credits. If not, it gets unlocked records that have a snapshot or that are fetched again for nothing.',
    }),
  }),
});

export const TokenLimits = builder.objectRef<LimitsShape>('TokenLimits').implement({
  description: 'What a token may use, over all instances. Null is no limit. Days are UTC.',
  fields: (t) => ({
    requestsPerSecond: t.exposeInt('requestsPerSecond', {
      description: 'The most HTTP requests in any second. More are answered with HTTP 429.',
    }),
    lookupsPerDay: t.int({
      description:
        'The most lookups a day: each record of a list, and each search. Duplicates in a list, quotes, and repeats of an Idempotency-Key do not count.',
      resolve: ({ lookupsPerDay }) => (lookupsPerDay === null ? null : toInt(lookupsPerDay)),
    }),
    creditsPerDay: t.int({
      description: 'The most credits a day: a budget of the token.',
      resolve: ({ creditsPerDay }) => (creditsPerDay === null ? null : toInt(creditsPerDay)),
    }),
  }),
});

export const TokenUse = builder.objectRef<DailyUse>('TokenUse').implement({
  description: 'What a token has used since 00:00 UTC.',
  fields: (t) => ({
    lookups: t.int({
      nullable: false,
      description: 'Lookups: those that count against its limit; without a limit, those that have an entry.',
      resolve: ({ lookups }) => toInt(lookups),
    }),
    credits: t.int({
      nullable: false,
      description: 'Credits: spent, presumed and reserved.',
      resolve: ({ credits }) => toInt(credits),
    }),
  }),
});

export const Token = builder.node(builder.objectRef<TokenShape>('Token'), {
  description: 'A credential of this gateway. Only hashes of its secrets are kept.',
  id: { description: 'Begins with tok_.', resolve: ({ id }) => id },
  loadOne: async (id, { app, lookupRequest }) =>
    (await getTokens(app, lookupRequest.caller, [id])).get(id) ?? null,
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, description: 'The name.' }),
    role: t.expose('role', { type: Role, nullable: false, description: 'The role.' }),
    hint: t.exposeString('hint', {
      nullable: false,
      description: 'The last four characters of its present secret.',
    }),
    workflow: t.exposeString('workflow', { description: 'The workflow of lookups that name none.' }),
    scopes: t.expose('scopes', {
      type: TokenScopes,
      nullable: false,
      description: 'What it may do, within its role.',
    }),
    limits: t.expose('limits', { type: TokenLimits, nullable: false, description: 'What it may use.' }),
    usedToday: t.field({
      type: TokenUse,
      nullable: true,
      description: 'What it has used since 00:00 UTC.',
      resolve: ({ id }, _args, { loaders }) => loaders.tokenUse(id),
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it expires; null if it does not.',
    }),
    previousSecretEndsAt: t.expose('previousEndsAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'Until when the secret before the last rotation is valid; null if that ended with the rotation, or if there was none.',
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
