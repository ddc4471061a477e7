import { parseLookupKey } from '../enrichment/identifiers/record-keys.js';
import { getUnlock, type KnownIdentifier, listUnlocks, type Unlock as UnlockShape } from '../usage/unlock.js';
import { builder } from './builder.js';
import { Connection } from './connection.js';
import { toInt } from './scalars.js';
import { IdentifierSource, Operation, ProviderName, toOperation, toProviderName } from './enums.js';
import { longListType, pageOfArguments, readLongList } from './list.js';
import { Snapshot } from './snapshot.js';
import { idOfFilter, toPublicId } from '../access/public-ids.js';

const UnlockOrigin = builder.enumType('UnlockOrigin', {
  description: 'The origin of an unlock.',
  values: {
    BOUGHT: { description: 'Bought through the gateway.' },
    DECLARED: { description: 'Declared by an import as bought before.' },
  },
});

const UnlockIdentifier = builder.objectRef<KnownIdentifier>('UnlockIdentifier').implement({
  description: 'An identifier of an unlocked record.',
  fields: (t) => ({
    kind: t.string({
      nullable: false,
      description: 'The field of `by` that takes it: id, domain, linkedin, abn, workEmail or personalEmail.',
      resolve: ({ lookupKey }) => parseLookupKey(lookupKey)?.identifier.kind ?? '',
    }),
    value: t.string({
      nullable: false,
      description: 'The normalized identifier.',
      resolve: ({ lookupKey }) => parseLookupKey(lookupKey)?.identifier.value ?? lookupKey,
    }),
    source: t.expose('source', {
      type: IdentifierSource,
      nullable: false,
      description: 'How it is known. Where several apply, the first of RESOLVED, DECLARED and REPORTED.',
    }),
  }),
});

export const Unlock = builder.node(builder.objectRef<UnlockShape>('Unlock'), {
  description: 'The fact that an account has paid for a record.',
  id: { description: 'Begins with unl_.', resolve: ({ id }) => id },
  loadOne: (id, { app, lookupRequest }) => getUnlock(app, lookupRequest.caller, id),
  fields: (t) => ({
    recordId: t.exposeID('recordId', {
      nullable: false,
      description: 'The id of the record, for `company(by: {id})` or `person(by: {id})`.',
    }),
    name: t.string({
      description: 'The name of the record, from its newest snapshot; null if there is none.',
      resolve: ({ id }, _args, { loaders }) => loaders.recordName(id),
    }),
    operation: t.field({
      type: Operation,
      nullable: false,
      description: 'The operation that returns the record.',
      resolve: ({ operation }) => toOperation(operation),
    }),
    provider: t.field({
      type: ProviderName,
      nullable: false,
      description: 'The provider of the record.',
      resolve: ({ provider }) => toProviderName(provider),
    }),
    accountId: t.exposeID('accountId', { nullable: false, description: 'The provider account that paid.' }),
    connections: t.field({
      type: [Connection],
      nullable: false,
      description:
        'The connections of that account, which fetch the record again. Deleted ones are left out.',
      resolve: async ({ accountId }, _args, { loaders }) => [
        ...((await loaders.accountConnections(accountId)) ?? []),
      ],
    }),
    sandbox: t.exposeBoolean('sandbox', {
      nullable: false,
      description: 'Whether it is a record of the sandbox.',
    }),
    creditsPaid: t.int({
      nullable: false,
      description: 'The credits charged.',
      resolve: ({ price }) => toInt(price),
    }),
    identifiers: t.expose('identifiers', {
      type: [UnlockIdentifier],
      nullable: false,
      description: 'Every identifier of the record, and how each is known.',
    }),
    origin: t.expose('origin', {
      type: UnlockOrigin,
      nullable: false,
      description: 'How the gateway came to know of it.',
    }),
    entryId: t.id({
      description: 'The ledger entry that bought it; null if it was declared.',
      resolve: ({ entryId }) => (entryId === null ? null : toPublicId('entry', entryId)),
    }),
    unlockedAt: t.expose('unlockedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When it was bought or declared.',
    }),
    fetchedAt: t.expose('fetchedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the newest snapshot was fetched; null if there is none.',
    }),
    snapshots: t.field({
      type: [Snapshot],
      nullable: false,
      description:
        'What is stored of the record, newest first: one snapshot for each country that it was looked up for.',
      resolve: async ({ id }, _args, { loaders }) => [...((await loaders.snapshots(id)) ?? [])],
    }),
  }),
});

const UnlockConnection = longListType('Unlock', Unlock, 'unlocks');

const UnlockFilter = builder.inputType('UnlockFilter', {
  description: 'Selects unlocks. Omitted fields select all.',
  fields: (t) => ({
    ids: t.idList({ description: 'Any of these unlocks, 1 to 100. Their ids begin with unl_.' }),
    from: t.field({ type: 'DateTime', description: 'Unlocked at or after this instant.' }),
    to: t.field({ type: 'DateTime', description: 'Unlocked before this instant.' }),
    connection: t.id({ description: 'Of the account of this connection, whichever key bought them.' }),
    provider: t.field({ type: ProviderName, description: 'Of this provider.' }),
    operation: t.field({ type: Operation, description: 'Of this operation.' }),
    sandbox: t.boolean({ description: 'true: sandbox records only. false: real records only.' }),
  }),
});

builder.queryField('unlocks', (t) =>
  t.field({
    type: UnlockConnection,
    nullable: false,
    description: 'The unlocked records, newest first.',
    args: {
      search: t.arg.string({
        description:
          'Finds records by an identifier in any usual spelling (domain, e-mail address, LinkedIn page, ABN, id of the record or the unlock), or by their name: each word is the beginning of a word of the name in a snapshot, whatever its case and accents. Blank selects all.',
      }),
      first: t.arg.int({ defaultValue: 50, description: 'The page size, 1 to 100.' }),
      after: t.arg.string({ description: 'Returns the items after this cursor.' }),
      filter: t.arg({ type: UnlockFilter, description: 'Selects unlocks.' }),
    },
    resolve: async (_root, args, context) => {
      const { connection, ids, ...given } = args.filter ?? {};
      const filter = {
        ...given,
        search: args.search,
        ids: ids?.map((id) => idOfFilter('unlock', id) ?? ''),
        connectionId: idOfFilter('connection', connection),
      };
      const wanted = { ...pageOfArguments(args, 50), filter };
      const isSearch = (args.search ?? '').trim() !== '';
      if (isSearch) await context.app.recordWords.catchUp();
      return await readLongList(
        context,
        args.after,
        (deps, caller) => listUnlocks(deps, caller, wanted),
        // What a search finds may have been written a moment ago.
        { primary: isSearch },
      );
    },
  }),
);
