import type { UnexpectedField } from '../provider.js';
import type {
  Education,
  EmailAddress,
  PersonCompany,
  PersonEmails,
  PersonRecord,
  PersonSocialAccount,
  PersonSocialMedia,
  PhoneNumber,
  SecondaryPosition,
} from '../records.js';
import { createNotes, Fields, isObject } from '../fields/read-fields.js';
import { count, flag, recordId, text, whole, words } from '../fields/value-kinds.js';

/**
 * Reads a person from Firmable's JSON. A field of an unexpected type is null; the result is null only where there is no
 * usable id. Source: the schema `People` of Firmable's OpenAPI document.
 */
export const readPerson = (
  body: unknown,
): { record: PersonRecord; unexpectedFields: UnexpectedField[] } | null => {
  if (!isObject(body)) return null;
  const { unexpectedFields, note } = createNotes();
  const fields = new Fields(body, '', note);
  const id = fields.get(recordId, 'id');
  if (id === null) return null;
  const record: PersonRecord = {
    id,
    name: fields.get(text, 'name'),
    firstName: fields.get(text, 'first_name'),
    middleName: fields.get(text, 'middle_name'),
    lastName: fields.get(text, 'last_name'),
    headline: fields.get(text, 'headline'),
    description: fields.get(text, 'description'),
    position: fields.get(text, 'position'),
    company: fields.object('current_company', readCurrentCompany),
    timeInCurrentRole: fields.get(text, 'time_in_current_role'),
    monthJoined: fields.get(whole, 'month_joined'),
    yearJoined: fields.get(whole, 'year_joined'),
    emails: fields.object('emails', readEmails),
    phones: fields.objects('phones', readPhone, text) ?? [],
    linkedin: fields.get(text, 'linkedin'),
    socialMedia: fields.object('social_media', readSocialMedia),
    locations: fields.list(text, 'location'),
    department: fields.get(text, 'department'),
    seniority: fields.get(text, 'seniority'),
    gender: fields.get(text, 'gender'),
    skills: fields.list(text, 'skills'),
    keywords: fields.list(text, 'keywords'),
    // An object by the document's type, a list by its words.
    education: Array.isArray(body['education'])
      ? fields.objects('education', readEducation)
      : asList(fields.object('education', readEducation)),
    secondaryPositions: fields.objects('secondary_position', readSecondaryPosition),
  };
  return { record, unexpectedFields };
};

const asList = <Value>(value: Value | null): Value[] | null => (value === null ? null : [value]);

const readCurrentCompany = (fields: Fields): PersonCompany => ({
  id: fields.get(text, 'id'),
  name: fields.get(text, 'name'),
  size: fields.get(text, 'size'),
  website: fields.get(words, 'website'),
  industries: fields.list(text, 'industry'),
  linkedin: fields.get(text, 'linkedin'),
  mainPhones: fields.list(text, 'main_phones'),
  otherPhones: fields.list(text, 'other_phones'),
  mobilePhones: fields.list(text, 'mobile_phones'),
});

const readEmails = (fields: Fields): PersonEmails => ({
  personal: fields.objects('personal', readAddress, words) ?? [],
  work: fields.objects('work', readAddress, words) ?? [],
});

const readAddress = (fields: Fields): EmailAddress | null => {
  const value = fields.get(words, 'value');
  return value === null ? null : { value, deliverability: fields.get(text, 'deliverability') };
};

const readPhone = (fields: Fields): PhoneNumber | null => {
  const number = fields.get(text, 'value');
  // Genuine status of the Australian Do Not Call Register: unreadable is unknown, never "no".
  return number === null ? null : { number, isDoNotCall: fields.get(flag, 'is_dnd') };
};

const readSocialMedia = (fields: Fields): PersonSocialMedia => ({
  linkedin: fields.object('linkedin', readSocialAccount),
  github: fields.object('github', readSocialAccount),
  twitter: fields.object('twitter', readSocialAccount),
  facebook: fields.object('facebook', readSocialAccount),
  youtube: fields.object('youtube', readSocialAccount),
  // Firmable's own spelling.
  pinterest: fields.object('pintrest', readSocialAccount),
});

const readSocialAccount = (fields: Fields): PersonSocialAccount => ({
  handle: fields.get(text, 'handle'),
  connections: fields.get(count, 'connections'),
  followers: fields.get(count, 'followers'),
  stars: fields.get(count, 'stars'),
});

const readEducation = (fields: Fields): Education => ({
  field: fields.get(text, 'field'),
  degree: fields.get(text, 'degree'),
  dateRange: fields.get(text, 'date_range'),
  schoolName: fields.get(text, 'school_name'),
});

const readSecondaryPosition = (fields: Fields): SecondaryPosition => ({
  companyId: fields.get(text, 'company_id'),
  companyName: fields.get(text, 'company_name'),
  companySize: fields.get(text, 'company_size'),
  companyWebsite: fields.get(words, 'company_website'),
  companyLinkedin: fields.get(text, 'company_linkedin'),
  companyIndustry: fields.get(text, 'company_industry'),
  cleanedPosition: fields.get(text, 'cleaned_position'),
  monthJoined: fields.get(whole, 'month_joined'),
  yearJoined: fields.get(whole, 'year_joined'),
  timeInCurrentRole: fields.get(text, 'time_in_current_role'),
  seniority: fields.get(text, 'seniority'),
  department: fields.get(text, 'department'),
});
