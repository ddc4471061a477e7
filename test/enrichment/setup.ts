import { randomBytes } from 'node:crypto';
import { afterAll } from 'vitest';
import type { Caller, Role } from '../../src/access/caller.js';
import { createCredentialChooser } from '../../src/connections/choose-credential.js';
import { createConnection } from '../../src/connections/create-connection.js';
import { createVault } from '../../src/connections/vault.js';
import { createAllowance, unlimited } from '../../src/enrichment/allowance.js';
import { createEnrichment, type Enrichment } from '../../src/enrichment/create-enrichment.js';
import { createKeyDesk } from '../../src/enrichment/create-key-desk.js';
import type { AskRequest } from '../../src/enrichment/request.js';
import { createLedger, type Ledger } from '../../src/ledger/ledger.js';
import type { Database } from '../../src/platform/database.js';
import { createProviders } from '../../src/providers/catalogue.js';
import type { Call, Provider } from '../../src/providers/provider.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { silentLog } from '../support/silent-log.js';
import { createWorkspace } from '../support/workspace.js';

export type Desk = {
  database: Database;
  sandbox: Sandbox;
  ledger: Ledger;
  enrichment: Enrichment;
  /** A workspace with a default connection to a fresh sandbox account, or with `key`. */
  open: (key?: string | null) => Promise<Client>;
};

/** One workspace at the desk. */
export type Client = {
  workspaceId: string;
  key: string;
  connectionId: string | null;
  as: (role: Role) => Caller;
  request: (more?: Partial<Omit<AskRequest, 'allowance'>> & { maxCredits?: number }) => AskRequest;
  connect: (key: string, name?: string) => Promise<string>;
  /** What the provider itself counts for the account of the key. */
  provider: () => { creditsUsed: number; requests: number };
};

export type DeskOptions = {
  /** Where keys that are not the sandbox's go. */
  baseUrl?: string;
  totalTimeoutMs?: number;
  slowLatencyMs?: number;
  snapshotMaxAgeSeconds?: number;
  bodyBytesMax?: number;
  turn?: () => Promise<void>;
};

/** Asks as the gateway makes them: real connections, ledger, client and sandbox, on a database of the file's own. */
export const openDesk = async (store: TestDatabase, options: DeskOptions = {}): Promise<Desk> => {
  const { database } = store;
  const sandbox = await startSandbox({
    latencyMs: 0,
    slowLatencyMs: options.slowLatencyMs ?? 400,
    records: 60,
    requestsPerSecond: 100_000,
  });
  const providers = createProviders({
    firmable: {
      baseUrl: options.baseUrl ?? 'http://127.0.0.1:9',
      sandboxBaseUrl: sandbox.url,
      log: silentLog,
      totalTimeoutMs: options.totalTimeoutMs ?? 5_000,
      ...(options.bodyBytesMax === undefined ? {} : { bodyBytesMax: options.bodyBytesMax }),
    },
  });
  const turn = options.turn ?? (() => Promise.resolve());
  const callWith = (_: Provider, key: string): Call => ({ key, turn });
  const keyDesk = createKeyDesk({ providers, callWith, sandbox: true });
  const vault = createVault({ database, secrets: [randomBytes(32)] });
  const ledger = createLedger(database, silentLog, {
    reservationSeconds: 60,
    groupItemsMax: 512,
    reserveTimeoutMs: 1_500,
  });
  const enrichment = createEnrichment({
    providers,
    chooseCredential: createCredentialChooser({ database, vault, keyDesk }),
    ledger,
    callWith,
    snapshotMaxAgeSeconds: options.snapshotMaxAgeSeconds ?? 86_400,
    log: silentLog,
  });
  closing.push(async () => {
    await ledger.close(2_000);
    await Promise.all(Object.values(providers).map((provider) => provider.close()));
    await sandbox.close();
  });

  const open = async (given?: string | null): Promise<Client> => {
    const workspace = await createWorkspace(database);
    const key = given ?? newSandboxKey();
    const connect = async (pasted: string, name = `c${randomBytes(4).toString('hex')}`): Promise<string> => {
      const input = { provider: 'FIRMABLE', name, key: pasted, verify: false };
      return (await createConnection({ database, vault, keyDesk }, workspace.as.ADMIN, input)).id;
    };
    return {
      workspaceId: workspace.id,
      key,
      connectionId: given === null ? null : await connect(key),
      as: (role) => workspace.as[role],
      request: ({ maxCredits, ...more } = {}) => ({
        caller: workspace.as.MEMBER,
        callerKeys: {},
        workflow: null,
        allowance: maxCredits === undefined ? unlimited : createAllowance(BigInt(maxCredits)),
        tally: { charged: 0n, saved: 0n, reserved: 0n },
        ...more,
      }),
      connect,
      provider: () => sandbox.account(key),
    };
  };
  return { database, sandbox, ledger, enrichment, open };
};

/** A key whose account nobody else in the run uses; a temper such as `flaky` is shared by its keys' accounts. */
export const newSandboxKey = (): string => `fbl_sandbox_a${randomBytes(8).toString('hex')}`;

/** One database for the file, with its desks closed before it. */
export const openStore = async (): Promise<TestDatabase> => {
  const store = await createTestDatabase();
  stores.push(store);
  return store;
};

const closing: (() => Promise<void>)[] = [];
const stores: TestDatabase[] = [];
afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
  await Promise.all(stores.map((store) => store.close()));
});
