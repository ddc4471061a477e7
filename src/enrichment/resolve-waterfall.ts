import { requireConnectionInScope, requireLookupInScope } from '../access/scopes.js';
import { GatewayError } from '../errors.js';
import type { ProviderName } from '../providers/catalogue.js';
import { explainForeignFields } from '../providers/foreign-fields.js';
import { type Step, stepsMax } from '../waterfalls/step.js';
import type { EnrichmentDeps } from './deps.js';
import { type LookupOptions, type LookupRequest, workflowOf } from './lookup-request.js';
import type { RecordKind } from '../providers/provider.js';

/** A step with a known provider. */
export type ResolvedStep = Step & { provider: ProviderName };
export type Steps = readonly [ResolvedStep, ...ResolvedStep[]];

/**
 * The steps of a lookup: those in its options; else the stored waterfall it names; else the connection it names, alone;
 * else the workspace's default waterfall; else Firmable. Throws BAD_REQUEST for options that contradict each other,
 * NOT_FOUND for an unknown waterfall, FORBIDDEN for a lookup outside the scopes of the token, and LEDGER_UNAVAILABLE. If the
 * token's scope names connections, it is checked here that no step needs another payer, before anything is spent.
 */
export const resolveWaterfall = async (
  deps: Pick<EnrichmentDeps, 'waterfalls' | 'providerOfConnection' | 'resolveCredential'>,
  request: LookupRequest,
  options: LookupOptions,
  operation: RecordKind,
): Promise<Steps> => {
  const { caller } = request;
  requireLookupInScope(caller.scopes, { operation, workflow: workflowOf(request, options) });
  refuseContradictions(options);
  const steps = await stepsOf(deps, caller, options, operation);
  const foreign = explainForeignFields(
    operation,
    steps.flatMap(({ require }) => require),
  );
  if (foreign !== null) throw badRequest(foreign);
  const [first, ...others] = await Promise.all(
    steps.map(async (step): Promise<ResolvedStep> => {
      if (step.provider !== null) return { ...step, provider: step.provider };
      if (step.connectionId === null)
        throw badRequest('A waterfall step needs a provider, a connection, or both.');
      // An unknown connection has no provider; opening it reports the problem.
      const provider = await deps.providerOfConnection(caller, step.connectionId);
      return { ...step, provider: provider ?? 'FIRMABLE' };
    }),
  );
  if (first === undefined || others.length >= stepsMax)
    throw badRequest(`A waterfall has 1 to ${stepsMax} steps.`);
  const resolved: Steps = [first, ...others];
  if (caller.scopes.connections !== null) await requirePayersInScope(deps, request, options, resolved);
  return resolved;
};

/** Throws FORBIDDEN if a step needs a payer outside the scope. Any other problem of a payer is left to its step. */
const requirePayersInScope = async (
  { resolveCredential }: Pick<EnrichmentDeps, 'resolveCredential'>,
  { caller, callerKeys }: LookupRequest,
  { payer = null }: LookupOptions,
  steps: Steps,
): Promise<void> => {
  for (const { connectionId } of steps) {
    if (connectionId !== null) requireConnectionInScope(caller.scopes, connectionId);
  }
  await Promise.all(
    steps.map(({ provider, connectionId }) =>
      resolveCredential(caller, {
        provider,
        callerKey: callerKeys[provider] ?? null,
        connectionId,
        payer,
        peek: true,
      }).catch((error: unknown) => {
        if (!(error instanceof GatewayError) || error.code === 'FORBIDDEN') throw error;
      }),
    ),
  );
};

const stepsOf = async (
  { waterfalls }: Pick<EnrichmentDeps, 'waterfalls'>,
  caller: LookupRequest['caller'],
  { waterfall, waterfallName, connectionId }: LookupOptions,
  operation: RecordKind,
): Promise<readonly Step[]> => {
  if (waterfall != null) return waterfall;
  if (waterfallName != null) {
    const named = await waterfalls.byName(caller, waterfallName);
    if (named === null) throw noWaterfall();
    return named;
  }
  if (connectionId != null) return [{ provider: null, connectionId, require: [] }];
  const defaultSteps = await waterfalls.defaultFor(caller, operation === 'COMPANY' ? 'COMPANIES' : 'PEOPLE');
  return defaultSteps ?? [{ provider: 'FIRMABLE', connectionId: null, require: [] }];
};

const refuseContradictions = ({ waterfall, waterfallName, connectionId }: LookupOptions): void => {
  const given = [waterfall, waterfallName, connectionId].filter((one) => one != null);
  if (given.length > 1) {
    throw badRequest('Send only one of connection, waterfall and waterfallName.');
  }
};

const badRequest = (message: string): GatewayError => new GatewayError('BAD_REQUEST', message);

const noWaterfall = (): GatewayError =>
  new GatewayError(
    'NOT_FOUND',
    'This workspace has no waterfall with that name: list the waterfalls and use one of their names.',
    { field: ['options', 'waterfallName'] },
  );
