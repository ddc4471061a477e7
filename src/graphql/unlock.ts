import { listUnlocks, type Unlock as UnlockShape } from '../usage/unlock.js';
import { builder } from './builder.js';
import { toInt } from './credits.js';
import { Operation, ProviderName, toOperation, toProviderName } from './enums.js';
import { listType, pageOfArguments, toList } from './list.js';
import { Node } from './node.js';
import { idOfFilter, toPublicId } from '../platform/public-ids.js';

const UnlockOrigin = builder.enumType('UnlockOrigin', {
  description: 'How the gateway came to know of an unlock.',
  values: {
    BOUGHT: { description: 'It was bought through the gateway.' },
    DECLARED: { description: 'Somebody declared that the account had bought it before.' },
  },
});

export const Unlock = builder.objectRef<UnlockShape>('Unlock').implement({
  description: 'The standing fact that an account has paid for a record: it is free for ever.',
  interfaces: [Node],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Begins with unl_.',
      resolve: ({ id }) => toPublicId('unlock', id),
    }),
    recordId: t.exposeID('recordId', {
      nullable: false,
      description: "The record's own id, for `company(by: {id})` or `person(by: {id})`.",
    }),
    operation: t.field({
      type: Operation,
      nullable: false,
      description: 'What kind of record it is.',
      resolve: ({ operation }) => toOperation(operation),
    }),
    provider: t.field({
      type: ProviderName,
      nullable: false,
      description: 'Whose record it is.',
      resolve: ({ provider }) => toProviderName(provider),
    }),
    accountId: t.exposeID('accountId', { nullable: false, description: "The provider's account that paid." }),
    sandbox: t.exposeBoolean('sandbox', { nullable: false, description: 'Whether it is an invented one.' }),
    creditsPaid: t.int({
      nullable: false,
      description: 'What it cost.',
      resolve: ({ price }) => toInt(price),
    }),
    identifiers: t.exposeStringList('aliases', {
      nullable: false,
      description: 'Every identifier it answers to, each as kind:value.',
    }),
    origin: t.expose('origin', {
      type: UnlockOrigin,
      nullable: false,
      description: 'How the gateway came to know of it.',
    }),
    entryId: t.id({
      description: 'The ledger entry that bought it; null for a declared one.',
      resolve: ({ entryId }) => (entryId === null ? null : toPublicId('entry', entryId)),
    }),
    unlockedAt: t.expose('unlockedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When it was bought, or declared.',
    }),
    fetchedAt: t.expose('fetchedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the newest copy was fetched; null where none is kept.',
    }),
  }),
});

const UnlockConnection = listType('Unlock', Unlock, 'unlocks');

const UnlockFilter = builder.inputType('UnlockFilter', {
  description: 'Which unlocks. What is left out does not narrow.',
  fields: (t) => ({
    from: t.field({ type: 'DateTime', description: 'Bought from this instant on.' }),
    to: t.field({ type: 'DateTime', description: 'Bought before this instant.' }),
    connection: t.id({ description: "Of this connection's account, whichever key bought them." }),
    provider: t.field({ type: ProviderName, description: 'Of this provider.' }),
    operation: t.field({ type: Operation, description: 'Of this kind.' }),
    sandbox: t.boolean({ description: 'Only invented ones, or only real ones.' }),
  }),
});

builder.queryField('unlocks', (t) =>
  t.field({
    type: UnlockConnection,
    nullable: false,
    description: 'The records that are ours, newest first.',
    args: {
      first: t.arg.int({ defaultValue: 50, description: 'How many, 1 to 100.' }),
      after: t.arg.string({ description: 'Only those after this cursor.' }),
      filter: t.arg({ type: UnlockFilter, description: 'Which unlocks.' }),
    },
    resolve: async (_root, args, { app, lookupRequest }) => {
      const { connection, ...filter } = args.filter ?? {};
      const wanted = { ...filter, connectionId: idOfFilter('connection', connection) };
      return toList(
        await listUnlocks(app, lookupRequest.caller, { ...pageOfArguments(args, 50), filter: wanted }),
        args.after,
      );
    },
  }),
);
