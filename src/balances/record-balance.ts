import { sql } from 'drizzle-orm';
import { balanceReadings } from '../../schema/tables/index.js';
import { authorize, type Caller } from '../access/caller.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { parseInput } from '../platform/parse-input.js';
import type { BalanceEstimate } from './balance.js';
import { type RecordBalanceInput, recordBalanceInput } from './balance-input.js';
import { requireConnection } from '../connections/read-connections.js';
import { estimateFor } from './get-balance.js';
import { watchSoon } from './watch-balances.js';

/** Clocks differ by some seconds; what is further ahead is a mistake. */
const aheadMsMax = 60_000;

/**
 * Writes down what the provider's page says is left in the account behind a connection. A reading for the same instant
 * as an earlier one puts that one right. Throws FORBIDDEN, INVALID_INPUT with the field at fault, or NOT_FOUND.
 */
export const recordBalance = async (
  deps: { database: Database },
  caller: Caller,
  input: RecordBalanceInput,
): Promise<BalanceEstimate> => {
  authorize(caller, 'manageBalances');
  const { connection: connectionId, credits, at } = parseInput(recordBalanceInput, input);
  const connection = await requireConnection(deps, caller, connectionId, ['connection']);
  if (at != null && at.getTime() > Date.now() + aheadMsMax) {
    throw new GatewayError(
      'INVALID_INPUT',
      'A balance cannot be read in the future: write when the page was looked at, or leave "at" out for now.',
      { field: ['at'] },
    );
  }
  // To the millisecond, which is what callers see of it and can name again.
  const now = sql<Date>`date_trunc('milliseconds', statement_timestamp())`;
  await deps.database.db.insert(balanceReadings).values({
    workspaceId: caller.workspaceId,
    id: newId(),
    accountId: connection.accountId,
    observedAt: at == null ? now : sql<Date>`least(${at.toISOString()}::timestamptz, ${now})`,
    credits,
    source: 'RECORDED',
    tokenId: caller.tokenId,
  });
  await watchSoon(deps.database.db, { workspaceId: caller.workspaceId, accountId: connection.accountId });
  return estimateFor(deps, caller, connection);
};
