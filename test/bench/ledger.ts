import { randomBytes } from 'node:crypto';
import type { ReservationRequest, Settlement } from '../../src/ledger/types.js';
import { createLedger } from '../../src/ledger/ledger.js';
import { openDatabase } from '../../src/platform/database.js';
import { newId } from '../../src/platform/ids.js';
import { createLog } from '../../src/platform/log.js';
import type { BenchStore } from './open-store.js';
import { openHandWritten } from './programs/hand-written/open-hand-written.js';
import { reserve, settle } from './programs/hand-written/ledger.js';
import { newReservation, type TestAccount } from './programs/new-reservation.js';
import { median, type Measured, spread } from './numbers.js';
import { readUsage } from './processes/read-usage.js';

/** One way to take a lookup through reserve and settle. */
type Way = {
  name: string;
  run: (lookup: ReservationRequest, settlement: Settlement) => Promise<void>;
  close: () => Promise<void>;
};

const roundsPerWay = 3;
const secondsPerRound = 2;
const warmUpSeconds = 0.5;

/** Only a caller that is alone uses the functions of single lookups. */
const loads = [
  { callers: 1, budget: false },
  { callers: 1, budget: true },
  { callers: 128, budget: true },
  { callers: 512, budget: true },
];

/**
 * Asks through the ledger alone, each a new record with four identifiers, without a budget or all against one hot budget row,
 * with default durability: the ledger as it is (batched), the same without the functions of single lookups, its own two
 * statements without batches, and the transactions that most gateways would write, which always count in a budget. Ways
 * alternate within one run.
 */
export const benchLedger = async (store: BenchStore): Promise<Measured[]> => {
  const results: Measured[] = [];
  for (const { callers, budget } of loads) {
    for (const snapshotBytes of [0, 4_096]) {
      const workspace = await newWorkspace(store, budget);
      const ways = [
        batched(store, 'ONE'),
        batched(store, 'BATCH'),
        statementPerLookup(store),
        await transactionPerLookup(store, workspace.workspaceId),
      ];
      const rates = new Map<string, number[]>(ways.map((way) => [way.name, []]));
      const latencies = new Map<string, number[]>(ways.map((way) => [way.name, []]));
      const cpu = new Map<string, { node: number; database: number }[]>(ways.map((way) => [way.name, []]));
      for (let round = 0; round < roundsPerWay; round += 1) {
        for (const way of ways) {
          await drive(way, workspace, { callers, snapshotBytes, seconds: warmUpSeconds });
          const driven = await drive(way, workspace, { callers, snapshotBytes, seconds: secondsPerRound });
          rates.get(way.name)?.push(driven.perSecond);
          latencies.get(way.name)?.push(driven.p50Ms);
          cpu.get(way.name)?.push(driven.cpuMs);
        }
      }
      for (const way of ways) await way.close();
      const base = median(rates.get('transaction per lookup') ?? []);
      for (const [way, perSecond] of rates) {
        results.push({
          set: 'ledger',
          way,
          callers,
          budget,
          snapshotBytes,
          perSecond: Math.round(median(perSecond)),
          spread: spread(perSecond),
          p50Ms: Number(median(latencies.get(way) ?? []).toFixed(2)),
          nodeMs: Number(median((cpu.get(way) ?? []).map(({ node }) => node)).toFixed(3)),
          databaseMs: Number(median((cpu.get(way) ?? []).map(({ database }) => database)).toFixed(3)),
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
): Promise<{ perSecond: number; p50Ms: number; cpuMs: { node: number; database: number } }> => {
  const body =
    load.snapshotBytes === 0 ? null : JSON.stringify({ text: 'x'.repeat(load.snapshotBytes - 11) });
  const before = readUsage(process.pid);
  const startedMs = performance.now();
  const untilMs = startedMs + load.seconds * 1_000;
  const latenciesMs: number[] = [];
  const caller = async (): Promise<void> => {
    for (let nowMs = performance.now(); nowMs < untilMs; ) {
      const lookup = anyLookup(workspace);
      await way.run(lookup, toSettlement(lookup, body));
      const endedMs = performance.now();
      latenciesMs.push(endedMs - nowMs);
      nowMs = endedMs;
    }
  };
  await Promise.all(Array.from({ length: load.callers }, caller));
  const seconds = (performance.now() - startedMs) / 1_000;
  const after = readUsage(process.pid);
  // Of each lookup. The server is a child of this process.
  const perLookup = (used: 'ownCpuSeconds' | 'childrenCpuSeconds'): number =>
    (((after?.[used] ?? 0) - (before?.[used] ?? 0)) * 1_000) / latenciesMs.length;
  return {
    perSecond: latenciesMs.length / seconds,
    p50Ms: median(latenciesMs),
    cpuMs: { node: perLookup('ownCpuSeconds'), database: perLookup('childrenCpuSeconds') },
  };
};

const silent = createLog('silent');

const batched = ({ address }: BenchStore, alone: 'ONE' | 'BATCH'): Way => {
  const database = openDatabase(address, { connectionsMax: 16 });
  const ledger = createLedger(database, silent, {
    reservationSeconds: 60,
    ledgerBatchMax: 256,
    reserveTimeoutMs: 60_000,
    alone,
  });
  return {
    name: alone === 'ONE' ? 'batched' : 'batched, batches of one too',
    run: async (lookup, settlement) => {
      await ledger.reserve(lookup);
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

const statementPerLookup = ({ address }: BenchStore): Way => {
  const database = openDatabase(address, { connectionsMax: 64 });
  const inTurn = atOnce(64);
  const ledgerOf = () =>
    createLedger(database, silent, { reservationSeconds: 60, ledgerBatchMax: 1, reserveTimeoutMs: 60_000 });
  return {
    name: 'statement per lookup',
    run: async (lookup, settlement) => {
      // A ledger for each lookup: no other lookup shares its statement.
      const ledger = ledgerOf();
      await inTurn(() => ledger.reserve(lookup));
      await inTurn(() => ledger.settle(settlement));
    },
    close: () => database.close(),
  };
};

/** Those of the hand-written gateway, on its own tables in a database of their own, with one budget as here. */
const transactionPerLookup = async ({ address, database }: BenchStore, workspaceId: string): Promise<Way> => {
  if (!('socketDir' in address)) throw new Error('the bench has a server of its own');
  const name = `hand_written_${randomBytes(4).toString('hex')}`;
  await database.sql.unsafe(`create database ${name}`);
  const { db, close } = await openHandWritten(
    { ...address, database: name },
    { connectionsMax: 64, workspaceId },
  );
  return {
    name: 'transaction per lookup',
    run: async ({ id, lookupKey, labels }, settlement) => {
      if (settlement.outcome !== 'FOUND' || settlement.found === null) throw new Error('the bench finds all');
      const lookup = { id, lookupKey, workspaceId, tokenId: labels.tokenId, workflow: 'bench' };
      const { reservedAt } = await reserve(db, lookup);
      const { recordKey, lookupKeys, body } = settlement.found;
      await settle(db, lookup, {
        reservedAt,
        outcome: 'FOUND',
        found: { recordKey, lookupKeys, body },
        latencyMs: 1,
      });
    },
    close,
  };
};

const newWorkspace = async ({ database }: BenchStore, budget: boolean): Promise<TestAccount> => {
  const workspaceId = newId();
  await database.sql`insert into workspaces (id, name) values (${workspaceId}, 'bench')`;
  if (budget) {
    await database.sql`
      insert into budgets (workspace_id, id, name, scope, period, time_zone, "limit", mode, thresholds)
      values (${workspaceId}, ${newId()}, 'hot', 'WORKSPACE', 'MONTH', 'Australia/Sydney', 1000000000, 'HARD', '{100}')`;
  }
  return { workspaceId, accountId: newId(), tokenId: newId() };
};

const anyLookup = (account: TestAccount): ReservationRequest =>
  newReservation(account, `company:domain:${randomBytes(8).toString('hex')}.example`);

const toSettlement = (lookup: ReservationRequest, body: string | null): Settlement => {
  const name = lookup.lookupKey.slice('company:domain:'.length, -'.example'.length);
  return {
    reservation: lookup,
    outcome: 'FOUND',
    problem: null,
    latencyMs: 1,
    charged: null,
    found: {
      recordKey: `company:id:${name}`,
      price: 1n,
      lookupKeys: [`company:id:${name}`, lookup.lookupKey, `company:linkedin:${name}`, `company:abn:${name}`],
      body,
    },
  };
};
