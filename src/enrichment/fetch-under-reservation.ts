import type { Credential } from '../connections/choose-credential.js';
import type { Ask, Ending, Reserved, Settled } from '../ledger/types.js';
import { within } from '../platform/with-timeout.js';
import type { Asking } from './step-context.js';
import { askProvider } from './call-with-breaker.js';
import type { EnrichmentDeps } from './deps.js';
import { endingOf } from './to-settlement.js';
import { explain } from './explain.js';
import { noteBalance } from './report-balance.js';
import { moneyOf, type StepEnd, stepEnd } from './step-result.js';
import { idInSubject } from './identifiers/record-keys.js';

// A caller does not wait for ever for a ledger that is away; the settlement itself is tried on.
const settleTimeoutMs = 10_000;

/**
 * Calls the provider under a standing reservation and settles what came of it. The reservation ends on every path. What
 * the caller does meanwhile changes nothing: a call once begun is finished and settled.
 */
export const callProvider = async <Record>(
  deps: EnrichmentDeps,
  asking: Asking<Record>,
  credential: Credential,
  held: {
    ask: Ask;
    reserved: Extract<Reserved, { status: 'RESERVED' }>;
    /** Tells the allowance what the call came to. */
    spent: (credits: bigint) => void;
  },
): Promise<StepEnd<Record>> => {
  const { request, question, place } = asking;
  const { id } = held.ask;
  const known = held.reserved.unlock;
  const startedMs = performance.now();
  request.tally.reserved += held.reserved.credits;

  const knownId = known === null ? null : idInSubject(known.record);
  const verdict = await askProvider(deps, asking, credential, knownId);
  const latencyMs = performance.now() - startedMs;
  noteBalance(deps, held.ask, verdict);
  const { ending, problem } = endingOf(deps, question, credential, held.ask, verdict, latencyMs);

  const settled = await settle(deps, ending, verdict.kind === 'FOUND' ? verdict.raw : undefined);
  const credits = settled?.credits ?? held.reserved.credits;
  held.spent(credits);
  if (settled !== null) request.tally.reserved -= held.reserved.credits;
  request.tally.charged += settled?.credits ?? 0n;
  request.tally.saved += settled?.saved ?? 0n;

  const asked = { step: place.step, provider: question.provider.name };
  if (settled === null) {
    return stepEnd(asked, credential, {
      id,
      outcome: 'UNKNOWN',
      problem: explain('LEDGER_UNAVAILABLE', question.provider),
      money: { charge: credits > 0n ? 'PRESUMED' : 'NONE', creditsCharged: credits, creditsSaved: 0n },
      latencyMs,
    });
  }
  const found =
    verdict.kind === 'FOUND'
      ? { record: verdict.record, raw: verdict.raw, fetchedAt: settled.fetchedAt }
      : {};
  return stepEnd(asked, credential, {
    id,
    outcome: ending.outcome,
    problem,
    ...found,
    money: moneyOf(settled),
    latencyMs,
    unlockedAt: settled.unlock?.unlockedAt ?? null,
  });
};

/** Null where the ledger is away for longer than a caller can wait. */
const settle = async (deps: EnrichmentDeps, ending: Ending, raw?: () => unknown): Promise<Settled | null> => {
  try {
    return await within(settleTimeoutMs, deps.ledger.settle(ending, raw), late);
  } catch {
    return null;
  }
};

const late = (): Error => new Error('the settlement is not written yet');
