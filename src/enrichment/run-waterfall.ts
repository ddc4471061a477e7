import type { ProblemCode } from '../errors.js';
import { newId } from '../platform/ids.js';
import type { Allowance } from './allowance.js';
import type { LookupResult } from './lookup-result.js';
import { runStep } from './run-step.js';
import type { ResolvedStep, Steps } from './resolve-waterfall.js';
import { type Deadline, startDeadline } from './deadline.js';
import { decideOutcome } from './decide-outcome.js';
import type { EnrichmentDeps } from './deps.js';
import { explainMissingFields } from './explain-refusal.js';
import type { Place } from './labels.js';
import { type Merged, mergeRecords, sourcesOf } from './merge-records.js';
import { receiptOf } from './receipt.js';
import { refuse } from './refuse.js';
import type { LookupOptions, LookupRequest } from './lookup-request.js';
import { withMissingFields, type StepResult } from './step-result.js';
import type { ResolvedLookup } from './resolved-lookup.js';

export type WaterfallRun<Record> = {
  request: LookupRequest;
  options: LookupOptions;
  lookup: ResolvedLookup<Record>;
  steps: Steps;
  allowance: Allowance;
};

/**
 * The story of one ask over its steps, each with its own payer, reservation and entry. It ends with the first record
 * that has what its step requires; one that has not is kept, and later ones only fill what it lacks. A miss, a refusal
 * and a failure go on to the next step; what may have been charged without an answer goes nowhere.
 */
export const runWaterfall = async <Record extends object>(
  deps: EnrichmentDeps,
  asked: WaterfallRun<Record>,
): Promise<LookupResult<Record>> => {
  const deadline = startDeadline(deps.lookupTimeoutMs);
  const [firstStep, ...laterSteps] = asked.steps;
  let merged: Merged<Record> | null = null;

  const take = async (step: ResolvedStep, place: Place): Promise<StepResult<Record>> => {
    const end = await askStep(deps, asked, deadline, step, place, merged?.record ?? null);
    if (end.record === null) return end;
    merged = addTo(merged, { record: end.record, provider: step.provider });
    const lacks = asked.lookup.missingFields(merged.record, step.require);
    return lacks.length === 0
      ? end
      : withMissingFields(end, explainMissingFields(deps.providers[step.provider], lacks));
  };

  const first = await take(firstStep, { step: 1, lookupId: null });
  const ends: [StepResult<Record>, ...StepResult<Record>[]] = [first];
  let last = first;
  for (const [index, step] of laterSteps.entries()) {
    if (isLast(last)) break;
    last = await take(step, { step: index + 2, lookupId: first.attempt.entryId });
    ends.push(last);
  }
  return answerOf(ends, merged);
};

const addTo = <Record extends object>(
  ours: Merged<Record> | null,
  theirs: { record: Record; provider: ResolvedStep['provider'] },
): Merged<Record> =>
  ours === null
    ? { record: theirs.record, sources: () => sourcesOf(theirs.record, theirs.provider) }
    : mergeRecords(ours, theirs);

const stopping: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['LEDGER_UNAVAILABLE', 'FORBIDDEN']);

const isLast = ({ outcome, problem, attempt }: StepResult<unknown>): boolean =>
  outcome === 'UNKNOWN' ||
  (outcome === 'FOUND' && attempt.code === null) ||
  (problem !== null && stopping.has(problem.code));

const askStep = async <Record extends object>(
  deps: EnrichmentDeps,
  { request, options, lookup, allowance }: WaterfallRun<Record>,
  deadline: Deadline,
  step: ResolvedStep,
  place: Place,
  known: Record | null,
): Promise<StepResult<Record>> => {
  const provider = deps.providers[step.provider];
  const require = known === null ? step.require : lookup.missingFields(known, step.require);
  const query = lookup.queryFor(provider, known, require);
  if ('problem' in query) {
    const { operation, workflow } = lookup;
    const about = { operation, provider: provider.name, workflow };
    const at = { id: newId(), about, place, credential: null, startedMs: performance.now() };
    return refuse<Record>(deps, request, at, query.problem);
  }
  const payer = options.payer ?? null;
  return runStep(deps, {
    request,
    query,
    place,
    connectionId: step.connectionId,
    payer,
    allowance,
    deadline,
  });
};

const answerOf = <Record>(
  ends: [StepResult<Record>, ...StepResult<Record>[]],
  merged: Merged<Record> | null,
): LookupResult<Record> => {
  const decisive = ends[decideOutcome(ends)] ?? ends[0];
  const isMiss = decisive.outcome === 'NOT_FOUND';
  return {
    outcome: decisive.outcome,
    record: merged?.record ?? null,
    raw: decisive.raw,
    sources: merged?.sources ?? noSources,
    receipt: receiptOf(ends, decisive),
    problem: isMiss ? null : decisive.problem,
  };
};

const noSources = (): [] => [];
