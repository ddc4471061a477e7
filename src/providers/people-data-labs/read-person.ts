import { yearMonth } from '../fields/dates.js';
import { createNotes, Fields, isObject } from '../fields/read-fields.js';
import { recordId, text, words } from '../fields/value-kinds.js';
import { accountOf, companySlug, personSlug } from '../fields/web-addresses.js';
import type { Read } from '../http/create-client.js';
import type { PersonCompany, PersonRecord, PersonSocialMedia, PhoneNumber } from '../records.js';
import { readEducation, readOtherPositions } from './read-history.js';

/**
 * Reads a person from People Data Labs' JSON, where it is under `data` beside `likelihood`. A field of an
 * unexpected type is null (fields beyond a plan are `true` instead of a value); the result is null only without
 * a usable id. `work_email` is the current address; the list `emails` also has those of former employers and is only in
 * the raw object. Source: the schema `Person` of its OpenAPI document.
 */
export const readPerson = (body: unknown): Read<PersonRecord> | null => {
  const data = isObject(body) ? body['data'] : null;
  if (!isObject(data)) return null;
  const { unexpectedFields, note } = createNotes();
  const fields = new Fields(data, '', note);
  const id = fields.get(recordId, 'id');
  if (id === null) return null;
  const started = fields.get(yearMonth, 'job_start_date');
  const place = fields.get(text, 'location_name');
  const workEmail = fields.get(words, 'work_email');
  const record: PersonRecord = {
    id,
    name: fields.get(text, 'full_name'),
    firstName: fields.get(text, 'first_name'),
    middleName: fields.get(text, 'middle_name'),
    lastName: fields.get(text, 'last_name'),
    headline: fields.get(text, 'headline'),
    description: fields.get(text, 'summary'),
    position: fields.get(text, 'job_title'),
    company: readCompanyOf(fields),
    timeInCurrentRole: null,
    monthJoined: started?.month ?? null,
    yearJoined: started?.year ?? null,
    emails: {
      personal: (fields.list(words, 'personal_emails') ?? []).map(toAddress),
      work: workEmail === null ? [] : [toAddress(workEmail)],
    },
    phones: readPhones(fields),
    linkedin: readLinkedin(fields),
    socialMedia: readSocialMedia(fields),
    locations: place === null ? null : [place],
    department: fields.get(text, 'job_title_role'),
    // Text by the documented type, a list by its description and in responses.
    seniority: Array.isArray(data['job_title_levels'])
      ? (fields.list(text, 'job_title_levels')?.[0] ?? null)
      : fields.get(text, 'job_title_levels'),
    gender: fields.get(text, 'sex'),
    skills: fields.list(text, 'skills'),
    keywords: fields.list(text, 'interests'),
    education: fields.objects('education', readEducation),
    secondaryPositions: readOtherPositions(fields),
  };
  return { record, unexpectedFields };
};

const toAddress = (value: string): { value: string; deliverability: null } => ({
  value,
  deliverability: null,
});

const readCompanyOf = (fields: Fields): PersonCompany | null => {
  const industry = fields.get(text, 'job_company_industry');
  const company: PersonCompany = {
    id: fields.get(text, 'job_company_id'),
    name: fields.get(text, 'job_company_name'),
    size: fields.get(text, 'job_company_size'),
    website: fields.get(words, 'job_company_website'),
    industries: industry === null ? null : [industry],
    linkedin: fields.get(companySlug, 'job_company_linkedin_url'),
    mainPhones: null,
    otherPhones: null,
    mobilePhones: null,
  };
  return Object.values(company).every((value) => value === null) ? null : company;
};

/** The mobile number first, each once. Only Firmable has data of the Do Not Call Register: null is unknown. */
const readPhones = (fields: Fields): PhoneNumber[] => {
  const mobile = fields.get(text, 'mobile_phone');
  const numbers = [...(mobile === null ? [] : [mobile]), ...(fields.list(text, 'phone_numbers') ?? [])];
  return [...new Set(numbers)].map((number) => ({ number, isDoNotCall: null }));
};

const readLinkedin = (fields: Fields): string | null =>
  fields.get(text, 'linkedin_username') ?? fields.get(personSlug, 'linkedin_url');

const readSocialMedia = (fields: Fields): PersonSocialMedia => ({
  linkedin: accountOf(readLinkedin(fields)),
  github: accountOf(fields.get(text, 'github_username')),
  twitter: accountOf(fields.get(text, 'twitter_username')),
  facebook: accountOf(fields.get(text, 'facebook_username')),
  youtube: null,
  pinterest: null,
});
