import { isProblemCode } from '../errors.js';
import { type Entry as EntryShape, getEntry, listEntries } from '../usage/entry.js';
import { builder } from './builder.js';
import { Connection } from './connection.js';
import { Job } from './job.js';
import { toInt } from './scalars.js';
import { EntryFilter, readEntryFilter } from './entry-filter.js';
import { Operation, PresumedCause, ProblemCode, ProviderName, toOperation, toProviderName } from './enums.js';
import { readArchivedBefore } from '../ledger/archived-entries.js';
import { readReport } from './context.js';
import { longListType, pageOfArguments, readLongList } from './list.js';
import { toPublicId } from '../access/public-ids.js';
import { Charge, Outcome, PayerKind, toPayerKind } from './receipt.js';
import { Token } from './token.js';

const EntryKind = builder.enumType('EntryKind', {
  description: 'The kind of a ledger entry.',
  values: {
    LOOKUP: { description: 'One step of a lookup.' },
    CORRECTION: { description: 'A correction of a presumed charge.' },
  },
});

export const Entry = builder.node(builder.objectRef<EntryShape>('Entry'), {
  description: 'An entry of the append-only ledger.',
  id: { description: 'Begins with ent_.', resolve: ({ id }) => id },
  loadOne: (id, { app, lookupRequest }) => getEntry(app, lookupRequest.caller, id),
  fields: (t) => ({
    lookupId: t.id({
      nullable: false,
      description:
        'The lookup that the step belongs to: the id of its receipt, which is the id of its first entry.',
      resolve: ({ lookupId }) => toPublicId('entry', lookupId),
    }),
    step: t.exposeInt('step', { nullable: false, description: 'The step of the lookup, from 1.' }),
    kind: t.expose('kind', { type: EntryKind, nullable: false, description: 'The kind of the entry.' }),
    occurredAt: t.expose('occurredAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When the lookup step began. A correction has the instant of the entry that it corrects.',
    }),
    recordedAt: t.expose('recordedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When the entry was written.',
    }),
    correctsEntryId: t.id({
      description: 'The entry that it corrects; null unless it is a correction.',
      resolve: ({ correctsEntryId }) =>
        correctsEntryId === null ? null : toPublicId('entry', correctsEntryId),
    }),
    operation: t.field({
      type: Operation,
      nullable: false,
      description: 'The operation.',
      resolve: ({ operation }) => toOperation(operation),
    }),
    outcome: t.expose('outcome', { type: Outcome, nullable: false, description: 'The outcome.' }),
    charge: t.expose('charge', { type: Charge, nullable: false, description: 'The charge.' }),
    creditsCharged: t.int({
      nullable: false,
      description: 'The credits charged.',
      resolve: ({ creditsCharged }) => toInt(creditsCharged),
    }),
    creditsSaved: t.int({
      nullable: false,
      description: 'The credits saved, because the account had unlocked the record.',
      resolve: ({ creditsSaved }) => toInt(creditsSaved),
    }),
    provider: t.field({
      type: ProviderName,
      description: 'The provider.',
      resolve: ({ provider }) => (provider === null ? null : toProviderName(provider)),
    }),
    connection: t.field({
      type: Connection,
      description: 'The connection that paid, even if deleted; null if no connection did.',
      resolve: ({ connectionId }, _args, { loaders }) => loaders.connection(connectionId),
    }),
    token: t.field({
      type: Token,
      description: 'The token of the request.',
      resolve: ({ tokenId }, _args, { loaders }) => loaders.token(tokenId),
    }),
    payer: t.field({
      type: PayerKind,
      description: 'The kind of payer.',
      resolve: ({ payer }) => (payer === null ? null : toPayerKind(payer)),
    }),
    workflow: t.exposeString('workflow', { description: 'The workflow.' }),
    sandbox: t.exposeBoolean('sandbox', {
      nullable: false,
      description: 'Whether it was a call of the sandbox.',
    }),
    job: t.field({
      type: Job,
      description: 'The job that made the lookup; null if no job did, or if it was deleted.',
      resolve: ({ jobId }, _args, { loaders }) => loaders.job(jobId),
    }),
    jobRow: t.exposeInt('jobRow', {
      description: 'The number of the row of the job, from 1; null if no job made the lookup.',
    }),
    fromSnapshot: t.exposeBoolean('fromSnapshot', {
      nullable: false,
      description: 'Whether a cached snapshot was served.',
    }),
    unlockId: t.id({
      description: 'The unlock that it created or used.',
      resolve: ({ unlockId }) => (unlockId === null ? null : toPublicId('unlock', unlockId)),
    }),
    recordName: t.string({
      description:
        'The name of the record, from its newest snapshot; null if there is no record, or no snapshot of it.',
      resolve: ({ unlockId }, _args, { loaders }) => loaders.recordName(unlockId),
    }),
    problem: t.field({
      type: ProblemCode,
      description: 'Why there is no record; null if there is one.',
      resolve: ({ problem }) => (problem !== null && isProblemCode(problem) ? problem : null),
    }),
    presumedCause: t.field({
      type: PresumedCause,
      description: 'Why the charge is presumed; null for other charges, and where an older release wrote it.',
      resolve: ({ presumedCause }) => presumedCause,
    }),
    decidedBy: t.field({
      type: Token,
      description:
        'The token that decided a presumed charge by this correction; null for other entries, and where the operator decided.',
      resolve: ({ decidedBy }, _args, { loaders }) => loaders.token(decidedBy),
    }),
    reason: t.exposeString('reason', { description: 'Why it was decided so; null for other entries.' }),
    latencyMs: t.exposeInt('latencyMs', {
      nullable: false,
      description: 'The duration in milliseconds.',
    }),
  }),
});

const EntryConnection = longListType('Entry', Entry, 'ledger entries');

builder.objectField(EntryConnection, 'archivedBefore', (t) =>
  t.field({
    type: 'DateTime',
    description:
      'The operator has archived entries of months before this instant. They are not in the list, and usage still counts them; null if all entries are here. A filter whose `from` is in an archived month fails with the code ARCHIVED.',
    resolve: (_list, _args, context) =>
      readReport(context, ({ database }) => readArchivedBefore(database.db, context.lookupRequest.caller)),
  }),
);

builder.queryField('entries', (t) =>
  t.field({
    type: EntryConnection,
    nullable: false,
    description: 'The entries of the ledger, newest first.',
    args: {
      first: t.arg.int({ defaultValue: 50, description: 'The page size, 1 to 100.' }),
      after: t.arg.string({ description: 'Returns the items after this cursor.' }),
      filter: t.arg({ type: EntryFilter, description: 'Selects entries.' }),
    },
    resolve: async (_root, args, context) => {
      const wanted = { ...pageOfArguments(args, 50), filter: readEntryFilter(args.filter) };
      return await readLongList(context, args.after, (deps, caller) => listEntries(deps, caller, wanted));
    },
  }),
);
