import type { Company } from '../world/company.js';
import type { World } from '../world/create-world.js';
import { createElsewhere } from '../world/elsewhere.js';
import type { Person } from '../world/person.js';
import { contactOf } from './contact-of.js';
import { personIdOf } from './record-ids.js';

/** Under `<kind>:<value>`, the value in lower case. */
export type KnownRecords = {
  organizations: ReadonlyMap<string, Company>;
  people: ReadonlyMap<string, Person>;
};

/** Apollo's records: three of four companies and four of five people of Firmable's, and some that Firmable does not have. */
export const createKnownRecords = (world: World): KnownRecords => {
  const elsewhere = createElsewhere();
  const organizations = [
    ...world.companies.filter(({ index }) => index % 4 !== 2),
    ...elsewhere.companies.filter(({ knownTo }) => knownTo !== 'PEOPLE_DATA_LABS'),
  ];
  const people = [
    ...world.people.filter(({ index }) => index % 5 !== 2),
    ...elsewhere.people.filter(({ knownTo }) => knownTo !== 'PEOPLE_DATA_LABS'),
  ];
  return {
    organizations: new Map(organizations.flatMap(organizationKeys)),
    people: new Map(people.flatMap(personKeys)),
  };
};

const organizationKeys = (company: Company): [string, Company][] => [
  [`domain:${company.domain}`, company],
  [`slug:${company.slug}`, company],
  [`name:${company.name.toLowerCase()}`, company],
];

const personKeys = (person: Person): [string, Person][] => {
  const { email, personalEmail } = contactOf(person);
  const emails = [email, personalEmail].filter((address) => address !== null);
  const name = `${person.firstName} ${person.lastName}`.toLowerCase();
  return [
    [`id:${personIdOf(person)}`, person],
    [`slug:${person.slug}`, person],
    ...emails.map((address): [string, Person] => [`email:${address}`, person]),
    [`name:${name}@${person.company.domain}`, person],
    [`name:${name}@${person.company.name.toLowerCase()}`, person],
  ];
};
