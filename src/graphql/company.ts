import type { LookupResult as ResultShape } from '../enrichment/lookup-result.js';
import type { CompanyKey as CompanyKeyShape } from '../enrichment/lookup-request.js';
import type { CompanyRecord } from '../providers/records.js';
import { FieldSource, LookupResult, readSnapshot, recordOf, type RecordShape } from './lookup-result.js';
import { LookupOptions, readLookupOptions } from './lookup-options.js';
import { companyLookupKey } from '../enrichment/identifiers/record-keys.js';
import { builder } from './builder.js';
import { withProviderId } from './record-id.js';
import { CompanyIdentifiers, CompanySocialMedia, NamedText, CompanyNextGen } from './company-details.js';

export const Company = builder.node(builder.objectRef<RecordShape<CompanyRecord>>('Company'), {
  description: 'A company, as its provider knows it.',
  id: {
    description:
      "Unique for each content, for caches. It begins with the provider's own id, see `recordId`. Figures of another country, and fields that further providers filled in, make it another id.",
    resolve: ({ id }) => id,
  },
  loadOne: (id, context) =>
    readSnapshot(
      context,
      id,
      (value) => companyLookupKey({ kind: 'id', value }),
      (provider, raw) => provider.readCompany(raw),
    ),
  fields: (t) => ({
    recordId: t.id({
      nullable: false,
      description: "The provider's own id, such as f000000117274. The same for every content.",
      resolve: ({ record }) => record.id,
    }),
    name: t.string({ description: 'The name.', resolve: ({ record }) => record.name }),
    domain: t.string({
      description: 'The domain name of its website: no scheme, no path.',
      resolve: ({ record }) => record.domain,
    }),
    website: t.string({
      description: 'The address of its website.',
      resolve: ({ record }) => record.website,
    }),
    linkedin: t.string({ description: 'Its LinkedIn slug.', resolve: ({ record }) => record.linkedin }),
    description: t.string({
      description: 'What it does, at length.',
      resolve: ({ record }) => record.description,
    }),
    tagline: t.string({ description: 'Its slogan.', resolve: ({ record }) => record.tagline }),
    employeeCount: t.int({
      description: 'The number of employees in the requested country.',
      resolve: ({ record }) => record.employeeCount,
    }),
    yearFounded: t.int({
      description: 'The year it was founded.',
      resolve: ({ record }) => record.yearFounded,
    }),
    hqLocation: t.string({
      description: 'Where its headquarters are.',
      resolve: ({ record }) => record.hqLocation,
    }),
    hqCountry: t.string({
      description: 'The country of its headquarters.',
      resolve: ({ record }) => record.hqCountry,
    }),
    companySize: t.string({
      description: 'A size category, such as "51 - 200".',
      resolve: ({ record }) => record.companySize,
    }),
    companyType: t.string({
      description: 'Private, public and so on.',
      resolve: ({ record }) => record.companyType,
    }),
    abnOperationStatus: t.string({
      description: 'Whether its ABN is active.',
      resolve: ({ record }) => record.abnOperationStatus,
    }),
    revenue: t.string({
      description: 'A revenue category, where known.',
      resolve: ({ record }) => record.revenue,
    }),
    locations: t.stringList({
      description: 'Where it has offices.',
      resolve: ({ record }) => record.locations,
    }),
    states: t.stringList({ description: 'The states it is in.', resolve: ({ record }) => record.states }),
    industries: t.stringList({ description: 'Its industries.', resolve: ({ record }) => record.industries }),
    keywords: t.stringList({ description: 'Keywords about it.', resolve: ({ record }) => record.keywords }),
    phones: t.stringList({ description: 'Its phone numbers.', resolve: ({ record }) => record.phones }),
    emails: t.stringList({ description: 'Its e-mail addresses.', resolve: ({ record }) => record.emails }),
    identifiers: t.field({
      type: CompanyIdentifiers,
      nullable: true,
      description: 'Business registers and industry codes. They depend on the requested country.',
      resolve: ({ record }) => record.identifiers,
    }),
    socialMedia: t.field({
      type: CompanySocialMedia,
      nullable: true,
      description: 'Its handles.',
      resolve: ({ record }) => record.socialMedia,
    }),
    orgRegisters: t.field({
      type: [NamedText],
      description: 'Registers and groups it belongs to.',
      resolve: ({ record }) => record.orgRegisters?.slice(),
    }),
    nextGen: t.field({
      type: CompanyNextGen,
      nullable: true,
      description: 'Technographics, web traffic, reviews and social profiles.',
      resolve: ({ record }) => record.nextGen,
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

const CompanyResult = builder.objectRef<ResultShape<CompanyRecord>>('CompanyResult').implement({
  description: 'The result of the lookup of a company.',
  interfaces: [LookupResult],
  fields: (t) => ({
    company: t.field({
      type: Company,
      description: 'The company; null unless a record was found.',
      resolve: recordOf,
    }),
    suggestedDomain: t.exposeString('suggestedDomain', {
      description:
        'After a miss of a subdomain, its registrable domain, which may be a larger organization; null otherwise. Look it up, or send the option `registrableDomainOnMiss`.',
    }),
  }),
});

builder.queryFields((t) => ({
  company: t.field({
    type: CompanyResult,
    nullable: false,
    description: 'Looks up one company. At Firmable it costs a credit the first time and is free afterwards.',
    args: {
      by: t.arg({ type: CompanyKey, required: true, description: 'Exactly one identifier.' }),
      options: t.arg({ type: LookupOptions, description: 'Options of the lookup.' }),
    },
    resolve: (_root, { by, options }, { app, lookupRequest }) =>
      app.lookUpCompany(lookupRequest, withProviderId(by), readLookupOptions(options)),
  }),
  companies: t.field({
    type: [CompanyResult],
    nullable: false,
    description:
      'Looks up at most 100 companies. Results are in the order of the keys, each with its own outcome.',
    args: {
      by: t.arg({
        type: [CompanyKey],
        required: true,
        description: 'One identifier for each. Duplicates are looked up once.',
      }),
      options: t.arg({ type: LookupOptions, description: 'Options for all lookups.' }),
    },
    resolve: (_root, { by, options }, { app, lookupRequest }) =>
      app.lookUpCompanies(lookupRequest, by.map(withProviderId), readLookupOptions(options)),
  }),
}));

export const CompanyKey = builder.inputRef<CompanyKeyShape>('CompanyKey').implement({
  description:
    'The identifier of a company: exactly one of these fields, in any usual spelling. Text that names no company for certain returns INVALID_IDENTIFIER with the reason.',
  isOneOf: true,
  fields: (t) => ({
    id: t.id({ description: "The provider's own id, such as f000000117274." }),
    domain: t.string({
      description:
        "Its domain name, such as firmable.com, or a URL of its site. Generic subdomains (www, careers, about) are dropped. Public suffixes, e-mail providers and hosts of other people's pages are refused.",
    }),
    website: t.string({
      description:
        'The address of its website, read like `domain`. The address of its LinkedIn page is read as `linkedin`.',
    }),
    linkedin: t.string({ description: 'Its LinkedIn address, slug, number or URN.' }),
    abn: t.string({ description: 'Its Australian Business Number, in any spelling.' }),
  }),
});
