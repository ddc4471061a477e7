import { companyLookupKey, personLookupKey } from '../enrichment/identifiers/record-keys.js';
import { type Forgotten, forgetRecord, type RecordName } from '../ledger/forget-record.js';
import { builder } from './builder.js';
import { UserError } from './problem.js';
import { fromPublicId } from '../platform/public-ids.js';
import { type WithUserErrors, withUserErrors } from './user-errors.js';

const ForgetRecordInput = builder.inputType('ForgetRecordInput', {
  description: 'The record whose data is to be erased.',
  fields: (t) => ({
    id: t.id({
      required: true,
      description:
        'The id of the record (f… or fp…, also as Company:f… or Person:fp…), or the id of one of its unlocks (unl_…).',
    }),
  }),
});

const ForgetPayload = builder.objectRef<WithUserErrors<Forgotten>>('ForgetPayload').implement({
  description: 'The result of erasing a record.',
  fields: (t) => ({
    forgotten: t.int({
      nullable: false,
      description: 'The number of erased snapshots and identifiers; 0 if there were none.',
      resolve: ({ done }) => done?.forgotten ?? 0,
    }),
    unlocks: t.int({
      nullable: false,
      description:
        'The number of its unlocks in this workspace, one for each account that bought it. They stay.',
      resolve: ({ done }) => done?.unlocks ?? 0,
    }),
    userErrors: t.expose('userErrors', {
      type: [UserError],
      nullable: false,
      description: 'Why nothing was erased; empty if it was.',
    }),
  }),
});

builder.mutationField('forgetRecord', (t) =>
  t.field({
    type: ForgetPayload,
    nullable: false,
    description:
      'Erases the stored data of a company or person: every snapshot and every identifier except its own id, in all accounts of the workspace. Entries and unlocks stay, so the next lookup by id is free at Firmable. Requires the role ADMIN or MANAGER.',
    args: {
      input: t.arg({ type: ForgetRecordInput, required: true, description: 'The record.' }),
    },
    resolve: (_root, { input }, { app, lookupRequest }) =>
      withUserErrors(() => forgetRecord(app, lookupRequest.caller, toRecordName(input.id))),
  }),
);

/** Ids of people begin with fp, those of companies with f; a type in front decides for any other form. */
const toRecordName = (written: string): RecordName => {
  const id = written.trim();
  if (id.startsWith('unl_')) return { unlockId: fromPublicId('unlock', id) };
  const [, type, own = ''] = /^(?:(Company|Person):)?(.*)$/s.exec(id) ?? [];
  const value = /^fp?\d+$/i.test(own) ? own.toLowerCase() : own;
  const isPerson = type === undefined ? value.startsWith('fp') : type === 'Person';
  return {
    recordKey: isPerson ? personLookupKey({ kind: 'id', value }) : companyLookupKey({ kind: 'id', value }),
  };
};
