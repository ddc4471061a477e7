import { expect, vi } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { connect, openDatabase, type Sql } from '../../src/platform/database.js';
import { migrate } from '../../src/platform/migrate.js';
import { startServer } from '../../src/http/start-server.js';
import type { RunReport } from '../../src/usage/report-queue.js';
import { startGateway, type TestGateway } from '../http/start-gateway.js';
import { writeEntries, writeUnlock } from '../usage/setup.js';
import { openOwnPostgres, type OwnPostgres } from './own-postgres.js';

export type StandbyGateway = TestGateway & {
  /** The caller of its ADMIN token. */
  caller: Caller;
  /** Writes entries of the token's workspace on the primary: `count`, over the days of November. */
  write: (count: number) => Promise<void>;
  /** Waits until reports are read from the standby, `times` times in all. */
  untilRead: (times?: number) => Promise<void>;
  /** Waits until they are not, for a reason. */
  untilUnread: (reason: string) => Promise<void>;
  /** An export's status, text, and the instant in its header. */
  download: (file: string) => Promise<{ status: number; text: string; asOf: Date }>;
};

/** For a machine under load. */
export const whenLoaded = { timeout: 60_000, interval: 50 };

/** A migrated primary of a test's own. */
export const openPrimary = async (): Promise<OwnPostgres> => {
  const primary = await openOwnPostgres();
  await migrate(primary.address);
  return primary;
};

/** An instant of November. */
const day = (at: number): Date => new Date(Date.UTC(2026, 10, 1 + (at % 28), at % 24, at % 60, 0, at % 997));

/** A gateway on a primary that reads from `readUrl`, or without a standby. */
export const startOn = async (
  primary: OwnPostgres,
  readUrl: string | null,
  lagMaxSeconds = 60,
): Promise<StandbyGateway> => {
  const database = openDatabase(primary.address);
  const gateway = await startGateway({
    database: { database, address: primary.address, url: primary.address.url, close: () => database.close() },
    config: { databaseReadUrl: readUrl, databaseReadLagMaxSeconds: lagMaxSeconds },
    demo: false,
  });
  const caller = await gateway.context.findCaller(gateway.token);
  const timesLogged = (text: string): number => gateway.logged().split(text).length - 1;
  return {
    ...gateway,
    caller,
    write: async (count) => {
      const rows = Array.from({ length: count }, (_, at) => ({
        occurredAt: day(at),
        workflow: ['crm-sync', 'scoring', null][at % 3] ?? null,
        provider: ['FIRMABLE', 'APOLLO'][at % 2] ?? null,
      }));
      for (let at = 0; at < rows.length; at += 500) {
        await writeEntries(database, caller.workspaceId, rows.slice(at, at + 500));
      }
      await writeUnlock(database, caller.workspaceId, { aliases: [`company:domain:${count}.example`] });
    },
    untilRead: (times = 1) =>
      vi.waitFor(
        () => expect(timesLogged('lists are read from the standby')).toBeGreaterThanOrEqual(times),
        whenLoaded,
      ),
    untilUnread: (reason) =>
      vi.waitFor(() => expect(gateway.logged()).toContain(`"reason":"${reason}"`), whenLoaded),
    download: async (file) => {
      const headers = { authorization: `Bearer ${gateway.token}` };
      const response = await fetch(`${gateway.url}/export/${file}`, { headers });
      const asOf = new Date(response.headers.get('x-as-of') ?? '');
      return { status: response.status, text: await response.text(), asOf };
    },
    close: async () => {
      await gateway.close();
      await database.close();
    },
  };
};

/** A client of its own, for what tests do on a server. */
export const clientOf = ({ address }: OwnPostgres): Sql => connect(address, { max: 2, onnotice: () => {} });

/** Waits until the standby has replayed everything that was written on the primary until now. */
export const untilReplayed = async (primary: Sql, standby: Sql): Promise<void> => {
  const [written] = await primary<{ lsn: string }[]>`select pg_current_wal_insert_lsn()::text as lsn`;
  await vi.waitFor(async () => {
    const [row] = await standby<{ done: boolean }[]>`
      select pg_last_wal_replay_lsn() >= ${written?.lsn ?? ''}::text::pg_lsn as done`;
    expect(row?.done).toBe(true);
  }, whenLoaded);
};

/** The text of an export of which `before` is called before each page, and where each page was read. */
export const exportWith = async (gateway: StandbyGateway, before: (page: number) => Promise<void>) => {
  const sources: boolean[] = [];
  let page = 0;
  const runReport: RunReport = async (caller, read, options) => {
    page += 1;
    await before(page);
    let source = false;
    const result = await gateway.context.runReport(
      caller,
      (deps) => {
        source = deps.fromStandby;
        return read(deps);
      },
      options,
    );
    sources.push(source);
    return result;
  };
  const server = await startServer({ ...gateway.context, runReport });
  try {
    const headers = { authorization: `Bearer ${gateway.token}` };
    const response = await fetch(`${server.url}/export/entries.csv`, { headers });
    return { text: await response.text(), sources };
  } finally {
    await server.close(1_000);
  }
};
