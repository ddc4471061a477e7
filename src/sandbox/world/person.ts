import type { Company } from './company.js';
import type { Place } from './places.js';
import type { Role } from './roles.js';

/** What is invented once of a person. */
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
  /** Whether Firmable knows the work email; a rival may. */
  hasWorkEmail: boolean;
  personalEmail: string | null;
  phones: readonly { value: string; is_dnd: boolean }[];
  monthJoined: number;
  yearJoined: number;
  /** A second seat, on the board of another company. */
  secondCompany: Company | null;
};

/** Firmable's ids of people: fp and twelve digits. */
export const personId = (index: number): string => `fp${String(200_001 + index).padStart(12, '0')}`;
