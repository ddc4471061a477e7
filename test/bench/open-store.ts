import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLog } from '../../src/platform/log.js';
import { openStore as openGatewayStore, type Store } from '../../src/platform/open-store.js';

export type BenchStore = Store;

/** The embedded PostgreSQL as users run it: default durability, in a folder of its own that goes with it. */
export const openStore = async (): Promise<BenchStore> => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'fgw-bench-'));
  chmodSync(dataDir, 0o755);
  const settings = { databaseUrl: null, dataDir, encryptionKeys: null, databaseConnectionsMax: 100 };
  const store = await openGatewayStore(settings, createLog('silent'));
  return {
    ...store,
    close: async () => {
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
