import type { Answer as AnswerShape, FieldSource as FieldSourceShape } from '../enrichment/answer.js';
import type { PersonKey as PersonKeyShape } from '../enrichment/request.js';
import type { PersonRecord } from '../providers/records.js';
import { Answer } from './answer.js';
import { AskOptions, readAskOptions } from './ask-options.js';
import { builder } from './builder.js';
import { FieldSource } from './field-source.js';
import { Node } from './node.js';
import {
  Education,
  PersonCompany,
  PersonEmails,
  PersonSocialMedia,
  PhoneNumber,
  SecondaryPosition,
} from './person-details.js';

export type PersonShape = PersonRecord & { raw: () => unknown; sources: () => FieldSourceShape[] };

/** A record with the provider's own object and the sources of its fields beside it, as the API shows it. */
export const toPerson = (
  record: PersonRecord,
  raw: () => unknown,
  sources: () => FieldSourceShape[],
): PersonShape => ({
  ...record,
  raw,
  sources,
});

export const Person = builder.objectRef<PersonShape>('Person').implement({
  description: 'A person, as their provider knows them.',
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: "The provider's own id, such as fp000000067890." }),
    name: t.exposeString('name', { description: 'The full name.' }),
    firstName: t.exposeString('firstName', { description: 'The first name.' }),
    middleName: t.exposeString('middleName', { description: 'The middle name.' }),
    lastName: t.exposeString('lastName', { description: 'The last name.' }),
    headline: t.exposeString('headline', { description: 'A short professional headline.' }),
    description: t.exposeString('description', { description: 'More about the person.' }),
    position: t.exposeString('position', { description: 'The current position.' }),
    company: t.expose('company', {
      type: PersonCompany,
      nullable: true,
      description: 'The current employer.',
    }),
    timeInCurrentRole: t.exposeString('timeInCurrentRole', { description: 'Such as "Jan \'23 - Present".' }),
    monthJoined: t.exposeInt('monthJoined', {
      description: 'The month of joining the current role, 1 to 12.',
    }),
    yearJoined: t.exposeInt('yearJoined', { description: 'The year of joining the current role.' }),
    emails: t.expose('emails', { type: PersonEmails, nullable: true, description: 'E-mail addresses.' }),
    phones: t.expose('phones', {
      type: [PhoneNumber],
      nullable: false,
      description: 'Phone numbers, each with its Do Not Call status.',
    }),
    linkedin: t.exposeString('linkedin', { description: 'The LinkedIn handle.' }),
    socialMedia: t.expose('socialMedia', {
      type: PersonSocialMedia,
      nullable: true,
      description: 'Social accounts.',
    }),
    locations: t.exposeStringList('locations', { description: 'Where the person is.' }),
    department: t.exposeString('department', { description: 'The department.' }),
    seniority: t.exposeString('seniority', { description: 'The level of seniority.' }),
    gender: t.exposeString('gender', { description: 'The gender, where known.' }),
    skills: t.exposeStringList('skills', { description: 'Professional skills.' }),
    keywords: t.exposeStringList('keywords', { description: 'Keywords about the person.' }),
    education: t.field({
      type: [Education],
      description: 'Qualifications.',
      resolve: (one) => one.education?.slice(),
    }),
    secondaryPositions: t.field({
      type: [SecondaryPosition],
      description: 'Further positions held.',
      resolve: (one) => one.secondaryPositions?.slice(),
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

export const PersonAnswer = builder.objectRef<AnswerShape<PersonRecord>>('PersonAnswer').implement({
  description: 'The end of one ask for a person.',
  interfaces: [Answer],
  fields: (t) => ({
    person: t.field({
      type: Person,
      description: 'The person; null unless the outcome is FOUND.',
      resolve: (answer) =>
        answer.record === null ? null : toPerson(answer.record, answer.raw, answer.sources),
    }),
  }),
});

builder.queryFields((t) => ({
  person: t.field({
    type: PersonAnswer,
    nullable: false,
    description: 'Enriches one person. Costs credits the first time, nothing ever after.',
    args: {
      by: t.arg({ type: PersonKey, required: true, description: 'Exactly one identifier.' }),
      options: t.arg({ type: AskOptions, description: 'How to ask.' }),
    },
    resolve: (_root, { by, options }, { app, asking }) => app.askPerson(asking, by, readAskOptions(options)),
  }),
  people: t.field({
    type: [PersonAnswer],
    nullable: false,
    description: 'Enriches up to 100 people, answered in their order, each with its own outcome.',
    args: {
      by: t.arg({
        type: [PersonKey],
        required: true,
        description: 'One identifier each; duplicates are one ask.',
      }),
      options: t.arg({ type: AskOptions, description: 'How to ask, for all of them.' }),
    },
    resolve: (_root, { by, options }, { app, asking }) => app.askPeople(asking, by, readAskOptions(options)),
  }),
}));

export const PersonKey = builder.inputRef<PersonKeyShape>('PersonKey').implement({
  description: 'What a person is asked by: exactly one of these, in any usual spelling.',
  isOneOf: true,
  fields: (t) => ({
    id: t.id({ description: "The provider's own id, such as fp000000067890." }),
    linkedin: t.string({ description: 'Their LinkedIn address or handle.' }),
    workEmail: t.string({ description: 'Their e-mail address at work.' }),
    personalEmail: t.string({ description: 'Their private e-mail address.' }),
  }),
});
