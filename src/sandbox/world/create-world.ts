import type { Company } from './company.js';
import { flagshipCompany, flagshipPeople } from './flagship.js';
import { inventCompany } from './invent-company.js';
import { inventPeople } from './invent-people.js';
import { itemAt } from './random.js';
import type { Person } from './person.js';

/** Firmable's records. Lookups take identifiers in their plain form: lower case, without scheme or path. */
export type World = {
  companies: readonly Company[];
  people: readonly Person[];
  companyBy: Record<CompanyIdentifier, ReadonlyMap<string, Company>>;
  personBy: Record<PersonIdentifier, ReadonlyMap<string, Person>>;
  /** In the order of their ids; empty for a company that does not exist. */
  peopleOf: (companyId: string) => readonly Person[];
};

export type CompanyIdentifier = 'id' | 'slug' | 'domain' | 'abn';
export type PersonIdentifier = 'id' | 'slug' | 'workEmail' | 'personalEmail';

/**
 * Invents `records` companies, the flagship among them, and about three times as many people. A record does not depend
 * on their number.
 */
export const createWorld = (records: number): World => {
  const companies = [flagshipCompany()];
  for (let index = 1; index < records; index += 1) companies.push(inventCompany(index));

  const people: Person[] = [];
  const byCompany = new Map<string, readonly Person[]>();
  for (const company of companies) {
    const staff =
      company.index === 0
        ? flagshipPeople(company, 0)
        : inventPeople(company, people.length, [itemAt(companies, company.index - 1)]);
    byCompany.set(company.id, staff);
    people.push(...staff);
  }

  const withWorkEmail = people.filter((person) => person.hasWorkEmail);
  const withPersonalEmail = people.filter((person) => person.personalEmail !== null);
  return {
    companies,
    people,
    companyBy: {
      id: new Map(companies.map((company) => [company.id, company])),
      slug: new Map(companies.map((company) => [company.slug, company])),
      domain: new Map(companies.map((company) => [company.domain, company])),
      abn: new Map(companies.map((company) => [company.abn, company])),
    },
    personBy: {
      id: new Map(people.map((person) => [person.id, person])),
      slug: new Map(people.map((person) => [person.slug, person])),
      workEmail: new Map(withWorkEmail.map((person) => [person.workEmail, person])),
      personalEmail: new Map(withPersonalEmail.map((person) => [person.personalEmail ?? '', person])),
    },
    peopleOf: (id) => byCompany.get(id) ?? [],
  };
};
