import { GatewayError } from '../errors.js';

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
};

export const permissions = [
  'read',
  'enrich',
  'manageConnections',
  'manageTokens',
  'manageBudgets',
  'manageBalances',
  'manageWaterfalls',
  'importUnlocks',
  'forgetRecords',
  'resolveCharges',
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
  manageWaterfalls: ['ADMIN', 'MANAGER'],
  importUnlocks: ['ADMIN', 'MANAGER'],
  forgetRecords: ['ADMIN', 'MANAGER'],
  resolveCharges: ['ADMIN'],
};

const inWords: Record<Permission, string> = {
  read: 'read',
  enrich: 'enrich records',
  manageConnections: 'manage connections',
  manageTokens: 'manage tokens',
  manageBudgets: 'manage budgets',
  manageBalances: 'manage balances',
  manageWaterfalls: 'manage waterfalls',
  importUnlocks: 'declare unlocks',
  forgetRecords: 'erase records',
  resolveCharges: 'resolve presumed charges',
};

export const may = (caller: Caller, permission: Permission): boolean =>
  allowed[permission].includes(caller.role);

/** Throws FORBIDDEN unless the caller's role has the permission. Every operation begins with it. */
export const authorize = (caller: Caller, permission: Permission): void => {
  if (may(caller, permission)) return;
  throw new GatewayError(
    'FORBIDDEN',
    `A ${caller.role} token may not ${inWords[permission]}: use a token with the role ${allowed[permission].join(', ')}.`,
  );
};

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
