import { GatewayError } from '../errors.js';
import { newId } from '../platform/ids.js';
import type { CompanyRecord, PersonRecord } from '../providers/records.js';
import type { Answer } from './lookup-result.js';
import { askSteps } from './run-waterfall.js';
import { chooseSteps, type Steps } from './resolve-waterfall.js';
import { companyWish } from './company-lookup.js';
import type { EnrichmentDeps } from './deps.js';
import { firstPlace } from './labels.js';
import { limitOf } from './limit-of.js';
import { orRefusal } from './to-result.js';
import { personWish } from './person-lookup.js';
import { receiptOf } from './receipt.js';
import { refuse } from './refuse.js';
import type { AskOptions, AskRequest, CompanyKey, PersonKey } from './lookup-request.js';
import { type FoundPeople, type PeopleWish, searchPeople } from './search-people.js';
import type { Wish } from './resolved-lookup.js';

/**
 * The verbs by which records are asked for. What befalls an ask is in its answer; only options that contradict
 * themselves throw, BAD_REQUEST, before anything is asked.
 */
export type Enrichment = {
  askCompany: (request: AskRequest, by: CompanyKey, options: AskOptions) => Promise<Answer<CompanyRecord>>;
  askPerson: (request: AskRequest, by: PersonKey, options: AskOptions) => Promise<Answer<PersonRecord>>;
  /** Answers in the order of the keys, each with its own outcome; keys that mean the same are one ask. */
  askCompanies: (
    request: AskRequest,
    by: CompanyKey[],
    options: AskOptions,
  ) => Promise<Answer<CompanyRecord>[]>;
  askPeople: (request: AskRequest, by: PersonKey[], options: AskOptions) => Promise<Answer<PersonRecord>[]>;
  searchPeople: (request: AskRequest, wish: PeopleWish) => Promise<FoundPeople>;
};

/** How keys of one kind are understood. */
type Kind<Key, Record> = {
  operation: 'COMPANY' | 'PERSON';
  makeWish: (deps: EnrichmentDeps, request: AskRequest, key: Key, options: AskOptions) => Wish<Record>;
};

const companies: Kind<CompanyKey, CompanyRecord> = { operation: 'COMPANY', makeWish: companyWish };
const people: Kind<PersonKey, PersonRecord> = { operation: 'PERSON', makeWish: personWish };

export const createEnrichment = (deps: EnrichmentDeps): Enrichment => {
  const turnAway = async <Record>(
    request: AskRequest,
    options: AskOptions,
    operation: 'COMPANY' | 'PERSON',
    steps: Steps | null,
    cause: GatewayError,
  ): Promise<Answer<Record>> => {
    const workflow = options.workflow ?? request.workflow ?? request.caller.workflow;
    const about = { operation, provider: steps?.[0].provider ?? 'FIRMABLE', workflow };
    const at = { id: newId(), about, place: firstPlace, credential: null, startedMs: performance.now() };
    const end = await refuse<Record>(deps, request, at, cause);
    return { ...end, sources: () => [], receipt: receiptOf([end], end) };
  };

  const askAll = async <Key, Record extends object>(
    request: AskRequest,
    keys: Key[],
    options: AskOptions,
    { operation, makeWish }: Kind<Key, Record>,
  ): Promise<Answer<Record>[]> => {
    const steps = await orRefusal(() => chooseSteps(deps, request, options, operation));
    const allowance = limitOf(request, options);
    const bySubject = new Map<string, Promise<Answer<Record>>>();
    if (steps instanceof GatewayError) {
      return Promise.all(keys.map(() => turnAway<Record>(request, options, operation, null, steps)));
    }
    return Promise.all(
      keys.map((key) => {
        const wish = understand(() => makeWish(deps, request, key, options));
        if (wish instanceof GatewayError) return turnAway<Record>(request, options, operation, steps, wish);
        const answer =
          bySubject.get(wish.subject) ?? askSteps(deps, { request, options, wish, steps, allowance });
        bySubject.set(wish.subject, answer);
        return answer;
      }),
    );
  };

  const askOne = async <Key, Record extends object>(
    request: AskRequest,
    key: Key,
    options: AskOptions,
    kind: Kind<Key, Record>,
  ): Promise<Answer<Record>> => {
    const [answer] = await askAll(request, [key], options, kind);
    if (answer === undefined) throw new Error('an ask has no answer');
    return answer;
  };

  return {
    askCompanies: (request, by, options) => askAll(request, by, options, companies),
    askPeople: (request, by, options) => askAll(request, by, options, people),
    askCompany: (request, by, options) => askOne(request, by, options, companies),
    askPerson: (request, by, options) => askOne(request, by, options, people),
    searchPeople: (request, wish) => searchPeople(deps, request, wish),
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
