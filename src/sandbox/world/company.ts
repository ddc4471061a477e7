import type { Industry } from './industries.js';
import type { Country, Place } from './places.js';

/** The invented facts of a company, from which response bodies are written. */
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
  /** Employees per country; unknown in a country that is missing here. */
  employees: Readonly<Partial<Record<Country, number>>>;
};

/** Firmable's ids of companies: an f and twelve digits. */
export const companyId = (index: number): string => `f${String(100_001 + index).padStart(12, '0')}`;
