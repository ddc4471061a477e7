import { GatewayError } from '../errors.js';
import { newId } from '../platform/ids.js';
import { inSpan, type SpanOptions, type TraceSpan } from '../platform/tracing/tracing.js';
import type { CompanyRecord, PersonRecord } from '../providers/records.js';
import type { EnrichmentDeps } from './deps.js';
import {
  allowanceFor,
  type CompanyKey,
  type LookupOptions,
  type LookupRequest,
  type PersonKey,
  workflowOf,
} from './lookup-request.js';
import { type KnownLookups, type KnownQuery, lookUpKnown } from './look-up-known.js';
import type { LookupResult } from './lookup-result.js';
import { grantLookups } from './grant-lookups.js';
import { hitCached } from './hit-cached.js';
import { lookupError, refuse } from './refuse.js';
import { type ResolvedLookup, resolveCompanyLookup, resolvePersonLookup } from './resolve-lookup.js';
import { resolveWaterfall, type Steps } from './resolve-waterfall.js';
import { runWaterfall } from './run-waterfall.js';
import { type FoundPeople, type PeopleQuery, searchPeople } from './search-people.js';
import { firstPosition, type StepKind } from './step-context.js';
import { receiptOf } from './step-result.js';
import type { RecordKind } from '../providers/provider.js';

/**
 * Looks up records. The failure of a lookup is data in its result. Only options that contradict each other throw
 * BAD_REQUEST, before any provider is called.
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
  /** Results in the order of the keys, each with its own outcome. Spellings of the same identifier are one lookup. */
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
  searchPeople: (request: LookupRequest, query: PeopleQuery) => Promise<FoundPeople>;
  /** The lookups of a list that snapshots answer, without their records; see `lookUpKnown`. */
  lookUpKnown: (
    request: LookupRequest,
    lookups: KnownLookups,
    write: (query: KnownQuery) => Promise<number>,
  ) => Promise<number>;
};

/** How lookups of one kind of record are resolved. */
type Kind<Key, Record> = {
  operation: RecordKind;
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
  const refuseLookup = async <Record>(
    request: LookupRequest,
    options: LookupOptions,
    operation: RecordKind,
    steps: Steps | null,
    cause: GatewayError,
  ): Promise<LookupResult<Record>> => {
    const provider = steps?.[0].provider ?? 'FIRMABLE';
    const kind = { operation, provider, workflow: workflowOf(request, options) };
    const startedMs = performance.now();
    const step = { id: newId(), kind, position: firstPosition, credential: null, startedMs };
    const result = await refuse<Record>(deps, request, step, cause);
    const receipt = receiptOf([result], result);
    const calls = [result.call];
    return { ...result, sources: () => [], parts: [], snapshots: [], calls, receipt, suggestedDomain: null };
  };

  const lookUpAll = async <Key, Record extends object>(
    request: LookupRequest,
    keys: Key[],
    options: LookupOptions,
    { operation, resolve }: Kind<Key, Record>,
  ): Promise<LookupResult<Record>[]> => {
    request.lookups.count += keys.length;
    const steps = await resolveWaterfall(deps, request, options, operation).catch(lookupError);
    if (steps instanceof GatewayError) {
      return Promise.all(keys.map(() => refuseLookup<Record>(request, options, operation, null, steps)));
    }
    const resolved = keys.map((key) => {
      try {
        return resolve(deps, request, key, options);
      } catch (error) {
        return lookupError(error);
      }
    });
    const lookups = new Map(
      resolved.flatMap((one) => (one instanceof GatewayError ? [] : [[one.lookupKey, one]])),
    );
    const granted = await grantLookups(deps, request.caller, lookups.size);
    const started = [...lookups.values()].slice(0, granted.lookups);
    const first = await hitCached(deps, request, options, steps, started);
    const allowance = allowanceFor(request, options);
    const byLookupKey = new Map<string, Promise<LookupResult<Record>>>();
    // Each lookup starts within this map, so that a list takes its credits in its own order.
    const results = resolved.map((lookup) => {
      const refused = (cause: GatewayError): Promise<LookupResult<Record>> =>
        refuseLookup(request, options, operation, steps, cause);
      if (lookup instanceof GatewayError) return refused(lookup);
      const refusal = byLookupKey.size >= granted.lookups ? granted.refusal : null;
      const result =
        byLookupKey.get(lookup.lookupKey) ??
        inSpan(spanOf(operation), (span) =>
          traced(
            span,
            refusal === null
              ? runWaterfall(deps, {
                  request,
                  options,
                  lookup,
                  steps,
                  allowance,
                  first: first.get(lookup.lookupKey) ?? null,
                })
              : refused(refusal),
          ),
        );
      byLookupKey.set(lookup.lookupKey, result);
      return result;
    });
    return Promise.all(results);
  };

  const lookUpOne = async <Key, Record extends object>(
    request: LookupRequest,
    key: Key,
    options: LookupOptions,
    kind: Kind<Key, Record>,
  ): Promise<LookupResult<Record>> => {
    const [result] = await lookUpAll(request, [key], options, kind);
    if (result === undefined) throw new Error('a lookup has no result');
    return result;
  };

  return {
    lookUpCompanies: (request, by, options) => running(request, lookUpAll(request, by, options, companies)),
    lookUpPeople: (request, by, options) => running(request, lookUpAll(request, by, options, people)),
    lookUpCompany: (request, by, options) => running(request, lookUpOne(request, by, options, companies)),
    lookUpPerson: (request, by, options) => running(request, lookUpOne(request, by, options, people)),
    lookUpKnown: (request, lookups, write) => lookUpKnown(deps, request, lookups, write),
    searchPeople: (request, query) =>
      running(
        request,
        inSpan(spanOf('PEOPLE_SEARCH'), (span) => traced(span, searchPeople(deps, request, query))),
      ),
  };
};

const running = async <Result>({ lookups }: LookupRequest, working: Promise<Result>): Promise<Result> => {
  lookups.running.add(working);
  try {
    return await working;
  } finally {
    lookups.running.delete(working);
  }
};

const spanOf = (operation: StepKind['operation']): SpanOptions => ({
  name: `lookup ${operation}`,
  facts: { 'firmable_gateway.operation': operation },
});

type Traced = Pick<LookupResult<unknown>, 'outcome' | 'problem' | 'receipt'>;

/** Adds the result of a lookup to its span. */
const traced = async <Result extends Traced>(span: TraceSpan, working: Promise<Result>): Promise<Result> => {
  const result = await working;
  const { outcome, problem, receipt } = result;
  span.add({
    'firmable_gateway.outcome': outcome,
    'firmable_gateway.problem': problem?.code,
    'firmable_gateway.provider': receipt.provider,
    'firmable_gateway.credits_charged': Number(receipt.creditsCharged),
    'firmable_gateway.from_snapshot': receipt.fromSnapshot,
  });
  if (outcome === 'FAILED' || outcome === 'UNKNOWN') span.fail(problem?.code ?? outcome);
  return result;
};
