import { authorize } from '../access/caller.js';
import { idOfFilter, toPublicId } from '../access/public-ids.js';
import {
  listPresumedCharges,
  type PresumedCharge as ChargeShape,
  type PresumedChargeFilter as FilterShape,
  type ProviderSum,
  sumPresumedByProvider,
} from '../ledger/list-presumed-charges.js';
import { findProposed } from '../balances/propose-resolutions.js';
import { GatewayError } from '../errors.js';
import { getEntry } from '../usage/entry.js';
import { isInOrder, outOfOrder } from '../usage/period.js';
import { builder } from './builder.js';
import { Connection } from './connection.js';
import { Entry } from './entry.js';
import { Operation, PresumedCause, ProviderName, toOperation, toProviderName } from './enums.js';
import type { GatewayContext } from './context.js';
import { type ListShape, listType, pageOfArguments, toList } from './list.js';
import { PayerKind, toPayerKind } from './receipt.js';
import { ProposedResolution, ResolutionProposal } from './resolution-proposal.js';
import { toInt } from './scalars.js';
import { Token } from './token.js';

export const PresumedCharge = builder.objectRef<ChargeShape>('PresumedCharge').implement({
  description:
    'A charge that is counted, because the provider may have charged, and that nothing has proved yet.',
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'The id of its entry. Begins with ent_.',
      resolve: ({ id }) => toPublicId('entry', id),
    }),
    entry: t.field({
      type: Entry,
      description: 'The entry with the charge PRESUMED.',
      resolve: ({ id }, _args, { app, lookupRequest }) => getEntry(app, lookupRequest.caller, id),
    }),
    occurredAt: t.expose('occurredAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When the call began: the instant that decides its day, month and budget period.',
    }),
    presumedAt: t.expose('presumedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When the result was given up.',
    }),
    cause: t.expose('cause', { type: PresumedCause, nullable: false, description: 'The cause.' }),
    credits: t.int({
      nullable: false,
      description: 'The credits that are counted as charged.',
      resolve: ({ credits }) => toInt(credits),
    }),
    operation: t.field({
      type: Operation,
      nullable: false,
      description: 'The operation.',
      resolve: ({ operation }) => toOperation(operation),
    }),
    provider: t.field({
      type: ProviderName,
      description: 'The provider.',
      resolve: ({ provider }) => (provider === null ? null : toProviderName(provider)),
    }),
    connection: t.field({
      type: Connection,
      description: 'The connection that made the call, even if deleted; null if no connection did.',
      resolve: ({ connectionId }, _args, { loaders }) => loaders.connection(connectionId),
    }),
    payer: t.field({
      type: PayerKind,
      description: 'The kind of payer.',
      resolve: ({ payer }) => (payer === null ? null : toPayerKind(payer)),
    }),
    token: t.field({
      type: Token,
      description: 'The token of the request.',
      resolve: ({ tokenId }, _args, { loaders }) => loaders.token(tokenId),
    }),
    workflow: t.exposeString('workflow', { description: 'The workflow.' }),
    sandbox: t.exposeBoolean('sandbox', {
      nullable: false,
      description: 'Whether it was a call of the sandbox.',
    }),
    provenByLookup: t.exposeBoolean('provenByLookup', {
      nullable: false,
      description:
        'Whether another lookup of the same record proves the charge, at no cost. False for a provider that charges for every answer.',
    }),
    proposal: t.field({
      type: ResolutionProposal,
      description:
        'What the balance of the provider implies; null if the provider reports none. Nothing is resolved by it: see resolvePresumedCharges.',
      resolve: ({ id }, _args, { loaders }) => loaders.proposal(id),
    }),
  }),
});

const ProviderTotal = builder.objectRef<ProviderSum>('PresumedChargesOfProvider').implement({
  description: 'The presumed charges of one provider.',
  fields: (t) => ({
    provider: t.field({
      type: ProviderName,
      description: 'The provider.',
      resolve: ({ provider }) => (provider === 'none' ? null : toProviderName(provider)),
    }),
    count: t.exposeInt('count', { nullable: false, description: 'The number of charges.' }),
    credits: t.int({
      nullable: false,
      description: 'Their credits.',
      resolve: ({ credits }) => toInt(credits),
    }),
    oldestAt: t.expose('oldestAt', { type: 'DateTime', description: 'When the oldest call began.' }),
  }),
});

type ChargeList = ListShape<ChargeShape> & { byProvider: () => Promise<ProviderSum[]> };

const PresumedChargeConnection = listType<ChargeShape, ChargeList>(
  'PresumedCharge',
  PresumedCharge,
  'presumed charges',
  (t) => ({
    totalCredits: t.int({
      nullable: false,
      description: 'The credits of the presumed charges in all pages.',
      resolve: async ({ byProvider }) =>
        toInt((await byProvider()).reduce((sum, { credits }) => sum + credits, 0n)),
    }),
    byProvider: t.field({
      type: [ProviderTotal],
      nullable: false,
      description: 'The presumed charges in all pages, added up by provider.',
      resolve: ({ byProvider }) => byProvider(),
    }),
  }),
);

export const PresumedChargeFilter = builder.inputType('PresumedChargeFilter', {
  description: 'Selects presumed charges. Omitted fields select all.',
  fields: (t) => ({
    provider: t.field({ type: ProviderName, description: 'Of this provider.' }),
    connection: t.id({ description: 'Of calls with this connection.' }),
    cause: t.field({ type: PresumedCause, description: 'With this cause.' }),
    olderThan: t.field({ type: 'Duration', description: 'Of calls that began more than this long ago.' }),
    from: t.field({ type: 'DateTime', description: 'Of calls that began at or after this instant.' }),
    to: t.field({ type: 'DateTime', description: 'Of calls that began before this instant.' }),
    proposed: t.field({
      type: ProposedResolution,
      description: 'With this proposal, of the 10,000 oldest that the other fields select.',
    }),
  }),
});

type FilterInput = Omit<FilterShape, 'connectionId' | 'olderThanSeconds' | 'ids'> & {
  connection?: string | null | undefined;
  olderThan?: number | null | undefined;
  proposed?: 'CHARGED' | 'NOT_CHARGED' | null | undefined;
};

/** Maps a filter to that of the ledger. Throws BAD_REQUEST for a malformed id, and for a period that is out of order. */
export const readChargeFilter = async (
  { app, lookupRequest: { caller } }: Pick<GatewayContext, 'app' | 'lookupRequest'>,
  input: FilterInput | null | undefined,
): Promise<FilterShape> => {
  const { connection, olderThan, proposed, ...rest } = input ?? {};
  if (!isInOrder(rest)) throw new GatewayError('BAD_REQUEST', outOfOrder.error, { field: outOfOrder.path });
  const filter = { ...rest, connectionId: idOfFilter('connection', connection), olderThanSeconds: olderThan };
  if (proposed == null) return filter;
  authorize(caller, 'read');
  const charged = proposed === 'CHARGED';
  return { ...filter, ids: await findProposed(app, caller.workspaceId, { filter, charged }) };
};

builder.queryField('presumedCharges', (t) =>
  t.field({
    type: PresumedChargeConnection,
    nullable: false,
    description: 'The charges that are presumed and not resolved, oldest first.',
    args: {
      first: t.arg.int({ defaultValue: 50, description: 'The page size, 1 to 100.' }),
      after: t.arg.string({ description: 'Returns the items after this cursor.' }),
      filter: t.arg({ type: PresumedChargeFilter, description: 'Selects presumed charges.' }),
    },
    resolve: async (_root, args, context) => {
      const { app, lookupRequest } = context;
      const { caller } = lookupRequest;
      const filter = await readChargeFilter(context, args.filter);
      const listed = await listPresumedCharges(app, caller, { ...pageOfArguments(args, 50), filter });
      let sums: Promise<ProviderSum[]> | undefined;
      return {
        ...toList(listed, args.after),
        byProvider: () => {
          sums ??= sumPresumedByProvider(app.database.db, caller.workspaceId, filter);
          return sums;
        },
      };
    },
  }),
);
