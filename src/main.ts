import { readConfig } from './config.js';
import { createContext } from './context.js';
import { explainListenFault } from './platform/explain-listen-fault.js';
import { createLog } from './platform/log.js';
import { openStore } from './platform/open-store.js';
import { runService } from './platform/run-service.js';
import { startServer } from './server/start-server.js';
import { welcome } from './server/welcome.js';

await runService(async (opened) => {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);

  const store = await openStore(config, log);
  opened.push(store);

  const context = await createContext({ config, store, log });
  opened.push(context);

  const server = await startServer(context).catch((error: unknown) => {
    throw explainListenFault(error, config);
  });
  opened.push({ close: () => server.close(config.shutdownSeconds * 1_000) });

  console.log(welcome({ url: server.url, ...context }));
});
