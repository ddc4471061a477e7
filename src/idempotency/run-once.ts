import { setTimeout as sleep } from 'node:timers/promises';
import type { Caller } from '../access/caller.js';
import type { Vault } from '../connections/vault.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import { type Claim, claimRequest, type RequestPlace } from './claim-request.js';
import { endRequest } from './end-request.js';
import { renewClaim } from './renew-claim.js';
import { readRequest } from './read-request.js';

/** A change that may come again: from whom, under which key, and all that it says. */
export type Change = { caller: Pick<Caller, 'workspaceId' | 'tokenId'>; key: string; text: string };

/** What a run came to. `kept` is what repeats are answered with; null where nothing was done, so that it may be tried again. */
export type Ran<Result> = { result: Result; kept: string | null };

export type RunOnce = <Result>(
  change: Change,
  run: () => Promise<Ran<Result>>,
  restore: (kept: string) => Result,
) => Promise<Result>;

export type OnceDeps = {
  database: Pick<Database, 'db'>;
  vault: Pick<Vault, 'seal' | 'open' | 'fingerprint'>;
  log: Log;
};

const looksMsMax = 250;

/**
 * Makes the verb that runs a change once, however often it is sent: for 24 hours a repeat by the same token under the
 * same key gets the first answer, from whichever instance. A repeat that comes while the first still runs waits for
 * it, at most `waitMs`, then throws UNAVAILABLE. The key with another request throws BAD_REQUEST.
 *
 * A gateway that dies between the doing and the keeping leaves no answer: once its lease of a minute is over, a repeat
 * does the change again, for nobody can know how far the first had come.
 */
export const createRunOnce =
  (deps: OnceDeps, { waitMs }: { waitMs: number } = { waitMs: 20_000 }): RunOnce =>
  async (change, run, restore) => {
    const place = await placeOf(deps, change);
    const untilMs = performance.now() + waitMs;
    for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, looksMsMax)) {
      const claim = await claimRequest(deps.database, place);
      if (claim !== null) return await runClaimed(deps, claim, run);
      const kept = await readRequest(deps, place);
      if (kept !== null) return restore(kept);
      if (performance.now() > untilMs) throw stillRunning();
      await sleep(pauseMs);
    }
  };

const placeOf = async ({ vault }: OnceDeps, { caller, key, text }: Change): Promise<RequestPlace> => ({
  workspaceId: caller.workspaceId,
  tokenId: caller.tokenId,
  // A request may hold a key or a guessable name, so its row tells nothing of it to whoever reads a dump.
  keyFingerprint: await vault.fingerprint('idempotency key', key),
  requestFingerprint: await vault.fingerprint('idempotent request', text),
});

const runClaimed = async <Result>(
  deps: OnceDeps,
  claim: Claim,
  run: () => Promise<Ran<Result>>,
): Promise<Result> => {
  const stopKeeping = renewClaim(deps.database, claim);
  let kept: string | null = null;
  try {
    const ran = await run();
    kept = ran.kept;
    return ran.result;
  } finally {
    stopKeeping();
    await endRequest(deps, claim, kept);
  }
};

const stillRunning = (): GatewayError =>
  new GatewayError(
    'UNAVAILABLE',
    'The first request under this Idempotency-Key is still under way: send the same one again in a few seconds.',
    { retryAfterSeconds: 5 },
  );
