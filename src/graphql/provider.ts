import { authorize } from '../access/caller.js';
import type { Price as PriceShape } from '../providers/provider.js';
import type { Provider as ProviderShape } from '../providers/catalogue.js';
import { AccountHealth, readAccountHealth } from './account-health.js';
import { builder } from './builder.js';
import { toInt } from './credits.js';
import { ProviderName } from './enums.js';

const PriceKind = builder.enumType('PriceKind', {
  description: 'How a price comes about.',
  values: {
    FIXED: { description: 'Always the same.' },
    REPORTED: { description: 'What the provider says with its answer, which is what is booked.' },
    VARIABLE: { description: 'By what the answer holds.' },
  } satisfies Record<PriceShape['kind'], { description: string }>,
});

const Price = builder.objectRef<PriceShape>('Price').implement({
  description: "What a record costs when it is found, in its provider's credits; a miss costs nothing.",
  fields: (t) => ({
    kind: t.expose('kind', { type: PriceKind, nullable: false, description: 'How it comes about.' }),
    minCredits: t.int({
      nullable: false,
      description: 'The least that a record costs.',
      resolve: ({ minCredits }) => toInt(minCredits),
    }),
    maxCredits: t.int({
      nullable: false,
      description: 'The most, which is what is reserved.',
      resolve: ({ maxCredits }) => toInt(maxCredits),
    }),
  }),
});

export const Provider = builder.objectRef<ProviderShape>('Provider').implement({
  description: 'A source of records that a connection can be made to.',
  fields: (t) => ({
    name: t.expose('name', { type: ProviderName, nullable: false, description: 'As connections name it.' }),
    title: t.exposeString('title', { nullable: false, description: 'As people call it.' }),
    enriches: t.stringList({
      nullable: false,
      description: 'The kinds of record it answers with.',
      resolve: () => ['Company', 'Person'],
    }),
    companyIdentifiers: t.stringList({
      nullable: false,
      description: 'What a company can be asked by: fields of CompanyKey.',
      resolve: ({ company }) =>
        // A website's address is looked up by its domain.
        company.identifiers.flatMap((kind) => (kind === 'domain' ? ['domain', 'website'] : [kind])),
    }),
    personIdentifiers: t.stringList({
      nullable: false,
      description: 'What a person can be asked by: fields of PersonKey.',
      resolve: ({ person }) => person.identifiers.slice(),
    }),
    companyPrice: t.field({
      type: Price,
      nullable: false,
      description: 'What a company costs.',
      resolve: ({ company }) => company.price,
    }),
    personPrice: t.field({
      type: Price,
      nullable: false,
      description: 'What a person costs.',
      resolve: ({ person }) => person.price,
    }),
    refetchIsFree: t.exposeBoolean('refetchIsFree', {
      nullable: false,
      description:
        'Whether a record once bought is fetched again for nothing. Where not, its kept copy serves at any age, unless the ask says maxAge.',
    }),
    searchesPeople: t.boolean({
      nullable: false,
      description: 'Whether searchPeople can ask it.',
      resolve: ({ searchPeople }) => searchPeople !== null,
    }),
    managed: t.boolean({
      nullable: false,
      description: 'Whether the operator has a key for it, which pays where a workspace has none of its own.',
      resolve: ({ name }, _args, { app }) => app.managed[name] !== undefined,
    }),
    health: t.field({
      type: [AccountHealth],
      nullable: false,
      description: "The workspace's accounts there, up to 100, and whether they are asked at present.",
      resolve: ({ name }, _args, { app, lookupRequest }) =>
        readAccountHealth(app, lookupRequest.caller, name),
    }),
    requestsPerSecond: t.exposeInt('requestsPerSecond', {
      nullable: false,
      description:
        'How many requests it takes per key in any second; the gateway keeps to it. 0: no limit is known.',
    }),
    keyHelp: t.exposeString('keyHelp', {
      nullable: false,
      description: 'Who may have a key, and where to get one.',
    }),
    sandboxKey: t.string({
      description: 'A key for trying things out with invented records; null where the sandbox is off.',
      resolve: ({ sandboxKey }, _args, { app }) => (app.sandbox ? sandboxKey : null),
    }),
  }),
});

builder.queryField('providers', (t) =>
  t.field({
    type: [Provider],
    nullable: false,
    description: 'The catalogue: what each provider enriches, what it charges, how to get a key.',
    resolve: (_root, _args, { app, lookupRequest }) => {
      authorize(lookupRequest.caller, 'read');
      return Object.values(app.providers);
    },
  }),
);
