import type { LookupResult as ResultShape } from '../enrichment/lookup-result.js';
import type { PersonKey as PersonKeyShape } from '../enrichment/lookup-request.js';
import type { PersonRecord } from '../providers/records.js';
import { FieldSource, LookupResult, readSnapshot, recordOf, type RecordShape } from './lookup-result.js';
import { LookupOptions, readLookupOptions } from './lookup-options.js';
import { personLookupKey } from '../enrichment/identifiers/record-keys.js';
import { builder } from './builder.js';
import { withProviderId } from './record-id.js';
import {
  Education,
  PersonCompany,
  PersonEmails,
  PersonSocialMedia,
  PhoneNumber,
  SecondaryPosition,
} from './person-details.js';

export const Person = builder.node(builder.objectRef<RecordShape<PersonRecord>>('Person'), {
  description: 'A person, as their provider knows them.',
  id: {
    description:
      "Unique for each content, for caches. It begins with the provider's own id, see `recordId`. Fields that further providers filled in, make it another id.",
    resolve: ({ id }) => id,
  },
  loadOne: (id, context) =>
    readSnapshot(
      context,
      id,
      (value) => personLookupKey({ kind: 'id', value }),
      (provider, raw) => provider.readPerson(raw),
    ),
  fields: (t) => ({
    recordId: t.id({
      nullable: false,
      description: "The provider's own id, such as fp000000067890. The same for every content.",
      resolve: ({ record }) => record.id,
    }),
    name: t.string({ description: 'The full name.', resolve: ({ record }) => record.name }),
    firstName: t.string({ description: 'The first name.', resolve: ({ record }) => record.firstName }),
    middleName: t.string({ description: 'The middle name.', resolve: ({ record }) => record.middleName }),
    lastName: t.string({ description: 'The last name.', resolve: ({ record }) => record.lastName }),
    headline: t.string({
      description: 'A short professional headline.',
      resolve: ({ record }) => record.headline,
    }),
    description: t.string({
      description: 'More about the person.',
      resolve: ({ record }) => record.description,
    }),
    position: t.string({ description: 'The current position.', resolve: ({ record }) => record.position }),
    company: t.field({
      type: PersonCompany,
      nullable: true,
      description: 'The current employer.',
      resolve: ({ record }) => record.company,
    }),
    timeInCurrentRole: t.string({
      description: 'Such as "Jan \'23 - Present".',
      resolve: ({ record }) => record.timeInCurrentRole,
    }),
    monthJoined: t.int({
      description: 'The month of joining the current role, 1 to 12.',
      resolve: ({ record }) => record.monthJoined,
    }),
    yearJoined: t.int({
      description: 'The year of joining the current role.',
      resolve: ({ record }) => record.yearJoined,
    }),
    emails: t.field({
      type: PersonEmails,
      nullable: true,
      description: 'E-mail addresses.',
      resolve: ({ record }) => record.emails,
    }),
    phones: t.field({
      type: [PhoneNumber],
      nullable: false,
      description: 'Phone numbers, each with its Do Not Call status.',
      resolve: ({ record }) => record.phones,
    }),
    linkedin: t.string({ description: 'The LinkedIn handle.', resolve: ({ record }) => record.linkedin }),
    socialMedia: t.field({
      type: PersonSocialMedia,
      nullable: true,
      description: 'Social accounts.',
      resolve: ({ record }) => record.socialMedia,
    }),
    locations: t.stringList({
      description: 'Where the person is.',
      resolve: ({ record }) => record.locations,
    }),
    department: t.string({ description: 'The department.', resolve: ({ record }) => record.department }),
    seniority: t.string({
      description: 'The level of seniority.',
      resolve: ({ record }) => record.seniority,
    }),
    gender: t.string({ description: 'The gender, where known.', resolve: ({ record }) => record.gender }),
    skills: t.stringList({ description: 'Professional skills.', resolve: ({ record }) => record.skills }),
    keywords: t.stringList({
      description: 'Keywords about the person.',
      resolve: ({ record }) => record.keywords,
    }),
    education: t.field({
      type: [Education],
      description: 'Qualifications.',
      resolve: ({ record }) => record.education?.slice(),
    }),
    secondaryPositions: t.field({
      type: [SecondaryPosition],
      description: 'Further positions held.',
      resolve: ({ record }) => record.secondaryPositions?.slice(),
    }),
    sources: t.field({
      type: [FieldSource],
      nullable: false,
      description: 'The provider of each filled field.',
      resolve: ({ sources }) => sources(),
    }),
    raw: t.field({
      type: 'JSON',
      description:
        'The unmodified object of the provider that found the record first. Null, with an error at this field, if it is nested too deeply or has a number outside the range of a double.',
      resolve: ({ raw }) => raw(),
    }),
  }),
});

const PersonResult = builder.objectRef<ResultShape<PersonRecord>>('PersonResult').implement({
  description: 'The result of the lookup of a person.',
  interfaces: [LookupResult],
  fields: (t) => ({
    person: t.field({
      type: Person,
      description: 'The person; null unless a record was found.',
      resolve: recordOf,
    }),
  }),
});

builder.queryFields((t) => ({
  person: t.field({
    type: PersonResult,
    nullable: false,
    description: 'Looks up one person. At Firmable it costs a credit the first time and is free afterwards.',
    args: {
      by: t.arg({ type: PersonKey, required: true, description: 'Exactly one identifier.' }),
      options: t.arg({ type: LookupOptions, description: 'Options of the lookup.' }),
    },
    resolve: (_root, { by, options }, { app, lookupRequest }) =>
      app.lookUpPerson(lookupRequest, withProviderId(by), readLookupOptions(options)),
  }),
  people: t.field({
    type: [PersonResult],
    nullable: false,
    description:
      'Looks up at most 100 people. Results are in the order of the keys, each with its own outcome.',
    args: {
      by: t.arg({
        type: [PersonKey],
        required: true,
        description: 'One identifier for each. Duplicates are looked up once.',
      }),
      options: t.arg({ type: LookupOptions, description: 'Options for all lookups.' }),
    },
    resolve: (_root, { by, options }, { app, lookupRequest }) =>
      app.lookUpPeople(lookupRequest, by.map(withProviderId), readLookupOptions(options)),
  }),
}));

export const PersonKey = builder.inputRef<PersonKeyShape>('PersonKey').implement({
  description: 'The identifier of a person: exactly one of these fields, in any usual spelling.',
  isOneOf: true,
  fields: (t) => ({
    id: t.id({ description: "The provider's own id, such as fp000000067890." }),
    linkedin: t.string({
      description: 'Their LinkedIn address or handle. Member tokens (ACwAA…) are refused.',
    }),
    workEmail: t.string({ description: 'Their work e-mail address.' }),
    personalEmail: t.string({ description: 'Their personal e-mail address.' }),
  }),
});
