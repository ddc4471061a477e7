import { authorizeInScope } from '../access/caller.js';
import type { Connection as ConnectionShape } from '../connections/connection.js';
import { knownManagedAccount } from '../connections/account-of-key.js';
import type { BreakerState as State, AccountHealth as HealthShape } from '../providers/circuits.js';
import { isProblemCode } from '../errors.js';
import type { Provider as ProviderShape } from '../providers/catalogue.js';
import type { Price as PriceShape } from '../providers/provider.js';
import { builder } from './builder.js';
import { Connection } from './connection.js';
import type { GatewayContext, SandboxExamples as ExamplesShape } from './context.js';
import { ProblemCode, ProviderName } from './enums.js';
import { PayerKind } from './receipt.js';
import { toInt } from './scalars.js';

type AccountHealthShape = HealthShape & {
  payer: 'CONNECTION' | 'MANAGED';
  connection: ConnectionShape | null;
};

const SandboxExamples = builder.objectRef<ExamplesShape>('SandboxExamples').implement({
  description: 'Invented records for a first lookup.',
  fields: (t) => ({
    domains: t.field({
      type: ['String'],
      nullable: false,
      description: 'The domains of three companies.',
      resolve: ({ domains }) => [...domains],
    }),
    workEmails: t.field({
      type: ['String'],
      nullable: false,
      description: 'The work e-mail addresses of three people.',
      resolve: ({ workEmails }) => [...workEmails],
    }),
  }),
});

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
    connection: t.expose('connection', {
      type: Connection,
      nullable: true,
      description: 'A connection to the account; null for the managed account.',
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
const readAccountHealth = async (
  { app, lookupRequest, loaders }: GatewayContext,
  provider: ProviderShape['name'],
): Promise<AccountHealthShape[]> => {
  const { workspaceId } = lookupRequest.caller;
  const connections = (await loaders.providerConnections(provider)) ?? [];
  const own = connections.map((connection) => ({
    ...app.breakers.healthOf(connection.accountId),
    payer: 'CONNECTION' as const,
    connection,
  }));
  const managed = app.managed[provider];
  if (managed === undefined) return own;
  const accountId = await knownManagedAccount(app, { workspaceId, provider, ...managed });
  // An account that was never used has never failed.
  const health = app.breakers.healthOf(accountId ?? '');
  return [...own, { ...health, payer: 'MANAGED', connection: null }];
};

const PriceKind = builder.enumType('PriceKind', {
  description: 'How a price is determined.',
  values: {
    FIXED: { description: 'A fixed price.' },
    REPORTED: { description: 'The provider reports the charge with its response.' },
    VARIABLE: { description: 'The price depends on the content of the response.' },
  } satisfies Record<PriceShape['kind'], { description: string }>,
});

const Price = builder.objectRef<PriceShape>('Price').implement({
  description: "The price of a found record, in the provider's credits. A lookup that finds nothing is free.",
  fields: (t) => ({
    kind: t.expose('kind', { type: PriceKind, nullable: false, description: 'How the price is determined.' }),
    minCredits: t.int({
      nullable: false,
      description: 'The minimum price of a record.',
      resolve: ({ minCredits }) => toInt(minCredits),
    }),
    maxCredits: t.int({
      nullable: false,
      description: 'The maximum price, which is reserved.',
      resolve: ({ maxCredits }) => toInt(maxCredits),
    }),
  }),
});

export const Provider = builder.objectRef<ProviderShape>('Provider').implement({
  description: 'A provider of records.',
  fields: (t) => ({
    name: t.expose('name', {
      type: ProviderName,
      nullable: false,
      description: 'The name of the provider in the API.',
    }),
    title: t.exposeString('title', { nullable: false, description: 'The display name.' }),
    enriches: t.stringList({
      nullable: false,
      description: 'The operations that the provider supports.',
      resolve: () => ['Company', 'Person'],
    }),
    companyIdentifiers: t.stringList({
      nullable: false,
      description: 'The fields of CompanyKey that the provider supports.',
      resolve: ({ company }) =>
        // A website's address is looked up by its domain.
        company.identifiers.flatMap((kind) => (kind === 'domain' ? ['domain', 'website'] : [kind])),
    }),
    personIdentifiers: t.stringList({
      nullable: false,
      description: 'The fields of PersonKey that the provider supports.',
      resolve: ({ person }) => person.identifiers.slice(),
    }),
    companyPrice: t.field({
      type: Price,
      nullable: false,
      description: 'The price of a company.',
      resolve: ({ company }) => company.price,
    }),
    personPrice: t.field({
      type: Price,
      nullable: false,
      description: 'The price of a person.',
      resolve: ({ person }) => person.price,
    }),
    refetchIsFree: t.exposeBoolean('refetchIsFree', {
      nullable: false,
      description:
        'Whether fetching an unlocked record again is free. If not, its snapshot is served at any age, unless the lookup sets maxAge.',
    }),
    searchesPeople: t.boolean({
      nullable: false,
      description: 'Whether searchPeople supports it.',
      resolve: ({ searchPeople }) => searchPeople !== null,
    }),
    managed: t.boolean({
      nullable: false,
      description: 'Whether the operator has a managed key for it.',
      resolve: ({ name }, _args, { app }) => app.managed[name] !== undefined,
    }),
    health: t.field({
      type: [AccountHealth],
      nullable: false,
      description: "The health of the workspace's accounts, up to 100.",
      resolve: ({ name }, _args, context) => readAccountHealth(context, name),
    }),
    requestsPerSecond: t.exposeInt('requestsPerSecond', {
      nullable: false,
      description: 'The requests per second that the gateway sends with one key. 0: no limit.',
    }),
    keyHelp: t.exposeString('keyHelp', {
      nullable: false,
      description: 'How to get a key, and what it needs.',
    }),
    sandboxKey: t.string({
      description: 'A sandbox key, for invented records; null if the sandbox is off.',
      resolve: ({ sandboxKey }, _args, { app }) => (app.sandbox ? sandboxKey : null),
    }),
    sandboxExamples: t.field({
      type: SandboxExamples,
      description: 'Invented records that its sandbox has; null if the sandbox is off.',
      resolve: ({ name }, _args, { app }) => (app.sandbox ? app.sandboxExamples[name] : null),
    }),
  }),
});

builder.queryField('providers', (t) =>
  t.field({
    type: [Provider],
    nullable: false,
    description: 'The providers: what they support, what they charge, how to get a key.',
    resolve: (_root, _args, { app, lookupRequest }) => {
      authorizeInScope(lookupRequest.caller, 'read');
      return Object.values(app.providers);
    },
  }),
);
