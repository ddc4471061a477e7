import type { Company } from './company.js';

/** The heads of a company in all countries together. */
export const headsOf = (company: Company): number =>
  Object.values(company.employees).reduce((sum, count) => sum + count, 0);
