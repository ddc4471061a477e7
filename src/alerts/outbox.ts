import type { Vault } from '../connections/vault.js';
import type { Database, Sql } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import { runEvery } from '../platform/run-every.js';
import { postWebhook } from './post-webhook.js';
import {
  type AlertKind,
  type AlertSubject,
  webhookSecretContext,
  webhookUrlContext,
} from './webhook-endpoints.js';
import type { WebhookDispatcher } from './webhook-dispatcher.js';
import { type AlertMessage, formatOf } from './webhook-format.js';

/** An alert that is due, with its webhook as it is now. */
export type DueAlert = AlertSubject & {
  id: string;
  periodStartsAt: Date;
  threshold: number;
  /** What the table says for the kind; credits are strings of digits. */
  facts: Record<string, string>;
  raisedAt: Date;
  /** This attempt included. */
  attempts: number;
  /** What is shown of the address; null if the webhook was removed. */
  url: string | null;
  /** The address itself, where it is a secret. */
  urlSealed: Buffer | null;
  secretSealed: Buffer | null;
  /** The secret before a rotation, while it still signs. */
  previousSecretSealed: Buffer | null;
};

export type DeliveryDeps = {
  database: Pick<Database, 'sql'>;
  vault: Pick<Vault, 'open'>;
  log: Log;
  /** How long a receiver may take. */
  timeoutMs: number;
  /** The way to an address; the direct one where absent. */
  dispatcherFor?: WebhookDispatcher['dispatcherFor'];
  /** The id of an alert as receivers see it. */
  showAlertId: (id: string) => string;
  /** The body of an alert of each kind; null if its subject is gone. */
  messages: Record<AlertKind, (alert: DueAlert) => Promise<AlertMessage | null>>;
};

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
 * Attempts every alert that is due, each at least once. What is not delivered is retried, up to ten attempts; a chat
 * service that may have shown it gets one copy at most. Any number of instances may do it at once. Returns the number of attempts.
 */
export const deliverAlerts = async (deps: DeliveryDeps): Promise<number> => {
  const { sql } = deps.database;
  // The lease outlasts the attempt, or another instance would send the alert meanwhile.
  const due = await claimDue(sql, Math.ceil(deps.timeoutMs / 1_000) + 60);
  await Promise.all(due.map(async (alert) => await recordAttempt(sql, alert, await attempt(deps, alert))));
  return due.length;
};

/** `wasTried: false` takes the attempt back: nothing was sent. */
type Attempted = { delivered: boolean; error: string | null; waitSeconds: number | null; wasTried: boolean };

const givenUp: Attempted = { delivered: false, error: null, waitSeconds: null, wasTried: true };

const attempt = async (deps: DeliveryDeps, alert: DueAlert): Promise<Attempted> => {
  // The webhook was removed, or the process of the last attempt died during it.
  if (alert.url === null || alert.attempts > attemptsMax) return givenUp;
  const message = await deps.messages[alert.kind](alert);
  if (message === null) return givenUp;
  const { kind, subjectId, threshold, attempts } = alert;
  const format = formatOf(alert.url);
  const facts = {
    alert: alert.id,
    kind,
    subjectId,
    threshold,
    attempts,
    host: new URL(alert.url).host,
    format,
  };
  const opened = openTarget(deps.vault, alert);
  if (opened === null) return undecryptable(deps.log, alert, facts);

  const id = deps.showAlertId(alert.id);
  const { timeoutMs } = deps;
  const dispatcher = deps.dispatcherFor?.(opened.url);
  const posted = await postWebhook(message, { ...opened, id, timeoutMs, dispatcher });
  if (posted.delivered) {
    deps.log.info({ ...facts, status: posted.status }, 'alert delivered');
    return { delivered: true, error: null, waitSeconds: null, wasTried: true };
  }
  const { status, error, mayRepeat, retryAfterSeconds } = posted;
  const next = backoffSeconds[attempts - 1];
  const isOver = next === undefined || mayRepeat === 'NO' || (mayRepeat === 'ONCE' && attempts > 1);
  const waitSeconds = isOver ? null : Math.max(next, retryAfterSeconds ?? 0);
  const failure = { ...facts, status, cause: error };
  if (waitSeconds === null) deps.log.error(failure, 'alert delivery given up: check the webhook');
  else deps.log.warn({ ...failure, waitSeconds }, 'alert delivery failed, will be retried');
  return { delivered: false, error, waitSeconds, wasTried: true };
};

/** The address and the secrets that sign; null when this instance cannot decrypt them. */
const openTarget = (
  vault: DeliveryDeps['vault'],
  alert: DueAlert,
): { url: string; secrets: string[] } | null => {
  const { url: shown, urlSealed, secretSealed, previousSecretSealed } = alert;
  const url = urlSealed === null ? shown : vault.open(webhookUrlContext(alert), urlSealed);
  const context = webhookSecretContext(alert);
  const secret = secretSealed === null ? null : vault.open(context, secretSealed);
  const previous = previousSecretSealed === null ? null : vault.open(context, previousSecretSealed);
  if (url === null || secret === null) return null;
  return { url, secrets: previous === null ? [secret] : [secret, previous] };
};

const undecryptableWaitSeconds = 60;
const undecryptableMs = 86_400_000;

/** Another instance may have the encryption key, so for a day this is not counted as an attempt. */
const undecryptable = (log: Log, { raisedAt }: DueAlert, facts: object): Attempted => {
  const isOver = Date.now() - raisedAt.getTime() > undecryptableMs;
  log.error(facts, 'webhook cannot be decrypted: restore the former ENCRYPTION_KEYS');
  return {
    delivered: false,
    error: 'the address or the secret cannot be decrypted by this instance',
    waitSeconds: isOver ? null : undecryptableWaitSeconds,
    wasTried: isOver,
  };
};

/**
 * Takes alerts that are due, for `leaseSeconds`: until then no other instance takes them, and if this one dies they
 * come due again. Rows that another instance is taking at this moment are skipped.
 */
const claimDue = (sql: Sql, leaseSeconds: number): Promise<DueAlert[]> =>
  sql<DueAlert[]>`
    with due as materialized (
      select workspace_id, id
      from threshold_alerts
      where next_attempt_at <= clock_timestamp()
      order by next_attempt_at
      limit ${rowsMax}
      for update skip locked
    )
    update threshold_alerts a
    set attempts = a.attempts + 1, next_attempt_at = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    from due d
    join threshold_alerts t on t.workspace_id = d.workspace_id and t.id = d.id
    left join webhook_endpoints w
      on w.workspace_id = t.workspace_id and w.kind = t.kind and w.subject_id = t.subject_id
    where a.workspace_id = d.workspace_id and a.id = d.id
    returning a.workspace_id as "workspaceId", a.id, a.kind, a.subject_id as "subjectId",
      a.period_starts_at as "periodStartsAt", a.threshold, a.facts, a.raised_at as "raisedAt", a.attempts, w.url,
      w.url_sealed as "urlSealed", w.secret_sealed as "secretSealed",
      case when w.previous_secret_expires_at > clock_timestamp() then w.previous_secret_sealed end
        as "previousSecretSealed"`;

const recordAttempt = async (
  sql: Sql,
  { workspaceId, id }: DueAlert,
  { delivered, error, waitSeconds, wasTried }: Attempted,
): Promise<void> => {
  await sql`
    update threshold_alerts
    set delivered_at = case when ${delivered} then clock_timestamp() end,
      next_attempt_at = clock_timestamp() + make_interval(secs => ${waitSeconds}::int),
      last_attempt_at = clock_timestamp(),
      last_error = ${error},
      attempts = attempts - case when ${wasTried} then 0 else 1 end
    where workspace_id = ${workspaceId} and id = ${id} and delivered_at is null`;
};
