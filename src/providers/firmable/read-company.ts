import type { UnexpectedField } from '../provider.js';
import type { CompanyIdentifiers, CompanyRecord, CompanySocialMedia } from '../records.js';
import { createNotes, Fields, isObject } from '../fields/read-fields.js';
import { readNextGen } from './read-next-gen.js';
import { recordId, text, whole, words } from '../fields/value-kinds.js';

/**
 * Reads a company from Firmable's JSON. A field of an unexpected type is null; the result is null only without a usable
 * id. Source: the schema `Company` of Firmable's OpenAPI document.
 */
export const readCompany = (
  body: unknown,
): { record: CompanyRecord; unexpectedFields: UnexpectedField[] } | null => {
  if (!isObject(body)) return null;
  const { unexpectedFields, note } = createNotes();
  const fields = new Fields(body, '', note);
  const id = fields.get(recordId, 'id');
  if (id === null) return null;
  const record: CompanyRecord = {
    id,
    name: fields.get(text, 'name'),
    domain: fields.get(words, 'fqdn'),
    website: fields.get(words, 'website'),
    linkedin: fields.get(text, 'linkedin'),
    description: fields.get(text, 'description'),
    tagline: fields.get(text, 'tagline'),
    // Older responses name the field after Australia.
    employeeCount: fields.get(whole, 'employee_count', 'au_employee_count'),
    yearFounded: fields.get(whole, 'year_founded'),
    hqLocation: fields.get(text, 'hq_location'),
    hqCountry: fields.get(text, 'hq_country'),
    companySize: fields.get(text, 'company_size'),
    companyType: fields.get(text, 'company_type'),
    abnOperationStatus: fields.get(text, 'abn_operation_status'),
    revenue: fields.get(text, 'revenue'),
    locations: fields.list(text, 'locations'),
    states: fields.list(text, 'states'),
    industries: fields.list(text, 'industries'),
    keywords: fields.list(text, 'keywords'),
    phones: fields.list(text, 'phones'),
    emails: fields.list(words, 'emails'),
    socialMedia: fields.object('social_media', readSocialMedia),
    identifiers: fields.object('industry_codes', readIdentifiers),
    orgRegisters: fields.pairs(text, 'org_registers'),
    nextGen: fields.object('nextGen', readNextGen),
  };
  return { record, unexpectedFields };
};

const readSocialMedia = (fields: Fields): CompanySocialMedia => ({
  twitter: fields.get(text, 'twitter'),
  youtube: fields.get(text, 'youtube'),
  facebook: fields.get(text, 'facebook'),
  linkedin: fields.get(text, 'linkedin'),
  instagram: fields.get(text, 'instagram'),
});

const knownIdentifiers = ['abn', 'acn', 'nzbn', 'uen', 'sic', 'duns', 'naics', 'anzsic'] as const;

const readIdentifiers = (fields: Fields): CompanyIdentifiers => ({
  abn: fields.get(text, 'abn'),
  acn: fields.get(text, 'acn'),
  nzbn: fields.get(text, 'nzbn'),
  uen: fields.get(text, 'uen'),
  sic: fields.get(text, 'sic'),
  duns: fields.get(text, 'duns'),
  naics: fields.get(text, 'naics'),
  anzsic: fields.get(text, 'anzsic'),
  other: fields.otherPairs(text, ...knownIdentifiers),
});
