import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ExecutionArgs } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { GatewayContext } from '../../graphql/context.js';

/**
 * Ends an execution when its lookups have ended. An executor returns as soon as a field has failed that may not be null, while
 * the fields beside it still spend: the response would say that nothing was charged, and a repeat under its Idempotency-Key
 * would spend again.
 */
export const useEndedLookups = (): Plugin<GatewayContext> => ({
  onExecute: ({ args, executeFn, setExecuteFn }) => {
    const { running } = args.contextValue.lookupRequest.lookups;
    setExecuteFn(async (given: ExecutionArgs) => {
      try {
        return await executeFn(given);
      } finally {
        while (running.size > 0) {
          await Promise.allSettled(running);
          // The fields of what was found may look up more.
          await nextTurn();
        }
      }
    });
  },
});
