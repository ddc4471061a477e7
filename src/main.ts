import { readConfig, warnOfOldNames } from './config/config.js';
import { createGateway } from './gateway.js';
import { explainListenFault } from './platform/explain-fault.js';
import { createLog } from './platform/log.js';
import { openStore } from './platform/open-store.js';
import { runService } from './platform/run-service.js';
import { startServer } from './http/start-server.js';
import { startupBanner } from './http/startup-banner.js';

await runService(async (opened, stopping) => {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  warnOfOldNames(process.env, log);

  const store = await openStore(config, log, stopping);
  opened.push(store);

  const context = await createGateway({ config, store, log });
  opened.push({ close: () => context.close(0) });

  const server = await startServer(context).catch((error: unknown) => {
    throw explainListenFault(error, config);
  });
  opened.push({
    close: async () => {
      const graceMs = config.shutdownSeconds * 900;
      const untilMs = performance.now() + graceMs;
      await server.close(graceMs);
      await context.close(Math.max(0, untilMs - performance.now()));
    },
  });

  console.log(startupBanner({ url: server.url, ...context }));
});
