import { domainOfUrl, slugOfUrl, withoutWww } from '../read-url.js';
import type { CompanyIdentifier, PersonIdentifier, World } from '../world/create-world.js';
import type { Company } from '../world/company.js';
import type { Person } from '../world/person.js';

type Reading<By> = Readonly<Record<string, { by: By; plain: (written: string) => string | null }>>;

/** The query parameters of `GET /company`, and how each spelling is normalized. */
const companyParameters: Reading<CompanyIdentifier> = {
  id: { by: 'id', plain: (written) => written },
  ln_slug: { by: 'slug', plain: (written) => written.toLowerCase() },
  ln_url: { by: 'slug', plain: (written) => slugOfUrl(written, 'company') },
  fqdn: { by: 'domain', plain: (written) => withoutWww(written.toLowerCase()) },
  abn: { by: 'abn', plain: (written) => written.replaceAll(' ', '') },
  website: { by: 'domain', plain: (written) => domainOfUrl(written) },
};

const personParameters: Reading<PersonIdentifier> = {
  id: { by: 'id', plain: (written) => written },
  ln_slug: { by: 'slug', plain: (written) => written.toLowerCase() },
  ln_url: { by: 'slug', plain: (written) => slugOfUrl(written, 'in') },
  work_email: { by: 'workEmail', plain: (written) => written.toLowerCase() },
  personal_email: { by: 'personalEmail', plain: (written) => written.toLowerCase() },
};

/** How many identifiers were sent, and the record of the one; `found` is null where it is unknown. */
export type Sought<Found> = { identifiers: number; found: Found | null };

export const seekCompany = (world: World, query: URLSearchParams): Sought<Company> =>
  seek(companyParameters, query, (by, plain) => world.companyBy[by].get(plain));

export const seekPerson = (world: World, query: URLSearchParams): Sought<Person> =>
  seek(personParameters, query, (by, plain) => world.personBy[by].get(plain));

const seek = <By, Found>(
  parameters: Reading<By>,
  query: URLSearchParams,
  lookUp: (by: By, plain: string) => Found | undefined,
): Sought<Found> => {
  const sent = Object.entries(parameters).flatMap(([name, reading]) =>
    query
      .getAll(name)
      .map((written) => written.trim())
      .filter((written) => written !== '')
      .map((written) => ({ ...reading, written })),
  );
  const [only] = sent;
  if (only === undefined || sent.length > 1) return { identifiers: sent.length, found: null };
  const plain = only.plain(only.written);
  return { identifiers: 1, found: plain === null ? null : (lookUp(only.by, plain) ?? null) };
};
