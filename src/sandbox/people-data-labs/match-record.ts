import { domainOfUrl, slugOfUrl } from '../read-url.js';
import type { Company } from '../world/company.js';
import type { Person } from '../world/person.js';
import type { KnownRecords, Match } from './known-records.js';

/** The most likely match of the parameters; null where there is none, MISSING where no parameter can find one. */
export const matchCompany = (
  records: KnownRecords,
  query: URLSearchParams,
): Match<Company> | null | 'MISSING' => {
  const [id, website, profile, name] = readAll(query, ['pdl_id', 'website', 'profile', 'name']);
  return likeliest(records.companies, [
    keyOf('id', id, (written) => written),
    keyOf('domain', website, domainOfUrl),
    keyOf('slug', profile, (written) => slugOfUrl(written, 'company')),
    keyOf('name', name, lower),
  ]);
};

/** The same for a person. With `pdl_id` every other parameter is ignored. */
export const matchPerson = (
  records: KnownRecords,
  query: URLSearchParams,
): Match<Person> | null | 'MISSING' => {
  const [id, profile, email, phone] = readAll(query, ['pdl_id', 'profile', 'email', 'phone']);
  if (id !== null) return likeliest(records.people, [keyOf('id', id, (written) => written)]);
  return likeliest(records.people, [
    keyOf('slug', profile, (written) => slugOfUrl(written, 'in')),
    keyOf('email', email, lower),
    keyOf('phone', phone, (written) => `+${written.replace(/\D/g, '')}`),
    keyOf('name', nameAndCompany(query), lower),
  ]);
};

const readAll = (query: URLSearchParams, names: readonly string[]): (string | null)[] =>
  names.map((name) => read(query, name));

const read = (query: URLSearchParams, name: string): string | null => {
  const written = query.get(name)?.trim() ?? '';
  return written === '' ? null : written;
};

const lower = (written: string): string => written.toLowerCase();

// A company is taken by its name, its website or its profile.
const nameAndCompany = (query: URLSearchParams): string | null => {
  const name = read(query, 'name') ?? readAll(query, ['first_name', 'last_name']).join(' ').trim();
  const company = read(query, 'company');
  if (company === null || !name.includes(' ')) return null;
  const domain = company.includes('.') ? domainOfUrl(company) : null;
  return `${name}@${slugOfUrl(company, 'company') ?? domain ?? company}`;
};

type Key = { kind: string; value: string | null };

/** Null where the parameter was not sent; a `value` of null where it cannot match anything. */
const keyOf = (
  kind: string,
  written: string | null | undefined,
  plain: (written: string) => string | null,
): Key | null => (written === null || written === undefined ? null : { kind, value: plain(written) });

const likeliest = <Known>(
  known: ReadonlyMap<string, Match<Known>>,
  keys: readonly (Key | null)[],
): Match<Known> | null | 'MISSING' => {
  const sent = keys.filter((key) => key !== null);
  if (sent.length === 0) return 'MISSING';
  const matches = sent.flatMap(({ kind, value }) => known.get(`${kind}:${value}`) ?? []);
  return matches.toSorted((one, other) => other.likelihood - one.likelihood)[0] ?? null;
};
