import { GatewayError } from '../errors.js';
import { newId } from '../platform/ids.js';
import type { CompanyRecord, PersonRecord } from '../providers/records.js';
import type { LookupResult } from './lookup-result.js';
import { runWaterfall } from './run-waterfall.js';
import { resolveWaterfall, type Steps } from './resolve-waterfall.js';
import { resolveCompanyLookup } from './company-lookup.js';
import type { EnrichmentDeps } from './deps.js';
import { firstPlace } from './labels.js';
import { allowanceFor } from './limit-of.js';
import { toResult } from './to-result.js';
import { resolvePersonLookup } from './person-lookup.js';
import { receiptOf } from './receipt.js';
import { refuse } from './refuse.js';
import type { LookupOptions, LookupRequest, CompanyKey, PersonKey } from './lookup-request.js';
import { type FoundPeople, type PeopleQuery, searchPeople } from './search-people.js';
import type { ResolvedLookup } from './resolved-lookup.js';

/**
 * The verbs by which records are asked for. What befalls an ask is in its answer; only options that contradict
 * themselves throw, BAD_REQUEST, before anything is asked.
 */
export type Enrichment = {
  lookUpCompany: (
    request: LookupRequest,
    by: CompanyKey,
    options: LookupOptions,
  ) => Promise<LookupResult<CompanyRecord>>;
  lookUpPerson: (
    request: LookupRequest,
    by: PersonKey,
    options: LookupOptions,
  ) => Promise<LookupResult<PersonRecord>>;
  /** Answers in the order of the keys, each with its own outcome; keys that mean the same are one ask. */
  lookUpCompanies: (
    request: LookupRequest,
    by: CompanyKey[],
    options: LookupOptions,
  ) => Promise<LookupResult<CompanyRecord>[]>;
  lookUpPeople: (
    request: LookupRequest,
    by: PersonKey[],
    options: LookupOptions,
  ) => Promise<LookupResult<PersonRecord>[]>;
  searchPeople: (request: LookupRequest, lookup: PeopleQuery) => Promise<FoundPeople>;
};

/** How keys of one kind are understood. */
type Kind<Key, Record> = {
  operation: 'COMPANY' | 'PERSON';
  resolve: (
    deps: EnrichmentDeps,
    request: LookupRequest,
    key: Key,
    options: LookupOptions,
  ) => ResolvedLookup<Record>;
};

const companies: Kind<CompanyKey, CompanyRecord> = { operation: 'COMPANY', resolve: resolveCompanyLookup };
const people: Kind<PersonKey, PersonRecord> = { operation: 'PERSON', resolve: resolvePersonLookup };

export const createEnrichment = (deps: EnrichmentDeps): Enrichment => {
  const turnAway = async <Record>(
    request: LookupRequest,
    options: LookupOptions,
    operation: 'COMPANY' | 'PERSON',
    steps: Steps | null,
    cause: GatewayError,
  ): Promise<LookupResult<Record>> => {
    const workflow = options.workflow ?? request.workflow ?? request.caller.workflow;
    const about = { operation, provider: steps?.[0].provider ?? 'FIRMABLE', workflow };
    const at = { id: newId(), about, place: firstPlace, credential: null, startedMs: performance.now() };
    const end = await refuse<Record>(deps, request, at, cause);
    return { ...end, sources: () => [], receipt: receiptOf([end], end) };
  };

  const lookUpAll = async <Key, Record extends object>(
    request: LookupRequest,
    keys: Key[],
    options: LookupOptions,
    { operation, resolve: makeWish }: Kind<Key, Record>,
  ): Promise<LookupResult<Record>[]> => {
    const steps = await toResult(() => resolveWaterfall(deps, request, options, operation));
    const allowance = allowanceFor(request, options);
    const bySubject = new Map<string, Promise<LookupResult<Record>>>();
    if (steps instanceof GatewayError) {
      return Promise.all(keys.map(() => turnAway<Record>(request, options, operation, null, steps)));
    }
    return Promise.all(
      keys.map((key) => {
        const lookup = understand(() => makeWish(deps, request, key, options));
        if (lookup instanceof GatewayError)
          return turnAway<Record>(request, options, operation, steps, lookup);
        const answer =
          bySubject.get(lookup.lookupKey) ??
          runWaterfall(deps, { request, options, lookup, steps, allowance });
        bySubject.set(lookup.lookupKey, answer);
        return answer;
      }),
    );
  };

  const lookUpOne = async <Key, Record extends object>(
    request: LookupRequest,
    key: Key,
    options: LookupOptions,
    kind: Kind<Key, Record>,
  ): Promise<LookupResult<Record>> => {
    const [answer] = await lookUpAll(request, [key], options, kind);
    if (answer === undefined) throw new Error('an ask has no answer');
    return answer;
  };

  return {
    lookUpCompanies: (request, by, options) => lookUpAll(request, by, options, companies),
    lookUpPeople: (request, by, options) => lookUpAll(request, by, options, people),
    lookUpCompany: (request, by, options) => lookUpOne(request, by, options, companies),
    lookUpPerson: (request, by, options) => lookUpOne(request, by, options, people),
    searchPeople: (request, lookup) => searchPeople(deps, request, lookup),
  };
};

/** A wish, or what is wrong with its identifier. At once, so that a list is asked in its order. */
const understand = <Result>(work: () => Result): Result | GatewayError => {
  try {
    return work();
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
};
