import { type Imported, importUnlocks } from '../enrichment/imports/import-unlocks.js';
import type { InvalidLine } from '../enrichment/imports/read-declaration.js';
import { GatewayError } from '../errors.js';
import { builder } from './builder.js';
import { Operation, toOperation } from './enums.js';
import { UserError } from './problem.js';
import { fromPublicId } from '../platform/public-ids.js';
import { type WithUserErrors, withUserErrors } from './user-errors.js';

const ImportUnlocksInput = builder.inputType('ImportUnlocksInput', {
  description: 'What was bought before the gateway existed. At most 10,000 lines.',
  fields: (t) => ({
    connection: t.id({ required: true, description: 'Whose account has bought it.' }),
    operation: t.field({ type: Operation, required: true, description: 'COMPANY or PERSON.' }),
    ids: t.idList({ description: "The provider's own ids: f… of companies, fp… of people." }),
    csv: t.string({
      description:
        'Instead of ids, a CSV file with a column of them (id, firmable_id, company_id, person_id …). Columns domain, website, linkedin, abn and email make the records known by those as well.',
    }),
  }),
});

const InvalidImport = builder.objectRef<InvalidLine>('InvalidImport').implement({
  description: 'A line that names no record, or a name in a line that could not be read.',
  fields: (t) => ({
    line: t.exposeInt('line', { nullable: false, description: 'Its place in the list or file, from 1.' }),
    value: t.exposeString('value', { nullable: false, description: 'What stands there, cut short.' }),
    reason: t.exposeString('reason', { nullable: false, description: 'What is wrong with it.' }),
  }),
});

const ImportUnlocksPayload = builder.objectRef<WithUserErrors<Imported>>('ImportUnlocksPayload').implement({
  description: 'What became of the lines: each was imported, known already, or invalid.',
  fields: (t) => ({
    imported: t.int({
      nullable: false,
      description: 'Records that are ours from now on.',
      resolve: ({ done }) => done?.imported ?? 0,
    }),
    alreadyKnown: t.int({
      nullable: false,
      description: 'Lines whose record was ours already, or stands in an earlier line.',
      resolve: ({ done }) => done?.alreadyKnown ?? 0,
    }),
    invalid: t.field({
      type: [InvalidImport],
      nullable: false,
      description: 'Lines that name no record; they keep the others from nothing.',
      resolve: ({ done }) => done?.invalid ?? [],
    }),
    unparsedIdentifiers: t.field({
      type: [InvalidImport],
      nullable: false,
      description:
        'Domains, LinkedIn pages, ABNs and e-mail addresses that could not be read, one of each kind a line; their records were declared without them.',
      resolve: ({ done }) => done?.unparsedIdentifiers ?? [],
    }),
    userErrors: t.expose('userErrors', {
      type: [UserError],
      nullable: false,
      description: 'Why nothing was imported; empty when all is well.',
    }),
  }),
});

builder.mutationField('importUnlocks', (t) =>
  t.field({
    type: ImportUnlocksPayload,
    nullable: false,
    description:
      'Declares what an account bought before the gateway existed: asked for from now on it is fetched for free, and its price counts as saved. Asks and spends nothing; may be repeated. Declare only what was bought: the provider charges for everything else, and does not say so. For ADMIN and MANAGER.',
    args: {
      input: t.arg({ type: ImportUnlocksInput, required: true, description: 'What was bought.' }),
    },
    resolve: (_root, { input }, { app, lookupRequest }) =>
      withUserErrors(() =>
        importUnlocks(app, lookupRequest.caller, {
          connectionId: fromPublicId('connection', input.connection),
          operation: recordKind(input.operation),
          ids: input.ids,
          csv: input.csv,
        }),
      ),
  }),
);

const recordKind = (operation: string): 'COMPANY' | 'PERSON' => {
  const kind = toOperation(operation);
  if (kind !== 'PEOPLE_SEARCH') return kind;
  throw new GatewayError(
    'INVALID_INPUT',
    'A search is never bought: declare companies (COMPANY) or people (PERSON).',
    {
      field: ['operation'],
    },
  );
};
