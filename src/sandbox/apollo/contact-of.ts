import { isElsewhere } from '../world/elsewhere.js';
import type { Person } from '../world/person.js';
import { isMobile, mobileNumber } from '../world/phone-numbers.js';
import { createRandom } from '../world/random.js';

/** What Apollo has of a person. A bare one is an id and nothing else: nothing that could be charged for. */
export type Contact = {
  bare: boolean;
  email: string | null;
  personalEmail: string | null;
  mobile: string | null;
  landline: string | null;
};

export const contactOf = (person: Person): Contact => {
  const written = person.phones.map((phone) => phone.value);
  const own = written.find(isMobile) ?? null;
  const landline = written.find((phone) => !isMobile(phone)) ?? null;
  const { workEmail, personalEmail, index } = person;
  if (isElsewhere(person)) return { bare: false, email: workEmail, personalEmail, mobile: own, landline };
  if (index % 12 === 9) return { bare: true, email: null, personalEmail: null, mobile: null, landline: null };
  // Every fourth has a mobile, whether Firmable knows one or not; every sixth has no address.
  const random = createRandom(`apollo contact of ${person.slug}`);
  return {
    bare: false,
    email: index % 6 === 5 ? null : workEmail,
    personalEmail,
    mobile: index % 4 === 1 ? (own ?? mobileNumber(random)) : null,
    landline,
  };
};

/** The charge of a match: 1 for an address or a position, 8 more for a mobile number, 0 for a bare id. */
export const priceOf = (contact: Contact): { lead: number; mobile: number } => ({
  lead: contact.bare ? 0 : 1,
  mobile: contact.mobile === null ? 0 : 8,
});
