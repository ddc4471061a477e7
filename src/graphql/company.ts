import type { Answer as AnswerShape, FieldSource as FieldSourceShape } from '../enrichment/answer.js';
import type { CompanyKey as CompanyKeyShape } from '../enrichment/request.js';
import type { CompanyRecord } from '../providers/records.js';
import { Answer } from './answer.js';
import { AskOptions, readAskOptions } from './ask-options.js';
import { builder } from './builder.js';
import { CompanyIdentifiers, CompanySocialMedia, NamedText } from './company-details.js';
import { CompanyNextGen } from './company-next-gen.js';
import { FieldSource } from './field-source.js';
import { Node } from './node.js';

export type CompanyShape = CompanyRecord & { raw: () => unknown; sources: () => FieldSourceShape[] };

/** A record with the provider's own object and the sources of its fields beside it, as the API shows it. */
export const toCompany = (
  record: CompanyRecord,
  raw: () => unknown,
  sources: () => FieldSourceShape[],
): CompanyShape => ({ ...record, raw, sources });

export const Company = builder.objectRef<CompanyShape>('Company').implement({
  description: 'A company, as its provider knows it.',
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: "The provider's own id, such as f000000117274." }),
    name: t.exposeString('name', { description: 'Its name.' }),
    domain: t.exposeString('domain', { description: 'The domain name of its website: no scheme, no path.' }),
    website: t.exposeString('website', { description: 'The address of its website.' }),
    linkedin: t.exposeString('linkedin', { description: 'Its LinkedIn slug.' }),
    description: t.exposeString('description', { description: 'What it does, at length.' }),
    tagline: t.exposeString('tagline', { description: 'Its slogan.' }),
    employeeCount: t.exposeInt('employeeCount', { description: 'Employees in the country asked for.' }),
    yearFounded: t.exposeInt('yearFounded', { description: 'The year it was founded.' }),
    hqLocation: t.exposeString('hqLocation', { description: 'Where its headquarters are.' }),
    hqCountry: t.exposeString('hqCountry', { description: 'The country of its headquarters.' }),
    companySize: t.exposeString('companySize', { description: 'A size category, such as "51 - 200".' }),
    companyType: t.exposeString('companyType', { description: 'Private, public and so on.' }),
    abnOperationStatus: t.exposeString('abnOperationStatus', { description: 'Whether its ABN is active.' }),
    revenue: t.exposeString('revenue', { description: 'A revenue category, where known.' }),
    locations: t.exposeStringList('locations', { description: 'Where it has offices.' }),
    states: t.exposeStringList('states', { description: 'The states it is in.' }),
    industries: t.exposeStringList('industries', { description: 'Its industries.' }),
    keywords: t.exposeStringList('keywords', { description: 'Keywords about it.' }),
    phones: t.exposeStringList('phones', { description: 'Its phone numbers.' }),
    emails: t.exposeStringList('emails', { description: 'Its e-mail addresses.' }),
    identifiers: t.expose('identifiers', {
      type: CompanyIdentifiers,
      nullable: true,
      description:
        'Business registers and industry codes; which are present depends on the country asked for.',
    }),
    socialMedia: t.expose('socialMedia', {
      type: CompanySocialMedia,
      nullable: true,
      description: 'Its handles.',
    }),
    orgRegisters: t.field({
      type: [NamedText],
      description: 'Registers and groups it belongs to.',
      resolve: (one) => one.orgRegisters?.slice(),
    }),
    nextGen: t.expose('nextGen', {
      type: CompanyNextGen,
      nullable: true,
      description: 'Technographics, web traffic, reviews and social profiles.',
    }),
    sources: t.field({
      type: [FieldSource],
      nullable: false,
      description: 'Which provider each of the filled fields came from.',
      resolve: (one) => one.sources(),
    }),
    raw: t.field({
      type: 'JSON',
      description: 'The whole object of the provider that found it first, as it came.',
      resolve: (one) => one.raw(),
    }),
  }),
});

export const CompanyAnswer = builder.objectRef<AnswerShape<CompanyRecord>>('CompanyAnswer').implement({
  description: 'The end of one ask for a company.',
  interfaces: [Answer],
  fields: (t) => ({
    company: t.field({
      type: Company,
      description: 'The company; null unless the outcome is FOUND.',
      resolve: (answer) =>
        answer.record === null ? null : toCompany(answer.record, answer.raw, answer.sources),
    }),
  }),
});

builder.queryFields((t) => ({
  company: t.field({
    type: CompanyAnswer,
    nullable: false,
    description: 'Enriches one company. Costs credits the first time, nothing ever after.',
    args: {
      by: t.arg({ type: CompanyKey, required: true, description: 'Exactly one identifier.' }),
      options: t.arg({ type: AskOptions, description: 'How to ask.' }),
    },
    resolve: (_root, { by, options }, { app, asking }) => app.askCompany(asking, by, readAskOptions(options)),
  }),
  companies: t.field({
    type: [CompanyAnswer],
    nullable: false,
    description: 'Enriches up to 100 companies, answered in their order, each with its own outcome.',
    args: {
      by: t.arg({
        type: [CompanyKey],
        required: true,
        description: 'One identifier each; duplicates are one ask.',
      }),
      options: t.arg({ type: AskOptions, description: 'How to ask, for all of them.' }),
    },
    resolve: (_root, { by, options }, { app, asking }) =>
      app.askCompanies(asking, by, readAskOptions(options)),
  }),
}));

export const CompanyKey = builder.inputRef<CompanyKeyShape>('CompanyKey').implement({
  description: 'What a company is asked by: exactly one of these, in any usual spelling.',
  isOneOf: true,
  fields: (t) => ({
    id: t.id({ description: "The provider's own id, such as f000000117274." }),
    domain: t.string({ description: 'A domain name, such as firmable.com; an address will do.' }),
    website: t.string({ description: 'The address of its website.' }),
    linkedin: t.string({ description: 'Its LinkedIn address or slug.' }),
    abn: t.string({ description: 'Its Australian Business Number, with spaces or without.' }),
  }),
});
