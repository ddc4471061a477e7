import type { Provider as ProviderShape } from '../providers/provider.js';
import { builder } from './builder.js';
import { toInt } from './credits.js';
import { ProviderName } from './enums.js';

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
      description: 'What a company can be asked by: the fields of CompanyKey.',
      resolve: () => ['id', 'domain', 'website', 'linkedin', 'abn'],
    }),
    personIdentifiers: t.stringList({
      nullable: false,
      description: 'What a person can be asked by: the fields of PersonKey.',
      resolve: () => ['id', 'linkedin', 'workEmail', 'personalEmail'],
    }),
    creditsPerRecord: t.int({
      nullable: false,
      description:
        "Credits for a record's first retrieval. Misses, searches and records already bought cost nothing.",
      resolve: (provider) => toInt(provider.price),
    }),
    requestsPerSecond: t.exposeInt('requestsPerSecond', {
      nullable: false,
      description: 'How many requests it takes per key in any second; the gateway keeps to it.',
    }),
    keyHelp: t.exposeString('keyHelp', {
      nullable: false,
      description: 'Who may have a key, and where to get one.',
    }),
    sandboxKey: t.string({
      description: 'A key for trying things out with invented records; null where the sandbox is off.',
      resolve: (provider, _args, { app }) => (app.sandbox ? sandboxKeys[provider.name] : null),
    }),
  }),
});

const sandboxKeys = { FIRMABLE: 'fbl_sandbox_demo' } as const;

builder.queryField('providers', (t) =>
  t.field({
    type: [Provider],
    nullable: false,
    description: 'The catalogue: what each provider enriches, what it charges, how to get a key.',
    resolve: (_root, _args, { app }) => Object.values(app.providers),
  }),
);
