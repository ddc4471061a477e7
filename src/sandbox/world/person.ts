import type { Company } from './company.js';
import type { Place } from './places.js';
import type { Role } from './roles.js';

/** The invented facts of a person. */
export type Person = {
  index: number;
  id: string;
  firstName: string;
  middleName: string | null;
  lastName: string;
  gender: 'Female' | 'Male';
  role: Role;
  company: Company;
  place: Place;
  slug: string;
  workEmail: string;
  /** Whether Firmable has the work email; another provider may. */
  hasWorkEmail: boolean;
  personalEmail: string | null;
  phones: readonly { value: string; is_dnd: boolean }[];
  monthJoined: number;
  yearJoined: number;
  /** A second position, on the board of another company. */
  secondCompany: Company | null;
};

/** Firmable's ids of people: fp and twelve digits. */
export const personId = (index: number): string => `fp${String(200_001 + index).padStart(12, '0')}`;
