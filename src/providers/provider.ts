import type { CompanyRecord, FoundPerson, PersonRecord } from './records.js';

/** Countries that Firmable has regional figures for; AU is the default. */
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

/** The kinds of records, and of the lookups that return one. */
export type RecordKind = 'COMPANY' | 'PERSON';

/** One normalised identifier: a bare domain, a LinkedIn slug, eleven digits of an ABN, a lower-case address. */
export type CompanyIdentifier = { kind: 'id' | 'domain' | 'linkedin' | 'abn'; value: string };
export type PersonIdentifier = { kind: 'id' | 'linkedin' | 'workEmail' | 'personalEmail'; value: string };

/** Fields that a step of a waterfall may require. */
export const recordFields = [
  'NAME',
  'WEBSITE',
  'LINKEDIN',
  'EMPLOYEE_COUNT',
  'INDUSTRY',
  'LOCATION',
  'POSITION',
  'EMAIL',
  'WORK_EMAIL',
  'PERSONAL_EMAIL',
  'PHONE',
] as const;
export type RecordField = (typeof recordFields)[number];

/**
 * `require` lists the fields that the record must have. A provider that can return a record without them as a free miss
 * does so; others ignore it.
 */
export type CompanyLookup = {
  operation: 'COMPANY';
  by: CompanyIdentifier;
  country: Country;
  require: readonly RecordField[];
};
export type PersonLookup = { operation: 'PERSON'; by: PersonIdentifier; require: readonly RecordField[] };
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

/** A field whose type differs from the documentation: it is null in the record and listed here. */
export type UnexpectedField = { path: string; expected: string; got: string };

/**
 * What a provider reported of credits in or beside its answer. `credits`: the charge of this query; `balance`: what the
 * account has left. Null: not reported.
 */
export type Reported = { credits: bigint | null; balance: bigint | null };

/**
 * The results of a query that have no record. `sent: false` guarantees that no byte was sent, so that nothing was
 * charged. `forFields`: the same query without `require` might have found a record.
 */
export type Miss = { kind: 'NOT_FOUND'; forFields?: true; reported?: Reported };
export type Throttled = { kind: 'THROTTLED'; retryAfterSeconds: number | null; reported?: Reported };
export type Refused = {
  kind: 'REFUSED';
  code:
    | 'KEY_REFUSED'
    | 'PLAN_WITHOUT_API'
    | 'KEY_SCOPE_MISSING'
    | 'IP_NOT_ALLOWED'
    | 'OUT_OF_CREDITS'
    | 'INVALID_IDENTIFIER';
  reported?: Reported;
};
/**
 * A fault before the query was sent, or an error status: nothing was charged. PROVIDER_ADDRESS_WRONG: the response does not
 * come from the provider.
 */
export type Broken = {
  kind: 'BROKEN';
  code: 'PROVIDER_UNAVAILABLE' | 'PROVIDER_ADDRESS_WRONG';
  sent: boolean;
  detail: string;
  reported?: Reported;
};
/**
 * It is unknown whether the provider charged: no answer in time, a lost connection, or an answer that cannot be read.
 * `reported` is set where the headers arrived and reported the charge.
 */
export type Unknown = {
  kind: 'UNKNOWN';
  code: 'PROVIDER_TIMEOUT' | 'PROVIDER_UNAVAILABLE' | 'PROVIDER_ANSWER_UNREADABLE';
  cause: UnknownCause;
  detail: string;
  reported?: Reported;
};
/** What happened to a request that may have been charged; the ledger stores it with the presumed charge. */
export type UnknownCause = 'TIMEOUT' | 'CONNECTION_LOST' | 'SERVER_ERROR' | 'UNREADABLE' | 'CLIENT_ERROR';
export type NoRecord = Miss | Throttled | Refused | Broken | Unknown;

export type Found<Record> = {
  kind: 'FOUND';
  record: Record;
  /** The provider's whole object, parsed when called: a parsed object takes many times the memory of its text. */
  raw: () => unknown;
  /** The text that `raw` is parsed from, where it is available: a snapshot can store it unchanged. */
  json?: string;
  unexpectedFields: UnexpectedField[];
  reported?: Reported;
};
/** `seen` counts all rows of the page, including those without a person: the next page begins after them. */
export type FoundPage = {
  kind: 'FOUND';
  people: FoundPerson[];
  seen: number;
  total: number;
  unexpectedFields: UnexpectedField[];
};

/** Allows one request to be sent now. It expires: the caller then acquires another. */
export type Permit = { isExpired: () => boolean };

/** What a provider needs for one query. */
export type Call = {
  key: string;
  /** The longest the query may take, including the wait for a permit; the client's own limit where absent or longer. */
  timeoutMs?: number;
  /**
   * Resolves when this key may send one more request; rejects with GatewayError RATE_LIMITED, at once, where that would
   * take longer than `maxWaitMs` or than the gateway lets any call wait.
   */
  acquirePermit: (maxWaitMs?: number) => Promise<Permit>;
  /**
   * Called right before the first byte of each request, in the same tick: whether the request may be sent, if it may take
   * `timeoutMs`. Where it may not, nothing is sent. Absent: it may.
   */
  maySend?: (timeoutMs: number) => boolean;
};

/**
 * What a record costs. FIXED: always `maxCredits`; REPORTED: what the answer reports, usually `maxCredits`; VARIABLE:
 * by the fields of the answer, from `minCredits` to `maxCredits`.
 */
export type Price = { kind: 'FIXED' | 'REPORTED' | 'VARIABLE'; minCredits: bigint; maxCredits: bigint };

/** One kind of record that a provider offers: the identifiers it looks up by, and the price. */
export type Offer<Identifier extends { kind: string }> = {
  identifiers: readonly Identifier['kind'][];
  price: Price;
};

/** The contract of a provider; the catalogue adds its name. */
export type ProviderClient = {
  /** The name for people. */
  title: string;
  company: Offer<CompanyIdentifier>;
  person: Offer<PersonIdentifier>;
  /** Whether a work address and the same address as a personal one are different queries. */
  separatesEmailKinds: boolean;
  /** Whether fetching an unlocked record again is free. Where not, a snapshot of any age is returned by default. */
  refetchIsFree: boolean;
  /** The rate limit of one key, in any one second. 0: no limit is known. */
  requestsPerSecond: number;
  /** How to get a key, for messages and the catalogue. */
  keyHelp: string;
  /** A public key of the built-in sandbox. */
  sandboxKey: string;
  /** The key in a pasted text, without `Bearer ` and quotes; null where it cannot be a key of this provider. */
  parseKey: (pasted: string) => string | null;
  /** The host and port that calls with this key go to, for the log. */
  hostOf: (key: string) => string;
  /** Whether the key belongs to the built-in sandbox. */
  isSandboxKey: (key: string) => boolean;
  /** Whether this has the form of the provider's own ids. */
  isCompanyId: (id: string) => boolean;
  isPersonId: (id: string) => boolean;
  /** Whether an id of either kind has its full length, where that is known. Imports check it; a lookup would just miss. */
  isWholeId?: (id: string) => boolean;
  findCompany: (call: Call, lookup: CompanyLookup) => Promise<Found<CompanyRecord> | NoRecord>;
  findPerson: (call: Call, lookup: PersonLookup) => Promise<Found<PersonRecord> | NoRecord>;
  /** Searches the people of a company; null where the provider has no such search. */
  searchPeople: ((call: Call, search: PeopleSearch) => Promise<FoundPage | NoRecord>) | null;
  /** Reads a stored `raw` with today's code; null where it is not a record. */
  readCompany: (raw: unknown) => { record: CompanyRecord } | null;
  readPerson: (raw: unknown) => { record: PersonRecord } | null;
  /** Sends a query that is never charged, to check whether the key is accepted. */
  verify: (call: Call) => Promise<Accepted | NoRecord>;
  /** Reads the account's balance, at no cost; null where the provider does not report one. */
  readBalance: ((call: Call) => Promise<{ kind: 'BALANCE'; credits: bigint } | NoRecord>) | null;
  /** The operations whose charges lower that balance; absent: all. */
  balanceOperations?: readonly Lookup['operation'][];
  close: () => Promise<void>;
};

export type Accepted = { kind: 'ACCEPTED'; reported?: Reported };
