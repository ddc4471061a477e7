import type { ServerResponse } from 'node:http';
import { GatewayError } from '../errors.js';
import { withTimeout } from '../platform/with-timeout.js';
import { sendJson } from './send-json.js';

const readyTimeoutMs = 1_000;

/**
 * GET /readyz: 200 once the database answers within a second and holds exactly our migrations, else 503. A load
 * balancer sends no requests to an instance that is not ready; /healthz says whether to restart it.
 */
export const handleReadiness = async (
  migrationsCurrent: () => Promise<boolean>,
  response: ServerResponse,
): Promise<void> => {
  try {
    const current = await withTimeout(readyTimeoutMs, migrationsCurrent(), late);
    if (current) sendJson(response, 200, { status: 'ready' });
    else
      sendJson(response, 503, {
        status: 'not ready',
        reason: 'The migrations are not current: restart the gateway.',
      });
  } catch {
    sendJson(response, 503, {
      status: 'not ready',
      reason: 'The database does not answer: see that PostgreSQL is running; the gateway recovers by itself.',
    });
  }
};

const late = (): GatewayError => new GatewayError('UNAVAILABLE', 'The database did not answer in time.');
