import { GatewayError } from '../errors.js';

/** What lookups do: the `operation` of their ledger entries. */
export const operations = ['COMPANY', 'PERSON', 'PEOPLE_SEARCH'] as const;
export type Operation = (typeof operations)[number];

/** What a token may do, within its role. Null allows everything; a list allows what it names. */
export type TokenScopes = {
  operations: readonly Operation[] | null;
  /** Ids of connections. They are the only payers: neither a key sent with a request nor the managed account is. */
  connections: readonly string[] | null;
  workflows: readonly string[] | null;
  /** False: lookups return what costs nothing, as with maxCredits 0. */
  spend: boolean;
};

/** What a token may use. Null is no limit. Days are UTC. */
export type TokenLimits = {
  requestsPerSecond: number | null;
  lookupsPerDay: bigint | null;
  creditsPerDay: bigint | null;
};

/** A caller without scopes and limits. */
export const unrestricted: { scopes: TokenScopes; limits: TokenLimits } = {
  scopes: { operations: null, connections: null, workflows: null, spend: true },
  limits: { requestsPerSecond: null, lookupsPerDay: null, creditsPerDay: null },
};

/** Whether a token is confined to a part of its workspace: then it sees and changes nothing that concerns the whole. */
export const isConfined = ({ operations, connections, workflows }: TokenScopes): boolean =>
  operations !== null || connections !== null || workflows !== null;

/**
 * Throws FORBIDDEN where scopes were narrowed since they were as in `earlier`: what was returned then may not be returned
 * again. `spend` does not count, because repeating a response spends nothing.
 */
export const requireNotNarrowed = (scopes: TokenScopes, earlier: TokenScopes): void => {
  const dimensions = ['operations', 'connections', 'workflows'] as const;
  const isNarrowed = dimensions.some((dimension) => {
    const allowed: readonly string[] | null = scopes[dimension];
    return allowed !== null && earlier[dimension]?.every((one) => allowed.includes(one)) !== true;
  });
  if (!isNarrowed) return;
  throw new GatewayError(
    'FORBIDDEN',
    'The scope of this token was narrowed after the first request under this Idempotency-Key, so its response is not returned again: send what the scope allows under a new key.',
  );
};

/** Throws FORBIDDEN unless the scopes allow a lookup of this kind under this workflow. */
export const requireLookupInScope = (
  scopes: TokenScopes,
  { operation, workflow }: { operation: Operation; workflow: string | null },
): void => {
  if (scopes.operations?.includes(operation) === false) {
    throw new GatewayError(
      'FORBIDDEN',
      `The scope of this token allows the operations ${scopes.operations.join(', ')}, and this is ${operation}: use another token, or have an ADMIN change the scope.`,
    );
  }
  if (scopes.workflows === null || (workflow !== null && scopes.workflows.includes(workflow))) return;
  const allowed = scopes.workflows.map((name) => `"${name}"`).join(', ');
  throw new GatewayError(
    'FORBIDDEN',
    `The scope of this token allows the workflows ${allowed}, and this lookup has ${workflow === null ? 'none' : 'another'}: send one of them as X-Workflow or in options.workflow.`,
  );
};

/** Whether the scopes allow the connection with this id, as the caller wrote it. */
export const isConnectionInScope = ({ connections }: TokenScopes, id: string): boolean =>
  connections === null || connections.includes(id.toLowerCase());

/**
 * Throws FORBIDDEN unless the scopes allow the connection; null stands for what concerns more than one. An id that the
 * workspace does not have is refused in the same way, so that the answer says nothing about it.
 */
export const requireConnectionInScope = (scopes: TokenScopes, id: string | null): void => {
  if (scopes.connections === null || (id !== null && isConnectionInScope(scopes, id))) return;
  throw new GatewayError(
    'FORBIDDEN',
    id === null
      ? 'The scope of this token names its connections, so it may neither create one nor change the default: use a token without this scope.'
      : 'The scope of this token does not include this connection: name one of its connections, or use another token.',
  );
};

/** The columns of a token's scopes and limits. */
export type RestrictionColumns = {
  scopeOperations: string[] | null;
  scopeConnections: string[] | null;
  scopeWorkflows: string[] | null;
  maySpend: boolean;
} & TokenLimits;

/** The scopes and limits in a token's row. An operation that this release does not know is left out. */
export const restrictionsOf = (row: RestrictionColumns): { scopes: TokenScopes; limits: TokenLimits } => ({
  scopes: {
    operations:
      row.scopeOperations === null ? null : operations.filter((one) => row.scopeOperations?.includes(one)),
    connections: row.scopeConnections,
    workflows: row.scopeWorkflows,
    spend: row.maySpend,
  },
  limits: {
    requestsPerSecond: row.requestsPerSecond,
    lookupsPerDay: row.lookupsPerDay,
    creditsPerDay: row.creditsPerDay,
  },
});
