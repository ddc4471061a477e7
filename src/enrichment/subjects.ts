import type { CompanyIdentifier, PersonIdentifier } from '../providers/provider.js';
import type { CompanyRecord, PersonRecord } from '../providers/records.js';
import { normaliseAbn } from './identifiers/normalise-abn.js';
import { normaliseDomain } from './identifiers/normalise-domain.js';
import { normaliseEmail } from './identifiers/normalise-email.js';
import { normaliseLinkedin } from './identifiers/normalise-linkedin.js';

/** The ledger's name for what is asked for, such as `company:domain:smec.com`; by id it is the record's own name. */
export const companySubject = ({ kind, value }: CompanyIdentifier): string => `company:${kind}:${value}`;
export const personSubject = ({ kind, value }: PersonIdentifier): string => `person:${kind}:${value}`;

/** The identifier in a record's own name. */
export const idInSubject = (subject: string): string => subject.slice(subject.lastIndexOf(':') + 1);

// Companies without a site of their own give a page on one of these as their website. Nobody who asks for
// facebook.com means them.
const sharedHosts =
  /(^|\.)(facebook|linkedin|instagram|twitter|x|youtube|tiktok|linktr|google|wixsite|weebly|wordpress|blogspot|squarespace|shopify|myshopify|etsy|ebay|amazon|github|medium|notion|carrd)\.(com|net|org|ee|site|co|io|so)(\.[a-z]{2})?$/;

/** Every subject by which a company can be asked for from now on. */
export const companyAliases = (record: CompanyRecord): string[] => {
  const domains = [record.domain, record.website]
    .map((text) => (text === null ? null : normaliseDomain(text)))
    .filter((domain): domain is string => domain !== null && !sharedHosts.test(domain));
  const linkedin = record.linkedin === null ? null : normaliseLinkedin('company', record.linkedin);
  const abn = record.identifiers?.abn == null ? null : normaliseAbn(record.identifiers.abn);
  return distinct([
    companySubject({ kind: 'id', value: record.id }),
    ...domains.map((value) => companySubject({ kind: 'domain', value })),
    ...(linkedin === null ? [] : [companySubject({ kind: 'linkedin', value: linkedin })]),
    ...(abn === null ? [] : [companySubject({ kind: 'abn', value: abn })]),
  ]);
};

/** Every subject by which a person can be asked for from now on; any known address counts as work and as personal. */
export const personAliases = (record: PersonRecord): string[] => {
  const linkedin = record.linkedin === null ? null : normaliseLinkedin('person', record.linkedin);
  const emails = [...(record.emails?.work ?? []), ...(record.emails?.personal ?? [])]
    .map(({ value }) => (value === null ? null : normaliseEmail(value)))
    .filter((email): email is string => email !== null);
  return distinct([
    personSubject({ kind: 'id', value: record.id }),
    ...(linkedin === null ? [] : [personSubject({ kind: 'linkedin', value: linkedin })]),
    ...emails.flatMap((value) => [
      personSubject({ kind: 'workEmail', value }),
      personSubject({ kind: 'personalEmail', value }),
    ]),
  ]);
};

const distinct = (subjects: string[]): string[] => [...new Set(subjects)];
