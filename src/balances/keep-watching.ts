import { type DeliveryDeps, deliverCrossings } from './deliver-crossings.js';
import { watchBalances } from './watch-balances.js';

/**
 * Looks after balances every `everyMs`, until the verb that it answers is called, which waits for what is under way:
 * reached thresholds are written down and sent. The timer keeps no process alive.
 */
export const startBalanceWatch = (deps: DeliveryDeps, everyMs: number): (() => Promise<void>) => {
  let underWay: Promise<void> | null = null;
  const stop = new AbortController();

  const once = async (): Promise<void> => {
    try {
      while (!stop.signal.aborted && (await watchBalances(deps)) > 0);
      while (!stop.signal.aborted && (await deliverCrossings(deps)) > 0);
    } catch {
      deps.log.warn('balances could not be looked after; it is tried again');
    }
  };
  const timer = setInterval(() => {
    underWay ??= once().finally(() => {
      underWay = null;
    });
  }, everyMs);
  timer.unref();

  return async () => {
    stop.abort();
    clearInterval(timer);
    await underWay;
  };
};
