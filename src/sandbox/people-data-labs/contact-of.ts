import { isElsewhere } from '../world/elsewhere.js';
import type { Person } from '../world/person.js';
import { internationally, isMobile, mobileNumber } from '../world/phone-numbers.js';
import { createRandom } from '../world/random.js';

export type Contact = {
  /** The address at the current employer; null where only former ones are known. */
  workEmail: string | null;
  /** An address at a former employer: still listed, and no longer valid. */
  formerEmail: string;
  personalEmail: string | null;
  mobile: string | null;
  phones: readonly string[];
};

const formerEmployers = [
  'oldquay',
  'brackenbright',
  'marlowandsons',
  'tinderboxstudio',
  'fourthwharf',
] as const;

/** People Data Labs' contact data of a person: more than Firmable's in some cases, less in others. */
export const contactOf = (person: Person): Contact => {
  const random = createRandom(`pdl contact of ${person.slug}`);
  const handle = `${person.firstName.charAt(0)}${person.lastName}`.toLowerCase();
  const written = person.phones.map((phone) => phone.value);
  const own = written.find(isMobile);
  // Every fourth has a mobile, whether Firmable knows one or not.
  const mobile = isElsewhere(person)
    ? own
    : person.index % 4 === 0
      ? (own ?? mobileNumber(random))
      : undefined;
  const listed = [...(mobile === undefined ? [] : [mobile]), ...written.filter((phone) => !isMobile(phone))];
  return {
    workEmail: !isElsewhere(person) && person.index % 5 === 3 ? null : person.workEmail,
    formerEmail: `${handle}@${random.pick(formerEmployers)}.example`,
    personalEmail: person.personalEmail,
    mobile: mobile === undefined ? null : internationally(mobile),
    phones: listed.map(internationally),
  };
};
