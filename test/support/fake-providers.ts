import type { Provider, ProviderName, Providers } from '../../src/providers/catalogue.js';
import type { CompanyLookup, Found, Miss, NoRecord, Price } from '../../src/providers/provider.js';
import type { CompanyRecord } from '../../src/providers/records.js';

/** What a scripted provider does with one query. `credits`: what it charges, and reports where it reports charges. */
export type Action =
  | { kind: 'FOUND'; credits: number; phone: boolean; email: boolean }
  | { kind: 'NOT_FOUND'; credits: number }
  | { kind: 'THROTTLED' | 'REFUSED' | 'BROKEN' | 'UNKNOWN' | 'THROWS' };

/** Decides the result of a query. */
export type Script = (provider: ProviderName, domain: string, lookup: CompanyLookup) => Action;

export type FakeProviders = {
  providers: Providers;
  /** What each has charged so far. */
  charged: Record<ProviderName, number>;
  /** The queries sent so far: provider and domain. */
  queries: [ProviderName, string][];
};

const prices: Record<ProviderName, Price> = {
  FIRMABLE: { kind: 'FIXED', minCredits: 1n, maxCredits: 1n },
  PEOPLE_DATA_LABS: { kind: 'REPORTED', minCredits: 1n, maxCredits: 1n },
  APOLLO: { kind: 'VARIABLE', minCredits: 1n, maxCredits: 9n },
};

/** A provider without a network, which finds nothing; a test replaces what it needs. */
export const fakeProvider = (name: ProviderName, replaced: Partial<Provider> = {}): Provider => ({
  name,
  title: name,
  company: {
    identifiers: ['id', 'domain', ...(name === 'FIRMABLE' ? (['abn'] as const) : [])],
    price: prices[name],
  },
  person: { identifiers: [], price: prices[name] },
  separatesEmailKinds: name === 'FIRMABLE',
  refetchIsFree: name === 'FIRMABLE',
  requestsPerSecond: 0,
  keyHelp: '',
  sandboxKey: '',
  parseKey: (pasted) => pasted,
  hostOf: () => name,
  isSandboxKey: () => false,
  isCompanyId: (id) => id.startsWith(`${name}~`),
  isPersonId: () => false,
  findCompany: () => Promise.resolve({ kind: 'NOT_FOUND' }),
  findPerson: () => Promise.resolve({ kind: 'NOT_FOUND' }),
  searchPeople: null,
  readCompany: () => null,
  readPerson: () => null,
  verify: () => Promise.resolve({ kind: 'ACCEPTED' }),
  readBalance: null,
  close: () => Promise.resolve(),
  ...replaced,
});

/**
 * The three providers without a network: companies by domain. Firmable charges for a record once and reports nothing; the
 * others charge for every answer and report it. An unknown result is charged in full.
 */
export const createFakeProviders = (script: Script): FakeProviders => {
  const charged = { FIRMABLE: 0, PEOPLE_DATA_LABS: 0, APOLLO: 0 };
  const sold = new Set<string>();
  const queries: [ProviderName, string][] = [];

  const charge = (name: ProviderName, domain: string, credits: number): number => {
    if (name === 'FIRMABLE' && sold.has(domain)) return 0;
    if (name === 'FIRMABLE') sold.add(domain);
    charged[name] += credits;
    return credits;
  };

  const find = async (
    name: ProviderName,
    lookup: CompanyLookup,
  ): Promise<Found<CompanyRecord> | NoRecord> => {
    await Promise.resolve();
    const domain = lookup.by.value.replace(/^.*~/, '');
    queries.push([name, domain]);
    const action = script(name, domain, lookup);
    const reports = name !== 'FIRMABLE';
    const reported = (credits: number) =>
      reports ? { reported: { credits: BigInt(credits), balance: null } } : {};
    switch (action.kind) {
      case 'FOUND': {
        const record = companyOf(name, domain, action);
        const credits = charge(name, domain, reports ? action.credits : 1);
        return { kind: 'FOUND', record, raw: () => record, unexpectedFields: [], ...reported(credits) };
      }
      case 'NOT_FOUND': {
        const requiresFields = name === 'PEOPLE_DATA_LABS' && lookup.require.length > 0;
        const why: Pick<Miss, 'forFields'> = requiresFields ? { forFields: true } : {};
        return { kind: 'NOT_FOUND', ...why, ...reported(reports ? charge(name, domain, action.credits) : 0) };
      }
      case 'THROTTLED':
        return { kind: 'THROTTLED', retryAfterSeconds: 1 };
      case 'REFUSED':
        return { kind: 'REFUSED', code: 'OUT_OF_CREDITS' };
      case 'BROKEN':
        return { kind: 'BROKEN', code: 'PROVIDER_UNAVAILABLE', sent: true, detail: 'scripted' };
      case 'UNKNOWN':
        charge(name, domain, Number(prices[name].maxCredits));
        return { kind: 'UNKNOWN', code: 'PROVIDER_TIMEOUT', cause: 'TIMEOUT', detail: 'scripted' };
      case 'THROWS':
        charge(name, domain, Number(prices[name].maxCredits));
        throw new Error('scripted');
    }
  };

  const provider = (name: ProviderName): Provider =>
    fakeProvider(name, {
      findCompany: (_, lookup) => find(name, lookup),
      // What was stored is what was given: the record itself.
      readCompany: (raw) => ({
        record: { ...companyOf(name, '', { phone: false, email: false }), ...Object(raw) },
      }),
    });
  return {
    providers: {
      FIRMABLE: provider('FIRMABLE'),
      PEOPLE_DATA_LABS: provider('PEOPLE_DATA_LABS'),
      APOLLO: provider('APOLLO'),
    },
    charged,
    queries,
  };
};

const companyOf = (
  name: ProviderName,
  domain: string,
  { phone, email }: { phone: boolean; email: boolean },
): CompanyRecord => ({
  id: `${name}~${domain}`,
  name: `${domain} by ${name}`,
  domain,
  website: null,
  linkedin: null,
  description: null,
  tagline: null,
  employeeCount: null,
  yearFounded: null,
  hqLocation: null,
  hqCountry: null,
  companySize: null,
  companyType: null,
  abnOperationStatus: null,
  revenue: null,
  locations: null,
  states: null,
  industries: null,
  keywords: null,
  phones: phone ? ['+61 2 5550 1234'] : null,
  emails: email ? [`office@${domain}`] : null,
  socialMedia: null,
  identifiers: null,
  orgRegisters: null,
  nextGen: null,
});
