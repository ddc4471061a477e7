import type { Person } from '../world/person.js';
import { internationally } from '../world/phone-numbers.js';
import { countryNames, regionOf } from '../world/places.js';
import { itemAt } from '../world/random.js';
import type { Contact } from './contact-of.js';
import { organizationBody } from './organization-body.js';
import { idOf, organizationIdOf, personIdOf } from './record-ids.js';

/**
 * A person as Apollo writes it. Numbers stand in the team's own `contact`, each with its `type`; a person without one has
 * no contact either.
 */
export const personBody = (
  person: Person,
  contact: Contact,
  reveal: { personal: boolean },
): Record<string, unknown> => {
  const { role, company, place } = person;
  if (contact.bare) return { id: personIdOf(person), ...nothing };
  const phones = phonesOf(contact);
  return {
    ...who(person),
    title: role.position,
    headline: `${role.position} at ${company.name}`,
    email: contact.email,
    email_status: contact.email === null ? 'unavailable' : 'verified',
    ...(reveal.personal && contact.personalEmail !== null
      ? { personal_emails: [contact.personalEmail] }
      : {}),
    organization_id: organizationIdOf(company),
    employment_history: [employment(person)],
    city: place.city,
    state: regionOf(place),
    country: countryNames[place.country],
    ...(phones.length === 0
      ? {}
      : { contact_id: idOf(`contact ${person.slug}`), contact: ofTeam(person, phones) }),
    revealed_for_current_team: true,
    organization: organizationBody(company),
    is_likely_to_engage: false,
    departments: [itemAt(departments, role.department - 1)].filter((department) => department !== ''),
    subdepartments: [],
    functions: [],
    seniority: itemAt(seniorities, role.seniority - 1),
  };
};

const who = (person: Person): Record<string, unknown> => ({
  id: personIdOf(person),
  first_name: person.firstName,
  last_name: person.lastName,
  name: `${person.firstName} ${person.lastName}`,
  linkedin_url: `http://www.linkedin.com/in/${person.slug}`,
  photo_url: null,
  twitter_url: null,
  github_url: null,
  facebook_url: null,
  extrapolated_email_confidence: null,
});

const nothing = {
  first_name: null,
  last_name: null,
  name: null,
  linkedin_url: null,
  title: null,
  headline: null,
  email: null,
  email_status: 'unavailable',
  organization_id: null,
  employment_history: [],
  city: null,
  state: null,
  country: null,
  departments: [],
  subdepartments: [],
  functions: [],
  seniority: null,
};

type Phone = { raw_number: string; sanitized_number: string; type: string; position: number };

const phonesOf = ({ landline, mobile }: Contact): Phone[] =>
  [
    ...(landline === null ? [] : [{ written: landline, type: 'work_direct' }]),
    ...(mobile === null ? [] : [{ written: mobile, type: 'mobile' }]),
  ].map(({ written, type }, position) => ({
    raw_number: written,
    sanitized_number: internationally(written),
    type,
    position,
    status: 'valid_number',
    dnc_status: null,
    dnc_other_info: null,
    dialer_flags: null,
  }));

const ofTeam = (person: Person, phones: readonly Phone[]): Record<string, unknown> => ({
  id: idOf(`contact ${person.slug}`),
  person_id: personIdOf(person),
  first_name: person.firstName,
  last_name: person.lastName,
  name: `${person.firstName} ${person.lastName}`,
  title: person.role.position,
  organization_name: person.company.name,
  organization_id: organizationIdOf(person.company),
  sanitized_phone: phones[0]?.sanitized_number ?? null,
  phone_numbers: phones,
});

const employment = (person: Person): Record<string, unknown> => ({
  _id: idOf(`employment ${person.slug}`),
  id: idOf(`employment ${person.slug}`),
  key: idOf(`employment ${person.slug}`),
  current: true,
  organization_id: organizationIdOf(person.company),
  organization_name: person.company.name,
  title: person.role.position,
  start_date: `${person.yearJoined}-${String(person.monthJoined).padStart(2, '0')}-01`,
  end_date: null,
});

/** By Firmable's ids of seniorities, 1 to 7. */
const seniorities = ['director', 'founder', 'c_suite', 'vp', 'manager', 'entry', null] as const;

/** By Firmable's ids of departments, 1 to 17. */
const departments = [
  'c_suite',
  'master_sales',
  'master_operations',
  'master_operations',
  'master_engineering_technical',
  'master_human_resources',
  'master_sales',
  'medical_health',
  'education',
  'master_legal',
  'master_marketing',
  'education',
  'consulting',
  'master_finance',
  'product_management',
  '',
  '',
] as const;
