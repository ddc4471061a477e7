import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import type { Database } from '../../src/platform/database.js';
import { newId } from '../../src/platform/ids.js';
import { readUsage, type UsageDimension } from '../../src/usage/read-usage.js';
import { rollUpUsage } from '../../src/usage/roll-up-usage.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import { plainUsage } from './plain-usage.js';
import { writeEntries } from './setup.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

const hourMs = 3_600_000;
const start = new Date('2026-03-30T00:00:00Z').getTime();
const connections = [newId(), newId(), null];
const tokens = [newId(), newId()];

/** Entries over ten days, which differ in every label. */
const entriesFrom = (first: number, count: number, hours = 240) =>
  Array.from({ length: count }, (_, index) => {
    const number = first + index;
    return {
      occurredAt: new Date(start + ((number * 7_919_003) % (hours * hourMs))),
      kind: number % 11 === 0 ? ('CORRECTION' as const) : ('LOOKUP' as const),
      outcome: (['FOUND', 'NOT_FOUND', 'UNKNOWN'] as const)[number % 3] ?? 'FOUND',
      credits: BigInt((number % 5) - 1),
      saved: BigInt(number % 2),
      connectionId: connections[number % 3] ?? null,
      tokenId: tokens[number % 2] ?? newId(),
      workflow: number % 4 === 0 ? null : `w${number % 4}`,
      sandbox: number % 7 === 0,
      latencyMs: number % 900,
    };
  });

const roll = (hours: number): Promise<void> =>
  rollUpUsage(store.database.sql, {
    until: new Date(start + hours * hourMs),
    stopping: new AbortController().signal,
  });

const groupings: readonly (readonly UsageDimension[])[] = [
  ['DAY', 'CONNECTION', 'OUTCOME'],
  ['HOUR', 'WORKFLOW'],
  ['TOKEN'],
  ['DAY', 'TOKEN', 'WORKFLOW'],
  [],
];

/** How many reports differ from a plain GROUP BY in the same snapshot of the database. */
const differences = async (caller: Caller): Promise<number> =>
  await store.database.db.transaction(
    async (tx) => {
      const database: Database = { ...store.database, db: tx };
      let different = 0;
      for (const groupBy of groupings) {
        for (const timeZone of ['Australia/Lord_Howe', 'Asia/Kathmandu']) {
          const period = { from: new Date(start + 5 * hourMs), to: new Date(start + 245 * hourMs + 7) };
          const { rows } = await readUsage({ database }, caller, {
            ...period,
            timeZone,
            groupBy,
            filter: {},
          });
          const plain = await plainUsage(database, {
            workspaceId: caller.workspaceId,
            ...period,
            timeZone,
            groupBy,
          });
          const ours = rows.map((row) =>
            [row.lookups, row.attempts, row.creditsCharged, row.latencies].join(),
          );
          const theirs = plain.map((line) => {
            const { lookups, attempts, creditsCharged, latencies } = JSON.parse(line);
            return [lookups, attempts, creditsCharged, latencies].join();
          });
          if (ours.toSorted().join(';') !== theirs.toSorted().join(';')) different += 1;
        }
      }
      return different;
    },
    { isolationLevel: 'repeatable read' },
  );

/** What verify says of the sums; these entries fit no purchases. */
const disagreements = async (workspaceId: string, database = store.database): Promise<string[]> =>
  (await verifyLedger(database, { workspaceId })).disagreements.flatMap(({ line }) =>
    line.startsWith('usage') ? [line] : [],
  );

const countLate = async (workspaceId: string): Promise<number> => {
  const [row] = await store.database.sql<{ late: number }[]>`
    select count(*)::int as late from usage_late where workspace_id = ${workspaceId}`;
  return row?.late ?? 0;
};

it('adds up at every moment when entries are written, some of them late, while rollups are', async () => {
  const { id, as } = await createWorkspace(store.database);
  await writeEntries(store.database, id, entriesFrom(0, 300));
  const writing = (async () => {
    for (let first = 300; first < 900; first += 20) {
      await writeEntries(store.database, id, entriesFrom(first, 20));
    }
  })();
  const rolling = (async () => {
    for (const hours of [30, 60, 61, 100, 150, 200, 240]) await Promise.all([roll(hours), roll(hours)]);
  })();
  for (let round = 0; round < 3; round += 1) expect(await differences(as.VIEWER)).toBe(0);
  await Promise.all([writing, rolling]);
  expect(await differences(as.VIEWER)).toBe(0);
  expect(await disagreements(id)).toEqual([]);
}, 120_000);

describe('the rollups of a workspace', () => {
  it('count a late entry at once, and take it over with the next hours', async () => {
    const { id, as } = await createWorkspace(store.database);
    await writeEntries(store.database, id, entriesFrom(0, 100));
    await roll(100);
    await writeEntries(store.database, id, [{ occurredAt: new Date(start + 90 * hourMs) }]);
    expect(await countLate(id)).toBe(1);
    expect(await differences(as.VIEWER)).toBe(0);
    expect(await disagreements(id)).toEqual([]);
    await roll(120);
    expect(await countLate(id)).toBe(0);
    expect(await differences(as.VIEWER)).toBe(0);
    expect(await disagreements(id)).toEqual([]);
  });

  it('add up when their writing was cut off between two days', async () => {
    const { id, as } = await createWorkspace(store.database);
    await writeEntries(store.database, id, entriesFrom(0, 100));
    const { sql } = store.database;
    await sql`select begin_usage_rollup(${id}, ${new Date(start + 100 * hourMs).toISOString()}::text::timestamptz)`;
    await writeEntries(store.database, id, entriesFrom(100, 30));
    expect(await differences(as.VIEWER)).toBe(0);
    await sql`select roll_up_usage(${id}, ${new Date(start).toISOString().slice(0, 10)}::text::date)`;
    expect(await differences(as.VIEWER)).toBe(0);
    expect(await disagreements(id)).toEqual([]);
    await roll(100);
    expect(await differences(as.VIEWER)).toBe(0);
    expect(await disagreements(id)).toEqual([]);
  });

  it.each([
    ['a sum', 'update usage_rollups set credits[3] = credits[3] + 1 where rollup = :rollup'],
    ['a latency', 'update usage_rollups set latencies[40] = latencies[40] + 1 where rollup = :rollup'],
    ['a missing rollup', 'delete from usage_rollups where rollup = :rollup'],
    ['a late entry too many', 'update usage_late set attempts = attempts + 1'],
  ])('are verified: %s', async (_, change) => {
    const { id } = await createWorkspace(store.database);
    await writeEntries(store.database, id, entriesFrom(0, 60));
    await roll(120);
    await writeEntries(store.database, id, [{ occurredAt: new Date(start) }]);
    for (const rollup of ['CONNECTION', 'WORKFLOW', 'TOKEN']) {
      const lines = await store.database.db
        .transaction(async (tx) => {
          const statement = change.replace(':rollup', `'${rollup}'`);
          await tx.execute(
            `${statement}${statement.includes('where') ? ' and' : ' where'} workspace_id = '${id}'`,
          );
          const database: Database = { ...store.database, db: tx };
          throw Object.assign(new Error('rolled back'), { lines: await disagreements(id, database) });
        })
        .catch((error: { lines: string[] }) => error.lines);
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.every((line) => line.startsWith('usage by '))).toBe(true);
    }
  });
});
