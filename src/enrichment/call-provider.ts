import type { Credential } from '../connections/choose-credential.js';
import { GatewayError } from '../errors.js';
import type { Ask, Ending, Reserved, Settled } from '../ledger/ask.js';
import { within } from '../platform/deadline.js';
import type { Found, NoRecord } from '../providers/provider.js';
import type { Answer } from './answer.js';
import type { EnrichmentDeps } from './deps.js';
import { endingOf } from './ending-of.js';
import { explain } from './explain.js';
import { attemptOf, emptyReceipt, settledFields } from './receipt.js';
import type { AskRequest } from './request.js';
import { idInSubject } from './subjects.js';
import type { Wish } from './wish.js';

// A caller does not wait for ever for a ledger that is away; the settlement itself is tried on.
const settleTimeoutMs = 10_000;

/**
 * Calls the provider under a standing reservation and settles what came of it. The reservation ends on every path: a
 * fault nobody foresaw ends it as UNKNOWN. What the caller does meanwhile changes nothing: a call once begun is
 * finished and settled.
 */
export const callProvider = async <Record>(
  deps: EnrichmentDeps,
  request: AskRequest,
  wish: Wish<Record>,
  credential: Credential,
  held: {
    ask: Ask;
    reserved: Extract<Reserved, { status: 'RESERVED' }>;
    /** Tells the allowance what the call came to. */
    spent: (credits: bigint) => void;
  },
): Promise<Answer<Record>> => {
  const provider = deps.providers[wish.provider];
  const known = held.reserved.unlock;
  const startedMs = performance.now();
  request.tally.reserved += held.reserved.credits;

  let verdict: Found<Record> | NoRecord;
  try {
    verdict = await wish.find(
      deps.callWith(provider, credential.key),
      known === null ? null : idInSubject(known.record),
    );
  } catch (error) {
    verdict = afterThrow(error);
    deps.log.error({ reservation: held.ask.id, kind: verdict.kind }, 'a call to a provider threw');
  }
  const latencyMs = performance.now() - startedMs;
  const { ending, problem } = endingOf(deps, wish, held.ask, verdict, latencyMs);
  const ended = { outcome: ending.outcome, problem };

  const settled = await settle(deps, ending, verdict.kind === 'FOUND' ? verdict.raw : null);
  const credits = settled?.credits ?? held.reserved.credits;
  held.spent(credits);
  if (settled !== null) request.tally.reserved -= held.reserved.credits;
  request.tally.charged += settled?.credits ?? 0n;
  request.tally.saved += settled?.saved ?? 0n;

  const attempt = attemptOf(ended, {
    provider: wish.provider,
    connectionId: credential.connectionId,
    creditsCharged: credits,
    latencyMs,
  });
  const receipt = { ...emptyReceipt(held.ask.id, wish.provider, credential), attempts: [attempt] };
  if (settled === null) {
    return {
      outcome: 'UNKNOWN',
      record: null,
      raw: null,
      problem: explain('LEDGER_UNAVAILABLE', provider.title),
      receipt: { ...receipt, charge: credits > 0n ? 'PRESUMED' : 'NONE', creditsCharged: credits },
    };
  }
  return {
    ...ended,
    record: verdict.kind === 'FOUND' ? verdict.record : null,
    raw: verdict.kind === 'FOUND' ? verdict.raw : null,
    receipt: {
      ...receipt,
      ...settledFields(settled),
      fetchedAt: verdict.kind === 'FOUND' ? settled.fetchedAt : null,
    },
  };
};

/** Whether anything was sent before a throw is unknown, except where the gateway itself held the call back. */
const afterThrow = (error: unknown): NoRecord =>
  error instanceof GatewayError
    ? { kind: 'BROKEN', code: 'PROVIDER_UNAVAILABLE', sent: false, detail: error.code }
    : { kind: 'UNKNOWN', code: 'PROVIDER_UNAVAILABLE', detail: 'the client threw' };

/** Null where the ledger is away for longer than a caller can wait. */
const settle = async (deps: EnrichmentDeps, ending: Ending, raw: unknown): Promise<Settled | null> => {
  try {
    return await within(settleTimeoutMs, deps.ledger.settle(ending, raw), late);
  } catch {
    return null;
  }
};

const late = (): Error => new Error('the settlement is not written yet');
