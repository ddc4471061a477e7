import { randomBytes } from 'node:crypto';
import type { ReservationRequest, Settlement } from '../../src/ledger/types.js';
import { createLedger } from '../../src/ledger/ledger.js';
import { type Database, openDatabase } from '../../src/platform/database.js';
import { newId } from '../../src/platform/ids.js';
import { createLog } from '../../src/platform/log.js';
import { settleInTransaction, reserveInTransaction } from './transaction-per-lookup.js';
import type { BenchStore } from './open-store.js';
import { newAsk, type TestAccount } from './programs/new-reservation.js';
import { median, type Measured, spread } from './numbers.js';

/** One way to take an ask through reserve and settle. */
type Way = {
  name: string;
  run: (ask: ReservationRequest, settlement: Settlement) => Promise<void>;
  close: () => Promise<void>;
};

const roundsPerWay = 3;
const secondsPerRound = 2;
const warmUpSeconds = 0.5;

/**
 * Asks through the ledger alone, each a new record with four identifiers, all against one hot budget row, with default
 * durability: the ledger as it is (grouped), its own two statements without grouping, and the transactions that
 * most gateways would write. Ways alternate within one run.
 */
export const benchLedger = async (store: BenchStore): Promise<Measured[]> => {
  const results: Measured[] = [];
  for (const callers of [1, 128, 512]) {
    for (const snapshotBytes of [0, 4_096]) {
      const workspace = await newWorkspace(store);
      const ways = [grouped(store), statementPerAsk(store), transactionPerAsk(store)];
      const rates = new Map<string, number[]>(ways.map((way) => [way.name, []]));
      const latencies = new Map<string, number[]>(ways.map((way) => [way.name, []]));
      for (let round = 0; round < roundsPerWay; round += 1) {
        for (const way of ways) {
          await drive(way, workspace, { callers, snapshotBytes, seconds: warmUpSeconds });
          const driven = await drive(way, workspace, { callers, snapshotBytes, seconds: secondsPerRound });
          rates.get(way.name)?.push(driven.perSecond);
          latencies.get(way.name)?.push(driven.p50Ms);
        }
      }
      for (const way of ways) await way.close();
      const base = median(rates.get('transaction per ask') ?? []);
      for (const [way, perSecond] of rates) {
        results.push({
          set: 'ledger',
          way,
          callers,
          snapshotBytes,
          perSecond: Math.round(median(perSecond)),
          spread: spread(perSecond),
          p50Ms: Number(median(latencies.get(way) ?? []).toFixed(2)),
          ratio: Number((median(perSecond) / base).toFixed(2)),
        });
      }
    }
  }
  return results;
};

const drive = async (
  way: Way,
  workspace: TestAccount,
  load: { callers: number; snapshotBytes: number; seconds: number },
): Promise<{ perSecond: number; p50Ms: number }> => {
  const body =
    load.snapshotBytes === 0 ? null : JSON.stringify({ text: 'x'.repeat(load.snapshotBytes - 11) });
  const startedMs = performance.now();
  const untilMs = startedMs + load.seconds * 1_000;
  const latenciesMs: number[] = [];
  const caller = async (): Promise<void> => {
    for (let nowMs = performance.now(); nowMs < untilMs; ) {
      const ask = anyAsk(workspace);
      await way.run(ask, toSettlement(ask, body));
      const endedMs = performance.now();
      latenciesMs.push(endedMs - nowMs);
      nowMs = endedMs;
    }
  };
  await Promise.all(Array.from({ length: load.callers }, caller));
  const seconds = (performance.now() - startedMs) / 1_000;
  return { perSecond: latenciesMs.length / seconds, p50Ms: median(latenciesMs) };
};

const silent = createLog('silent');

const grouped = ({ address }: BenchStore): Way => {
  const database = openDatabase(address, { connectionsMax: 16 });
  const ledger = createLedger(database, silent, {
    reservationSeconds: 60,
    ledgerBatchMax: 256,
    reserveTimeoutMs: 60_000,
  });
  return {
    name: 'grouped',
    run: async (ask, settlement) => {
      await ledger.reserve(ask);
      await ledger.settle(settlement);
    },
    close: async () => {
      await ledger.close(1_000);
      await database.close();
    },
  };
};

/** Lets so many work at once: what waits inside of the ledger would be given up by its deadlines. */
const atOnce = (most: number): (<Result>(work: () => Promise<Result>) => Promise<Result>) => {
  let free = most;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
};

const statementPerAsk = ({ address }: BenchStore): Way => {
  const database = openDatabase(address, { connectionsMax: 64 });
  const inTurn = atOnce(64);
  const ledgerOf = () =>
    createLedger(database, silent, { reservationSeconds: 60, ledgerBatchMax: 1, reserveTimeoutMs: 60_000 });
  return {
    name: 'statement per ask',
    run: async (ask, settlement) => {
      // A ledger of its own for each ask: nothing to share a statement with.
      const ledger = ledgerOf();
      await inTurn(() => ledger.reserve(ask));
      await inTurn(() => ledger.settle(settlement));
    },
    close: () => database.close(),
  };
};

const transactionPerAsk = ({ address }: BenchStore): Way => {
  const database: Database = openDatabase(address, { connectionsMax: 64 });
  return {
    name: 'transaction per ask',
    run: async (ask, settlement) => {
      await reserveInTransaction(database.sql, ask);
      await settleInTransaction(database.sql, settlement);
    },
    close: () => database.close(),
  };
};

const newWorkspace = async ({ database }: BenchStore): Promise<TestAccount> => {
  const workspaceId = newId();
  await database.sql`insert into workspaces (id, name) values (${workspaceId}, 'bench')`;
  await database.sql`
    insert into budgets (workspace_id, id, name, scope, period, time_zone, "limit", mode, thresholds)
    values (${workspaceId}, ${newId()}, 'hot', 'WORKSPACE', 'MONTH', 'Australia/Sydney', 1000000000, 'HARD', '{100}')`;
  return { workspaceId, accountId: newId(), tokenId: newId() };
};

const anyAsk = (account: TestAccount): ReservationRequest =>
  newAsk(account, `company:domain:${randomBytes(8).toString('hex')}.example`);

const toSettlement = (ask: ReservationRequest, body: string | null): Settlement => {
  const name = ask.subject.slice('company:domain:'.length, -'.example'.length);
  return {
    reservation: ask,
    outcome: 'FOUND',
    problem: null,
    latencyMs: 1,
    charged: null,
    found: {
      record: `company:id:${name}`,
      price: 1n,
      aliases: [`company:id:${name}`, ask.subject, `company:linkedin:${name}`, `company:abn:${name}`],
      body,
    },
  };
};
