import { GatewayError } from '../errors.js';
import { isDatabaseLost } from './database.js';
import { withTimeout } from './with-timeout.js';

const loadTimeoutMs = 1_500;

/**
 * What an ask must read before it is made. Throws LEDGER_UNAVAILABLE within two seconds when the database does not
 * answer: without it, nothing may be spent.
 */
export const withStoreTimeout = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await withTimeout(loadTimeoutMs, work(), storeUnavailable);
  } catch (error) {
    throw isDatabaseLost(error) ? storeUnavailable(error) : error;
  }
};

const storeUnavailable = (cause?: unknown): GatewayError =>
  new GatewayError(
    'LEDGER_UNAVAILABLE',
    'The gateway cannot reach its database, so nothing was asked and nothing spent: try again in a few seconds.',
    { retryAfterSeconds: 5, cause },
  );
