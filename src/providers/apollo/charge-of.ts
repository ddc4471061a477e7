import { isObject } from '../fields/read-fields.js';
import type { PersonRecord } from '../records.js';
import { phonesIn } from './read-phones.js';

const mobilePrice = 8n;

/** A person is charged by what came: nothing at least, an address or demographics and a mobile number at most. */
export const personPrice = { kind: 'VARIABLE', minCredits: 0n, maxCredits: 1n + mobilePrice } as const;

/**
 * What a person's answer is charged, which it does not say itself: 1 credit for demographics or an e-mail address, 8
 * more where a mobile number is among the phones, 0 where nothing of that came. Source: "Credit usage" of people/match
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
