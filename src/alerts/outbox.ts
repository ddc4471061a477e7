import { toPublicId } from '../access/public-ids.js';
import type { Vault } from '../connections/vault.js';
import type { Database, Sql } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import { runEvery } from '../platform/run-every.js';
import type { Alert, AlertMessages } from './alert.js';
import type { SealedDestination } from './destination.js';
import { logFactsOf, sendTo } from './send-alert.js';
import type { AlertSender } from './send-message.js';

export type DeliveryDeps = {
  database: Pick<Database, 'sql'>;
  vault: Pick<Vault, 'open'>;
  log: Log;
  alertSender: Pick<AlertSender, 'send' | 'attemptMsMax'>;
  messages: AlertMessages;
  /** Receives the result of every attempt and of every delivery that is given up, for metrics. */
  onAttempt: (kind: SealedDestination['kind'], result: AttemptResult) => void;
};

export const attemptResults = ['delivered', 'failed', 'given_up'] as const;
export type AttemptResult = (typeof attemptResults)[number];

/** The wait after each failed attempt; after the last there is none. About eight hours in all. */
const backoffSeconds = [5, 30, 120, 600, 3_600, 3_600, 7_200, 7_200, 7_200] as const;
const attemptsMax = backoffSeconds.length + 1;
const rowsMax = 20;

/** Delivers alerts every `everyMs`; returns the function that stops it and waits for the attempts in progress. */
export const startAlertDelivery = (deps: DeliveryDeps, everyMs: number): (() => Promise<void>) =>
  runEvery(
    everyMs,
    {
      name: 'alert delivery',
      run: async (stopping) => {
        while (!stopping.aborted && (await deliverAlerts(deps)) > 0);
      },
    },
    deps.log,
  );

/**
 * Attempts every delivery that is due, each at least once. What is not delivered is retried, up to ten attempts; a chat
 * service that may have shown it gets one copy at most. Any number of instances may do it at once. Returns the number of attempts.
 */
export const deliverAlerts = async (deps: DeliveryDeps): Promise<number> => {
  const { sql } = deps.database;
  // The lease outlasts the attempt, or another instance would send the alert meanwhile.
  const due = await claimDue(sql, Math.ceil(deps.alertSender.attemptMsMax / 1_000) + 60);
  await Promise.all(
    due.map(async (delivery) => {
      const attempted = await attempt(deps, delivery);
      const result = resultOf(attempted);
      if (result !== null) deps.onAttempt(delivery.kind, result);
      await recordAttempt(sql, delivery, attempted);
    }),
  );
  return due.length;
};

/** A delivery that is due, with its alert and its destination as it is now. */
type Due = Alert &
  Omit<SealedDestination, 'id'> & {
    destinationId: string;
    enabled: boolean;
    /** This attempt included. */
    attempts: number;
    /** Of the attempt before; null if there was none, or if it was interrupted. */
    lastError: string | null;
  };

/**
 * `wasTried: false` takes the attempt back: nothing was sent. `isUnwanted`: an ADMIN has disabled the destination or deleted
 * the subject, so nothing failed.
 */
type Attempted = {
  delivered: boolean;
  error: string | null;
  waitSeconds: number | null;
  wasTried: boolean;
  isUnwanted?: boolean;
};

const givenUp = (error: string, isUnwanted: boolean): Attempted => ({
  delivered: false,
  error,
  waitSeconds: null,
  wasTried: true,
  isUnwanted,
});

const resultOf = ({ delivered, waitSeconds, wasTried, isUnwanted }: Attempted): AttemptResult | null => {
  if (delivered) return 'delivered';
  if (!wasTried || isUnwanted === true) return null;
  return waitSeconds === null ? 'given_up' : 'failed';
};

/** Ends the error of every attempt after a lost answer, so that the next attempt knows of it. */
const mayHaveIt = '; the receiver may have the message';

const attempt = async (deps: DeliveryDeps, due: Due): Promise<Attempted> => {
  // The process of the last attempt died during it.
  if (due.attempts > attemptsMax) return givenUp('the attempt was interrupted', false);
  if (!due.enabled) return givenUp('the destination is disabled', true);
  const message = await deps.messages[due.event](due);
  if (message === null) return givenUp('the subject of the alert was deleted', true);
  const { event, subject, threshold, attempts } = due;
  const destination = { ...due, id: due.destinationId };
  const facts = { alert: due.id, event, subject, threshold, attempts, ...logFactsOf(destination) };
  const sent = await sendTo(deps, destination, { id: toPublicId('alert', due.id), message });
  if (sent === null) return undecryptable(deps.log, due, facts);
  const { status } = sent;
  if (sent.delivered) {
    const { error } = sent;
    deps.log.info({ ...facts, status, ...(error === null ? {} : { cause: error }) }, 'alert delivered');
    return { delivered: true, error, waitSeconds: null, wasTried: true };
  }
  const next = backoffSeconds[attempts - 1];
  const wasLost = attempts > 1 && (due.lastError === null || due.lastError.endsWith(mayHaveIt));
  const isOver = next === undefined || sent.mayRepeat === 'NO' || (sent.mayRepeat === 'ONCE' && wasLost);
  const error = wasLost || sent.mayRepeat === 'ONCE' ? `${sent.error}${mayHaveIt}` : sent.error;
  const waitSeconds = isOver ? null : Math.max(next, sent.retryAfterSeconds ?? 0);
  const failure = { ...facts, status, cause: error };
  if (waitSeconds === null) deps.log.error(failure, 'alert delivery given up: check the destination');
  else deps.log.warn({ ...failure, waitSeconds }, 'alert delivery failed, will be retried');
  return { delivered: false, error, waitSeconds, wasTried: true };
};

const undecryptableWaitSeconds = 60;
const undecryptableMs = 86_400_000;

/** Another instance may have the encryption key, so for a day this is not counted as an attempt. */
const undecryptable = (log: Log, { raisedAt }: Due, facts: object): Attempted => {
  const isOver = Date.now() - raisedAt.getTime() > undecryptableMs;
  log.error(facts, 'alert destination cannot be decrypted: restore the former ENCRYPTION_KEYS');
  return {
    delivered: false,
    error: undecryptableError,
    waitSeconds: isOver ? null : undecryptableWaitSeconds,
    wasTried: isOver,
  };
};

/** Why nothing was sent to a destination that this instance cannot decrypt. */
export const undecryptableError = 'the address or the secret cannot be decrypted by this instance';

/**
 * Takes deliveries that are due, for `leaseSeconds`: until then no other instance takes them, and if this one dies they
 * come due again. Rows that another instance is taking at this moment are skipped.
 */
const claimDue = (sql: Sql, leaseSeconds: number): Promise<Due[]> =>
  sql<Due[]>`
    with due as materialized (
      select workspace_id, alert_id, destination_id, last_error
      from alert_deliveries
      where next_attempt_at <= clock_timestamp()
      order by next_attempt_at
      limit ${rowsMax}
      for update skip locked
    )
    update alert_deliveries v
    set attempts = v.attempts + 1, last_error = null, next_attempt_at = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    from due d
    join alerts a on a.workspace_id = d.workspace_id and a.id = d.alert_id
    join alert_destinations t on t.workspace_id = d.workspace_id and t.id = d.destination_id
    where v.workspace_id = d.workspace_id and v.alert_id = d.alert_id and v.destination_id = d.destination_id
    returning a.workspace_id as "workspaceId", a.id, a.event, a.subject, a.starts_at as "startsAt", a.threshold, a.facts,
      a.raised_at as "raisedAt", a.resolved_at as "resolvedAt", v.attempts, d.last_error as "lastError", t.id as "destinationId", t.kind, t.enabled,
      t.url, t.url_sealed as "urlSealed", to_json(t.recipients) as recipients, t.secret_sealed as "secretSealed",
      case when t.previous_secret_expires_at > clock_timestamp() then t.previous_secret_sealed end
        as "previousSecretSealed"`;

const recordAttempt = async (
  sql: Sql,
  { workspaceId, id, destinationId }: Due,
  { delivered, error, waitSeconds, wasTried }: Attempted,
): Promise<void> => {
  await sql`
    update alert_deliveries
    set delivered_at = case when ${delivered} then clock_timestamp() end,
      next_attempt_at = clock_timestamp() + make_interval(secs => ${waitSeconds}::int),
      last_attempt_at = clock_timestamp(),
      last_error = ${error},
      attempts = attempts - case when ${wasTried} then 0 else 1 end
    where workspace_id = ${workspaceId} and alert_id = ${id} and destination_id = ${destinationId}
      and delivered_at is null`;
};
