import { isElsewhere } from '../world/elsewhere.js';
import type { Person } from '../world/person.js';
import { createRandom, itemAt } from '../world/random.js';
import { schools, skills } from '../world/words.js';
import { headsAt, locationOf, sizeBand } from './company-body.js';
import { type Contact, contactOf } from './contact-of.js';
import { companyIdOf, personIdOf } from './record-ids.js';

/**
 * The `data` of `GET /v5/person/enrich`. In lower case except ids; `emails` lists every address ever seen, the oldest
 * first, while `work_email` is the current one or null.
 */
export const personBody = (person: Person): Record<string, unknown> => {
  const random = createRandom(`pdl body of ${person.slug}`);
  const contact = contactOf(person);
  const [first, last] = [person.firstName.toLowerCase(), person.lastName.toLowerCase()];
  const place = locationOf(person.place);
  return {
    id: personIdOf(person),
    full_name: `${first} ${last}`,
    first_name: first,
    middle_initial: person.middleName?.toLowerCase() ?? null,
    middle_name: null,
    last_name: last,
    last_initial: last.charAt(0),
    sex: person.gender.toLowerCase(),
    birth_year: null,
    birth_date: null,
    linkedin_url: `linkedin.com/in/${person.slug}`,
    linkedin_username: person.slug,
    linkedin_id: String(random.integer(10_000_000, 999_999_999)),
    facebook_url: null,
    twitter_url: null,
    github_url: null,
    work_email: contact.workEmail,
    personal_emails: contact.personalEmail === null ? [] : [contact.personalEmail],
    emails: emailsOf(contact),
    mobile_phone: contact.mobile,
    phone_numbers: contact.phones,
    industry: person.company.industry.label.toLowerCase(),
    job_title: person.role.position.toLowerCase(),
    job_title_role: itemAt(roles, person.role.department - 1),
    job_title_sub_role: null,
    job_title_levels: [itemAt(levels, person.role.seniority - 1)].filter((level) => level !== ''),
    job_start_date: startOf(person),
    ...employer(person),
    ...prefixed('location', place),
    location_last_updated: '2026-06-01',
    location_names: [place['name']],
    regions: [`${place['region']}, ${place['country']}`],
    countries: [place['country']],
    street_addresses: [],
    skills: random.some(skills, 3).map((skill) => skill.toLowerCase()),
    interests: [],
    experience: [experience(person)],
    education: [{ school: { name: random.pick(schools).toLowerCase() }, degrees: [], majors: [] }],
    profiles: [
      { network: 'linkedin', url: `linkedin.com/in/${person.slug}`, username: person.slug, id: null },
    ],
  };
};

const emailsOf = (contact: Contact): { address: string; type: string }[] => [
  { address: contact.formerEmail, type: 'professional' },
  ...(contact.personalEmail === null ? [] : [{ address: contact.personalEmail, type: 'personal' }]),
  ...(contact.workEmail === null ? [] : [{ address: contact.workEmail, type: 'current_professional' }]),
];

const employer = ({ company }: Person): Record<string, unknown> => ({
  job_company_id: companyIdOf(company),
  job_company_name: company.name.toLowerCase(),
  job_company_website: company.domain,
  job_company_size: sizeBand(headsAt(company)),
  job_company_founded: String(company.yearFounded),
  job_company_industry: company.industry.label.toLowerCase(),
  job_company_linkedin_url: `linkedin.com/company/${company.slug}`,
  ...prefixed('job_company_location', locationOf(company.hq)),
});

const prefixed = (prefix: string, fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${prefix}_${name}`, value]));

const experience = (person: Person): Record<string, unknown> => ({
  company: {
    id: companyIdOf(person.company),
    name: person.company.name.toLowerCase(),
    website: person.company.domain,
    linkedin_url: `linkedin.com/company/${person.company.slug}`,
  },
  title: { name: person.role.position.toLowerCase(), levels: [itemAt(levels, person.role.seniority - 1)] },
  start_date: startOf(person),
  end_date: null,
  is_primary: true,
});

// Dates have three precisions: a person that Firmable does not have has only a year.
const startOf = (person: Person): string =>
  isElsewhere(person)
    ? String(person.yearJoined)
    : `${person.yearJoined}-${String(person.monthJoined).padStart(2, '0')}`;

/** By Firmable's ids of seniorities, 1 to 7. */
const levels = ['director', 'owner', 'cxo', 'vp', 'manager', 'entry', ''] as const;

/** By Firmable's ids of departments, 1 to 17. */
const roles = [
  'operations',
  'sales',
  'trades',
  'operations',
  'engineering',
  'human_resources',
  'customer_service',
  'health',
  'research',
  'legal',
  'marketing',
  'education',
  'operations',
  'finance',
  'design',
  null,
  null,
] as const;
