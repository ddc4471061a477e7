export const key = 'Canary-0123456789_abcd';

const organization = {
  id: '5e66b6381e05b4008c8331b8',
  name: 'Yarra Works',
  website_url: 'http://www.yarra.example',
  linkedin_url: 'http://www.linkedin.com/company/yarra-works',
  twitter_url: 'https://twitter.com/yarraworks/',
  facebook_url: 'https://www.facebook.com/YarraWorks',
  primary_phone: { number: '+61 3 9000 0000', source: 'Owler', sanitized_number: '+61390000000' },
  phone: '+61390000000',
  founded_year: 2015,
  primary_domain: 'yarra.example',
  industry: 'civil engineering',
  industries: ['civil engineering'],
  keywords: ['bridges'],
  estimated_num_employees: 1600,
  raw_address: '1 Yarra St, Melbourne, Victoria, AU',
  city: 'Melbourne',
  state: 'Victoria',
  country: 'Australia',
  short_description: 'Bridges and what they rest on',
  seo_description: 'Bridges',
  annual_revenue_printed: '100M',
  annual_revenue: 100_000_000,
  current_technologies: [
    { uid: 'postgresql', name: 'PostgreSQL', category: 'Databases' },
    { uid: 'redis', name: 'Redis', category: 'Databases' },
    { uid: 'ai', name: 'AI', category: 'Other' },
  ],
};

export const fullCompany = { organization };

export const person = {
  id: '64a7ff0cc4dfae00013df1a5',
  first_name: 'Ada',
  last_name: 'Yarra',
  name: 'Ada Yarra',
  linkedin_url: 'http://www.linkedin.com/in/ada-yarra',
  title: 'Chief Marketing Officer',
  email_status: 'verified',
  twitter_url: 'https://twitter.com/ada',
  github_url: 'https://github.com/ada',
  facebook_url: 'https://facebook.com/ada',
  headline: 'Builder',
  email: 'ada@yarra.example',
  personal_emails: ['ada@home.example'],
  organization_id: '5e66b6381e05b4008c8331b8',
  employment_history: [
    {
      current: true,
      organization_id: null,
      organization_name: 'Second',
      title: 'Director',
      start_date: '2022-11-01',
    },
    {
      current: true,
      organization_id: '5e66b6381e05b4008c8331b8',
      organization_name: 'Yarra Works',
      title: 'Chief Marketing Officer',
      start_date: '2016-02-01',
    },
    {
      current: false,
      organization_name: 'Former',
      title: 'Clerk',
      start_date: '2010-01-01',
      end_date: '2016-01-01',
    },
    {
      current: false,
      organization_name: 'Yarra University',
      degree: 'BSc',
      major: 'Computing',
      start_date: '1999-01-01',
      end_date: '2002-01-01',
    },
  ],
  city: 'Melbourne',
  state: 'Victoria',
  country: 'Australia',
  phone_numbers: [
    { raw_number: '0450 600 000', sanitized_number: '+61450600000', type: 'mobile', dnc_status: null },
  ],
  contact: {
    person_id: '64a7ff0cc4dfae00013df1a5',
    phone_numbers: [{ raw_number: '(03) 9000 0001', sanitized_number: '+61390000001', type: 'work_hq' }],
  },
  organization,
  departments: ['c_suite'],
  seniority: 'c_suite',
};

export const fullPerson = { request_id: 1039995589705, person };
