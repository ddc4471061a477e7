import { GatewayError } from '../errors.js';
import { newId } from '../platform/ids.js';
import type { CompanyRecord, PersonRecord } from '../providers/records.js';
import { type Allowance, both, createAllowance } from './allowance.js';
import type { Answer } from './answer.js';
import { askRecord } from './ask-record.js';
import { companyWish } from './company-wish.js';
import type { EnrichmentDeps } from './deps.js';
import { personWish } from './person-wish.js';
import { refuse } from './refuse.js';
import type { AskOptions, AskRequest, CompanyKey, PersonKey } from './request.js';
import { type FoundPeople, type PeopleWish, searchPeople } from './search-people.js';
import type { Wish } from './wish.js';

/** The verbs by which records are asked for. None throws for what befalls an ask; all of that is in the answers. */
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

export const createEnrichment = (deps: EnrichmentDeps): Enrichment => {
  type MakeWish<Key, Record> = (
    deps: EnrichmentDeps,
    request: AskRequest,
    key: Key,
    options: AskOptions,
  ) => Wish<Record>;

  /** An ask ready to be made. Nonsense has no subject and is refused when asked. */
  const prepare = <Key, Record>(
    request: AskRequest,
    key: Key,
    options: AskOptions,
    operation: Wish<Record>['operation'],
    makeWish: MakeWish<Key, Record>,
  ): { subject: string | null; ask: (allowance: Allowance) => Promise<Answer<Record>> } => {
    try {
      const wish = makeWish(deps, request, key, options);
      return { subject: wish.subject, ask: (allowance) => askRecord(deps, request, wish, allowance) };
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      const workflow = options.workflow ?? request.workflow ?? request.caller.workflow;
      const wish = { operation, provider: deps.providers.FIRMABLE.name, workflow };
      const at = { id: newId(), wish, credential: null, startedMs: performance.now() };
      return { subject: null, ask: () => refuse<Record>(deps, request, at, error) };
    }
  };

  const askAll = <Key, Record>(
    request: AskRequest,
    keys: Key[],
    options: AskOptions,
    operation: Wish<Record>['operation'],
    makeWish: MakeWish<Key, Record>,
  ): Promise<Answer<Record>[]> => {
    const allowance = allowanceFor(request, options);
    const bySubject = new Map<string, Promise<Answer<Record>>>();
    return Promise.all(
      keys.map((key) => {
        const { subject, ask } = prepare(request, key, options, operation, makeWish);
        if (subject === null) return ask(allowance);
        const answer = bySubject.get(subject) ?? ask(allowance);
        bySubject.set(subject, answer);
        return answer;
      }),
    );
  };

  return {
    askCompanies: (request, by, options) => askAll(request, by, options, 'COMPANY', companyWish),
    askPeople: (request, by, options) => askAll(request, by, options, 'PERSON', personWish),
    askCompany: (request, by, options) =>
      prepare(request, by, options, 'COMPANY', companyWish).ask(allowanceFor(request, options)),
    askPerson: (request, by, options) =>
      prepare(request, by, options, 'PERSON', personWish).ask(allowanceFor(request, options)),
    searchPeople: (request, wish) => searchPeople(deps, request, wish),
  };
};

const allowanceFor = (request: AskRequest, options: AskOptions): Allowance =>
  options.maxCredits == null
    ? request.allowance
    : both(request.allowance, createAllowance(BigInt(options.maxCredits)));
