import type { Vault } from '../connections/vault.js';
import type { Database, Sql } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import { runEvery } from '../platform/run-every.js';
import { postSigned } from './post-signed.js';
import { type AlertKind, type AlertSubject, webhookSecretContext } from './webhook-endpoints.js';

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
  /** Null if the webhook was removed. */
  url: string | null;
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
  /** The id of an alert as receivers see it. */
  showAlertId: (id: string) => string;
  /** The body of an alert of each kind; null if its subject is gone. */
  messages: Record<AlertKind, (alert: DueAlert) => Promise<object | null>>;
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
 * Attempts every alert that is due, each at least once: a status from 200 to 299 accepts it, and anything else is
 * retried, up to ten attempts. Any number of instances may do it at once. Returns the number of attempts.
 */
export const deliverAlerts = async (deps: DeliveryDeps): Promise<number> => {
  const { sql } = deps.database;
  // The lease outlasts the attempt, or another instance would send the alert meanwhile.
  const due = await claimDue(sql, Math.ceil(deps.timeoutMs / 1_000) + 30);
  await Promise.all(due.map(async (alert) => await recordAttempt(sql, alert, await attempt(deps, alert))));
  return due.length;
};

type Attempted = 'ACCEPTED' | 'GIVEN_UP' | { waitSeconds: number };

const attempt = async (deps: DeliveryDeps, alert: DueAlert): Promise<Attempted> => {
  const { log, timeoutMs, vault } = deps;
  // The webhook was removed, or the process of the last attempt died during it.
  if (alert.url === null || alert.attempts > attemptsMax) return 'GIVEN_UP';
  const message = await deps.messages[alert.kind](alert);
  if (message === null) return 'GIVEN_UP';

  const context = webhookSecretContext(alert);
  const [secret, previous] = [alert.secretSealed, alert.previousSecretSealed].map((sealed) =>
    sealed === null ? null : vault.open(context, sealed),
  );
  const secrets = [secret, previous].filter((one) => typeof one === 'string');
  const to = { id: deps.showAlertId(alert.id), url: alert.url, secrets, timeoutMs };
  const isOpened = typeof secret === 'string';
  const status = isOpened ? await postSigned(message, to) : null;

  const { kind, subjectId, threshold, attempts } = alert;
  const facts = { alert: alert.id, kind, subjectId, threshold, attempts, status };
  if (status !== null && status >= 200 && status < 300) {
    log.info(facts, 'alert delivered');
    return 'ACCEPTED';
  }
  const waitSeconds = backoffSeconds[attempts - 1];
  if (!isOpened) log.error(facts, 'webhook secret cannot be decrypted: restore the former ENCRYPTION_KEYS');
  else if (waitSeconds === undefined) log.error(facts, 'alert delivery given up: check the webhook');
  else log.warn({ ...facts, waitSeconds }, 'alert delivery failed, will be retried');
  return waitSeconds === undefined ? 'GIVEN_UP' : { waitSeconds };
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
      w.secret_sealed as "secretSealed",
      case when w.previous_secret_expires_at > clock_timestamp() then w.previous_secret_sealed end
        as "previousSecretSealed"`;

const recordAttempt = async (
  sql: Sql,
  { workspaceId, id }: DueAlert,
  attempted: Attempted,
): Promise<void> => {
  const isAccepted = attempted === 'ACCEPTED';
  const waitSeconds = typeof attempted === 'object' ? attempted.waitSeconds : null;
  await sql`
    update threshold_alerts
    set delivered_at = case when ${isAccepted} then clock_timestamp() end,
      next_attempt_at = clock_timestamp() + make_interval(secs => ${waitSeconds}::int)
    where workspace_id = ${workspaceId} and id = ${id} and delivered_at is null`;
};
