import type { Problem } from '../errors.js';
import type { Provider } from '../providers/catalogue.js';
import type {
  Call,
  CompanyIdentifier,
  Found,
  NoRecord,
  PersonIdentifier,
  Price,
  RecordField,
  RecordKind,
} from '../providers/provider.js';
import { nameOfRecord } from '../providers/name-of-record.js';
import type { CompanyRecord, PersonRecord } from '../providers/records.js';
import type { EnrichmentDeps } from './deps.js';
import { cannotLookUp } from './explain.js';
import { registrableDomainOf } from './identifiers/hosts/judge-host.js';
import { identifyCompany, identifyPerson, ownSpelling } from './identifiers/identify.js';
import {
  companyLookupKey,
  companyLookupKeys,
  idInLookupKey,
  identifiersOfCompany,
  identifiersOfPerson,
  personLookupKey,
  personLookupKeys,
} from './identifiers/record-keys.js';
import {
  type CompanyKey,
  type LookupOptions,
  type LookupRequest,
  type PersonKey,
  workflowOf,
} from './lookup-request.js';
import type { RecordPart } from './lookup-result.js';
import { companyMissingFields, personMissingFields } from './missing-fields.js';
import type { SnapshotsOf } from './snapshot-cache.js';

/** One lookup with a normalized identifier, before a provider is chosen. */
export type ResolvedLookup<Record> = {
  operation: RecordKind;
  /** The same for every spelling of one identifier: lookups of one list that share it are one. */
  lookupKey: string;
  workflow: string | null;
  /**
   * What to fetch from one provider; a problem where it cannot look up by any known identifier. `known` is the record
   * found by earlier steps, `require` the fields that are still required.
   */
  queryFor: (
    provider: Provider,
    known: Record | null,
    require: readonly RecordField[],
  ) => ProviderQuery<Record> | { problem: Problem };
  /** Those of the fields that the record does not have. */
  missingFields: (record: Record, fields: readonly RecordField[]) => RecordField[];
  /** Where a subdomain is looked up: the registrable domain above it, and its lookup; null otherwise. */
  registrable: { domain: string; lookup: () => ResolvedLookup<Record> } | null;
};

/** What one step fetches from one provider, at which price, and how its record is read. */
export type ProviderQuery<Record> = {
  provider: Provider;
  operation: RecordKind;
  workflow: string | null;
  price: Price;
  lookupKey: string;
  /** Snapshots are kept apart by it (the country of a company), unlocks are not. */
  variant: string;
  /** The oldest snapshot that may be returned. */
  maxAgeSeconds: number;
  /** Whether a known record without such a snapshot is looked up again by the lookup's identifier, which may lead elsewhere. */
  looksUpAgain: boolean;
  /** Whether the provider returns a record by its own id. */
  fetchesById: boolean;
  require: readonly RecordField[];
  /** Calls the provider: by the lookup's identifier, or by the id of a record that the account has unlocked. */
  find: (call: Call, knownId: string | null) => Promise<Found<Record> | NoRecord>;
  read: (raw: unknown) => { record: Record } | null;
  /** Where this process keeps the snapshots that it has read. */
  cache: SnapshotsOf<Record>;
  recordKeyOf: (record: Record) => string;
  lookupKeysOf: (record: Record) => string[];
  nameOf: (record: Record) => string | null;
};

/** Which record of the query's provider a record is, as a part of a lookup's content. */
export const partOf = <Record>(
  { recordKeyOf, variant }: Pick<ProviderQuery<Record>, 'recordKeyOf' | 'variant'>,
  record: Record,
): RecordPart => ({ id: idInLookupKey(recordKeyOf(record)), variant });

/** Resolves a lookup of a company. Throws INVALID_IDENTIFIER. */
export const resolveCompanyLookup = (
  deps: EnrichmentDeps,
  request: LookupRequest,
  key: CompanyKey,
  options: LookupOptions,
): ResolvedLookup<CompanyRecord> =>
  companyLookup(deps, request, identifyCompany(key, Object.values(deps.providers)), options);

/** Likewise, by an identifier that is normalized already, such as one of the ledger. */
export const companyLookup = (
  deps: EnrichmentDeps,
  request: LookupRequest,
  given: CompanyIdentifier,
  options: LookupOptions,
): ResolvedLookup<CompanyRecord> => {
  const country = options.country ?? 'AU';
  const workflow = workflowOf(request, options);
  return {
    operation: 'COMPANY',
    lookupKey: companyLookupKey(given),
    workflow,
    missingFields: companyMissingFields,
    registrable: registrableOf(given, (domain) =>
      companyLookup(deps, request, { kind: 'domain', value: domain }, options),
    ),
    queryFor: (provider, found, require) => {
      const known = [given, ...(found === null ? [] : identifiersOfCompany(found).filter(isShared))];
      const by = chooseIdentifier(provider.company, known, provider.isCompanyId);
      if (by === null) return { problem: cannotLookUp(provider, 'company', given.kind) };
      return {
        provider,
        operation: 'COMPANY',
        workflow,
        price: provider.company.price,
        lookupKey: companyLookupKey(by),
        // Each country has figures of its own, which are fetched only where that is free.
        variant: provider.refetchIsFree ? country : '',
        maxAgeSeconds: maxSnapshotAge(deps, provider, options),
        looksUpAgain: looksUpAgain(by, options),
        fetchesById: provider.company.identifiers.includes('id'),
        require,
        find: (call, knownId) =>
          provider.findCompany(call, {
            operation: 'COMPANY',
            by: knownId === null ? by : { kind: 'id', value: knownId },
            country,
            require,
          }),
        read: provider.readCompany,
        cache: deps.snapshotCache.companies,
        recordKeyOf: (record) => companyLookupKey({ kind: 'id', value: record.id }),
        lookupKeysOf: companyLookupKeys,
        nameOf: nameOfRecord,
      };
    },
  };
};

/** Resolves a lookup of a person, whose data is the same for every country. Throws INVALID_IDENTIFIER. */
export const resolvePersonLookup = (
  deps: EnrichmentDeps,
  request: LookupRequest,
  key: PersonKey,
  options: LookupOptions,
): ResolvedLookup<PersonRecord> =>
  personLookup(deps, request, identifyPerson(key, Object.values(deps.providers)), options);

export const personLookup = (
  deps: EnrichmentDeps,
  request: LookupRequest,
  given: PersonIdentifier,
  options: LookupOptions,
): ResolvedLookup<PersonRecord> => {
  const workflow = workflowOf(request, options);
  return {
    operation: 'PERSON',
    lookupKey: personLookupKey(given),
    workflow,
    missingFields: personMissingFields,
    registrable: null,
    queryFor: (provider, found, require) => {
      const known = [given, ...(found === null ? [] : identifiersOfPerson(found).filter(isShared))];
      const by = chooseIdentifier(provider.person, known, provider.isPersonId);
      if (by === null) return { problem: cannotLookUp(provider, 'person', given.kind) };
      return {
        provider,
        operation: 'PERSON',
        workflow,
        price: provider.person.price,
        lookupKey: personLookupKey(provider.separatesEmailKinds ? by : withoutEmailKind(by)),
        variant: '',
        maxAgeSeconds: maxSnapshotAge(deps, provider, options),
        looksUpAgain: looksUpAgain(by, options),
        fetchesById: provider.person.identifiers.includes('id'),
        require,
        find: (call, knownId) =>
          provider.findPerson(call, {
            operation: 'PERSON',
            by: knownId === null ? by : { kind: 'id', value: knownId },
            require,
          }),
        read: provider.readPerson,
        cache: deps.snapshotCache.people,
        recordKeyOf: (record) => personLookupKey({ kind: 'id', value: record.id }),
        lookupKeysOf: personLookupKeys,
        nameOf: nameOfRecord,
      };
    },
  };
};

const registrableOf = <Record>(
  { kind, value }: CompanyIdentifier,
  lookup: (domain: string) => ResolvedLookup<Record>,
): ResolvedLookup<Record>['registrable'] => {
  const domain = kind === 'domain' ? registrableDomainOf(value) : value;
  return domain === value ? null : { domain, lookup: () => lookup(domain) };
};

/** The first known identifier that a provider looks up by; null where there is none. An id works only at its own provider. */
const chooseIdentifier = <Identifier extends { kind: string; value: string }>(
  offer: { identifiers: readonly Identifier['kind'][] },
  known: readonly Identifier[],
  isOwnId: (id: string) => boolean,
): Identifier | null => {
  for (const one of known) {
    if (!offer.identifiers.includes(one.kind)) continue;
    if (one.kind !== 'id') return one;
    const id = ownSpelling(one.value, isOwnId);
    if (id !== null) return { ...one, value: id };
  }
  return null;
};

/** An id means nothing to other providers. */
const isShared = ({ kind }: CompanyIdentifier | PersonIdentifier): boolean => kind !== 'id';

/** A provider that takes both kinds of address alike has one key for both, so that one purchase serves both. */
const withoutEmailKind = ({ kind, value }: PersonIdentifier): PersonIdentifier => ({
  kind: kind === 'personalEmail' ? 'workEmail' : kind,
  value,
});

const anyAgeSeconds = 100 * 365 * 86_400;

/** The oldest snapshot to return. Where fetching again costs credits, only a caller who asks for a fresh one pays for it. */
const maxSnapshotAge = (
  deps: Pick<EnrichmentDeps, 'snapshotMaxAgeSeconds'>,
  { refetchIsFree }: Pick<Provider, 'refetchIsFree'>,
  { maxAgeSeconds }: Pick<LookupOptions, 'maxAgeSeconds'>,
): number => maxAgeSeconds ?? (refetchIsFree ? deps.snapshotMaxAgeSeconds : anyAgeSeconds);

/** A caller who asks for a younger snapshot also asks which record the identifier leads to now. An id leads nowhere else. */
const looksUpAgain = (
  { kind }: CompanyIdentifier | PersonIdentifier,
  { maxAgeSeconds }: Pick<LookupOptions, 'maxAgeSeconds'>,
): boolean => kind !== 'id' && maxAgeSeconds != null;
