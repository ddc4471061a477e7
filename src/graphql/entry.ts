import { isProblemCode } from '../errors.js';
import { type Entry as EntryShape, listEntries } from '../usage/entry.js';
import { builder } from './builder.js';
import { Connection } from './connection.js';
import { toInt } from './credits.js';
import { EntryFilter, readEntryFilter } from './entry-filter.js';
import { Operation, ProblemCode, ProviderName, toOperation, toProviderName } from './enums.js';
import { listType, pageOfArguments, toList } from './list.js';
import { Node } from './node.js';
import { toPublicId } from '../platform/public-ids.js';
import { Charge, Outcome, PayerKind, toPayerKind } from './receipt.js';
import { Token } from './token.js';

const EntryKind = builder.enumType('EntryKind', {
  description: 'What an entry tells of.',
  values: {
    ASK: { description: 'One ask.' },
    CORRECTION: { description: 'What a presumed charge turned out to be; it refers to that entry.' },
  },
});

export const Entry = builder.objectRef<EntryShape>('Entry').implement({
  description: 'One row of the ledger, which is only ever added to.',
  interfaces: [Node],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Begins with ent_.',
      resolve: ({ id }) => toPublicId('entry', id),
    }),
    lookupId: t.id({
      nullable: false,
      description: "The ask that this is a step of: the receipt's id, which is that of its first entry.",
      resolve: ({ lookupId }) => toPublicId('entry', lookupId),
    }),
    step: t.exposeInt('step', { nullable: false, description: 'Which step of the ask, from 1.' }),
    kind: t.expose('kind', { type: EntryKind, nullable: false, description: 'What it tells of.' }),
    occurredAt: t.expose('at', {
      type: 'DateTime',
      nullable: false,
      description: 'When it was asked; decides its day and month.',
    }),
    recordedAt: t.expose('recordedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When it was written.',
    }),
    correctsEntryId: t.id({
      description: 'The entry that a correction corrects.',
      resolve: ({ correctsEntryId }) =>
        correctsEntryId === null ? null : toPublicId('entry', correctsEntryId),
    }),
    operation: t.field({
      type: Operation,
      nullable: false,
      description: 'What was asked.',
      resolve: ({ operation }) => toOperation(operation),
    }),
    outcome: t.expose('outcome', { type: Outcome, nullable: false, description: 'How it ended.' }),
    charge: t.expose('charge', { type: Charge, nullable: false, description: 'What it did to the account.' }),
    creditsCharged: t.int({
      nullable: false,
      description: 'Credits spent.',
      resolve: ({ creditsCharged }) => toInt(creditsCharged),
    }),
    creditsSaved: t.int({
      nullable: false,
      description: 'Credits it would have cost, had it not been ours already.',
      resolve: ({ creditsSaved }) => toInt(creditsSaved),
    }),
    provider: t.field({
      type: ProviderName,
      description: 'Who was asked, or would have been.',
      resolve: ({ provider }) => (provider === null ? null : toProviderName(provider)),
    }),
    connection: t.field({
      type: Connection,
      description: 'The connection that paid, also if it was deleted since.',
      resolve: ({ connectionId }, _args, { loaders }) => loaders.connection(connectionId),
    }),
    token: t.field({
      type: Token,
      description: 'The token it was asked with.',
      resolve: ({ tokenId }, _args, { loaders }) => loaders.token(tokenId),
    }),
    payer: t.field({
      type: PayerKind,
      description: 'Whose key paid.',
      resolve: ({ payer }) => (payer === null ? null : toPayerKind(payer)),
    }),
    workflow: t.exposeString('workflow', { description: 'The purpose, as the caller named it.' }),
    sandbox: t.exposeBoolean('sandbox', { nullable: false, description: 'Whether the sandbox answered.' }),
    fromSnapshot: t.exposeBoolean('fromSnapshot', {
      nullable: false,
      description: 'Whether our copy answered.',
    }),
    unlockId: t.id({
      description: 'The unlock it made or used.',
      resolve: ({ unlockId }) => (unlockId === null ? null : toPublicId('unlock', unlockId)),
    }),
    problem: t.field({
      type: ProblemCode,
      description: 'Why there was no record.',
      resolve: ({ problem }) => (problem !== null && isProblemCode(problem) ? problem : null),
    }),
    latencyMs: t.exposeInt('latencyMs', {
      nullable: false,
      description: 'How long it took, in milliseconds.',
    }),
  }),
});

const EntryConnection = listType('Entry', Entry, 'ledger entries');

builder.queryField('entries', (t) =>
  t.field({
    type: EntryConnection,
    nullable: false,
    description: 'The ledger, newest first.',
    args: {
      first: t.arg.int({ defaultValue: 50, description: 'How many, 1 to 100.' }),
      after: t.arg.string({ description: 'Only those after this cursor.' }),
      filter: t.arg({ type: EntryFilter, description: 'Which entries.' }),
    },
    resolve: async (_root, args, { app, lookupRequest }) =>
      toList(
        await listEntries(app, lookupRequest.caller, {
          ...pageOfArguments(args, 50),
          filter: readEntryFilter(args.filter),
        }),
        args.after,
      ),
  }),
);
