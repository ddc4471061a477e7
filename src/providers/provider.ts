import type { CompanyRecord, FoundPerson, PersonRecord } from './records.js';

export const providerNames = ['FIRMABLE'] as const;
export type ProviderName = (typeof providerNames)[number];

/** Countries whose regional figures Firmable can answer with; AU where none is asked for. */
export const countries = [
  'AU',
  'NZ',
  'SG',
  'MY',
  'ID',
  'PH',
  'HK',
  'JP',
  'VN',
  'KR',
  'TH',
  'US',
  'CA',
] as const;
export type Country = (typeof countries)[number];

/** One normalised identifier: a bare domain, a LinkedIn slug, eleven digits of an ABN, a lower-case address. */
export type CompanyIdentifier = { kind: 'id' | 'domain' | 'linkedin' | 'abn'; value: string };
export type PersonIdentifier = { kind: 'id' | 'linkedin' | 'workEmail' | 'personalEmail'; value: string };

export type CompanyLookup = { operation: 'COMPANY'; by: CompanyIdentifier; country: Country };
export type PersonLookup = { operation: 'PERSON'; by: PersonIdentifier };
export type Lookup = CompanyLookup | PersonLookup;

export type PeopleSearch = {
  companyId: string;
  country: Country;
  position: string | null;
  /** Firmable's ids, 1 to 7. */
  seniority: number | null;
  /** Firmable's ids, 1 to 17. */
  department: number | null;
  /** Zero-based offset of the first person. */
  from: number;
  size: number;
};

/** A field of the answer that had another type than documented: it is null in the record and named here. */
export type OddField = { path: string; expected: string; got: string };

/**
 * What one question to a provider came to, in our words. `sent: false` promises that the provider never saw it,
 * so nothing can have been charged.
 */
export type Miss = { kind: 'NOT_FOUND' };
export type Throttled = { kind: 'THROTTLED'; retryAfterSeconds: number | null };
export type Refused = { kind: 'REFUSED'; code: 'KEY_REFUSED' | 'PLAN_WITHOUT_API' | 'OUT_OF_CREDITS' };
/** A fault before the provider took the question, or an error it answered with: nothing was charged. */
export type Broken = { kind: 'BROKEN'; code: 'PROVIDER_UNAVAILABLE'; sent: boolean; detail: string };
/** Nobody knows whether the provider charged: no answer in time, a cut connection, or a hit that cannot be read. */
export type Unknown = {
  kind: 'UNKNOWN';
  code: 'PROVIDER_TIMEOUT' | 'PROVIDER_UNAVAILABLE' | 'PROVIDER_ANSWER_UNREADABLE';
  detail: string;
};
export type NoRecord = Miss | Throttled | Refused | Broken | Unknown;

export type Found<Record> = { kind: 'FOUND'; record: Record; raw: unknown; oddFields: OddField[] };
export type FoundPage = { kind: 'FOUND'; people: FoundPerson[]; total: number; oddFields: OddField[] };

/** What a provider needs from outside for one question. */
export type Call = {
  key: string;
  /** Resolves when this key may send one more request; rejects with a GatewayError RATE_LIMITED when it may not soon. */
  turn: () => Promise<void>;
};

export type Provider = {
  name: ProviderName;
  /** How people call it. */
  title: string;
  /** Credits for the first retrieval of a record. */
  price: bigint;
  /** Requests in any one second per key. */
  requestsPerSecond: number;
  /** Where to get a key, for messages and the catalogue. */
  keyHelp: string;
  /** Takes `Bearer ` and quotes off a pasted key; null where the rest cannot be a key of this provider. */
  parseKey: (pasted: string) => string | null;
  /** Whether the key belongs to the built-in sandbox. */
  isSandboxKey: (key: string) => boolean;
  findCompany: (call: Call, lookup: CompanyLookup) => Promise<Found<CompanyRecord> | NoRecord>;
  findPerson: (call: Call, lookup: PersonLookup) => Promise<Found<PersonRecord> | NoRecord>;
  searchPeople: (call: Call, search: PeopleSearch) => Promise<FoundPage | NoRecord>;
  /** Reads a kept `raw` again, as today's code understands it; null where it is no record. */
  readCompany: (raw: unknown) => { record: CompanyRecord } | null;
  readPerson: (raw: unknown) => { record: PersonRecord } | null;
  /** Asks something that cannot be charged, to learn whether the key is taken. */
  verify: (call: Call) => Promise<{ kind: 'ACCEPTED' } | NoRecord>;
  close: () => Promise<void>;
};
