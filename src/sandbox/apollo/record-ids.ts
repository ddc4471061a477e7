import type { Company } from '../world/company.js';
import type { Person } from '../world/person.js';
import { createRandom } from '../world/random.js';

const digits = '0123456789abcdef'.split('');

/** Ids of Apollo: 24 hexadecimal digits. */
export const idOf = (what: string): string => {
  const random = createRandom(`apollo ${what}`);
  return Array.from({ length: 24 }, () => random.pick(digits)).join('');
};

export const organizationIdOf = (company: Company): string => idOf(`organization ${company.domain}`);

export const personIdOf = (person: Person): string => idOf(`person ${person.slug}`);
