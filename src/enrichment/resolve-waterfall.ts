import { GatewayError } from '../errors.js';
import type { ProviderName } from '../providers/catalogue.js';
import { explainForeignFields } from '../providers/unexpected-fields.js';
import { type Step, stepsMax } from '../waterfalls/step.js';
import type { EnrichmentDeps } from './deps.js';
import type { LookupOptions, LookupRequest } from './lookup-request.js';

/** A step whose provider is known. */
export type ResolvedStep = Step & { provider: ProviderName };
export type Steps = readonly [ResolvedStep, ...ResolvedStep[]];

/**
 * The steps of an ask: those in its options; else of the stored waterfall it names; else the connection it names, alone;
 * else of the workspace's default waterfall; else Firmable. Throws BAD_REQUEST for options that contradict themselves,
 * NOT_FOUND for a waterfall that is not there, and LEDGER_UNAVAILABLE.
 */
export const resolveWaterfall = async (
  deps: Pick<EnrichmentDeps, 'waterfalls' | 'providerOfConnection'>,
  { caller }: LookupRequest,
  options: LookupOptions,
  operation: 'COMPANY' | 'PERSON',
): Promise<Steps> => {
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
        throw badRequest('A step of a waterfall names a provider, a connection, or both.');
      // Of a connection that is not there nobody knows the provider; whoever opens it says so.
      const provider = await deps.providerOfConnection(caller, step.connectionId);
      return { ...step, provider: provider ?? 'FIRMABLE' };
    }),
  );
  if (first === undefined || others.length >= stepsMax)
    throw badRequest(`A waterfall has 1 to ${stepsMax} steps.`);
  return [first, ...others];
};

const stepsOf = async (
  { waterfalls }: Pick<EnrichmentDeps, 'waterfalls'>,
  caller: LookupRequest['caller'],
  { waterfall, waterfallName, connectionId }: LookupOptions,
  operation: 'COMPANY' | 'PERSON',
): Promise<readonly Step[]> => {
  if (waterfall != null) return waterfall;
  if (waterfallName != null) {
    const named = await waterfalls.byName(caller, waterfallName);
    if (named === null) throw noWaterfall();
    return named;
  }
  if (connectionId != null) return [{ provider: null, connectionId, require: [] }];
  const standard = await waterfalls.defaultFor(caller, operation === 'COMPANY' ? 'COMPANIES' : 'PEOPLE');
  return standard ?? [{ provider: 'FIRMABLE', connectionId: null, require: [] }];
};

const refuseContradictions = ({ waterfall, waterfallName, connectionId }: LookupOptions): void => {
  const given = [waterfall, waterfallName, connectionId].filter((one) => one != null);
  if (given.length > 1) {
    throw badRequest('An ask names a connection, a waterfall or the name of one: leave out the others.');
  }
};

const badRequest = (message: string): GatewayError => new GatewayError('BAD_REQUEST', message);

const noWaterfall = (): GatewayError =>
  new GatewayError(
    'NOT_FOUND',
    'This workspace has no waterfall of that name: list the waterfalls and name one of them.',
    { field: ['options', 'waterfallName'] },
  );
