import { GatewayError } from '../errors.js';
import { isConfined, unrestricted, type TokenLimits, type TokenScopes } from './scopes.js';

export const roles = ['ADMIN', 'MANAGER', 'INTEGRATION', 'MEMBER', 'VIEWER'] as const;
export type Role = (typeof roles)[number];

/** What a workspace may do, from least to most; set by the operator. */
export const plans = ['FREE', 'STARTER', 'EXPLORER', 'PRO'] as const;
export type Plan = (typeof plans)[number];

/** Who sends a request, as its token identifies them. */
export type Caller = {
  workspaceId: string;
  workspaceName: string;
  plan: Plan;
  tokenId: string;
  tokenName: string;
  role: Role;
  /** The workflow of lookups that name none. */
  workflow: string | null;
  scopes: TokenScopes;
  limits: TokenLimits;
  /** Where this request came from, for the audit log: an HTTP request, or a command of the operator. */
  from?: RequestOrigin | Operator;
};

/** Where an HTTP request came from. */
export type RequestOrigin = {
  remoteAddress: string | null;
  requestId: string | null;
  userAgent: string | null;
};

/** A command of the operator, such as `workspace create`; `start` for what the settings change at a start. */
export type Operator = { operator: string };

export const permissions = [
  'read',
  'enrich',
  'manageConnections',
  'manageTokens',
  'manageBudgets',
  'manageBalances',
  'manageAlerts',
  'manageWaterfalls',
  'importUnlocks',
  'forgetRecords',
  'resolveCharges',
  'readAuditLog',
  'saveViews',
  'manageViews',
] as const;
export type Permission = (typeof permissions)[number];

/** The roles that have each permission. Managing connections follows Firmable's own rule. */
const allowed: Record<Permission, readonly Role[]> = {
  read: roles,
  enrich: ['ADMIN', 'MANAGER', 'INTEGRATION', 'MEMBER'],
  manageConnections: ['ADMIN', 'MANAGER', 'INTEGRATION'],
  manageTokens: ['ADMIN'],
  manageBudgets: ['ADMIN'],
  manageBalances: ['ADMIN'],
  manageAlerts: ['ADMIN'],
  manageWaterfalls: ['ADMIN', 'MANAGER'],
  importUnlocks: ['ADMIN', 'MANAGER'],
  forgetRecords: ['ADMIN', 'MANAGER'],
  resolveCharges: ['ADMIN'],
  readAuditLog: ['ADMIN'],
  saveViews: ['ADMIN', 'MANAGER', 'INTEGRATION', 'MEMBER'],
  manageViews: ['ADMIN'],
};

const inWords: Record<Permission, string> = {
  read: 'read the data of the workspace',
  enrich: 'enrich records',
  manageConnections: 'manage connections',
  manageTokens: 'manage tokens',
  manageBudgets: 'manage budgets',
  manageBalances: 'manage balances',
  manageAlerts: 'manage alert destinations',
  manageWaterfalls: 'manage waterfalls',
  importUnlocks: 'declare unlocks',
  forgetRecords: 'erase records',
  resolveCharges: 'resolve presumed charges',
  readAuditLog: 'read the audit log',
  saveViews: 'save views',
  manageViews: 'replace or delete the views of other tokens',
};

/** Permissions whose operations apply the scopes of the token themselves. Others concern the whole workspace. */
const scoped: ReadonlySet<Permission> = new Set<Permission>(['enrich', 'manageConnections']);

/** Why the caller may not do this; null if it may. */
const refusalOf = (caller: Caller, permission: Permission): string | null => {
  const what = inWords[permission];
  if (!allowed[permission].includes(caller.role)) {
    return `A ${caller.role} token may not ${what}: use a token with the role ${allowed[permission].join(', ')}.`;
  }
  if (isConfined(caller.scopes) && !scoped.has(permission)) {
    return `The scope of this token allows a part of the workspace only, so it may not ${what}: use a token without scopes for operations, connections and workflows.`;
  }
  // A record that is declared as bought is fetched without credits, whatever the provider charges.
  const isLimited = !caller.scopes.spend || caller.limits.creditsPerDay !== null;
  return permission === 'importUnlocks' && isLimited
    ? `The spending of this token is limited, so it may not ${what}: use a token that may spend without a limit.`
    : null;
};

/** Whether the caller's role has the permission, and its scopes leave it. */
export const may = (caller: Caller, permission: Permission): boolean =>
  refusalOf(caller, permission) === null;

/** Throws FORBIDDEN unless the caller may. Every operation begins with it, or with `authorizeInScope`. */
export const authorize = (caller: Caller, permission: Permission): void => {
  const refusal = refusalOf(caller, permission);
  if (refusal !== null) throw new GatewayError('FORBIDDEN', refusal);
};

/** Throws FORBIDDEN unless the caller's role has the permission. The operation itself returns only what the scopes allow. */
export const authorizeInScope = (caller: Caller, permission: Permission): void =>
  authorize({ ...caller, ...unrestricted }, permission);

/** Whether the workspace's plan allows keys of its own. */
export const mayUseOwnKeys = (caller: Pick<Caller, 'plan'>): boolean => caller.plan !== 'FREE';

/** Throws PLAN_REQUIRED when the plan does not allow keys of its own, stored or sent with a request. */
export const requireByokPlan = (caller: Pick<Caller, 'plan'>): void => {
  if (mayUseOwnKeys(caller)) return;
  throw new GatewayError(
    'PLAN_REQUIRED',
    `The plan ${caller.plan} does not cover keys of your own, so only the operator's account pays: leave out the key, the connection and payer OWN, or have the operator of this gateway put the workspace on STARTER, EXPLORER or PRO.`,
  );
};
