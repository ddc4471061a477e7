import { isObject } from '../fields/read-fields.js';
import type { PersonRecord } from '../records.js';
import { phonesIn } from './read-phones.js';

const mobilePrice = 8n;

/** A person costs nothing at least, and at most an address or demographics and a mobile number. */
export const personPrice = { kind: 'VARIABLE', minCredits: 0n, maxCredits: 1n + mobilePrice } as const;

/**
 * What a person is charged, which the response does not report: 1 credit for demographics or an e-mail address, 8 more
 * for a mobile number, 0 for neither. Source: "Credit usage" of people/match
 * in Apollo's OpenAPI document.
 */
export const chargeOf = (record: PersonRecord, raw: unknown): bigint => {
  const person = isObject(raw) && isObject(raw['person']) ? raw['person'] : {};
  const hasMobile = phonesIn(person).some((phone) => phone.isMobile);
  return (hasPaidData(record) ? 1n : 0n) + (hasMobile ? mobilePrice : 0n);
};

const hasPaidData = (record: PersonRecord): boolean => {
  const { emails, company, name, firstName, lastName, headline, position, linkedin, locations } = record;
  const addresses = (emails?.work.length ?? 0) + (emails?.personal.length ?? 0);
  const known = [company, name, firstName, lastName, headline, position, linkedin, locations];
  return addresses > 0 || known.some((value) => value !== null);
};
