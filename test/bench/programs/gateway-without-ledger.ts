import { readConfig } from '../../../src/config/config.js';
import { createGateway } from '../../../src/gateway.js';
import type { Ledger } from '../../../src/ledger/ledger.js';
import { newId } from '../../../src/platform/ids.js';
import { createLog } from '../../../src/platform/log.js';
import { openStore } from '../../../src/platform/open-store.js';
import { runService } from '../../../src/platform/run-service.js';
import { startServer } from '../../../src/http/start-server.js';

/** Lets every call through and remembers nothing: what the same gateway would do if it accounted for nothing. */
const ledger: Ledger = {
  reserve: async ({ credits }) => ({
    status: 'RESERVED',
    credits,
    unlock: null,
    lifetime: { leftMs: () => 60_000 },
  }),
  renew: async () => true,
  settle: async ({ reservation, outcome }) => {
    const now = new Date();
    const found = outcome === 'FOUND';
    return {
      settled: true,
      charge: found ? 'CHARGED' : 'NOT_FOUND',
      credits: found ? reservation.credits : 0n,
      saved: 0n,
      unlock: found ? { id: newId(), unlockedAt: now } : null,
      fetchedAt: now,
    };
  },
  wait: async () => ({ kind: 'GIVEN_UP' }),
  queueForBudget: (budgetId) => ({ budgetId, next: async () => {}, leave: () => {} }),
  recordHits: async ({ lookups }) => lookups.map(() => null),
  recordEntry: async () => {},
  close: async () => {},
};

await runService(async (opened) => {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const store = await openStore(config, log);
  opened.push(store);
  const context = await createGateway({ config, store, log, ledger });
  opened.push({ close: () => context.close(0) });
  const server = await startServer(context);
  opened.push({ close: () => server.close(0) });
  console.log(server.url);
});
