import type { Problem, ProblemCode } from '../errors.js';
import type { Outcome } from '../ledger/types.js';
import { newId } from '../platform/ids.js';
import type { Allowance } from './allowance.js';
import { startDeadline } from './deadline.js';
import type { EnrichmentDeps } from './deps.js';
import { explainMissingFields } from './explain.js';
import type { LookupOptions, LookupRequest } from './lookup-request.js';
import type { LookupResult, SnapshotKey } from './lookup-result.js';
import { type Merged, mergeRecords } from './merge-records.js';
import { refuse } from './refuse.js';
import { partOf, type ResolvedLookup } from './resolve-lookup.js';
import type { ResolvedStep, Steps } from './resolve-waterfall.js';
import { runStep } from './run-step.js';
import { firstPosition, type StepPosition } from './step-context.js';
import {
  firstEntryId,
  receiptOf,
  type StepResult,
  type StepResults,
  withMissingFields,
  withRegistrableDomain,
} from './step-result.js';

type WaterfallRun<Record> = {
  request: LookupRequest;
  options: LookupOptions;
  lookup: ResolvedLookup<Record>;
  steps: Steps;
  allowance: Allowance;
  /** The result of its first step, if that was made already. */
  first: StepResult<Record> | null;
};

/**
 * Runs the steps of one lookup in order, each with its own payer, reservation and entry. It stops at the first record
 * that has all fields its step requires. A record without some of them is kept, and later records only fill in what it
 * does not have. A miss, a refusal and a failure continue with the next step. An unknown result stops the lookup, because
 * it may have been charged. If all that is a miss of a subdomain, the steps run once more with the registrable domain, for
 * callers who want that; for others it is suggested.
 */
export const runWaterfall = async <Record extends object>(
  deps: EnrichmentDeps,
  run: WaterfallRun<Record>,
): Promise<LookupResult<Record>> => {
  const deadline = startDeadline(deps.lookupTimeoutMs);
  const [firstStep, ...laterSteps] = run.steps;
  let merged: Merged<Record> | null = null;
  const snapshots: SnapshotKey[] = [];

  const runNext = async (
    lookup: ResolvedLookup<Record>,
    step: ResolvedStep,
    position: StepPosition,
    made: StepResult<Record> | null = null,
  ): Promise<StepResult<Record>> => {
    const known = merged?.record ?? null;
    const require = known === null ? step.require : lookup.missingFields(known, step.require);
    const query = lookup.queryFor(deps.providers[step.provider], known, require);
    if ('problem' in query) return await refuseStep(deps, run, step, position, query.problem);
    const result =
      made ??
      (await runStep(deps, {
        request: run.request,
        query,
        position,
        connectionId: step.connectionId,
        payer: run.options.payer ?? null,
        allowance: run.allowance,
        deadline,
      }));
    if (result.record === null) return result;
    const { record, unlockId } = result;
    const partsBefore = merged?.parts.length ?? 0;
    merged = mergeRecords(merged, { record, provider: step.provider, part: partOf(query, record) });
    if (merged.parts.length > partsBefore && unlockId !== null) {
      snapshots.push({ unlockId, variant: query.variant });
    }
    const missing = lookup.missingFields(merged.record, step.require);
    return missing.length === 0
      ? result
      : withMissingFields(result, explainMissingFields(deps.providers[step.provider], missing));
  };

  const first = await runNext(run.lookup, firstStep, firstPosition, run.first);
  const results: [StepResult<Record>, ...StepResult<Record>[]] = [first];
  let last = first;
  const runSteps = async (
    lookup: ResolvedLookup<Record>,
    steps: readonly ResolvedStep[],
    registrableDomain: string | null,
  ): Promise<void> => {
    for (const step of steps) {
      if (isLast(last)) break;
      const position = { step: last.attempt.step + 1, lookupId: firstEntryId(first) };
      const result = await runNext(lookup, step, position);
      last = registrableDomain === null ? result : withRegistrableDomain(result, registrableDomain);
      results.push(last);
    }
  };
  await runSteps(run.lookup, laterSteps, null);

  const { registrable } = run.lookup;
  if (registrable === null || decisiveOf(results).outcome !== 'NOT_FOUND')
    return lookupResult(results, merged, snapshots);
  if (run.options.registrableDomainOnMiss !== true) {
    return { ...lookupResult(results, merged, snapshots), suggestedDomain: registrable.domain };
  }
  await runSteps(registrable.lookup(), run.steps, registrable.domain);
  return lookupResult(results, merged, snapshots);
};

const stopping: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'LEDGER_UNAVAILABLE',
  'ENCRYPTION_KEY_MISSING',
  'FORBIDDEN',
]);

const isLast = ({ outcome, problem, attempt }: StepResult<unknown>): boolean =>
  outcome === 'UNKNOWN' ||
  (outcome === 'FOUND' && attempt.code === null) ||
  (problem !== null && stopping.has(problem.code));

const refuseStep = <Record>(
  deps: EnrichmentDeps,
  { request, lookup: { operation, workflow } }: WaterfallRun<Record>,
  { provider }: ResolvedStep,
  position: StepPosition,
  problem: Problem,
): Promise<StepResult<Record>> => {
  const kind = { operation, provider, workflow };
  const step = { id: newId(), kind, position, credential: null, startedMs: performance.now() };
  return refuse<Record>(deps, request, step, problem);
};

const lookupResult = <Record>(
  results: StepResults<Record>,
  merged: Merged<Record> | null,
  snapshots: readonly SnapshotKey[],
): LookupResult<Record> => {
  const decisive = decisiveOf(results);
  const isMiss = decisive.outcome === 'NOT_FOUND';
  return {
    outcome: decisive.outcome,
    record: merged?.record ?? null,
    raw: decisive.raw,
    sources: merged?.sources ?? noSources,
    parts: merged?.parts ?? [],
    snapshots,
    receipt: receiptOf(results, decisive),
    calls: results.map(({ call }) => call),
    problem: isMiss ? null : decisive.problem,
    suggestedDomain: null,
  };
};

const decisiveOf = <Record>(results: StepResults<Record>): StepResult<Record> =>
  results[decideOutcome(results)] ?? results[0];

const noSources = (): [] => [];

type Decidable = { outcome: Outcome; problem: Problem | null };

/**
 * The index of the step that decides the result of a lookup: the first that found a record; else the last, if its
 * outcome is unknown or the ledger stopped it; else the first refusal or failure of a provider, retryable ones before
 * others; else the last miss.
 */
export const decideOutcome = (results: readonly [Decidable, ...Decidable[]]): number => {
  const found = results.findIndex(({ outcome }) => outcome === 'FOUND');
  if (found >= 0) return found;
  const last = results[results.length - 1] ?? results[0];
  if (last.outcome === 'UNKNOWN' || last.problem?.code === 'LEDGER_UNAVAILABLE') return results.length - 1;

  // A provider that does not look up by such an identifier was never called.
  const isCallable = ({ outcome, problem }: Decidable): boolean =>
    outcome === 'NOT_FOUND' || problem?.code !== 'INVALID_IDENTIFIER';
  const isFault = (result: Decidable): boolean => isCallable(result) && result.outcome !== 'NOT_FOUND';
  const retryable = results.findIndex((result) => isFault(result) && result.problem?.retryable === true);
  if (retryable >= 0) return retryable;
  const fault = results.findIndex(isFault);
  if (fault >= 0) return fault;
  return Math.max(0, results.findLastIndex(isCallable));
};
