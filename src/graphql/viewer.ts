import { may, type Caller, permissions, type Permission } from '../access/caller.js';
import { builder } from './builder.js';
import { Plan, Role } from './enums.js';
import { toPublicId } from '../platform/public-ids.js';

const Permissions = builder.enumType('Permission', {
  description: 'Something a role may do.',
  values: {
    READ: {
      value: 'read',
      description: 'Read connections, usage, entries, unlocks and records already bought.',
    },
    ENRICH: { value: 'enrich', description: 'Look up companies and people, get quotes, and search people.' },
    MANAGE_CONNECTIONS: { value: 'manageConnections', description: 'Create, change and delete connections.' },
    MANAGE_TOKENS: { value: 'manageTokens', description: 'Create, list and revoke tokens.' },
    MANAGE_BUDGETS: { value: 'manageBudgets', description: 'Set and delete budgets.' },
    MANAGE_BALANCES: { value: 'manageBalances', description: 'Declare plans and record balances.' },
    MANAGE_WATERFALLS: { value: 'manageWaterfalls', description: 'Save and delete waterfalls.' },
    IMPORT_UNLOCKS: {
      value: 'importUnlocks',
      description: 'Declare what was bought before the gateway existed.',
    },
    FORGET_RECORDS: { value: 'forgetRecords', description: "Erase a record's data." },
  } satisfies Record<string, { value: Permission; description: string }>,
});

const ViewerToken = builder.objectRef<Caller>('ViewerToken').implement({
  description: 'The token that this request was made with.',
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Begins with tok_.',
      resolve: (one) => toPublicId('token', one.tokenId),
    }),
    name: t.exposeString('tokenName', { nullable: false, description: 'As it was named when it was made.' }),
    role: t.expose('role', { type: Role, nullable: false, description: 'What it may do.' }),
    workflow: t.exposeString('workflow', { description: 'The workflow of asks that name none.' }),
  }),
});

const Workspace = builder.objectRef<Caller>('Workspace').implement({
  description: 'The tenant that owns connections, tokens and the ledger.',
  fields: (t) => ({
    id: t.exposeID('workspaceId', { nullable: false, description: 'A UUID.' }),
    name: t.exposeString('workspaceName', { nullable: false, description: 'As people call it.' }),
    plan: t.expose('plan', {
      type: Plan,
      nullable: false,
      description: 'What it may do, as its operator has set it.',
    }),
  }),
});

const Viewer = builder.objectRef<Caller>('Viewer').implement({
  description: 'Whoever is asking.',
  fields: (t) => ({
    token: t.field({
      type: ViewerToken,
      nullable: false,
      description: 'The token in use.',
      resolve: (one) => one,
    }),
    role: t.expose('role', { type: Role, nullable: false, description: "The token's role." }),
    workspace: t.field({
      type: Workspace,
      nullable: false,
      description: 'Where it belongs.',
      resolve: (one) => one,
    }),
    permissions: t.field({
      type: [Permissions],
      nullable: false,
      description: 'What the role may do.',
      resolve: (caller) => permissions.filter((permission) => may(caller, permission)),
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    nullable: false,
    description: 'Who is asking, and what they may do.',
    resolve: (_root, _args, { lookupRequest }) => lookupRequest.caller,
  }),
);
