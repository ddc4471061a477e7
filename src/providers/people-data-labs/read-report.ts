import type { HttpAnswer } from '../http/http-result.js';
import type { Reported } from '../provider.js';

/**
 * The charge and the balance, from the headers of every response. The balance is of the kind of credits that the query
 * used: companies and people have one each, and only that of people is reported. Source: People Data Labs'
 * usage limits.
 */
export const readReport = (headers: HttpAnswer['headers']): Reported | null => {
  const credits = toCredits(headers['x-call-credits-spent']);
  // An account has one balance in the gateway: that of people, which can be queried.
  const ofCompanies = /company/i.test(headers['x-call-credits-type'] ?? '');
  const balance = ofCompanies ? null : toCredits(headers['x-totallimit-remaining']);
  return credits === null && balance === null ? null : { credits, balance };
};

/** Credits are whole numbers, sometimes written as `1.0`; a fraction is rounded up. */
const toCredits = (text: string | undefined): bigint | null => {
  const found = /^(\d{1,15})(?:\.(\d{1,15}))?$/.exec(text?.trim() ?? '');
  if (found?.[1] === undefined) return null;
  return BigInt(found[1]) + (/[1-9]/.test(found[2] ?? '') ? 1n : 0n);
};
