import * as z from 'zod';
import { type Role, roles } from '../access/caller.js';
import { operations, type TokenLimits, type TokenScopes, unrestricted } from '../access/scopes.js';
import { bootstrapName } from '../access/token-secret.js';
import { GatewayError } from '../errors.js';
import { isId } from '../platform/ids.js';
import { label } from '../platform/parse-input.js';

type Given<Value> = Value | null | undefined;

/** Scopes as callers write them. What is left out stays as it is, in a new token all; null is all. */
export type ScopesInput = {
  operations?: Given<readonly (typeof operations)[number][]>;
  connections?: Given<readonly string[]>;
  workflows?: Given<readonly string[]>;
  spend?: Given<boolean>;
};

/** Limits as callers write them. What is left out stays as it is, in a new token without limit; null is no limit. */
export type LimitsInput = {
  requestsPerSecond?: Given<number>;
  lookupsPerDay?: Given<number>;
  creditsPerDay?: Given<number>;
};

const requestsMax = 1_000;
const intMax = 2 ** 31 - 1;
const namesMax = 100;

const listOf = <Item extends z.ZodType>(what: string, item: Item) => {
  const fault = `The ${what} of the scope are a list of 1 to ${namesMax}: leave it out, or send null, to allow all.`;
  return z
    .array(item, fault)
    .min(1, fault)
    .max(namesMax, fault)
    .transform((items) => [...new Set(items)]);
};

const limit = (what: string, max: number, remedy = 'leave it out for no limit.') => {
  const fault = `The ${what} must be a whole number from 1 to ${max}: choose another, or ${remedy}`;
  return z.int(fault).min(1, fault).max(max, fault);
};

const connectionFault = 'This is not a connection id: write con_ followed by a UUID.';

const scopesInput = z.object({
  operations: listOf(
    'operations',
    z.enum(operations, `An operation is one of ${operations.join(', ')}.`),
  ).nullish(),
  connections: listOf('connections', z.string().refine(isId, connectionFault).toLowerCase()).nullish(),
  workflows: listOf('workflows', label('workflow')).nullish(),
  spend: z.boolean().nullish(),
});

const limitsInput = z.object({
  requestsPerSecond: limit('requests a second', requestsMax).nullish(),
  lookupsPerDay: limit('lookups a day', intMax).nullish(),
  creditsPerDay: limit(
    'credits a day',
    intMax,
    'leave it out for no limit. To spend nothing, send spend: false in the scopes.',
  ).nullish(),
});

/** The fields that a new token and a changed one share. */
const shared = (now: Date) => ({
  expiresAt: z
    .date('The expiry must be an instant: write it as 2030-01-31T00:00:00Z.')
    .refine((at) => at > now, 'The expiry is in the past: choose a later one, or leave it out.')
    .nullish(),
  workflow: label('workflow').nullish(),
  scopes: scopesInput.nullish(),
  limits: limitsInput.nullish(),
});

const name = label('name').refine(
  (text) => text !== bootstrapName,
  'The name "bootstrap" is reserved for the token of GATEWAY_BOOTSTRAP_TOKEN: choose another.',
);

export const newTokenInput = (now: Date) =>
  z.object({
    ...shared(now),
    name,
    role: z.enum(roles, `The role must be one of ${roles.join(', ')}: choose one.`),
  });

export const changedTokenInput = (now: Date) =>
  z.object({ ...shared(now), name: name.optional(), id: z.string() });

type Restrictions = { scopes: TokenScopes; limits: TokenLimits };
type ParsedRestrictions = {
  scopes?: ScopesInput | null | undefined;
  limits?: LimitsInput | null | undefined;
};

/** The scopes and limits after a change. A field that is left out stays; null, also in place of all, removes. */
export const changeRestrictions = (
  before: Restrictions,
  { scopes, limits }: ParsedRestrictions,
): Restrictions => ({
  scopes: scopes === null ? unrestricted.scopes : changeScopes(before.scopes, scopes ?? {}),
  limits: limits === null ? unrestricted.limits : changeLimits(before.limits, limits ?? {}),
});

const changeScopes = (before: TokenScopes, given: ScopesInput): TokenScopes => ({
  operations: changed(before.operations, given.operations),
  connections: changed(before.connections, given.connections),
  workflows: changed(before.workflows, given.workflows),
  spend: changed(before.spend, given.spend) ?? true,
});

const changeLimits = (before: TokenLimits, given: LimitsInput): TokenLimits => ({
  requestsPerSecond: changed(before.requestsPerSecond, given.requestsPerSecond),
  lookupsPerDay: changed(before.lookupsPerDay, toBigint(given.lookupsPerDay)),
  creditsPerDay: changed(before.creditsPerDay, toBigint(given.creditsPerDay)),
});

const changed = <Value>(before: Value | null, given: Given<Value>): Value | null =>
  given === undefined ? before : given;

const toBigint = (value: Given<number>): Given<bigint> => (typeof value === 'number' ? BigInt(value) : value);

/**
 * Refuses scopes and limits that would not hold: an ADMIN token manages tokens, so it could remove its own, or create a
 * token without any. Also a default workflow outside the scope, under which every lookup would be refused. Throws
 * INVALID_INPUT.
 */
export const checkRestrictions = (
  { role, workflow }: { role: Role; workflow: string | null },
  { scopes, limits }: Restrictions,
): void => {
  if (role === 'ADMIN' && isScoped(scopes)) throw adminWith('scopes');
  if (role === 'ADMIN' && Object.values(limits).some((one) => one !== null)) throw adminWith('limits');
  if (workflow !== null && scopes.workflows?.includes(workflow) === false) {
    throw new GatewayError(
      'INVALID_INPUT',
      "The token's own workflow is not among the workflows of its scope: add it there, or choose one of them.",
      { field: ['workflow'] },
    );
  }
};

const isScoped = ({ spend, ...lists }: TokenScopes): boolean =>
  !spend || Object.values(lists).some((list) => list !== null);

const adminWith = (field: 'scopes' | 'limits'): GatewayError =>
  new GatewayError(
    'INVALID_INPUT',
    `An ADMIN token manages tokens, so it could remove its own ${field}: choose another role for a token with ${field}.`,
    { field: [field] },
  );

/** The columns of scopes and limits. */
export const columnsOf = ({ scopes, limits }: Restrictions) => ({
  scopeOperations: mutable(scopes.operations),
  scopeConnections: mutable(scopes.connections),
  scopeWorkflows: mutable(scopes.workflows),
  maySpend: scopes.spend,
  ...limits,
});

const mutable = (list: readonly string[] | null): string[] | null => (list === null ? null : [...list]);
