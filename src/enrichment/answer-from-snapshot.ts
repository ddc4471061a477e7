import type { Credential } from '../connections/choose-credential.js';
import type { Unlock } from '../ledger/ask.js';
import type { Answer } from './answer.js';
import { emptyReceipt } from './receipt.js';
import type { AskRequest } from './request.js';
import type { Wish } from './wish.js';

/** An answer out of what is already ours: the kept copy, read by today's code. Null where that cannot read it. */
export const answerFromSnapshot = <Record>(
  request: AskRequest,
  wish: Wish<Record>,
  credential: Credential,
  id: string,
  hit: { unlock: Unlock; body: string; fetchedAt: Date },
): Answer<Record> | null =>
  answerFromRaw(request, wish, credential, id, { ...hit, raw: JSON.parse(hit.body), fromSnapshot: true });

export const answerFromRaw = <Record>(
  request: AskRequest,
  wish: Wish<Record>,
  credential: Credential,
  id: string,
  ours: { unlock: Unlock; raw: unknown; fetchedAt: Date; fromSnapshot: boolean },
): Answer<Record> | null => {
  const read = wish.read(ours.raw);
  if (read === null) return null;
  request.tally.saved += ours.unlock.price;
  return {
    outcome: 'FOUND',
    record: read.record,
    raw: ours.raw,
    problem: null,
    receipt: {
      ...emptyReceipt(id, wish.provider, credential),
      charge: 'ALREADY_UNLOCKED',
      creditsSaved: ours.unlock.price,
      fromSnapshot: ours.fromSnapshot,
      unlockedAt: ours.unlock.unlockedAt,
      fetchedAt: ours.fetchedAt,
    },
  };
};
