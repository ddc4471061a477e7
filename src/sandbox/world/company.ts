import type { Industry } from './industries.js';
import type { Country, Place } from './places.js';

/** What is invented once of a company; the body of an answer is written from it. */
export type Company = {
  index: number;
  id: string;
  name: string;
  slug: string;
  domain: string;
  acn: string;
  abn: string;
  industry: Industry;
  description: string;
  tagline: string;
  hq: Place;
  /** All other cities where it works. */
  branches: readonly Place[];
  yearFounded: number;
  companyType: string;
  /** Heads per country; a country that is missing here is one where nothing is known. */
  employees: Readonly<Partial<Record<Country, number>>>;
};

/** Firmable's ids of companies: an f and twelve digits. */
export const companyId = (index: number): string => `f${String(100_001 + index).padStart(12, '0')}`;
