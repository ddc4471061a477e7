import { graceMsOf, readConfig, tracesOf, warnOfOldNames } from '../config/config.js';
import { createGateway } from '../gateway.js';
import { openDocuments } from '../http/documents/open-documents.js';
import { startServer } from '../http/start-server.js';
import { firstTokenLines, startupBanner } from '../http/startup-banner.js';
import { explainListenFault } from '../platform/explain-fault.js';
import { createLog } from '../platform/log.js';
import { readSchema } from '../platform/migrate.js';
import { openStore } from '../platform/open-store.js';
import { runService } from '../platform/run-service.js';
import { useTracer } from '../platform/tracing/tracing.js';

/** Reads the environment, opens the store and the gateway, serves, and closes them at a signal. Ends the process. */
export const start = (): Promise<void> =>
  runService(async (opened, stopping) => {
    const config = readConfig(process.env);
    const log = createLog(config.logLevel);
    warnOfOldNames(process.env, log);

    // Before a first start creates a database and a token that is shown once.
    const documents = await openDocuments(config);

    let closingMs = performance.now();
    const traces = tracesOf(config);
    if (traces !== null) {
      const { startOpenTelemetry } = await import('../platform/tracing/open-telemetry.js');
      const { tracer, close } = await startOpenTelemetry({ ...traces, version: readSchema().version, log });
      useTracer(tracer);
      // Closed last, with what the others have left of the time.
      opened.push({
        close: () => close(Math.max(100, config.shutdownSeconds * 980 - (performance.now() - closingMs))),
      });
    }

    const store = await openStore(config, log, stopping);
    opened.push(store);

    const gateway = await createGateway({ config, store, log });
    opened.push({ close: () => gateway.close(0) });

    const server = await startServer(gateway, { documents }).catch((error: unknown) => {
      if (gateway.firstToken !== null) console.log(firstTokenLines(gateway.firstToken));
      throw explainListenFault(error, config);
    });
    opened.push({
      close: async (signal) => {
        closingMs = performance.now();
        const graceMs = graceMsOf(config);
        const untilMs = performance.now() + graceMs;
        await server.close(graceMs, signal === 'SIGTERM' ? config.shutdownDrainSeconds * 1_000 : 0);
        await gateway.close(Math.max(0, untilMs - performance.now()));
      },
    });

    console.log(startupBanner({ url: server.url, ...gateway }));
  });
