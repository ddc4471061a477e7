import type { Caller } from '../access/caller.js';
import { listConnections } from '../connections/read-connections.js';
import { knownManagedAccount } from '../connections/account-of-key.js';
import type { BreakerState as State, AccountHealth as HealthShape } from '../providers/circuit-breaker.js';
import { isProblemCode } from '../errors.js';
import { firstMax } from '../platform/page.js';
import type { ProviderName } from '../providers/catalogue.js';
import { builder } from './builder.js';
import { Connection } from './connection.js';
import type { GatewayApp } from './context.js';
import { ProblemCode } from './enums.js';
import { PayerKind } from './receipt.js';

type AccountHealthShape = HealthShape & { payer: 'CONNECTION' | 'MANAGED'; connectionId: string | null };

const BreakerState = builder.enumType('BreakerState', {
  description: "The state of an account's circuit breaker.",
  values: {
    CLOSED: { description: 'Calls are sent.' },
    OPEN: {
      description: 'Open: too many calls failed in a row, so steps that need this account are skipped.',
    },
    HALF_OPEN: { description: 'Half-open: one probe call at a time is allowed.' },
  } satisfies Record<State, { description: string }>,
});

export const AccountHealth = builder.objectRef<AccountHealthShape>('AccountHealth').implement({
  description: 'The recent health of a provider account, as known to the instance that serves the request.',
  fields: (t) => ({
    connection: t.field({
      type: Connection,
      description: 'A connection to the account; null for the managed account.',
      resolve: ({ connectionId }, _args, { loaders }) => loaders.connection(connectionId),
    }),
    payer: t.field({
      type: PayerKind,
      nullable: false,
      description: 'The kind of payer that uses the account.',
      resolve: ({ payer }) => payer,
    }),
    state: t.expose('state', {
      type: BreakerState,
      nullable: false,
      description: 'The state of the circuit breaker.',
    }),
    failures: t.exposeInt('failures', {
      nullable: false,
      description: 'The number of consecutive failures.',
    }),
    since: t.expose('since', {
      type: 'DateTime',
      nullable: true,
      description: 'When this state began; null if no call has failed.',
    }),
    reason: t.field({
      type: ProblemCode,
      description: 'The last failure; null if there was none.',
      resolve: ({ reason }) => (reason !== null && isProblemCode(reason) ? reason : null),
    }),
    probeAt: t.expose('probeAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the next probe call is allowed; null while the breaker is closed.',
    }),
  }),
});

/** The accounts that the caller's workspace has with a provider: its connections', up to 100, and the operator's. */
export const readAccountHealth = async (
  app: GatewayApp,
  caller: Caller,
  provider: ProviderName,
): Promise<AccountHealthShape[]> => {
  const { items } = await listConnections(app, caller, { first: firstMax, after: null, provider });
  const own = items.map(({ id, accountId }) => ({
    ...app.breakers.healthOf(accountId),
    payer: 'CONNECTION' as const,
    connectionId: id,
  }));
  const managed = app.managed[provider];
  if (managed === undefined) return own;
  const { workspaceId } = caller;
  const accountId = await knownManagedAccount(app, { workspaceId, provider, ...managed });
  // One that was never used has never failed.
  const health = app.breakers.healthOf(accountId ?? '');
  return [...own, { ...health, payer: 'MANAGED', connectionId: null }];
};
