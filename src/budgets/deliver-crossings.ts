import type { Vault } from '../connections/vault.js';
import type { Database, Sql } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import { claimCrossings, type DueCrossing } from './claim-crossings.js';
import { sendCrossing, type ShowId } from './send-crossing.js';
import { openWebhookSecret, placeOfSecret } from './webhook-secret.js';

export type DeliveryDeps = {
  database: Database;
  vault: Pick<Vault, 'open'>;
  log: Log;
  /** How long a receiver may take. */
  timeoutMs: number;
  showId: ShowId;
};

const rowsMax = 20;
/** The wait after each failed try; after the last there is none. Some eight hours in all. */
const backoffSeconds = [5, 30, 120, 600, 3_600, 3_600, 7_200, 7_200, 7_200] as const;
const triesMax = backoffSeconds.length + 1;

/**
 * Sends the crossings that are due to their budgets' webhooks, each at least once: any status from 200 to 299 ends it, everything
 * else is tried again later, ten times in all. Any number of instances may do it at once. Answers how many were
 * taken in hand.
 */
export const deliverCrossings = async (deps: DeliveryDeps): Promise<number> => {
  const { sql } = deps.database;
  // The lease outlasts the try, or another instance would send it meanwhile.
  const leaseSeconds = Math.ceil(deps.timeoutMs / 1_000) + 30;
  const due = await claimCrossings(sql, { rowsMax, leaseSeconds });
  await Promise.all(due.map((crossing) => deliver(deps, crossing)));
  return due.length;
};

const deliver = async (deps: DeliveryDeps, crossing: DueCrossing): Promise<void> => {
  const { log, vault, timeoutMs, showId } = deps;
  const { sql } = deps.database;
  const { workspaceId, budgetId: budget, threshold, tries, webhookUrl: url } = crossing;
  // The webhook was taken away, or the process that made the last try died over it.
  if (url === null || tries > triesMax) return await setNextTry(sql, crossing, null);

  const secret = openWebhookSecret(vault, placeOfSecret(workspaceId, budget), crossing.webhookSecretSealed);
  const status = secret === null ? null : await sendCrossing(crossing, { url, secret, timeoutMs, showId });
  const facts = { budget, threshold, tries, status };
  if (status !== null && status >= 200 && status < 300) {
    await markDelivered(sql, crossing);
    log.info(facts, 'a budget alert was delivered');
    return;
  }
  const waitSeconds = backoffSeconds[tries - 1] ?? null;
  await setNextTry(sql, crossing, waitSeconds);
  if (secret === null) log.error(facts, 'a webhook secret does not open: put the old GATEWAY_SECRETS back');
  else if (waitSeconds === null) log.error(facts, 'a budget alert was given up: look at its webhook');
  else log.warn({ ...facts, waitSeconds }, 'a budget alert was not taken; it is sent again');
};

const markDelivered = async (sql: Sql, crossing: DueCrossing): Promise<void> => {
  await sql`
    update budget_crossings set delivered_at = clock_timestamp(), next_try_at = null where ${isCrossing(sql, crossing)}`;
};

const setNextTry = async (sql: Sql, crossing: DueCrossing, waitSeconds: number | null): Promise<void> => {
  await sql`
    update budget_crossings set next_try_at = clock_timestamp() + make_interval(secs => ${waitSeconds}::int)
    where ${isCrossing(sql, crossing)} and delivered_at is null`;
};

const isCrossing = (sql: Sql, { workspaceId, budgetId, startsAt, threshold }: DueCrossing) => sql`
  workspace_id = ${workspaceId} and budget_id = ${budgetId} and starts_at = ${startsAt} and threshold = ${threshold}`;
