import type { Company } from './company.js';
import { type Person, personId } from './person.js';
import { landline, mobileNumber } from './phone-numbers.js';
import { foreignPlaces, type Place } from './places.js';
import { createRandom, itemAt, type Random } from './random.js';
import { leadingRoles, otherRoles, type Role } from './roles.js';
import { femaleNames, lastNames, maleNames } from './words.js';

/**
 * Invents two to four people of a company, its head first. `firstIndex` numbers them; `others` are companies on
 * whose boards they may sit as well.
 */
export const inventPeople = (company: Company, firstIndex: number, others: readonly Company[]): Person[] => {
  const random = createRandom(`people of ${company.id}`);
  const count = random.integer(2, 4);
  const roles = [random.pick(leadingRoles), ...random.some(otherRoles, count - 1)];
  return roles.map((role, offset) => inventPerson(company, role, firstIndex + offset, others));
};

const inventPerson = (company: Company, role: Role, index: number, others: readonly Company[]): Person => {
  const id = personId(index);
  const random = createRandom(id);
  const gender = random.chance(0.5) ? 'Female' : 'Male';
  // Counted, not drawn: colleagues then never share a name, and so never an address.
  const firstName = itemAt(gender === 'Female' ? femaleNames : maleNames, index);
  const lastName = random.pick(lastNames);
  const place = placeOf(random, company);
  const handle = `${firstName}.${lastName}`.toLowerCase();
  return {
    index,
    id,
    firstName,
    middleName: random.chance(0.15) ? random.pick(lastNames).charAt(0) : null,
    lastName,
    gender,
    role,
    company,
    place,
    slug: `${firstName}-${lastName}-${(index + 4_096).toString(16)}`.toLowerCase(),
    workEmail: `${handle}@${company.domain}`,
    hasWorkEmail: index % 10 !== 7,
    personalEmail: random.chance(0.4) ? `${handle}.${index}@letterbox.example` : null,
    phones: phonesOf(random, place),
    monthJoined: random.integer(1, 12),
    yearJoined: random.integer(Math.max(2008, Math.min(company.yearFounded, 2024)), 2025),
    secondCompany: others.length > 0 && random.chance(0.12) ? random.pick(others) : null,
  };
};

const placeOf = (random: Random, company: Company): Place => {
  if (random.chance(0.8)) return company.hq;
  return random.pick([...company.branches, ...foreignPlaces.slice(0, 2)]);
};

const phonesOf = (random: Random, place: Place): { value: string; is_dnd: boolean }[] => {
  const phones: { value: string; is_dnd: boolean }[] = [];
  if (random.chance(0.7)) phones.push({ value: mobileNumber(random), is_dnd: random.chance(0.3) });
  if (random.chance(0.3)) phones.push({ value: landline(random, place.areaCode), is_dnd: false });
  return phones;
};
