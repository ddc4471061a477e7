import { afterAll, beforeAll, expect, it } from 'vitest';
import { reserveBatch } from '../../src/ledger/reserve.js';
import type { Decision } from '../../src/ledger/rows.js';
import { settleBatch } from '../../src/ledger/settle.js';
import type { ReservationRequest, SettledEntry, Settlement } from '../../src/ledger/types.js';
import type { Sql } from '../../src/platform/database.js';
import { ended, found, requestFor } from '../ledger/setup.js';
import { createRandom, type Random } from '../simulator/random.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { describeTables, timeless } from './describe-tables.js';

/*
 * A database that is distributed by workspace executes the part of a batch for each workspace on another node. So the money
 * functions must do the same to a batch, whether it is whole or cut by workspace into any number of parts, in any order.
 */
let whole: TestDatabase;
let cut: TestDatabase;
beforeAll(async () => {
  [whole, cut] = await Promise.all([createTestDatabase(), createTestDatabase()]);
});
afterAll(() => Promise.all([whole.close(), cut.close()]));

const seeds = Array.from({ length: 25 }, (_, index) => index + 1);

it.each(seeds)('writes and returns the same when batches are cut by workspace (seed %i)', async (seed) => {
  const random = createRandom(seed);
  const world = createWorld(random);
  for (const { database } of [whole, cut]) await addWorkspaces(database.sql, world);
  const open: ReservationRequest[] = [];
  for (let step = 0; step < 14; step += 1) {
    if (open.length === 0 || random.chance(0.6)) {
      const requests = Array.from({ length: 1 + random.int(12) }, () => makeRequest(random, world));
      const decisions = await both(random, requests, (sql, part) => reserveBatch(sql, 60, part));
      open.push(...requests.filter((_, index) => decisions[index]?.status === 'RESERVED'));
    } else if (random.chance(0.85)) {
      const some = open.splice(0, 1 + random.int(open.length));
      // Some are settled twice, as after a lost connection, and some in one batch with others of their record.
      const again = random.chance(0.2) ? some.slice(0, 1) : [];
      await both(
        random,
        some.map((request) => makeSettlement(random, request)),
        settleBatch,
      );
      if (again.length > 0)
        await both(
          random,
          again.map((request) => ended(request, 'FAILED')),
          settleBatch,
        );
    } else {
      for (const { database } of [whole, cut]) {
        await database.sql`update reservations set expires_at = now() - interval '1 second'`;
        await database.sql`select expire_reservations(1000)`;
        await database.sql`select resolve_presumed_charges(1000)`;
      }
      open.length = 0;
    }
    expect(await describeTables(cut.database.sql, world.workspaces)).toEqual(
      await describeTables(whole.database.sql, world.workspaces),
    );
  }
});

/** Executes a batch whole in one database and in parts in the other, and expects the same results for each item. */
const both = async <Item extends ReservationRequest | Settlement, Result extends Decision | SettledEntry>(
  random: Random,
  batch: Item[],
  run: (sql: Sql, part: Item[]) => Promise<Result[]>,
): Promise<Result[]> => {
  const expected = await run(whole.database.sql, batch);
  const workspaces = [...new Set(batch.map(workspaceOf))];
  const partOf = new Map(workspaces.map((workspace) => [workspace, random.int(workspaces.length)]));
  const order = [...new Set(partOf.values())].toSorted(() => random.int(3) - 1);
  const results = new Map<Item, Result>();
  for (const number of order) {
    const part = batch.filter((item) => partOf.get(workspaceOf(item)) === number);
    const returned = await run(cut.database.sql, part);
    for (const [index, item] of part.entries()) {
      const result = returned[index];
      if (result !== undefined) results.set(item, result);
    }
  }
  expect(batch.map((item) => timeless(results.get(item)))).toEqual(expected.map(timeless));
  return expected;
};

const workspaceOf = (item: ReservationRequest | Settlement): string =>
  'reservation' in item ? item.reservation.workspaceId : item.workspaceId;

type World = {
  workspaces: string[];
  accounts: Map<string, string[]>;
  budgets: Budget[];
  nextId: () => string;
};
type Budget = {
  workspaceId: string;
  id: string;
  scope: string;
  subject: string | null;
  limit: number;
  mode: string;
};

const createWorld = (random: Random): World => {
  const digits = (count: number): string =>
    Array.from({ length: count }, () => random.int(16).toString(16)).join('');
  const nextId = (): string => `${digits(8)}-${digits(4)}-7${digits(3)}-8${digits(3)}-${digits(12)}`;
  const workspaces = Array.from({ length: 1 + random.int(4) }, nextId);
  return {
    workspaces,
    accounts: new Map(workspaces.map((workspace) => [workspace, [nextId(), nextId()]])),
    budgets: workspaces.flatMap((workspaceId) =>
      Array.from({ length: random.int(3) }, () => {
        const scope = random.pick(['WORKSPACE', 'WORKFLOW', 'MANAGED']);
        return {
          workspaceId,
          id: nextId(),
          scope,
          subject: scope === 'WORKFLOW' ? 'crm' : null,
          limit: 1 + random.int(12),
          mode: random.chance(0.75) ? 'HARD' : 'SOFT',
        };
      }),
    ),
    nextId,
  };
};

const addWorkspaces = async (sql: Sql, { workspaces, budgets }: World): Promise<void> => {
  for (const id of workspaces) await sql`insert into workspaces (id, name) values (${id}, 'one of them')`;
  for (const { workspaceId, id, scope, subject, limit, mode } of budgets) {
    await sql`
      insert into budgets (workspace_id, id, name, scope, subject, period, time_zone, "limit", mode, thresholds)
      values (${workspaceId}, ${id}, ${id}, ${scope}, ${subject}, 'TOTAL', 'UTC', ${limit}, ${mode}, '{50, 100}')`;
  }
};

const makeRequest = (random: Random, { workspaces, accounts, nextId }: World): ReservationRequest => {
  const workspaceId = random.pick(workspaces);
  const accountId = random.pick(accounts.get(workspaceId) ?? []);
  // The keys are the same in every workspace: what one has bought is unknown to another.
  return requestFor({ workspaceId, accountId }, random.pick(['a1', 'a2', 'a3', 'b1', 'b2', 'x']), {
    id: nextId(),
    credits: BigInt(1 + random.int(2)),
    refetchCredits: random.chance(0.15) ? 1n : 0n,
    looksUpAgain: random.chance(0.2),
    mayCharge: random.chance(0.85),
    maxAgeSeconds: random.chance(0.6) ? 3_600 : 0,
    labels: {
      workflow: random.pick(['crm', 'list', null]),
      payer: random.pick(['CONNECTION', 'MANAGED']),
      tokenId: '00000000-0000-7000-8000-000000000000',
    },
  });
};

const makeSettlement = (random: Random, request: ReservationRequest): Settlement => {
  const charged = random.chance(0.15) ? BigInt(random.int(3)) : null;
  if (random.chance(0.3))
    return ended(request, random.pick(['NOT_FOUND', 'FAILED', 'UNKNOWN', 'UNKNOWN']), charged);
  const record = request.lookupKey.startsWith('b') ? 'B' : 'A';
  const aliases = random.chance(0.5) ? [`${record.toLowerCase()}1`, `${record.toLowerCase()}2`] : [];
  return found(request, record, {
    aliases,
    charged,
    body: random.chance(0.8) ? `{"of":"${request.id}"}` : null,
  });
};
