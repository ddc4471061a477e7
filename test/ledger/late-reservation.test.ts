import { expect, it, vi } from 'vitest';
import { createReserver } from '../../src/ledger/reserve.js';
import { openDatabase, statementTimeoutMs } from '../../src/platform/database.js';
import { outcomeOf } from '../support/outcome.js';
import { requestFor, createAccount } from './setup.js';

it('releases a reservation that is committed as late as the statement timeout allows', async () => {
  const lost = openDatabase({ url: 'postgres://nobody@localhost/nothing' });
  await lost.close();
  // The clock is replaced: the real one would take most of a minute.
  let nowMs = 0;
  const pause = (delayMs: number): Promise<void> => {
    nowMs += delayMs;
    return Promise.resolve();
  };
  let standsSinceMs: number | null = statementTimeoutMs;
  const reserve = createReserver(
    lost.sql,
    { reservationSeconds: 60, ledgerBatchMax: 1, reserveTimeoutMs: 1_500 },
    () => {
      const settled = standsSinceMs !== null && nowMs > standsSinceMs;
      if (settled) standsSinceMs = null;
      return Promise.resolve({
        settled,
        charge: 'FREE',
        credits: 0n,
        saved: 0n,
        unlock: null,
        fetchedAt: new Date(0),
      });
    },
    pause,
  );
  expect(await outcomeOf(reserve(requestFor(createAccount(), 'a')))).toBe('LEDGER_UNAVAILABLE');
  await vi.waitFor(() => expect(standsSinceMs).toBeNull());
});
