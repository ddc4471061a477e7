import { companyLookupKey, personLookupKey } from '../enrichment/identifiers/record-keys.js';
import { type Forgotten, forgetRecord, type RecordName } from '../ledger/forget-record.js';
import { builder } from './builder.js';
import { UserError } from './problem.js';
import { fromPublicId } from '../platform/public-ids.js';
import { type WithUserErrors, withUserErrors } from './user-errors.js';

const ForgetRecordInput = builder.inputType('ForgetRecordInput', {
  description: 'Whose data is to be erased.',
  fields: (t) => ({
    id: t.id({
      required: true,
      description:
        "The record's own id (f… or fp…, also as Company:f… or Person:fp…), or the id of an unlock of it (unl_…).",
    }),
  }),
});

const ForgetPayload = builder.objectRef<WithUserErrors<Forgotten>>('ForgetPayload').implement({
  description: 'What was erased.',
  fields: (t) => ({
    forgotten: t.int({
      nullable: false,
      description: 'Copies of the record and identifiers of it that were erased; 0 if none were left.',
      resolve: ({ done }) => done?.forgotten ?? 0,
    }),
    unlocks: t.int({
      nullable: false,
      description: 'The unlocks it has in this workspace, one for each account that bought it. They stay.',
      resolve: ({ done }) => done?.unlocks ?? 0,
    }),
    userErrors: t.expose('userErrors', {
      type: [UserError],
      nullable: false,
      description: 'Why nothing was erased; empty when all is well.',
    }),
  }),
});

builder.mutationField('forgetRecord', (t) =>
  t.field({
    type: ForgetPayload,
    nullable: false,
    description:
      'Erases what is kept of a company or person: every copy and every identifier but its own id, in all accounts of the workspace. Entries and unlocks stay, so asking for it again costs nothing. For ADMIN and MANAGER.',
    args: {
      input: t.arg({ type: ForgetRecordInput, required: true, description: 'Whose data.' }),
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
