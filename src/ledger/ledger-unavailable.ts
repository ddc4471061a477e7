import { GatewayError } from '../errors.js';

/** What callers hear while the database is away: no store, no spend. */
export const ledgerUnavailable = (cause?: unknown): GatewayError =>
  new GatewayError(
    'LEDGER_UNAVAILABLE',
    'The ledger cannot be written just now, so nothing was sent and nothing spent. Ask again in a moment.',
    { cause, retryAfterSeconds: 2 },
  );
