import { and, isNull, lte, or, sql } from 'drizzle-orm';
import { alertDestinations } from '../../schema/tables/index.js';
import { recordChange } from '../access/audit-log.js';
import { authorize, type Caller } from '../access/caller.js';
import { toPublicId } from '../access/public-ids.js';
import type { Vault } from '../connections/vault.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { isId, newId } from '../platform/ids.js';
import type { Log } from '../platform/log.js';
import type { AlertMessage } from './alert.js';
import { type Destination, destinationNotFound, isDestination } from './destination.js';
import { undecryptableError } from './outbox.js';
import { getDestination } from './read-destinations.js';
import { logFactsOf, sendTo } from './send-alert.js';
import type { AlertSender } from './send-message.js';

/** What became of a test. */
export type TestResult = {
  /** Null if it was deleted meanwhile. */
  destination: Destination | null;
  delivered: boolean;
  /** Of HTTP or SMTP; null if there was no answer. */
  status: number | null;
  /** Why it failed, in words. */
  error: string | null;
};

const everySeconds = 10;

/**
 * Sends a test alert at once, by the way of every alert, also to a disabled destination. It is not retried and not listed.
 * Throws FORBIDDEN, NOT_FOUND, or RATE_LIMITED within ten seconds of the last test, over all instances.
 */
export const sendTestAlert = async (
  deps: {
    database: Pick<Database, 'db'>;
    vault: Pick<Vault, 'open'>;
    log: Log;
    alertSender: Pick<AlertSender, 'send'>;
  },
  caller: Caller,
  id: string,
): Promise<TestResult> => {
  authorize(caller, 'manageAlerts');
  const { workspaceId, workspaceName } = caller;
  if (!isId(id)) throw destinationNotFound();
  const { db } = deps.database;
  const isDue = or(
    isNull(alertDestinations.testedAt),
    lte(alertDestinations.testedAt, sql`clock_timestamp() - make_interval(secs => ${everySeconds})`),
  );
  const [row] = await db
    .update(alertDestinations)
    .set({ testedAt: sql`clock_timestamp()` })
    .where(and(isDestination(workspaceId, id), isDue))
    .returning({
      workspaceId: alertDestinations.workspaceId,
      id: alertDestinations.id,
      kind: alertDestinations.kind,
      name: alertDestinations.name,
      url: alertDestinations.url,
      recipients: alertDestinations.recipients,
      urlSealed: alertDestinations.urlSealed,
      secretSealed: alertDestinations.secretSealed,
      previousSecretSealed: sql<Buffer | null>`case when ${alertDestinations.previousSecretExpiresAt} > clock_timestamp()
        then ${alertDestinations.previousSecretSealed} end`,
    });
  if (row === undefined) {
    if ((await db.$count(alertDestinations, isDestination(workspaceId, id))) === 0)
      throw destinationNotFound();
    throw testedAlready();
  }
  const message = testMessage(row.name, workspaceName);
  const sent = await sendTo(deps, row, { id: toPublicId('alert', newId()), message });
  const result = sent ?? { delivered: false, status: null, error: undecryptableError };
  const { delivered, status, error } = result;
  await recordChange(db, caller, {
    action: 'alertDestination.test',
    subject: toPublicId('destination', id),
    before: null,
    after: { delivered, status, error },
  });
  deps.log.info({ workspaceId, ...logFactsOf(row), delivered, status, cause: error }, 'test alert sent');
  return { destination: await getDestination(deps, caller, id), delivered, status, error };
};

const testedAlready = (): GatewayError =>
  new GatewayError(
    'RATE_LIMITED',
    `A test was sent to this destination less than ${everySeconds} seconds ago: wait, then send another.`,
    { retryAfterSeconds: everySeconds },
  );

const testMessage = (destination: string, workspace: string): AlertMessage => {
  const sentAt = new Date().toISOString();
  return {
    body: { type: 'alert.test', destination, workspace, sentAt },
    title: `Test alert to "${destination}"`,
    facts: [
      ['Workspace', workspace],
      ['Sent', sentAt],
      ['Action', 'none: alerts arrive here'],
    ],
  };
};
