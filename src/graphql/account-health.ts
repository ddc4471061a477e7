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
  description: 'Whether an account is asked.',
  values: {
    CLOSED: { description: 'It is asked.' },
    OPEN: { description: 'It failed too often in a row: for a while its steps are skipped at once.' },
    HALF_OPEN: { description: 'The while is over: one call at a time tries whether it answers again.' },
  } satisfies Record<State, { description: string }>,
});

export const AccountHealth = builder.objectRef<AccountHealthShape>('AccountHealth').implement({
  description: "How a provider's account has answered of late, as the instance that was asked knows it.",
  fields: (t) => ({
    connection: t.field({
      type: Connection,
      description: "The connection to it; null for the operator's account.",
      resolve: ({ connectionId }, _args, { loaders }) => loaders.connection(connectionId),
    }),
    payer: t.field({
      type: PayerKind,
      nullable: false,
      description: 'Whose account it is.',
      resolve: ({ payer }) => payer,
    }),
    state: t.expose('state', { type: BreakerState, nullable: false, description: 'Whether it is asked.' }),
    failures: t.exposeInt('failures', { nullable: false, description: 'Failures in a row.' }),
    since: t.expose('since', {
      type: 'DateTime',
      nullable: true,
      description: 'When it came to be so; null where it was never in trouble.',
    }),
    reason: t.field({
      type: ProblemCode,
      description: 'The last failure; null where there was none.',
      resolve: ({ reason }) => (reason !== null && isProblemCode(reason) ? reason : null),
    }),
    probeAt: t.expose('probeAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it is tried again; null while it is asked as ever.',
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
