import { may, type Caller, permissions, type Permission } from '../access/caller.js';
import { type KeyKind as KeyKindName, readKeyKinds } from '../connections/read-connections.js';
import { builder } from './builder.js';
import { Plan, Role } from './enums.js';
import { TokenLimits, TokenScopes, TokenUse } from './token.js';
import { toPublicId } from '../access/public-ids.js';

const Permissions = builder.enumType('Permission', {
  description: 'A permission of a role.',
  values: {
    READ: {
      value: 'read',
      description: 'Read connections, usage, entries, unlocks and unlocked records.',
    },
    ENRICH: { value: 'enrich', description: 'Look up companies and people, get quotes, and search people.' },
    MANAGE_CONNECTIONS: { value: 'manageConnections', description: 'Create, change and delete connections.' },
    MANAGE_TOKENS: { value: 'manageTokens', description: 'Create, list, change and revoke tokens.' },
    MANAGE_BUDGETS: { value: 'manageBudgets', description: 'Set and delete budgets.' },
    MANAGE_BALANCES: { value: 'manageBalances', description: 'Set balance plans and record balances.' },
    MANAGE_ALERTS: { value: 'manageAlerts', description: 'Manage and test alert destinations.' },
    MANAGE_WATERFALLS: { value: 'manageWaterfalls', description: 'Save and delete waterfalls.' },
    IMPORT_UNLOCKS: {
      value: 'importUnlocks',
      description: 'Import unlocks.',
    },
    FORGET_RECORDS: { value: 'forgetRecords', description: 'Erase the data of a record.' },
    RESOLVE_CHARGES: { value: 'resolveCharges', description: 'Resolve presumed charges.' },
    READ_AUDIT_LOG: { value: 'readAuditLog', description: 'Read the audit log.' },
    SAVE_VIEWS: { value: 'saveViews', description: 'Save views of the dashboard, and delete its own.' },
    MANAGE_VIEWS: { value: 'manageViews', description: 'Replace and delete the views of other tokens.' },
  } satisfies Record<string, { value: Permission; description: string }>,
});

const ViewerToken = builder.objectRef<Caller>('ViewerToken').implement({
  description: 'The token of the request.',
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Begins with tok_.',
      resolve: (one) => toPublicId('token', one.tokenId),
    }),
    name: t.exposeString('tokenName', { nullable: false, description: 'The name.' }),
    role: t.expose('role', { type: Role, nullable: false, description: 'The role.' }),
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
      resolve: ({ tokenId }, _args, { loaders }) => loaders.tokenUse(tokenId),
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it expires; null if it does not.',
      resolve: async ({ tokenId }, _args, { loaders }) => (await loaders.token(tokenId))?.expiresAt,
    }),
    previousSecretEndsAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Until when the secret before the last rotation is valid; null if none is.',
      resolve: async ({ tokenId }, _args, { loaders }) => (await loaders.token(tokenId))?.previousEndsAt,
    }),
    lastUsedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was last used, to the minute.',
      resolve: async ({ tokenId }, _args, { loaders }) => (await loaders.token(tokenId))?.lastUsedAt,
    }),
  }),
});

const KeyKind = builder.enumType('KeyKind', {
  description: 'A kind of provider keys.',
  values: {
    REAL: { description: 'Keys of a provider.' },
    SANDBOX: { description: 'Sandbox keys: their records are invented, and their credits cost nothing.' },
  } satisfies Record<KeyKindName, { description: string }>,
});

const Workspace = builder.objectRef<Caller>('Workspace').implement({
  description: 'The tenant that owns connections, tokens and the ledger.',
  fields: (t) => ({
    id: t.exposeID('workspaceId', { nullable: false, description: 'A UUID.' }),
    name: t.exposeString('workspaceName', { nullable: false, description: 'The display name.' }),
    plan: t.expose('plan', {
      type: Plan,
      nullable: false,
      description: 'The plan, set by the operator.',
    }),
    keyKinds: t.field({
      type: [KeyKind],
      nullable: false,
      description:
        'The kinds of keys that it ever stored, or bought a record with. With both, use the filter `sandbox` of `usage` and `entries` to keep real credits apart from those of the sandbox.',
      resolve: ({ workspaceId }, _args, { app }) => readKeyKinds(app.database, workspaceId),
    }),
  }),
});

const Viewer = builder.objectRef<Caller>('Viewer').implement({
  description: 'The caller.',
  fields: (t) => ({
    token: t.field({
      type: ViewerToken,
      nullable: false,
      description: 'The token of the request.',
      resolve: (one) => one,
    }),
    role: t.expose('role', { type: Role, nullable: false, description: 'The role of the token.' }),
    workspace: t.field({
      type: Workspace,
      nullable: false,
      description: 'The workspace of the token.',
      resolve: (one) => one,
    }),
    permissions: t.field({
      type: [Permissions],
      nullable: false,
      description: 'The permissions of the role that the scopes of the token leave.',
      resolve: (caller) => permissions.filter((permission) => may(caller, permission)),
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    nullable: false,
    description: 'The caller and its permissions.',
    resolve: (_root, _args, { lookupRequest }) => lookupRequest.caller,
  }),
);
