import type { SealContext } from '../connections/sealer.js';
import type { Vault } from '../connections/vault.js';
import type { Log } from '../platform/log.js';
import { postSigned } from './post-signed.js';
import { openWebhookSecret } from './webhook-secret.js';

export type DeliveryDeps = {
  vault: Pick<Vault, 'open'>;
  log: Log;
  /** How long a receiver may take. */
  timeoutMs: number;
};

/** A message whose turn has come, to a webhook as it is now. */
export type DueMessage = {
  /** Null where the webhook was taken away. */
  url: string | null;
  secretSealed: Uint8Array | null;
  /** The row that holds the sealed secret. */
  context: SealContext;
  message: object;
  /** This one included. */
  tries: number;
  /** What the log says of it. */
  facts: object;
};

/** What became of a try: taken, to be tried again after so many seconds, or given up. */
export type Delivered = 'TAKEN' | 'GIVEN_UP' | { waitSeconds: number };

/** The wait after each failed try; after the last there is none. Some eight hours in all. */
const backoffSeconds = [5, 30, 120, 600, 3_600, 3_600, 7_200, 7_200, 7_200] as const;
const triesMax = backoffSeconds.length + 1;

/** For how long a message taken in hand is left to this instance: the lease outlasts the try, or another would send it meanwhile. */
export const leaseSecondsFor = (timeoutMs: number): number => Math.ceil(timeoutMs / 1_000) + 30;

/** Tries to deliver one message: any status from 200 to 299 takes it, and everything else is worth ten tries in all. */
export const deliverMessage = async (deps: DeliveryDeps, due: DueMessage): Promise<Delivered> => {
  const { log, vault, timeoutMs } = deps;
  // The webhook was taken away, or the process that made the last try died over it.
  if (due.url === null || due.tries > triesMax) return 'GIVEN_UP';

  const secret = openWebhookSecret(vault, due.context, due.secretSealed);
  const status = secret === null ? null : await postSigned(due.message, { url: due.url, secret, timeoutMs });
  const facts = { ...due.facts, tries: due.tries, status };
  if (status !== null && status >= 200 && status < 300) {
    log.info(facts, 'an alert was delivered');
    return 'TAKEN';
  }
  const waitSeconds = backoffSeconds[due.tries - 1];
  if (secret === null) log.error(facts, 'a webhook secret does not open: put the old ENCRYPTION_KEYS back');
  else if (waitSeconds === undefined) log.error(facts, 'an alert was given up: look at its webhook');
  else log.warn({ ...facts, waitSeconds }, 'an alert was not taken; it is sent again');
  return waitSeconds === undefined ? 'GIVEN_UP' : { waitSeconds };
};
