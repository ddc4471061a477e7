import { runEvery } from '../platform/run-every.js';
import { type DeliveryDeps, deliverCrossings } from './deliver-crossings.js';
import { watchBalances } from './watch-balances.js';

/**
 * Checks the thresholds of balances and delivers their alerts every `everyMs`; returns the function that stops it and
 * waits for the run in progress.
 */
export const startBalanceWatch = (deps: DeliveryDeps, everyMs: number): (() => Promise<void>) =>
  runEvery(
    everyMs,
    {
      name: 'balance alerts',
      run: async (stopping) => {
        while (!stopping.aborted && (await watchBalances(deps)) > 0);
        while (!stopping.aborted && (await deliverCrossings(deps)) > 0);
      },
    },
    deps.log,
  );
