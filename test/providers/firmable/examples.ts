import type { CompanyLookup, PersonLookup } from '../../../src/providers/provider.js';

export const key = 'fbl_canary_0123456789abcdef';

export const byDomain: CompanyLookup = {
  operation: 'COMPANY',
  by: { kind: 'domain', value: 'yarra.example' },
  country: 'AU',
  require: [],
};

export const byEmail: PersonLookup = {
  operation: 'PERSON',
  by: { kind: 'workEmail', value: 'ada@yarra.example' },
  require: [],
};

const profile = {
  profile_name: 'Yarra',
  handle: 'yarra',
  followers: 100,
  verified: true,
  videos: 3,
  likes: 4,
  views: 5_000_000_000,
  subscribers: 6,
  following: 7,
  joined: '2021-01-01',
};

/** Every field of the published company, filled. */
export const fullCompany = {
  id: 'f000000067890',
  name: 'Yarra Works',
  website: 'https://www.yarra.example',
  fqdn: 'yarra.example',
  description: 'Bridges and what they rest on',
  tagline: 'Across',
  linkedin: 'yarra-works',
  employee_count: 1000,
  year_founded: 2000,
  hq_location: 'Wallan',
  hq_country: 'Australia',
  company_size: '1000+',
  company_type: 'Public company',
  abn_operation_status: 'active',
  locations: ['Sydney', 'Melbourne'],
  industries: ['Finance', 'Tech'],
  revenue: '>$1B+',
  phones: ['0450 600 0000'],
  emails: ['hello@yarra.example'],
  social_media: { twitter: 't', youtube: 'y', facebook: 'f', linkedin: 'l', instagram: 'i' },
  industry_codes: {
    sic: '1',
    duns: '2',
    naics: '3',
    anzsic: '4',
    abn: '47065475149',
    acn: '123456789',
    nzbn: '9429000000000',
    uen: '202300001A',
    brn: '5',
  },
  keywords: ['bridges'],
  org_registers: { vc: 'VCs & Investors' },
  states: ['NSW', 'VIC'],
  nextGen: {
    technographics: { 'Software Development': ['PostgreSQL', 'Java'], Finance: ['Visa'] },
    website: 'https://www.yarra.example',
    social_media: { youtube: profile, instagram: profile, linkedin: profile, facebook: profile },
    reviews_rating: {
      ceo_approval: '4.5',
      total_reviews: 100,
      rating: {
        ceo_approval_rating: '4.1',
        career_opportunities_rating: '4.2',
        compensation_and_benefits_rating: '4.3',
        culture_and_values_rating: '4.4',
        diversity_and_inclusion_rating: '4.5',
        senior_management_rating: '4.6',
        work_life_balance_rating: '4.7',
      },
      overall_rating: '4.5',
      employee_rating_id: 'r1',
      recommend_to_friend: 87,
      url: 'https://reviews.example/yarra',
    },
    id: 'f000000067890',
    web_traffic: {
      summary: {
        avg_visit_duration: '00:01:10',
        total_web_visitors: 12_345,
        bounce_rate: 0.4,
        pages_per_visit: 2.5,
      },
      traffic_share: { countries: { AU: 0.9, NZ: 0.1 }, organic: 0.7, paid: 0.3 },
      marketing_channels_distribution: { Direct: 0.1, Referrals: 0.2, Search: 0.3, Social: 0.3, Mail: 0.1 },
    },
  },
};

const account = { handle: 'ada', connections: 500, followers: 100, stars: 2 };

/** Every field of the published person, filled. */
export const fullPerson = {
  id: 'fp000000067890',
  name: 'Ada M Yarra',
  first_name: 'Ada',
  last_name: 'Yarra',
  middle_name: 'M',
  headline: 'Builder',
  description: 'Builds',
  position: 'Chief Marketing Officer',
  current_company: {
    id: 'f000000067890',
    name: 'Yarra Works',
    size: '11 - 50',
    website: 'https://www.yarra.example',
    industry: ['Finance'],
    linkedin: 'yarra-works',
    main_phones: ['1'],
    other_phones: ['2'],
    mobile_phones: ['3'],
  },
  time_in_current_role: "Jan '23 - Present",
  month_joined: 2,
  year_joined: 2002,
  emails: {
    personal: [{ value: 'ada@home.example', deliverability: 'Deliverable' }],
    work: [{ value: 'ada@yarra.example', deliverability: 'Risky' }],
  },
  phones: [
    { value: '0450 600 0000', is_dnd: false },
    { value: '0450 600 0001', is_dnd: true },
  ],
  linkedin: 'ada-yarra',
  social_media: {
    linkedin: account,
    github: account,
    twitter: account,
    facebook: account,
    youtube: account,
    pintrest: account,
  },
  location: ['Sydney'],
  department: 'Marketing',
  seniority: 'C-Suite / Partner',
  gender: 'Female',
  skills: ['Finance'],
  education: {
    field: 'Computing',
    degree: 'BSc',
    date_range: '1999 - 2002',
    school_name: 'Yarra University',
  },
  keywords: ['growth'],
  secondary_position: [
    {
      company_id: 'f000000120808',
      company_name: 'Second',
      company_size: '1 - 100',
      company_website: 'https://second.example',
      company_linkedin: 'second',
      company_industry: 'Financial Services',
      cleaned_position: 'Principal',
      month_joined: 11,
      year_joined: '2022',
      time_in_current_role: "Nov '22 - Present",
      seniority: 'Other',
      department: 'Marketing',
    },
  ],
};
