import { createNotes, Fields, isObject } from '../fields/read-fields.js';
import { recordId, text, whole, words } from '../fields/value-kinds.js';
import { companySlug, handle, siteDomain } from '../fields/web-addresses.js';
import type { Read } from '../http/create-client.js';
import type { CompanyRecord } from '../records.js';

/**
 * Reads a company from People Data Labs' JSON, where it is at the root beside `status` and `likelihood`. A
 * field of an unexpected type is null; the result is null only without a usable id. Source: the schema `Company` of
 * its OpenAPI document, and its company schema for `display_name` and `inferred_revenue`.
 */
export const readCompany = (body: unknown): Read<CompanyRecord> | null => {
  if (!isObject(body)) return null;
  const { unexpectedFields, note } = createNotes();
  const fields = new Fields(body, '', note);
  const id = fields.get(recordId, 'id');
  if (id === null) return null;
  const place = fields.object('location', readPlace);
  const industry = fields.get(text, 'industry');
  const record: CompanyRecord = {
    id,
    // `name` is in lower case.
    name: fields.get(text, 'display_name', 'name'),
    domain: fields.get(siteDomain, 'website'),
    website: fields.get(words, 'website'),
    linkedin: fields.get(companySlug, 'linkedin_url'),
    description: fields.get(text, 'summary'),
    tagline: fields.get(text, 'headline'),
    employeeCount: fields.get(whole, 'employee_count'),
    yearFounded: fields.get(whole, 'founded'),
    hqLocation: place?.name ?? null,
    hqCountry: place?.country ?? null,
    companySize: fields.get(text, 'size'),
    companyType: fields.get(text, 'type'),
    abnOperationStatus: null,
    revenue: fields.get(text, 'inferred_revenue'),
    locations: null,
    states: place?.region == null ? null : [place.region],
    industries: industry === null ? null : [industry],
    keywords: fields.list(text, 'tags'),
    phones: null,
    emails: null,
    socialMedia: {
      twitter: fields.get(handle, 'twitter_url'),
      youtube: null,
      facebook: fields.get(handle, 'facebook_url'),
      linkedin: fields.get(companySlug, 'linkedin_url'),
      instagram: null,
    },
    identifiers: null,
    orgRegisters: null,
    nextGen: null,
  };
  return { record, unexpectedFields };
};

const readPlace = (
  fields: Fields,
): { name: string | null; country: string | null; region: string | null } => ({
  name: fields.get(text, 'name'),
  country: fields.get(text, 'country'),
  region: fields.get(text, 'region'),
});
