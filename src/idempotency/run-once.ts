import { setTimeout as sleep } from 'node:timers/promises';
import type { Caller } from '../access/caller.js';
import type { Vault } from '../connections/vault.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import { type Claim, claimRequest, renewClaim, type RequestKey } from './claim.js';
import { endRun, readStoredResponse } from './stored-response.js';

/** A request that may be repeated: who sent it, under which key, and all that it says. */
export type IdempotentRequest = {
  caller: Pick<Caller, 'workspaceId' | 'tokenId'>;
  key: string;
  text: string;
  /** Whether its response may hold records, which `forgetRecord` erases. */
  returnsRecords: boolean;
};

/** The result of a run. `storedResponse` is what repeats get; null when nothing was done, so that a repeat runs again. */
export type RunResult<Result> = { result: Result; storedResponse: string | null };

export type RunOnce = <Result>(
  request: IdempotentRequest,
  run: () => Promise<RunResult<Result>>,
  restore: (storedResponse: string) => Result,
) => Promise<Result>;

type Deps = {
  database: Pick<Database, 'db'>;
  vault: Pick<Vault, 'seal' | 'open' | 'hasKeyOf' | 'fingerprint'>;
  log: Log;
};

const pauseMsMax = 250;

/**
 * Makes the function that runs a request once, however often it is sent: for 24 hours a repeat by the same token under
 * the same key gets the first response, from any instance. A repeat that comes during the first run waits for it, at
 * most `waitMs`, then throws UNAVAILABLE. The key with another request throws BAD_REQUEST.
 *
 * A gateway that dies between the execution and the storing leaves no response: once its lease of a minute has ended,
 * a repeat executes the request again.
 */
export const createRunOnce =
  (deps: Deps, { waitMs }: { waitMs: number } = { waitMs: 20_000 }): RunOnce =>
  async (request, run, restore) => {
    const key = await keyOf(deps, request);
    const untilMs = performance.now() + waitMs;
    for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, pauseMsMax)) {
      const claim = await claimRequest(deps.database, key);
      if (claim !== null) return await runClaimed(deps, claim, run);
      const response = await readStoredResponse(deps, key);
      if (response !== null) return restore(response);
      if (performance.now() > untilMs) throw stillRunning();
      await sleep(pauseMs);
    }
  };

const keyOf = async (
  { vault }: Deps,
  { caller, key, text, returnsRecords }: IdempotentRequest,
): Promise<RequestKey> => ({
  workspaceId: caller.workspaceId,
  tokenId: caller.tokenId,
  // A request may hold a key or a guessable name, so its row must not reveal it in a dump.
  keyFingerprint: await vault.fingerprint('idempotency key', key),
  requestFingerprint: await vault.fingerprint('idempotent request', text),
  returnsRecords,
});

const runClaimed = async <Result>(
  deps: Deps,
  claim: Claim,
  run: () => Promise<RunResult<Result>>,
): Promise<Result> => {
  const stopRenewing = renewClaim(deps.database, deps.log, claim);
  let response: string | null = null;
  try {
    const { result, storedResponse } = await run();
    response = storedResponse;
    return result;
  } finally {
    // A renewal in progress changes nothing that the end of the run does not override.
    void stopRenewing();
    await endRun(deps, claim, response);
  }
};

const stillRunning = (): GatewayError =>
  new GatewayError(
    'UNAVAILABLE',
    'The first request under this Idempotency-Key is still in progress: send the same one again in a few seconds.',
    { retryAfterSeconds: 5 },
  );
