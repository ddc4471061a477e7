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
  const askAll = async <Key, Record>(
    request: AskRequest,
    keys: Key[],
    options: AskOptions,
    operation: 'COMPANY' | 'PERSON',
    wishFor: (deps: EnrichmentDeps, request: AskRequest, key: Key, options: AskOptions) => Wish<Record>,
  ): Promise<Answer<Record>[]> => {
    const allowance = allowanceFor(request, options);
    const bySubject = new Map<string, Promise<Answer<Record>>>();
    return Promise.all(
      keys.map((key) => {
        const wish = understand(() => wishFor(deps, request, key, options));
        if (wish instanceof GatewayError) {
          const workflow = options.workflow ?? request.workflow ?? request.caller.workflow;
          const at = { operation, provider: 'FIRMABLE' as const, workflow };
          return refuse<Record>(
            deps,
            request,
            { id: newId(), wish: at, credential: null, startedMs: performance.now() },
            wish,
          );
        }
        const answer = bySubject.get(wish.subject) ?? askRecord(deps, request, wish, allowance);
        bySubject.set(wish.subject, answer);
        return answer;
      }),
    );
  };

  const askCompanies: Enrichment['askCompanies'] = (request, by, options) =>
    askAll(request, by, options, 'COMPANY', companyWish);
  const askPeople: Enrichment['askPeople'] = (request, by, options) =>
    askAll(request, by, options, 'PERSON', personWish);

  return {
    askCompanies,
    askPeople,
    askCompany: async (request, by, options) => only(await askCompanies(request, [by], options)),
    askPerson: async (request, by, options) => only(await askPeople(request, [by], options)),
    searchPeople: (request, wish) => searchPeople(deps, request, wish),
  };
};

const only = <Record>(answers: Answer<Record>[]): Answer<Record> => answers[0] as Answer<Record>;

const allowanceFor = (request: AskRequest, options: AskOptions): Allowance =>
  options.maxCredits == null
    ? request.allowance
    : both(request.allowance, createAllowance(BigInt(options.maxCredits)));

const understand = <Record>(make: () => Wish<Record>): Wish<Record> | GatewayError => {
  try {
    return make();
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
};
