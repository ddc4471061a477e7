import type { CompanyIdentifier, PersonIdentifier } from '../../providers/provider.js';
import type { CompanyRecord, PersonRecord } from '../../providers/records.js';
import type { Reading } from './clean-text.js';
import { showsPagesOfOthers } from './hosts/judge-host.js';
import { readAbn } from './read-abn.js';
import { hostIn, readDomain } from './read-domain.js';
import { readEmail } from './read-email.js';
import { readKnownSlug } from './read-linkedin.js';

/** The ledger's key of a lookup, such as `company:domain:smec.com`; by id it is the record's own key. */
export const companyLookupKey = ({ kind, value }: CompanyIdentifier): string => `company:${kind}:${value}`;
export const personLookupKey = ({ kind, value }: PersonIdentifier): string => `person:${kind}:${value}`;

type Parsed =
  | { record: 'company'; identifier: CompanyIdentifier }
  | { record: 'person'; identifier: PersonIdentifier };

const companyKinds = ['id', 'domain', 'linkedin', 'abn'] as const;
const personKinds = ['id', 'linkedin', 'workEmail', 'personalEmail'] as const;

/** The identifier in a lookup key; null for other keys, such as that of a search. */
export const parseLookupKey = (lookupKey: string): Parsed | null => {
  const [, record, name, value] = /^(company|person):([A-Za-z]+):(.+)$/s.exec(lookupKey) ?? [];
  if (value === undefined) return null;
  if (record === 'company') {
    const kind = companyKinds.find((one) => one === name);
    return kind === undefined ? null : { record, identifier: { kind, value } };
  }
  const kind = personKinds.find((one) => one === name);
  return kind === undefined ? null : { record: 'person', identifier: { kind, value } };
};

/** The id in a record's own key. */
export const idInLookupKey = (lookupKey: string): string => lookupKey.slice(lookupKey.lastIndexOf(':') + 1);

/** The fields of a record that hold its identifiers. */
export type CompanyNames = Pick<CompanyRecord, 'id' | 'domain' | 'website' | 'linkedin'> & {
  readonly identifiers: { readonly abn: string | null } | null;
};
export type PersonNames = Pick<PersonRecord, 'id' | 'linkedin'> & {
  readonly emails: Record<'work' | 'personal', readonly { readonly value: string }[]> | null;
};

/** Every identifier that a known company can be looked up by. */
export const identifiersOfCompany = (record: CompanyNames): CompanyIdentifier[] => {
  const identifiers: CompanyIdentifier[] = [{ kind: 'id', value: record.id }];
  const add = (kind: CompanyIdentifier['kind'], value: string | null): void => {
    if (value !== null) identifiers.push({ kind, value });
  };
  const domain = ownDomain(record.domain, record.linkedin);
  // The website may be a page of the parent company, so it is used only where the record has no domain.
  add('domain', domain ?? ownDomain(record.website, record.linkedin));
  if (record.linkedin !== null) add('linkedin', readKnownSlug('company', record.linkedin));
  if (record.identifiers?.abn != null) add('abn', valueOf(readAbn(record.identifiers.abn)));
  return identifiers;
};

const valueOf = (reading: Reading<string>): string | null => ('value' in reading ? reading.value : null);

const ownDomain = (text: string | null, slug: string | null): string | null => {
  const domain = text === null ? null : valueOf(readDomain(text));
  if (text === null || domain === null) return null;
  // A record that reports shop.x.example may be of a shop that is a company of its own: it does not answer for x.example.
  if (hostIn(text)?.replace(/^www\d?\./, '') !== domain) return null;
  // Companies without their own site report a page at such a host, and some records leave out its path. The host is the
  // domain of the company that owns it only: github.com is that of the page github.
  return showsPagesOfOthers(domain) && domain.split('.', 1)[0] !== slug ? null : domain;
};

/** Likewise for a person; every known address counts as work and as personal. */
export const identifiersOfPerson = (record: PersonNames): PersonIdentifier[] => {
  const linkedin = record.linkedin === null ? null : readKnownSlug('person', record.linkedin);
  const emails = [...(record.emails?.work ?? []), ...(record.emails?.personal ?? [])]
    .map(({ value }) => (value === null ? null : valueOf(readEmail(value))))
    .filter((email): email is string => email !== null);
  return [
    { kind: 'id', value: record.id },
    ...(linkedin === null ? [] : [{ kind: 'linkedin' as const, value: linkedin }]),
    ...emails.flatMap((value) => [
      { kind: 'workEmail' as const, value },
      { kind: 'personalEmail' as const, value },
    ]),
  ];
};

/** Every key that a record can be looked up by. */
export const companyLookupKeys = (record: CompanyNames): string[] =>
  distinct(identifiersOfCompany(record).map(companyLookupKey));
export const personLookupKeys = (record: PersonNames): string[] =>
  distinct(identifiersOfPerson(record).map(personLookupKey));

const distinct = (keys: string[]): string[] => [...new Set(keys)];
