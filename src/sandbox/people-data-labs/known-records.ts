import type { Company } from '../world/company.js';
import type { World } from '../world/create-world.js';
import { createElsewhere } from '../world/elsewhere.js';
import type { Person } from '../world/person.js';
import { contactOf } from './contact-of.js';
import { companyIdOf, personIdOf } from './record-ids.js';

/** A match, and its likelihood from 1 to 10 by the identifier used. */
export type Match<Known> = { record: Known; likelihood: number };

/** Under `<kind>:<value>`, the value in lower case but for ids. */
export type KnownRecords = {
  companies: ReadonlyMap<string, Match<Company>>;
  people: ReadonlyMap<string, Match<Person>>;
};

/**
 * People Data Labs' records: four of five companies and six of seven people of Firmable's, and some that Firmable does
 * not have.
 */
export const createKnownRecords = (world: World): KnownRecords => {
  const elsewhere = createElsewhere();
  const companies = [
    ...world.companies.filter(({ index }) => index % 5 !== 3),
    ...elsewhere.companies.filter(({ knownTo }) => knownTo !== 'APOLLO'),
  ];
  const people = [
    ...world.people.filter(({ index }) => index % 7 !== 3),
    ...elsewhere.people.filter(({ knownTo }) => knownTo !== 'APOLLO'),
  ];
  return { companies: new Map(companies.flatMap(companyKeys)), people: new Map(people.flatMap(personKeys)) };
};

const companyKeys = (record: Company): [string, Match<Company>][] => [
  [`id:${companyIdOf(record)}`, { record, likelihood: 10 }],
  [`slug:${record.slug}`, { record, likelihood: 9 }],
  [`domain:${record.domain}`, { record, likelihood: 8 }],
  [`name:${record.name.toLowerCase()}`, { record, likelihood: 4 }],
];

const personKeys = (record: Person): [string, Match<Person>][] => {
  const contact = contactOf(record);
  const emails = [contact.workEmail, contact.personalEmail].filter((email) => email !== null);
  const name = `${record.firstName} ${record.lastName}`.toLowerCase();
  const { company } = record;
  return [
    [`id:${personIdOf(record)}`, { record, likelihood: 10 }],
    [`slug:${record.slug}`, { record, likelihood: 10 }],
    ...emails.map((email): [string, Match<Person>] => [`email:${email}`, { record, likelihood: 9 }]),
    // The owner of an old address may have changed jobs.
    [`email:${contact.formerEmail}`, { record, likelihood: 4 }],
    ...contact.phones.map((phone): [string, Match<Person>] => [`phone:${phone}`, { record, likelihood: 6 }]),
    ...[company.name.toLowerCase(), company.domain, company.slug].map((employer): [string, Match<Person>] => [
      `name:${name}@${employer}`,
      { record, likelihood: 5 },
    ]),
  ];
};
