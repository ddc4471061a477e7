import type { ServerResponse } from 'node:http';
import { type Readiness, readReadiness } from '../platform/readiness.js';
import { sendJson } from './send-json.js';

const reasons: Record<Exclude<Readiness, 'READY'>, string> = {
  MIGRATIONS_NOT_CURRENT: 'The migrations are not current: restart the gateway.',
  DATABASE_UNREACHABLE:
    'The database does not answer: check that PostgreSQL is running and has connections left; the gateway reconnects by itself.',
};

/**
 * GET /readyz: 200 if this instance is ready, else 503; also 503 from the signal that stops the gateway on. Load balancers
 * send no requests to an instance that is not ready; /healthz decides whether to restart it.
 */
export const handleReadiness = async (
  { migrationsCurrent, closing }: { migrationsCurrent: () => Promise<boolean>; closing: boolean },
  response: ServerResponse,
): Promise<void> => {
  if (closing) return sendJson(response, 503, notReady('The gateway is stopping.'));
  const readiness = await readReadiness(migrationsCurrent);
  if (readiness === 'READY') sendJson(response, 200, { status: 'ready' });
  else sendJson(response, 503, notReady(reasons[readiness]));
};

const notReady = (reason: string) => ({ status: 'not ready', reason });
