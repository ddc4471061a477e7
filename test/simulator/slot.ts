import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type Database, type DatabaseAddress, openDatabase, type Sql } from '../../src/platform/database.js';

/** Where one history at a time is played: connections that are used again, because opening them takes longer than it. */
export type Slot = {
  database: Database;
  /** One client for each simulated process. */
  clients: readonly Sql[];
  /** Has the database drop the connections of one of them. */
  cut: (client: number) => Promise<void>;
  close: () => Promise<void>;
};

const clientsCount = 3;

export const openSlot = (address: DatabaseAddress, name: string): Slot => {
  const database = openDatabase(address, { connectionsMax: 2 });
  const nameOf = (client: number): string => `simulated ${name} ${client}`;
  const clients = Array.from({ length: clientsCount }, (_, client) =>
    connect(address, {
      max: 2,
      idle_timeout: 0,
      // The client's look at the array types is not awaited: cut off in that moment, it would end this process.
      fetch_types: false,
      backoff: () => 0.01,
      onnotice: () => {},
      connection: { application_name: nameOf(client), statement_timeout: 30_000 },
    }),
  );
  return {
    database,
    clients,
    cut: async (client) => {
      await database.sql`
        select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${nameOf(client)}`;
      await sleep(1);
    },
    close: async () => {
      await Promise.all([database.close(), ...clients.map((client) => client.end({ timeout: 5 }))]);
    },
  };
};
