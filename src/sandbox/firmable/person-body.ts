import type { Company } from '../world/company.js';
import { sizeBand } from './company-body.js';
import { withUnexpectedPersonFields } from './unexpected-fields.js';
import { headsOf } from '../world/heads.js';
import type { Person } from '../world/person.js';
import { landline, localRateNumber } from '../world/phone-numbers.js';
import { createRandom, type Random } from '../world/random.js';
import { departments, seniorities } from '../world/roles.js';
import { schools, skills, studies } from '../world/words.js';

/** The body of `GET /people`: every field of the published `People`, `pintrest` spelled as documented. */
export const personBody = (person: Person): Record<string, unknown> => {
  const random = createRandom(`body of ${person.id}`);
  const { role, company } = person;
  return withUnexpectedPersonFields(person.index, {
    id: person.id,
    name: [person.firstName, person.middleName, person.lastName].filter((part) => part !== null).join(' '),
    first_name: person.firstName,
    last_name: person.lastName,
    middle_name: person.middleName,
    headline: `${role.position} at ${company.name}`,
    description:
      role.seniority <= 3 || random.chance(0.5)
        ? `${person.firstName} joined ${company.name} in ${person.yearJoined} and works from ${person.place.city}. An invented person of the sandbox.`
        : null,
    position: role.position,
    current_company: currentCompany(company, random),
    time_in_current_role: since(person.monthJoined, person.yearJoined),
    month_joined: person.monthJoined,
    year_joined: person.yearJoined,
    emails: {
      personal:
        person.personalEmail === null ? [] : [{ value: person.personalEmail, deliverability: 'Deliverable' }],
      work: workEmails(person, random.chance(0.1) ? 'Risky' : 'Deliverable'),
    },
    phones: person.phones,
    linkedin: person.slug,
    social_media: socialMedia(person, random),
    location: [person.place.city, person.place.state],
    department: departments[role.department - 1],
    seniority: seniorities[role.seniority - 1],
    gender: person.gender,
    skills: random.some(skills, random.integer(2, 5)),
    education: education(random),
    keywords: random.some(company.industry.keywords, 2),
    secondary_position: person.secondCompany === null ? null : [secondSeat(person.secondCompany, random)],
  });
};

const workEmails = (person: Person, deliverability: string): Record<string, unknown>[] =>
  person.hasWorkEmail ? [{ value: person.workEmail, deliverability }] : [];

const currentCompany = (company: Company, random: Random): Record<string, unknown> => ({
  id: company.id,
  name: company.name,
  size: sizeBand(headsOf(company)),
  website: `https://www.${company.domain}`,
  industry: [company.industry.label],
  linkedin: company.slug,
  main_phones: [localRateNumber(random)],
  other_phones: random.chance(0.5) ? [landline(random, company.hq.areaCode)] : null,
  mobile_phones: null,
});

const socialMedia = (person: Person, random: Random): Record<string, unknown> => {
  const account = (likelihood: number): Record<string, unknown> | null =>
    random.chance(likelihood)
      ? {
          handle: `${person.firstName}${person.lastName}`.toLowerCase(),
          connections: null,
          followers: random.integer(4, 900),
          stars: null,
        }
      : null;
  return {
    linkedin: {
      handle: person.slug,
      connections: random.integer(80, 500),
      followers: random.integer(80, 4_000),
      stars: null,
    },
    github: account(0.1),
    twitter: account(0.2),
    facebook: account(0.2),
    youtube: account(0.05),
    pintrest: account(0.1),
  };
};

const education = (random: Random): Record<string, unknown> => {
  const began = random.integer(1990, 2018);
  return {
    ...random.pick(studies),
    date_range: `${began} - ${began + 3}`,
    school_name: random.pick(schools),
  };
};

const secondSeat = (company: Company, random: Random): Record<string, unknown> => {
  const month = random.integer(1, 12);
  const year = random.integer(2015, 2024);
  return {
    company_id: company.id,
    company_name: company.name,
    company_size: sizeBand(headsOf(company)),
    company_website: `https://www.${company.domain}`,
    company_linkedin: company.slug,
    company_industry: company.industry.label,
    cleaned_position: 'Board Member',
    month_joined: month,
    year_joined: year,
    time_in_current_role: since(month, year),
    seniority: seniorities[0],
    department: departments[0],
  };
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

const since = (month: number, year: number): string =>
  `${months[month - 1] ?? months[0]} '${String(year).slice(2)} - Present`;
