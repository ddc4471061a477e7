import type { Company } from '../world/company.js';
import type { Person } from '../world/person.js';
import { createRandom } from '../world/random.js';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'.split('');

/** Its ids of companies: letters and digits, such as `tnHcNHbCv8MKeLh92946LAkX6PKg`. */
export const companyIdOf = (company: Company): string => draw(`pdl company ${company.domain}`, 28);

/** Its ids of people: letters and digits with a numeric suffix, such as `qEnOZ5Oh0poWnQ1luFBfVw_0000`. */
export const personIdOf = (person: Person): string => `${draw(`pdl person ${person.slug}`, 22)}_0000`;

const draw = (seed: string, length: number): string => {
  const random = createRandom(seed);
  return Array.from({ length }, () => random.pick(letters)).join('');
};
