import { createNotes, Fields, isObject } from '../fields/read-fields.js';
import { recordId, text, words } from '../fields/value-kinds.js';
import { accountOf, companySlug, handle, personSlug } from '../fields/web-addresses.js';
import type { Read } from '../http/create-client.js';
import type { PersonCompany, PersonEmails, PersonRecord, PersonSocialMedia } from '../records.js';
import { readIndustries, readMainPhones } from './read-company.js';
import { readHistory } from './read-history.js';
import { phonesIn, toPhoneNumbers } from './read-phones.js';

/**
 * Reads a person from Apollo's JSON, where it is under `person`. A field of an unexpected type is null;
 * the result is null only without a usable id. Source: people/match in Apollo's OpenAPI document.
 */
export const readPerson = (body: unknown): Read<PersonRecord> | null => {
  const person = isObject(body) ? body['person'] : null;
  if (!isObject(person)) return null;
  const { unexpectedFields, note } = createNotes();
  const fields = new Fields(person, 'person', note);
  const id = fields.get(recordId, 'id');
  if (id === null) return null;
  const { present, education, others } = readHistory(fields, fields.get(text, 'organization_id'));
  const record: PersonRecord = {
    id,
    name: fields.get(text, 'name'),
    firstName: fields.get(text, 'first_name'),
    middleName: null,
    lastName: fields.get(text, 'last_name'),
    headline: fields.get(text, 'headline'),
    description: null,
    position: fields.get(text, 'title'),
    company: fields.object('organization', readEmployer),
    timeInCurrentRole: null,
    monthJoined: present?.month ?? null,
    yearJoined: present?.year ?? null,
    emails: readEmails(fields),
    phones: toPhoneNumbers(phonesIn(person, note)),
    linkedin: fields.get(personSlug, 'linkedin_url'),
    socialMedia: readSocialMedia(fields),
    locations: readPlace(fields),
    department: fields.list(text, 'departments')?.[0] ?? null,
    seniority: fields.get(text, 'seniority'),
    gender: null,
    skills: null,
    keywords: null,
    education,
    secondaryPositions: others,
  };
  return { record, unexpectedFields };
};

const readEmployer = (fields: Fields): PersonCompany => ({
  id: fields.get(text, 'id'),
  name: fields.get(text, 'name'),
  size: fields.get(text, 'estimated_num_employees'),
  website: fields.get(words, 'website_url'),
  industries: readIndustries(fields),
  linkedin: fields.get(companySlug, 'linkedin_url'),
  mainPhones: readMainPhones(fields),
  otherPhones: null,
  mobilePhones: null,
});

// The placeholder of an address that the plan does not include.
const lockedAddress = /^email_not_unlocked@/i;

const readEmails = (fields: Fields): PersonEmails => {
  const work = fields.get(words, 'email');
  const deliverability = fields.get(text, 'email_status');
  return {
    personal: (fields.list(words, 'personal_emails') ?? []).map((value) => ({ value, deliverability: null })),
    work: work === null || lockedAddress.test(work) ? [] : [{ value: work, deliverability }],
  };
};

const readSocialMedia = (fields: Fields): PersonSocialMedia => ({
  linkedin: accountOf(fields.get(personSlug, 'linkedin_url')),
  github: accountOf(fields.get(handle, 'github_url')),
  twitter: accountOf(fields.get(handle, 'twitter_url')),
  facebook: accountOf(fields.get(handle, 'facebook_url')),
  youtube: null,
  pinterest: null,
});

const readPlace = (fields: Fields): string[] | null => {
  const parts = ['city', 'state', 'country'].map((name) => fields.get(text, name));
  const place = parts.filter((part) => part !== null).join(', ');
  return place === '' ? null : [place];
};
