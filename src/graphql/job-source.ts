import type { Job } from '../jobs/job.js';
import { countries } from '../providers/provider.js';
import { type ColumnIdentifier, columnIdentifiers, type Upload } from '../uploads/upload.js';
import { type Step, stepsInput } from '../waterfalls/step.js';
import { builder } from './builder.js';
import { Connection } from './connection.js';
import { Country, known, PayerChoice } from './enums.js';
import { Department, Seniority, toDepartment, toSeniority } from './people-search.js';
import { SavedWaterfallStep } from './waterfall.js';

export const JobIdentifier = builder.enumType('JobIdentifier', {
  description: 'The identifier in a column of a list.',
  values: {
    ID: { description: "The provider's own id." },
    DOMAIN: { description: 'The domain name of a company.' },
    WEBSITE: { description: 'The address of the website of a company.' },
    LINKEDIN: { description: 'The LinkedIn page of a company or a person.' },
    ABN: { description: 'The Australian Business Number of a company.' },
    WORK_EMAIL: { description: 'The work e-mail address of a person.' },
    PERSONAL_EMAIL: { description: 'The personal e-mail address of a person.' },
  } satisfies Record<ColumnIdentifier, { description: string }>,
});

const toIdentifier = known('identifier', columnIdentifiers);
const toPayerChoice = known('payer', ['OWN', 'MANAGED', 'ANY'] as const);
const toCountry = known('country', countries);

type MappedColumn = { position: number; header: string; identifier: ColumnIdentifier };
export type JobSourceShape = { upload: Upload; mapping: Job['mapping'] };

const JobColumn = builder.objectRef<MappedColumn>('JobColumn').implement({
  description: 'A column of a list, and the identifier that it has.',
  fields: (t) => ({
    position: t.exposeInt('position', { nullable: false, description: 'Its position, from 1.' }),
    column: t.exposeString('header', { nullable: false, description: 'Its header.' }),
    identifier: t.expose('identifier', {
      type: JobIdentifier,
      nullable: false,
      description: 'The identifier.',
    }),
  }),
});

export const JobSource = builder.objectRef<JobSourceShape>('JobSource').implement({
  description: 'The list of a job.',
  fields: (t) => ({
    kind: t.string({
      nullable: false,
      description: 'CSV, XLSX, or LIST for identifiers that came with createJob.',
      resolve: ({ upload }) => upload.format,
    }),
    fileName: t.string({
      description: 'The name of the file; null if it has none.',
      resolve: ({ upload }) => upload.fileName,
    }),
    rows: t.int({
      nullable: false,
      description: 'The number of rows.',
      resolve: ({ upload }) => upload.rows,
    }),
    columns: t.stringList({
      nullable: false,
      description: 'The headers, in the order of the columns.',
      resolve: ({ upload }) => upload.columns,
    }),
    mapping: t.field({
      type: [JobColumn],
      nullable: false,
      description:
        'The columns that have identifiers, in order of preference: of each row the first valid one is used.',
      resolve: ({ upload, mapping }) =>
        mapping.map(({ column, identifier }) => ({
          position: column + 1,
          header: upload.columns[column] ?? '',
          identifier: toIdentifier(identifier),
        })),
    }),
  }),
});

export const JobSearch = builder.objectRef<NonNullable<Job['search']>>('JobSearch').implement({
  description: 'What a job of PEOPLE_SEARCH searches at each company.',
  fields: (t) => ({
    position: t.exposeString('position', { description: 'Words of the position; null for any.' }),
    seniority: t.field({
      type: Seniority,
      description: 'The level of seniority; null for any.',
      resolve: ({ seniority }) => (seniority === null ? null : toSeniority(seniority)),
    }),
    department: t.field({
      type: Department,
      description: 'The department; null for any.',
      resolve: ({ department }) => (department === null ? null : toDepartment(department)),
    }),
    size: t.exposeInt('size', { nullable: false, description: 'The most people of each company.' }),
  }),
});

export const JobOptions = builder.objectRef<Job['options']>('JobOptions').implement({
  description: 'The options of all lookups of a job.',
  fields: (t) => ({
    connection: t.field({
      type: Connection,
      description: 'The only connection to use; null if none was named.',
      resolve: ({ connectionId }, _args, { loaders }) => loaders.connection(connectionId ?? null),
    }),
    waterfall: t.field({
      type: [SavedWaterfallStep],
      description: 'The steps that were sent; null if none were.',
      resolve: ({ waterfall }): Step[] | null => (waterfall == null ? null : stepsInput.parse(waterfall)),
    }),
    waterfallName: t.exposeString('waterfallName', { description: 'The name of a saved waterfall.' }),
    payer: t.field({
      type: PayerChoice,
      description: 'Who may pay.',
      resolve: ({ payer }) => (payer == null ? null : toPayerChoice(payer)),
    }),
    country: t.field({
      type: Country,
      description: 'The country of regional figures.',
      resolve: ({ country }) => (country == null ? null : toCountry(country)),
    }),
    maxAge: t.field({
      type: 'Duration',
      description: 'The maximum age of a snapshot, in seconds.',
      resolve: ({ maxAgeSeconds }) => maxAgeSeconds,
    }),
    registrableDomainOnMiss: t.exposeBoolean('registrableDomainOnMiss', {
      description: 'Whether a subdomain that is not found is followed by its registrable domain.',
    }),
  }),
});
