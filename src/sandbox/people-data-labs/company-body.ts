import type { Company } from '../world/company.js';
import { headsOf } from '../world/heads.js';
import { countryNames, type Place, regionOf } from '../world/places.js';
import { createRandom } from '../world/random.js';
import { companyIdOf } from './record-ids.js';

/**
 * A company as `GET /v5/company/enrich` writes it. Nearly everything is in lower case, except `display_name`; addresses have no scheme; there is no telephone number among its fields.
 */
export const companyBody = (company: Company): Record<string, unknown> => {
  const random = createRandom(`pdl body of ${company.domain}`);
  const heads = headsAt(company);
  return {
    id: companyIdOf(company),
    name: company.name.toLowerCase(),
    display_name: company.name,
    alternative_names: [`${company.name.toLowerCase()} pty ltd`],
    website: company.domain,
    linkedin_url: `linkedin.com/company/${company.slug}`,
    linkedin_id: String(random.integer(10_000_000, 99_999_999)),
    facebook_url: random.chance(0.5) ? `facebook.com/${company.slug}` : null,
    twitter_url: random.chance(0.4) ? `twitter.com/${company.slug}` : null,
    profiles: [`linkedin.com/company/${company.slug}`],
    affiliated_profiles: [],
    industry: company.industry.label.toLowerCase(),
    tags: company.industry.keywords.map((keyword) => keyword.toLowerCase()),
    headline: company.tagline.toLowerCase(),
    summary: company.description.toLowerCase(),
    employee_count: heads,
    size: sizeBand(heads),
    founded: company.yearFounded,
    type: types[company.companyType] ?? 'private',
    ticker: null,
    location: locationOf(company.hq),
  };
};

/** It counts profiles, so its count is a little higher. */
export const headsAt = (company: Company): number => Math.round(headsOf(company) * 1.06) + 1;

export const sizeBand = (heads: number): string => {
  const bands = [
    [10, '1-10'],
    [50, '11-50'],
    [200, '51-200'],
    [500, '201-500'],
    [1_000, '501-1000'],
    [5_000, '1001-5000'],
  ] as const;
  return bands.find(([most]) => heads <= most)?.[1] ?? '5001-10000';
};

/** A place as it writes it: from the smallest to the largest part. */
export const locationOf = (place: Place): Record<string, string | null> => {
  const locality = place.city.toLowerCase();
  const region = regionOf(place).toLowerCase();
  const country = countryNames[place.country].toLowerCase();
  return {
    name: `${locality}, ${region}, ${country}`,
    locality,
    region,
    metro: null,
    country,
    continent: place.country === 'SG' ? 'asia' : 'oceania',
    street_address: null,
    address_line_2: null,
    postal_code: null,
    geo: null,
  };
};

const types: Readonly<Record<string, string>> = {
  'Private company': 'private',
  'Public company': 'public',
  Partnership: 'private',
  'Not-for-profit': 'nonprofit',
};
