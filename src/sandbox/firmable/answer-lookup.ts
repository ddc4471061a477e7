import type { Account } from '../open-accounts.js';
import { seekCompany, seekPerson } from './read-identifier.js';
import type { Reply } from '../reply.js';
import { publicGraphqlError, documentedError, plainError } from './reply.js';
import { retrieveRecord } from './retrieve-record.js';
import { companyBody } from './company-body.js';
import type { World } from '../world/create-world.js';
import { personBody } from './person-body.js';
import { type Country, countries } from '../world/places.js';

export type Lookup = { world: World; account: Account; query: URLSearchParams };

/** `GET /company`. A miss is a 500, as on the live API, and costs nothing. */
export const answerCompany = ({ world, account, query }: Lookup): Reply => {
  const { identifiers, found } = seekCompany(world, query);
  if (identifiers !== 1) return notOne('id, ln_slug, ln_url, fqdn, abn or website');
  const country = readCountry(query.get('country'));
  if (country === null) return unsupportedCountry();
  if (found === null) return plainError(500, 'Company profile not found');
  return handOver(account, found.id, () => companyBody(found, country));
};

/** `GET /people`. A miss is a 500 in one of several wordings. */
export const answerPerson = ({ world, account, query }: Lookup): Reply => {
  const { identifiers, found } = seekPerson(world, query);
  if (identifiers !== 1) return notOne('id, ln_slug, ln_url, work_email or personal_email');
  if (found === null) return plainError(500, missWording(query));
  return handOver(account, found.id, () => personBody(found));
};

/** Null for an unsupported country; AU where none was sent. */
export const readCountry = (written: string | null): Country | null =>
  countries.find((country) => country === (written ?? 'AU')) ?? null;

export const unsupportedCountry = (): Reply =>
  documentedError(400, `Invalid or unsupported country code. Use one of ${countries.join(', ')}.`);

const notOne = (choices: string): Reply =>
  documentedError(400, `Exactly one identifier is required: ${choices}.`);

const handOver = (account: Account, recordId: string, body: () => unknown): Reply => {
  const outcome = retrieveRecord(account, recordId);
  if (outcome === 'BROKE') {
    return publicGraphqlError(402, 'insufficient_credits', 'You have no credits left to view this profile.');
  }
  return { status: 200, body: body(), retrieved: { recordId, credits: outcome === 'CHARGED' ? 1 : 0 } };
};

// One text for each kind of identifier, so that a test can trigger each.
const missWording = (query: URLSearchParams): string => {
  if (query.has('work_email') || query.has('personal_email')) return 'There is no record for this email';
  if (query.has('ln_slug') || query.has('ln_url')) return 'We have no profile for this LinkedIn member';
  return 'People profile not found';
};
