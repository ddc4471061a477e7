import type { Company } from '../world/company.js';
import { isElsewhere } from '../world/elsewhere.js';
import { headsOf } from '../world/heads.js';
import { internationally, landline } from '../world/phone-numbers.js';
import { countryNames, regionOf } from '../world/places.js';
import { createRandom } from '../world/random.js';
import { technologies } from '../world/words.js';
import { idOf, organizationIdOf } from './record-ids.js';

/**
 * A company as Apollo writes it. `primary_phone` is an empty object where there is none, and addresses begin with
 * http and www.
 */
export const organizationBody = (company: Company): Record<string, unknown> => {
  const random = createRandom(`apollo body of ${company.domain}`);
  const { hq, industry } = company;
  const heads = headsAt(company);
  const number = hasPhone(company) ? landline(random, hq.areaCode) : null;
  const phone = number === null ? null : internationally(number);
  const tools = Object.entries(technologies).flatMap(([category, names]) =>
    random.some(names, 1).map((name) => ({ uid: name.toLowerCase().replaceAll(' ', '_'), name, category })),
  );
  return {
    id: organizationIdOf(company),
    name: company.name,
    website_url: `http://www.${company.domain}`,
    blog_url: null,
    angellist_url: null,
    linkedin_url: `http://www.linkedin.com/company/${company.slug}`,
    twitter_url: random.chance(0.4) ? `https://twitter.com/${company.slug.replaceAll('-', '')}` : null,
    facebook_url: random.chance(0.5) ? `https://www.facebook.com/${company.slug}` : null,
    primary_phone: phone === null ? {} : { number: phone, source: 'Account', sanitized_number: phone },
    languages: ['English'],
    alexa_ranking: null,
    phone,
    sanitized_phone: phone,
    linkedin_uid: String(random.integer(1_000_000, 99_999_999)),
    founded_year: company.yearFounded,
    publicly_traded_symbol: null,
    publicly_traded_exchange: null,
    logo_url: null,
    crunchbase_url: null,
    primary_domain: company.domain,
    industry: industry.label.toLowerCase(),
    keywords: industry.keywords.map((keyword) => keyword.toLowerCase()),
    estimated_num_employees: heads,
    industries: [industry.label.toLowerCase()],
    secondary_industries: [],
    snippets_loaded: true,
    industry_tag_id: idOf(`industry ${industry.label}`),
    retail_location_count: 0,
    raw_address: `${hq.city}, ${regionOf(hq)}, ${countryNames[hq.country]}`,
    street_address: null,
    city: hq.city,
    state: regionOf(hq),
    postal_code: null,
    country: countryNames[hq.country],
    owned_by_organization_id: null,
    seo_description: company.tagline,
    short_description: company.description,
    suborganizations: [],
    num_suborganizations: 0,
    annual_revenue_printed: `${Math.max(1, Math.round(heads / 5))}M`,
    annual_revenue: Math.max(1, Math.round(heads / 5)) * 1_000_000,
    total_funding: null,
    total_funding_printed: null,
    latest_funding_round_date: null,
    latest_funding_stage: null,
    funding_events: [],
    technology_names: tools.map(({ name }) => name),
    current_technologies: tools,
    org_chart_removed: false,
  };
};

/** It estimates in tens. */
const headsAt = (company: Company): number => Math.ceil(headsOf(company) / 10) * 10;

const hasPhone = (company: Company): boolean => isElsewhere(company) || company.index % 3 !== 2;
