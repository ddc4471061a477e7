import { type Imported, importUnlocks } from '../enrichment/imports/import-unlocks.js';
import type { InvalidLine, ReadColumn } from '../enrichment/imports/read-declaration.js';
import { GatewayError } from '../errors.js';
import { fromPublicId } from '../access/public-ids.js';
import { companyLookupKey, personLookupKey } from '../enrichment/identifiers/record-keys.js';
import { type Forgotten, forgetRecord, type RecordName } from '../ledger/forget-record.js';
import { providerIdIn } from './record-id.js';
import { eraseStoredRecords } from '../idempotency/stored-response.js';
import { builder } from './builder.js';
import { Operation, toOperation } from './enums.js';
import { userErrorsField, type WithUserErrors, withUserErrors } from './problem.js';
import type { RecordKind } from '../providers/provider.js';

const InvalidImport = builder.objectRef<InvalidLine>('InvalidImport').implement({
  description: 'A line without a valid id, or an identifier that could not be read.',
  fields: (t) => ({
    line: t.exposeInt('line', { nullable: false, description: 'The line in the list or file, from 1.' }),
    value: t.exposeString('value', { nullable: false, description: 'The value, shortened.' }),
    reason: t.exposeString('reason', { nullable: false, description: 'Why it is invalid.' }),
  }),
});

const ImportColumnKind = builder.enumType('ImportColumnKind', {
  description: 'What a column of a CSV file holds.',
  values: {
    ID: { value: 'id', description: 'The id of the record.' },
    DOMAIN: { value: 'domain', description: 'Domains or websites.' },
    LINKEDIN: { value: 'linkedin', description: 'LinkedIn pages.' },
    ABN: { value: 'abn', description: 'Australian Business Numbers.' },
    EMAIL: { value: 'email', description: 'E-mail addresses.' },
  } satisfies Record<string, { value: ReadColumn['kind']; description: string }>,
});

const ImportColumn = builder.objectRef<ReadColumn>('ImportColumn').implement({
  description: 'A column of a CSV file that is read.',
  fields: (t) => ({
    number: t.exposeInt('number', { nullable: false, description: 'Its place in a line, from 1.' }),
    heading: t.exposeString('heading', {
      description: 'Its heading, shortened; null if the file has no headings.',
    }),
    kind: t.expose('kind', { type: ImportColumnKind, nullable: false, description: 'What it holds.' }),
  }),
});

const ImportUnlocksPayload = builder.objectRef<WithUserErrors<Imported>>('ImportUnlocksPayload').implement({
  description: 'The result of an import. Each line was imported, already known or invalid.',
  fields: (t) => ({
    imported: t.int({
      nullable: false,
      description:
        'The number of records that were imported. With `dryRun` the number of records in the list, unlocked before or not.',
      resolve: ({ done }) => done?.imported ?? 0,
    }),
    alreadyKnown: t.int({
      nullable: false,
      description: 'The number of lines whose record was unlocked before, or is on an earlier line.',
      resolve: ({ done }) => done?.alreadyKnown ?? 0,
    }),
    invalid: t.field({
      type: [InvalidImport],
      nullable: false,
      description: 'Lines without a valid id. The other lines are imported.',
      resolve: ({ done }) => done?.invalid ?? [],
    }),
    unparsedIdentifiers: t.field({
      type: [InvalidImport],
      nullable: false,
      description:
        'Domains, LinkedIn pages, ABNs and e-mail addresses that could not be read, one of each kind per line. Their records were imported without them.',
      resolve: ({ done }) => done?.unparsedIdentifiers ?? [],
    }),
    columns: t.field({
      type: [ImportColumn],
      nullable: false,
      description: 'The columns of the CSV file that are read. Others are not.',
      resolve: ({ done }) => done?.columns ?? [],
    }),
    userErrors: userErrorsField(t, 'Why nothing was imported; empty if it was.'),
  }),
});

builder.mutationField('importUnlocks', (t) =>
  t.fieldWithInput({
    type: ImportUnlocksPayload,
    nullable: false,
    description:
      'Declares what an account bought before the gateway existed. Lookups of these records are free, and their price counts as saved. Calls no provider, spends nothing and may be repeated. Declare only what was bought: the provider charges for everything else without reporting it. Requires the role ADMIN or MANAGER.',
    typeOptions: {
      description: 'Records that were bought before the gateway existed. At most 10,000 lines.',
    },
    argOptions: { description: 'The records.' },
    input: {
      connection: t.input.id({
        required: true,
        description: 'A connection of the account that bought them.',
      }),
      operation: t.input.field({ type: Operation, required: true, description: 'COMPANY or PERSON.' }),
      ids: t.input.idList({ description: "The provider's own ids: f… of companies, fp… of people." }),
      csv: t.input.string({
        description:
          'The text of a CSV file, instead of ids, with a column of ids (id, firmable_id, company_id, person_id …). Columns domain, website, linkedin, abn and email add identifiers.',
      }),
      dryRun: t.input.boolean({
        description:
          'true: reads the list, reports what is in it and which columns are read, and imports nothing.',
      }),
    },
    resolve: (_root, { input }, { app, lookupRequest }) =>
      withUserErrors(() =>
        importUnlocks(app, lookupRequest.caller, {
          connectionId: fromPublicId('connection', input.connection),
          operation: recordKind(input.operation),
          ids: input.ids,
          csv: input.csv,
          dryRun: input.dryRun,
        }),
      ),
  }),
);

const recordKind = (operation: string): RecordKind => {
  const kind = toOperation(operation);
  if (kind !== 'PEOPLE_SEARCH') return kind;
  throw new GatewayError(
    'INVALID_INPUT',
    'A search is never charged: declare companies (COMPANY) or people (PERSON).',
    {
      field: ['operation'],
    },
  );
};

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
    userErrors: userErrorsField(t, 'Why nothing was erased; empty if it was.'),
  }),
});

builder.mutationField('forgetRecord', (t) =>
  t.fieldWithInput({
    type: ForgetPayload,
    nullable: false,
    description:
      'Erases the stored data of a company or person: every snapshot and every identifier except its own id, in all accounts of the workspace, and the responses to lookups that are stored under an Idempotency-Key. Entries and unlocks stay, so the next lookup by id is free at Firmable. Requires the role ADMIN or MANAGER.',
    typeOptions: {
      description: 'The record whose data is to be erased.',
    },
    argOptions: { description: 'The record.' },
    input: {
      id: t.input.id({
        required: true,
        description:
          'The id of the record (f… or fp…, also as Company:f… or Person:fp…), or the id of one of its unlocks (unl_…).',
      }),
    },
    resolve: (_root, { input }, { app, lookupRequest }) =>
      withUserErrors(async () => {
        const forgotten = await forgetRecord(app, lookupRequest.caller, toRecordName(input.id));
        await eraseStoredRecords(app, lookupRequest.caller);
        return forgotten;
      }),
  }),
);

/** Ids of people begin with fp, those of companies with f; a type in front decides for any other form. */
const toRecordName = (written: string): RecordName => {
  const text = written.trim();
  if (text.startsWith('unl_')) return { unlockId: fromPublicId('unlock', text) };
  const [, type, own = ''] = /^(?:(Company|Person):)?(.*)$/s.exec(text) ?? [];
  const id = providerIdIn(own);
  const value = /^fp?\d+$/i.test(id) ? id.toLowerCase() : id;
  const isPerson = type === undefined ? value.startsWith('fp') : type === 'Person';
  return {
    recordKey: isPerson ? personLookupKey({ kind: 'id', value }) : companyLookupKey({ kind: 'id', value }),
  };
};
