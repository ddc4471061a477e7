import type { Credential } from '../connections/choose-credential.js';
import type { Unlock } from '../ledger/types.js';
import type { StepContext } from './step-context.js';
import { type StepResult, stepResult } from './step-result.js';

type Ours = { unlock: Unlock; fetchedAt: Date; fromSnapshot: boolean; latencyMs: number };

/**
 * The end of a step out of what is already ours: the kept copy, read by today's code. Null where that cannot read it.
 * The copy stays a text, which is parsed again for the few who want it whole: parsed it is many times as large, and
 * those of a list of a hundred would stand in memory side by side.
 */
export const resultFromSnapshot = <Record>(
  context: StepContext<Record>,
  credential: Credential,
  id: string,
  { unlock, body, fetchedAt }: { unlock: Unlock; body: string; fetchedAt: Date },
): StepResult<Record> | null => {
  const raw = (): unknown => JSON.parse(body);
  return resultFromRaw(context, credential, id, raw, { unlock, fetchedAt, fromSnapshot: true, latencyMs: 0 });
};

export const resultFromRaw = <Record>(
  { request, query, place }: StepContext<Record>,
  credential: Credential,
  id: string,
  raw: () => unknown,
  ours: Ours,
): StepResult<Record> | null => {
  const read = query.read(raw());
  if (read === null) return null;
  request.tally.saved += ours.unlock.price;
  return stepResult({ step: place.step, provider: query.provider.name }, credential, {
    id,
    outcome: 'FOUND',
    problem: null,
    record: read.record,
    raw,
    money: { charge: 'ALREADY_UNLOCKED', creditsCharged: 0n, creditsSaved: ours.unlock.price },
    latencyMs: ours.latencyMs,
    fromSnapshot: ours.fromSnapshot,
    unlockedAt: ours.unlock.unlockedAt,
    fetchedAt: ours.fetchedAt,
  });
};
