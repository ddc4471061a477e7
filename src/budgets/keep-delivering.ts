import { type DeliveryDeps, deliverCrossings } from './deliver-crossings.js';

/**
 * Delivers budget alerts every `everyMs`, until the verb that it answers is called; that waits for the tries under
 * way. The timer keeps no process alive.
 */
export const startBudgetAlertDelivery = (deps: DeliveryDeps, everyMs: number): (() => Promise<void>) => {
  let underWay: Promise<void> | null = null;
  const stop = new AbortController();

  const deliverAll = async (): Promise<void> => {
    try {
      while (!stop.signal.aborted && (await deliverCrossings(deps)) > 0);
    } catch {
      deps.log.warn('budget alerts could not be looked after; it is tried again');
    }
  };
  const timer = setInterval(() => {
    underWay ??= deliverAll().finally(() => {
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
