import { createNotes, Fields, isObject } from '../fields/read-fields.js';
import { recordId, text, whole, words } from '../fields/value-kinds.js';
import { companySlug, handle, siteDomain } from '../fields/web-addresses.js';
import type { Read } from '../http/create-client.js';
import type { NextGen, Technographics } from '../next-gen.js';
import type { CompanyRecord } from '../records.js';

/**
 * Reads a company from Apollo's JSON, where it is under `organization`. A field of an unexpected type
 * is null; the result is null only without a usable id. Source: organizations/enrich in Apollo's OpenAPI document.
 */
export const readCompany = (body: unknown): Read<CompanyRecord> | null => {
  const organization = isObject(body) ? body['organization'] : null;
  if (!isObject(organization)) return null;
  const { unexpectedFields, note } = createNotes();
  const fields = new Fields(organization, 'organization', note);
  const id = fields.get(recordId, 'id');
  if (id === null) return null;
  const state = fields.get(text, 'state');
  const record: CompanyRecord = {
    id,
    name: fields.get(text, 'name'),
    domain: fields.get(siteDomain, 'primary_domain', 'website_url'),
    website: fields.get(words, 'website_url'),
    linkedin: fields.get(companySlug, 'linkedin_url'),
    description: fields.get(text, 'short_description', 'seo_description'),
    tagline: null,
    employeeCount: fields.get(whole, 'estimated_num_employees'),
    yearFounded: fields.get(whole, 'founded_year'),
    hqLocation: fields.get(text, 'raw_address'),
    hqCountry: fields.get(text, 'country'),
    companySize: null,
    companyType: null,
    abnOperationStatus: null,
    revenue: fields.get(text, 'annual_revenue_printed'),
    locations: null,
    states: state === null ? null : [state],
    industries: readIndustries(fields),
    keywords: fields.list(text, 'keywords'),
    phones: readMainPhones(fields),
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
    nextGen: readTechnologies(fields),
  };
  return { record, unexpectedFields };
};

/** The industries of an organization, the first of which also has a field of its own. */
export const readIndustries = (fields: Fields): string[] | null => {
  const industries = fields.list(text, 'industries');
  if (industries !== null && industries.length > 0) return industries;
  const industry = fields.get(text, 'industry');
  return industry === null ? industries : [industry];
};

/** The numbers of an organization, each once; null where it names none. */
export const readMainPhones = (fields: Fields): string[] | null => {
  const primary = fields.object('primary_phone', (phone) => phone.get(text, 'sanitized_number', 'number'));
  const phone = fields.get(text, 'sanitized_phone', 'phone');
  const numbers = [primary, phone].filter((number) => number !== null);
  return numbers.length === 0 ? null : [...new Set(numbers)];
};

const readTechnologies = (fields: Fields): NextGen | null => {
  const listed = fields.objects('current_technologies', (technology) => {
    const name = technology.get(text, 'name');
    return name === null ? null : { name, category: technology.get(text, 'category') ?? 'Other' };
  });
  if (listed === null || listed.length === 0) return null;
  const byCategory = new Map<string, string[]>();
  for (const { name, category } of listed) {
    byCategory.set(category, [...(byCategory.get(category) ?? []), name]);
  }
  const technographics: Technographics[] = [...byCategory].map(([category, technologies]) => ({
    category,
    technologies,
  }));
  return { id: null, website: null, technographics, socialMedia: null, reviews: null, webTraffic: null };
};
