import { runEvery } from '../platform/run-every.js';
import { type DeliveryDeps, deliverCrossings } from './deliver-crossings.js';

/** Delivers budget alerts every `everyMs`; returns the function that stops it and waits for the attempts in progress. */
export const startBudgetAlertDelivery = (deps: DeliveryDeps, everyMs: number): (() => Promise<void>) =>
  runEvery(
    everyMs,
    {
      name: 'budget alerts',
      run: async (stopping) => {
        while (!stopping.aborted && (await deliverCrossings(deps)) > 0);
      },
    },
    deps.log,
  );
