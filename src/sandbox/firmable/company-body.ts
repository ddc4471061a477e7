import { inventNzbn, inventUen } from '../world/business-numbers.js';
import type { Company } from '../world/company.js';
import { headsOf } from '../world/heads.js';
import { hqCountryName } from '../world/invent-company.js';
import { withUnexpectedCompanyFields } from './unexpected-fields.js';
import { landline, localRateNumber } from '../world/phone-numbers.js';
import type { Country } from '../world/places.js';
import { createRandom, type Random } from '../world/random.js';
import { technologies } from '../world/words.js';

/**
 * The body of `GET /company`: every field of the published `Company`. `country` changes the head count and the
 * business identifiers, nothing else. Older records name the head count `au_employee_count`.
 */
export const companyBody = (company: Company, country: Country): Record<string, unknown> => {
  const random = createRandom(`body of ${company.id}`);
  const { hq, industry } = company;
  const everywhere = [hq, ...company.branches];
  const heads = headsOf(company);
  const website = `https://www.${company.domain}`;
  const handle = company.slug.replaceAll('-', '');
  const known = (likelihood: number): boolean => heads > 200 || random.chance(likelihood);
  const phones = [localRateNumber(random), landline(random, hq.areaCode)];
  return withUnexpectedCompanyFields(company.index, {
    id: company.id,
    name: company.name,
    website,
    fqdn: company.domain,
    description: company.description,
    tagline: company.tagline,
    linkedin: company.slug,
    [isOlder(company) ? 'au_employee_count' : 'employee_count']: company.employees[country] ?? null,
    year_founded: company.yearFounded,
    hq_location: hq.city,
    hq_country: hqCountryName(company),
    company_size: sizeBand(heads),
    company_type: company.companyType,
    abn_operation_status: 'active',
    locations: everywhere.map((place) => place.city),
    industries: [industry.label],
    revenue: revenueBand(heads),
    phones,
    emails: [`hello@${company.domain}`, `accounts@${company.domain}`],
    social_media: {
      twitter: known(0.4) ? handle : null,
      youtube: known(0.3) ? handle : null,
      facebook: known(0.7) ? handle : null,
      linkedin: company.slug,
      instagram: known(0.5) ? handle : null,
    },
    industry_codes: industryCodes(company, country),
    keywords: industry.keywords,
    org_registers: random.chance(0.2) ? { acnc: 'Charities & Not-for-profits' } : {},
    states: [...new Set(everywhere.map((place) => place.state))],
    nextGen: nextGen(company, random, heads, website),
  });
};

/** Every sixth record has the field name that the API used before it depended on the country. */
export const isOlder = (company: Company): boolean => company.index % 6 === 5;

const industryCodes = (company: Company, country: Country): Record<string, string | null> => ({
  sic: company.industry.sic,
  duns: `9990${String(company.index).padStart(5, '0')}`,
  naics: company.industry.naics,
  anzsic: company.industry.anzsic,
  ...(country === 'AU' ? { abn: company.abn, acn: company.acn } : {}),
  ...(country === 'NZ'
    ? { nzbn: company.employees.NZ === undefined ? null : inventNzbn(company.index) }
    : {}),
  ...(country === 'SG' ? { uen: company.employees.SG === undefined ? null : inventUen(company.index) } : {}),
});

const nextGen = (
  company: Company,
  random: Random,
  heads: number,
  website: string,
): Record<string, unknown> => {
  const handle = company.slug.replaceAll('-', '');
  return {
    technographics: Object.fromEntries(
      random
        .some(Object.entries(technologies), 3)
        .map(([category, names]) => [category, random.some(names, 2)]),
    ),
    website,
    social_media: {
      youtube: channel(random, company.name, handle, heads * 3),
      instagram: channel(random, company.name, handle, heads * 9),
      linkedin: channel(random, company.name, company.slug, heads * 14),
      facebook: channel(random, company.name, handle, heads * 5),
    },
    // Too few people to have been reviewed.
    reviews_rating: heads < 15 ? null : reviews(random, company, heads),
    id: company.id,
    web_traffic: webTraffic(random, heads),
  };
};

const channel = (
  random: Random,
  name: string,
  handle: string,
  followers: number,
): Record<string, unknown> => ({
  profile_name: name,
  handle,
  followers,
  verified: random.chance(0.2) ? 'true' : 'false',
  videos: random.integer(0, 60),
  likes: followers * random.integer(1, 4),
  views: followers * random.integer(20, 90),
  subscribers: followers,
  following: random.integer(10, 400),
  joined: `${random.integer(2011, 2022)}-${twoDigits(random.integer(1, 12))}-${twoDigits(random.integer(1, 28))}`,
});

const reviews = (random: Random, company: Company, heads: number): Record<string, unknown> => {
  const stars = (): string => (random.integer(30, 49) / 10).toFixed(1);
  return {
    ceo_approval: stars(),
    total_reviews: Math.max(3, Math.round(heads / 4)),
    rating: {
      ceo_approval_rating: stars(),
      career_opportunities_rating: stars(),
      compensation_and_benefits_rating: stars(),
      culture_and_values_rating: stars(),
      diversity_and_inclusion_rating: stars(),
      senior_management_rating: stars(),
      work_life_balance_rating: stars(),
    },
    overall_rating: stars(),
    employee_rating_id: String(700_000 + company.index),
    recommend_to_friend: random.integer(55, 96),
    url: `https://reviews.example/${company.slug}`,
  };
};

const webTraffic = (random: Random, heads: number): Record<string, unknown> => {
  const organic = random.integer(55, 90);
  const direct = random.integer(25, 45);
  const searched = random.integer(20, 35);
  const home = random.integer(60, 90);
  return {
    summary: {
      avg_visit_duration: `00:0${random.integer(1, 4)}:${twoDigits(random.integer(0, 59))}`,
      total_web_visitors: heads * random.integer(40, 160),
      bounce_rate: random.integer(30, 65) / 100,
      pages_per_visit: random.integer(14, 52) / 10,
    },
    traffic_share: {
      countries: { Australia: home / 100, 'New Zealand': (100 - home) / 100 },
      organic: organic / 100,
      paid: (100 - organic) / 100,
    },
    marketing_channels_distribution: {
      Direct: direct / 100,
      Referrals: 0.08,
      Search: searched / 100,
      Social: 0.07,
      Mail: (85 - direct - searched) / 100,
    },
  };
};

export const sizeBand = (heads: number): string => {
  const bands = [
    [10, '1 - 10'],
    [50, '11 - 50'],
    [200, '51 - 200'],
    [500, '201 - 500'],
    [1_000, '501 - 1000'],
  ] as const;
  return bands.find(([most]) => heads <= most)?.[1] ?? '1000+';
};

const revenueBand = (heads: number): string => {
  const bands = [
    [15, '<$5M'],
    [80, '$5M - $25M'],
    [300, '$25M - $100M'],
    [900, '$100M - $500M'],
  ] as const;
  return bands.find(([most]) => heads <= most)?.[1] ?? '>$500M';
};

const twoDigits = (value: number): string => String(value).padStart(2, '0');
