import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { type Config, readConfig } from '../../src/config/config.js';
import { createGateway, type Gateway } from '../../src/gateway.js';
import type { Replaceable } from '../../src/replaceable.js';
import { createLog, type Log, type LogLevel } from '../../src/platform/log.js';
import { createTestDatabase, type TestDatabase } from './database.js';

/** The key of all apps of a test file, so that several may share a database. */
export const encryptionKey = randomBytes(32);
/** The bootstrap token of all apps of a test file. */
export const bootstrapToken = `fgw_${randomBytes(32).toString('base64url')}`;

export type TestApp = {
  gateway: Gateway;
  store: TestDatabase;
  /** Everything the app has logged. */
  logged: () => string;
  /** Closes the app, and the database if the app created it. */
  close: () => Promise<void>;
};

export type TestAppOptions = Partial<Replaceable> & {
  /** A database that other apps may use, too; its owner closes it. */
  database?: TestDatabase;
  /** Settings as an operator writes them. */
  env?: Record<string, string>;
  /** Settings as the modules read them; they go before `env`. */
  config?: Partial<Config>;
  /** True: the app behaves as on the embedded PostgreSQL of a first start. */
  embedded?: boolean;
  /** Instead of the key of all apps of a test file. */
  encryptionKeys?: readonly Buffer[];
  logLevel?: LogLevel;
  /** Takes the place of the log that `logged` returns. */
  log?: Log;
  /** Takes the place of fields of the finished gateway. */
  replaced?: Partial<Gateway>;
};

/** The gateway as users run it, without its HTTP server, over the one composition root. */
export const createTestApp = async (options: TestAppOptions = {}): Promise<TestApp> => {
  const {
    database,
    env,
    config,
    embedded = false,
    encryptionKeys = [encryptionKey],
    logLevel = 'info',
    log,
    replaced,
    ...replaceable
  } = options;
  const store = database ?? (await createTestDatabase());
  let output = '';
  const destination = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      output += chunk.toString('utf8');
      done();
    },
  });
  const gateway = await createGateway(
    {
      ...replaceable,
      config: { ...readConfig({ PORT: '0', GATEWAY_BOOTSTRAP_TOKEN: bootstrapToken, ...env }), ...config },
      store: { ...store, secrets: encryptionKeys, embedded, drop: () => {} },
      log: log ?? createLog(logLevel, destination),
    },
    replaced,
  );
  return {
    gateway,
    store,
    logged: () => output,
    close: async () => {
      await gateway.close();
      if (database === undefined) await store.close();
    },
  };
};
