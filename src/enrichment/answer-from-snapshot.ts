import type { Credential } from '../connections/choose-credential.js';
import type { Unlock } from '../ledger/ask.js';
import type { Asking } from './asking.js';
import { type StepEnd, stepEnd } from './step-end.js';

/** The end of a step out of what is already ours: the kept copy, read by today's code. Null where that cannot read it. */
export const answerFromSnapshot = <Record>(
  asking: Asking<Record>,
  credential: Credential,
  id: string,
  hit: { unlock: Unlock; body: string; fetchedAt: Date },
): StepEnd<Record> | null =>
  answerFromRaw(asking, credential, id, {
    ...hit,
    raw: JSON.parse(hit.body),
    fromSnapshot: true,
    latencyMs: 0,
  });

export const answerFromRaw = <Record>(
  { request, question, place }: Asking<Record>,
  credential: Credential,
  id: string,
  ours: { unlock: Unlock; raw: unknown; fetchedAt: Date; fromSnapshot: boolean; latencyMs: number },
): StepEnd<Record> | null => {
  const read = question.read(ours.raw);
  if (read === null) return null;
  request.tally.saved += ours.unlock.price;
  return stepEnd({ step: place.step, provider: question.provider.name }, credential, {
    id,
    outcome: 'FOUND',
    problem: null,
    record: read.record,
    raw: ours.raw,
    money: { charge: 'ALREADY_UNLOCKED', creditsCharged: 0n, creditsSaved: ours.unlock.price },
    latencyMs: ours.latencyMs,
    fromSnapshot: ours.fromSnapshot,
    unlockedAt: ours.unlock.unlockedAt,
    fetchedAt: ours.fetchedAt,
  });
};
