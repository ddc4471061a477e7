import type { ServerResponse } from 'node:http';
import { withTimeout } from '../platform/with-timeout.js';
import { sendJson } from './send-json.js';

const readyTimeoutMs = 1_000;

/**
 * GET /readyz: 200 if every pool of connections reaches the database within a second and its migrations are those of this
 * version, else 503; also 503 from the signal that stops the gateway on. Load balancers send no requests to an instance
 * that is not ready; /healthz decides whether to restart it.
 */
export const handleReadiness = async (
  { migrationsCurrent, closing }: { migrationsCurrent: () => Promise<boolean>; closing: boolean },
  response: ServerResponse,
): Promise<void> => {
  if (closing) return sendJson(response, 503, notReady('The gateway is stopping.'));
  try {
    if (await withTimeout(readyTimeoutMs, migrationsCurrent(), timedOut))
      sendJson(response, 200, { status: 'ready' });
    else sendJson(response, 503, notReady('The migrations are not current: restart the gateway.'));
  } catch {
    sendJson(
      response,
      503,
      notReady(
        'The database does not answer: check that PostgreSQL is running and has connections left; the gateway reconnects by itself.',
      ),
    );
  }
};

const notReady = (reason: string) => ({ status: 'not ready', reason });

const timedOut = (): Error => new Error('the database did not answer in time');
