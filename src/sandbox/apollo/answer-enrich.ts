import { type Account, charge } from '../open-accounts.js';
import { domainOfUrl, slugOfUrl } from '../read-url.js';
import type { Reply } from '../reply.js';
import { contactOf, priceOf } from './contact-of.js';
import type { KnownRecords } from './known-records.js';
import { organizationBody } from './organization-body.js';
import { personBody } from './person-body.js';
import type { Parameters } from './read-parameters.js';
import { organizationIdOf, personIdOf } from './record-ids.js';
import { creditsExhausted, invalid } from './reply.js';

/** An account, and the credits it spent on mobile numbers. */
export type TestAccount = { account: Account; mobiles: { creditsUsed: number } };

export type Lookup = TestAccount & { records: KnownRecords; sent: Parameters };

/** `GET /organizations/enrich`: one credit. A miss is a 200 without an organization: absent, or null for a profile. */
export const answerOrganization = ({ records, account, sent }: Lookup): Reply => {
  const [domain, website] = [sent('domain'), sent('website')];
  const [profile, name] = [sent('linkedin_url'), sent('name')];
  const keys = [
    ...(domain === null ? [] : [`domain:${domain.toLowerCase()}`]),
    ...(website === null ? [] : [`domain:${domainOfUrl(website)}`]),
    ...(profile === null ? [] : [`slug:${slugOfUrl(profile, 'company')}`]),
    ...(name === null ? [] : [`name:${name.toLowerCase()}`]),
  ];
  if (keys.length === 0) return invalid("Required parameter 'domain' missing");
  const company = firstKnown(records.organizations, keys);
  if (company === undefined) return { status: 200, body: profile === null ? {} : { organization: null } };
  if (!charge(account, 1)) return creditsExhausted();
  return {
    status: 200,
    body: { organization: organizationBody(company) },
    retrieved: { recordId: organizationIdOf(company), credits: 1 },
  };
};

/**
 * `POST /people/match`: 0, 1 or 9 credits, by what is found. Numbers that are delivered later need a webhook
 * URL; those of the team's own contact are returned at once. Personal addresses are returned when requested.
 */
export const answerPerson = ({ records, account, mobiles, sent }: Lookup): Reply => {
  if (sent('reveal_phone_number') === 'true' && sent('webhook_url') === null) {
    return invalid("Required parameter 'webhook_url' missing");
  }
  const profile = sent('linkedin_url');
  const keys = keysOfPerson(sent);
  if (keys.length === 0) return invalid("Required parameter 'email' missing");
  const person = firstKnown(records.people, keys);
  if (person === undefined) return { status: 200, body: profile === null ? {} : { person: null } };

  const withPhone = sent('reveal_phone_number') !== 'false';
  const contact = withPhone ? contactOf(person) : { ...contactOf(person), mobile: null, landline: null };
  const price = priceOf(contact);
  if (!charge(account, price.lead + price.mobile)) return creditsExhausted();
  mobiles.creditsUsed += price.mobile;
  return {
    status: 200,
    body: { person: personBody(person, contact, { personal: sent('reveal_personal_emails') === 'true' }) },
    retrieved: { recordId: personIdOf(person), credits: price.lead + price.mobile },
  };
};

const keysOfPerson = (sent: Parameters): string[] => {
  const [id, email, profile] = [sent('id'), sent('email'), sent('linkedin_url')];
  const name =
    sent('name') ?? [sent('first_name'), sent('last_name')].filter((part) => part !== null).join(' ');
  const employer = sent('domain') ?? sent('organization_name');
  return [
    ...(id === null ? [] : [`id:${id}`]),
    ...(email === null ? [] : [`email:${email.toLowerCase()}`]),
    ...(profile === null ? [] : [`slug:${slugOfUrl(profile, 'in')}`]),
    // A name alone is accepted, and finds nobody.
    ...(name === '' ? [] : [`name:${name.toLowerCase()}@${employer?.toLowerCase() ?? ''}`]),
  ];
};

const firstKnown = <Known>(known: ReadonlyMap<string, Known>, keys: readonly string[]): Known | undefined =>
  keys.map((key) => known.get(key)).find((record) => record !== undefined);
