import { setTimeout as sleep } from 'node:timers/promises';
import { idempotentRequests } from '../../schema/index.js';
import type { Vault } from '../connections/vault.js';
import type { Database } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import { type Claim, isRun } from './claim-request.js';

export type EndDeps = { database: Pick<Database, 'db'>; vault: Pick<Vault, 'seal'>; log: Log };

/**
 * Ends a run: keeps its answer for repeats, or, where that is null, frees the key. Never throws, for the change itself
 * is over: what cannot be written within a few tries is left to its lease, as if the gateway had died.
 */
export const endRequest = async (deps: EndDeps, claim: Claim, answer: string | null): Promise<void> => {
  for (const delayMs of [0, 100, 500]) {
    if (delayMs > 0) await sleep(delayMs);
    try {
      await (answer === null ? free(deps, claim) : keep(deps, claim, answer));
      return;
    } catch {
      // The database is away for a moment, or for longer.
    }
  }
  deps.log.warn({ run: claim.id }, 'the answer of an idempotent request could not be kept');
};

const free = async ({ database }: EndDeps, claim: Claim): Promise<void> => {
  await database.db.delete(idempotentRequests).where(isRun(claim));
};

const keep = async ({ database, vault }: EndDeps, claim: Claim, answer: string): Promise<void> => {
  const answerSealed = vault.seal(placeOfAnswer(claim), answer);
  await database.db.update(idempotentRequests).set({ answerSealed }).where(isRun(claim));
};

/** Ids of runs and of connections never meet, so an answer has a place in the vault like a connection's key. */
export const placeOfAnswer = ({ workspaceId, id }: { workspaceId: string; id: string }) => ({
  workspaceId,
  connectionId: id,
});
