import type { CompanyRecord, FoundPerson, PersonRecord } from './records.js';

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

/** Fields that a waterfall's step may require of an answer. */
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
 * `require` names fields without which the answer is of no use. A provider that can make such an answer a free miss
 * does so; one that cannot answers as ever.
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

/** A field of the answer that had another type than documented: it is null in the record and named here. */
export type UnexpectedField = { path: string; expected: string; got: string };

/**
 * What a provider said of money in or beside its answer. `credits`: what the question was charged; `balance`: what the
 * account has left. Null: it did not say.
 */
export type Reported = { credits: bigint | null; balance: bigint | null };

/**
 * What one question to a provider came to, in our words. `sent: false` promises that the provider never saw it,
 * so nothing can have been charged; `forFields` says that the same question might have found without its `require`.
 */
export type Miss = { kind: 'NOT_FOUND'; forFields?: true; reported?: Reported };
export type Throttled = { kind: 'THROTTLED'; retryAfterSeconds: number | null; reported?: Reported };
export type Refused = {
  kind: 'REFUSED';
  code: 'KEY_REFUSED' | 'PLAN_WITHOUT_API' | 'OUT_OF_CREDITS' | 'INVALID_IDENTIFIER';
  reported?: Reported;
};
/** A fault before the provider took the question, or an error it answered with: nothing was charged. */
export type Broken = {
  kind: 'BROKEN';
  code: 'PROVIDER_UNAVAILABLE';
  sent: boolean;
  detail: string;
  reported?: Reported;
};
/**
 * Nobody knows whether the provider charged: no answer in time, a cut connection, or a hit that cannot be read. Where
 * the headers came and told of the charge, `reported` has it.
 */
export type Unknown = {
  kind: 'UNKNOWN';
  code: 'PROVIDER_TIMEOUT' | 'PROVIDER_UNAVAILABLE' | 'PROVIDER_ANSWER_UNREADABLE';
  detail: string;
  reported?: Reported;
};
export type NoRecord = Miss | Throttled | Refused | Broken | Unknown;

export type Found<Record> = {
  kind: 'FOUND';
  record: Record;
  /** The provider's whole object, read from its text anew for the few who want it: parsed it is many times as large. */
  raw: () => unknown;
  /** The text that `raw` is parsed from, where it is at hand: whoever keeps it need not write it again. */
  json?: string;
  unexpectedFields: UnexpectedField[];
  reported?: Reported;
};
/** `seen` counts the rows of the page, those too that are no people: the next page begins after them. */
export type FoundPage = {
  kind: 'FOUND';
  people: FoundPerson[];
  seen: number;
  total: number;
  unexpectedFields: UnexpectedField[];
};

/** A moment at which one request may be sent. It passes: whoever missed it takes another. */
export type Permit = { isExpired: () => boolean };

/** What a provider needs from outside for one question. */
export type Call = {
  key: string;
  /** The longest the question may take, its waiting for a turn included; the provider's own limit where absent or longer. */
  timeoutMs?: number;
  /** Resolves when this key may send one more request; rejects with a GatewayError RATE_LIMITED when it may not soon. */
  acquirePermit: () => Promise<Permit>;
};

/**
 * What a record costs. FIXED: always `most`; REPORTED: what the answer says, `most` as a rule; VARIABLE: what the answer
 * holds, from `least` to `most`.
 */
export type Price = { kind: 'FIXED' | 'REPORTED' | 'VARIABLE'; minCredits: bigint; maxCredits: bigint };

/** One kind of record that a provider answers with: what it may be asked by, and what it costs. */
export type Offer<Identifier extends { kind: string }> = {
  identifiers: readonly Identifier['kind'][];
  price: Price;
};

/** What a provider's folder makes; the catalogue gives it its name. */
export type ProviderClient = {
  /** How people call it. */
  title: string;
  company: Offer<CompanyIdentifier>;
  person: Offer<PersonIdentifier>;
  /** Whether an address is another question where it is asked for as a private one than as one at work. */
  separatesEmailKinds: boolean;
  /** Whether a record once bought is fetched again for nothing. Where not, a kept copy serves at any age. */
  refetchIsFree: boolean;
  /** Requests in any one second per key; the gateway keeps to it. 0: no limit known. */
  requestsPerSecond: number;
  /** Where to get a key, for messages and the catalogue. */
  keyHelp: string;
  /** A key of the built-in sandbox to try things out with. */
  sandboxKey: string;
  /** Takes `Bearer ` and quotes off a pasted key; null where the rest cannot be a key of this provider. */
  parseKey: (pasted: string) => string | null;
  /** Whether the key belongs to the built-in sandbox. */
  isSandboxKey: (key: string) => boolean;
  /** Whether this can be an id of its own. */
  isCompanyId: (id: string) => boolean;
  isPersonId: (id: string) => boolean;
  /** Whether an id of either kind has its full length, where that is known. An ask need not care: a miss costs nothing. */
  isWholeId?: (id: string) => boolean;
  findCompany: (call: Call, lookup: CompanyLookup) => Promise<Found<CompanyRecord> | NoRecord>;
  findPerson: (call: Call, lookup: PersonLookup) => Promise<Found<PersonRecord> | NoRecord>;
  /** Searches the people of a company; null where the provider has no such search. */
  searchPeople: ((call: Call, search: PeopleSearch) => Promise<FoundPage | NoRecord>) | null;
  /** Reads a kept `raw` again, as today's code understands it; null where it is no record. */
  readCompany: (raw: unknown) => { record: CompanyRecord } | null;
  readPerson: (raw: unknown) => { record: PersonRecord } | null;
  /** Asks something that cannot be charged, to learn whether the key is taken. */
  verify: (call: Call) => Promise<Accepted | NoRecord>;
  /** Asks for the account's balance, at no cost; null where the provider cannot tell it by itself. */
  readBalance: ((call: Call) => Promise<{ kind: 'BALANCE'; credits: bigint } | NoRecord>) | null;
  close: () => Promise<void>;
};

export type Accepted = { kind: 'ACCEPTED'; reported?: Reported };
