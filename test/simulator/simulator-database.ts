import { setTimeout as sleep } from 'node:timers/promises';
import {
  connect,
  type Database,
  type DatabaseAddress,
  openDatabase,
  type Sql,
} from '../../src/platform/database.js';
import type { EnrichmentDeps } from '../../src/enrichment/deps.js';
import { openPool } from '../../src/platform/connection-pool.js';
import { createTestApp } from '../support/create-test-app.js';

/** The connections of one history at a time. They are reused, because opening them takes longer than a history. */
export type SimulatorDatabase = {
  database: Database;
  /** The wiring of the gateway, of which simulated processes replace what histories control. */
  deps: EnrichmentDeps;
  /** One client for each simulated process. */
  clients: readonly Sql[];
  /** Lets the database close the connections of one of them. */
  cut: (client: number) => Promise<void>;
  /** Waits until the database runs none of their statements: one may run on after its client has lost it. */
  quiet: () => Promise<void>;
  /** Waits until every client has recovered from its last cut. */
  heal: () => Promise<void>;
  close: () => Promise<void>;
};

const clientsCount = 3;

export const openSimulatorDatabase = async (
  address: DatabaseAddress,
  name: string,
): Promise<SimulatorDatabase> => {
  const database = openDatabase(address, { connectionsMax: 2 });
  const app = await createTestApp({
    database: { database, address, url: '', close: () => database.close() },
    config: { sandbox: false, lookupTimeoutMs: 60_000 },
    maintenance: false,
    logLevel: 'silent',
  });
  const nameOf = (client: number): string => `simulated ${name} ${client}`;
  const names = JSON.stringify(Array.from({ length: clientsCount }, (_, client) => nameOf(client)));
  const clients = Array.from({ length: clientsCount }, (_, client) => {
    const connection = { application_name: nameOf(client), statement_timeout: 30_000 };
    const options = { fetch_types: false, onnotice: () => {}, connection };
    return openPool((own) => connect(address, { ...options, ...own }), 2).sql;
  });
  return {
    database,
    deps: app.gateway.enrichmentDeps,
    clients,
    cut: async (client) => {
      await database.sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = ${nameOf(client)}`;
    },
    quiet: async () => {
      for (;;) {
        const busy = await database.sql`
          select from pg_stat_activity
          where datname = current_database() and state <> 'idle'
            and application_name in (select jsonb_array_elements_text(${names}::text::jsonb))`;
        if (busy.length === 0) return;
        await sleep(5);
      }
    },
    heal: async () => {
      // A client notices a cut a moment after the database has made it.
      await sleep(20);
      await Promise.all(clients.map(untilAnswering));
    },
    close: async () => {
      await app.close();
      await Promise.all([database.close(), ...clients.map((client) => client.end({ timeout: 5 }))]);
    },
  };
};

const untilAnswering = async (client: Sql): Promise<void> => {
  for (let tries = 0; tries < 100; tries += 1) {
    const answers = await client`select 1`.catch(() => null);
    if (answers !== null) return;
    await sleep(10);
  }
  throw new Error('a client does not recover from the cut of its connections');
};
