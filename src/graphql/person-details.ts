import type * as Records from '../providers/records.js';
import { builder } from './builder.js';

const EmailAddress = builder.objectRef<Records.EmailAddress>('EmailAddress').implement({
  description: 'An e-mail address.',
  fields: (t) => ({
    value: t.exposeString('value', { nullable: false, description: 'The address.' }),
    deliverability: t.exposeString('deliverability', { description: 'Whether mail is likely to arrive.' }),
  }),
});

export const PersonEmails = builder.objectRef<Records.PersonEmails>('PersonEmails').implement({
  description: "A person's e-mail addresses.",
  fields: (t) => ({
    personal: t.expose('personal', {
      type: [EmailAddress],
      nullable: false,
      description: 'Personal addresses.',
    }),
    work: t.expose('work', { type: [EmailAddress], nullable: false, description: 'Work addresses.' }),
  }),
});

export const PhoneNumber = builder.objectRef<Records.PhoneNumber>('PhoneNumber').implement({
  description: 'A phone number.',
  fields: (t) => ({
    number: t.exposeString('number', {
      nullable: false,
      description: 'The number, as the provider returns it.',
    }),
    isDoNotCall: t.exposeBoolean('isDoNotCall', {
      description:
        'Whether the number is in the Australian Do Not Call Register. null means unknown, not "may be called".',
    }),
  }),
});

export const PersonCompany = builder.objectRef<Records.PersonCompany>('PersonCompany').implement({
  description: "The employer, as the person's record has it.",
  fields: (t) => ({
    id: t.exposeString('id', { description: "The provider's id, for `company(by: {id})`." }),
    name: t.exposeString('name', { description: 'The name.' }),
    size: t.exposeString('size', { description: 'Its size category.' }),
    website: t.exposeString('website', { description: 'The address of its website.' }),
    industries: t.exposeStringList('industries', { description: 'Its industries.' }),
    linkedin: t.exposeString('linkedin', { description: 'Its LinkedIn slug.' }),
    mainPhones: t.exposeStringList('mainPhones', { description: 'Its main phone numbers.' }),
    otherPhones: t.exposeStringList('otherPhones', { description: 'Its other phone numbers.' }),
    mobilePhones: t.exposeStringList('mobilePhones', { description: 'Its mobile phone numbers.' }),
  }),
});

const PersonSocialAccount = builder.objectRef<Records.PersonSocialAccount>('PersonSocialAccount').implement({
  description: 'An account on a social medium, with its figures.',
  fields: (t) => ({
    handle: t.exposeString('handle', { description: 'Its handle.' }),
    connections: t.exposeFloat('connections', { description: 'How many it is connected to.' }),
    followers: t.exposeFloat('followers', { description: 'How many follow it.' }),
    stars: t.exposeFloat('stars', { description: 'How many stars it has.' }),
  }),
});

export const PersonSocialMedia = builder.objectRef<Records.PersonSocialMedia>('PersonSocialMedia').implement({
  description: "A person's accounts on social media.",
  fields: (t) => ({
    linkedin: t.expose('linkedin', {
      type: PersonSocialAccount,
      nullable: true,
      description: 'On LinkedIn.',
    }),
    github: t.expose('github', { type: PersonSocialAccount, nullable: true, description: 'On GitHub.' }),
    twitter: t.expose('twitter', { type: PersonSocialAccount, nullable: true, description: 'On Twitter.' }),
    facebook: t.expose('facebook', {
      type: PersonSocialAccount,
      nullable: true,
      description: 'On Facebook.',
    }),
    youtube: t.expose('youtube', { type: PersonSocialAccount, nullable: true, description: 'On YouTube.' }),
    pinterest: t.expose('pinterest', {
      type: PersonSocialAccount,
      nullable: true,
      description: 'On Pinterest.',
    }),
  }),
});

export const Education = builder.objectRef<Records.Education>('Education').implement({
  description: 'A qualification.',
  fields: (t) => ({
    field: t.exposeString('field', { description: 'The field of study.' }),
    degree: t.exposeString('degree', { description: 'The degree.' }),
    dateRange: t.exposeString('dateRange', { description: 'From when to when.' }),
    schoolName: t.exposeString('schoolName', { description: 'The name of the school.' }),
  }),
});

export const SecondaryPosition = builder.objectRef<Records.SecondaryPosition>('SecondaryPosition').implement({
  description: 'A further position held.',
  fields: (t) => ({
    companyId: t.exposeString('companyId', { description: "The company's id at the provider." }),
    companyName: t.exposeString('companyName', { description: 'The name.' }),
    companySize: t.exposeString('companySize', { description: 'Its size category.' }),
    companyWebsite: t.exposeString('companyWebsite', { description: 'The address of its website.' }),
    companyLinkedin: t.exposeString('companyLinkedin', { description: 'Its LinkedIn slug.' }),
    companyIndustry: t.exposeString('companyIndustry', { description: 'Its main industry.' }),
    cleanedPosition: t.exposeString('cleanedPosition', { description: 'The job title, standardised.' }),
    monthJoined: t.exposeInt('monthJoined', { description: 'The month of joining, 1 to 12.' }),
    yearJoined: t.exposeInt('yearJoined', { description: 'The year of joining.' }),
    timeInCurrentRole: t.exposeString('timeInCurrentRole', { description: 'Such as "Nov \'22 - Present".' }),
    seniority: t.exposeString('seniority', { description: 'The level of seniority.' }),
    department: t.exposeString('department', { description: 'The department.' }),
  }),
});
