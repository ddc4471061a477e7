import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { GatewayError } from '../../src/errors.js';
import type { Drizzle, Sql } from '../../src/platform/database.js';
import { databaseErrorCode } from '../../src/platform/database-errors.js';
import { entryCursors } from '../../src/usage/entry.js';
import type { OwnPostgres } from './own-postgres.js';
import {
  clientOf,
  openPrimary,
  type StandbyGateway,
  startOn,
  untilReplayed,
  whenLoaded,
} from './standby-gateway.js';
import { openStandby } from './standby-postgres.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let primary: OwnPostgres;
let standby: OwnPostgres;
let onPrimary: Sql;
let onStandby: Sql;
/** One gateway with the standby, and one without it. */
let reading: StandbyGateway;
let plain: StandbyGateway;

beforeAll(async () => {
  primary = await openPrimary();
  standby = await openStandby(primary, { max_standby_streaming_delay: '0' });
  [onPrimary, onStandby] = [clientOf(primary), clientOf(standby)];
  plain = await startOn(primary, null);
  reading = await startOn(primary, standby.address.url);
  await plain.write(1_800);
  await reading.untilRead();
});
afterAll(async () => {
  await reading.close();
  await plain.close();
  await Promise.all([onPrimary.end(), onStandby.end()]);
  await standby.remove();
  await primary.remove();
});

const november = 'from: "2026-11-01", to: "2026-12-01"';
const report = `usage(${november}, timeZone: "Australia/Sydney", groupBy: [DAY, WORKFLOW, PROVIDER], previous: true) {
  totals { lookups creditsCharged } rows { startsAt workflow provider lookups creditsCharged } previous { totals { lookups } }
  providers { provider lookups fallbacks { provider } }
}`;
const chargeback = `chargeback: usage(${november}, groupBy: [WORKFLOW], chargeback: true) {
  rows { workflow chargeback { credits share } }
}`;
const lists = `entries(first: 100) { totalCount edges { cursor node { id workflow } } }
  unlocks(first: 10) { totalCount nodes { id identifiers { value } } }`;
const lookups = '{ usage(from: "2026-11-01", to: "2026-12-01") { asOf totals { lookups } } }';

type LookupsAnswer = {
  extensions: { asOf?: string };
  data: { usage: { asOf: string; totals: { lookups: number } } };
};
const countLookups = async (gateway: StandbyGateway): Promise<LookupsAnswer> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  (await gateway.post(lookups)).body as unknown as LookupsAnswer;
/** The instant of a report, in milliseconds. */
const asOfMs = async (): Promise<number> => new Date((await countLookups(reading)).data.usage.asOf).getTime();

/** The age of the standby in the metrics. */
const lagSeconds = async (): Promise<number> =>
  Number(
    /^firmable_gateway_standby_lag_seconds\{.*\} (\S+)$/m.exec(await reading.context.metricsText())?.[1],
  );

describe('the standby, when it has caught up', () => {
  it('shows the same reports, chargeback, pages and counts as the primary', async () => {
    await untilReplayed(onPrimary, onStandby);
    const query = `{ ${report} ${chargeback} ${lists} }`;
    const [there, here] = [await reading.post(query), await plain.post(query)];
    expect(there.body.errors).toBeUndefined();
    expect(there.body.data).toEqual(here.body.data);
    expect(there.body.extensions).toHaveProperty('asOf');
    expect(here.body.extensions).not.toHaveProperty('asOf');
  });

  it.each([
    'usage.csv?from=2026-11-01&to=2026-12-01&groupBy=DAY,TOKEN',
    'entries.csv',
    'entries.ndjson',
    'unlocks.csv',
    'records.ndjson',
  ])('exports the same %s as the primary', async (file) => {
    await untilReplayed(onPrimary, onStandby);
    const [there, here] = [await reading.download(file), await plain.download(file)];
    expect(there.status).toBe(200);
    expect(there.text).toBe(here.text);
    expect(there.asOf.getTime()).toBeLessThanOrEqual(here.asOf.getTime());
  });

  it('is reported with its lag by the API', async () => {
    const query = '{ gateway { standby { problem lagSeconds } } }';
    expect((await reading.post(query)).body.data).toEqual({
      gateway: { standby: { problem: null, lagSeconds: expect.any(Number) } },
    });
    expect((await plain.post(query)).body.data).toEqual({ gateway: { standby: null } });
  });

  it('takes connections of the standby and none of the primary', async () => {
    await reading.post(lookups);
    const named = 'firmable-gateway reads';
    const count = (on: Sql) => on`select 1 from pg_stat_activity
      where datname = current_database() and application_name like ${`%${named}`}`;
    expect((await count(onStandby)).length).toBeGreaterThan(0);
    expect(await count(onPrimary)).toHaveLength(0);
  });

  it('refuses to write', async () => {
    const written = reading.context.runReport(reading.caller, async ({ database, fromStandby }) => {
      if (fromStandby) await database.db.execute(sql`create table written ()`);
      return fromStandby;
    });
    expect(await written).toBe(false);
    expect(await onPrimary`select 1 from pg_tables where tablename = 'written'`).toHaveLength(0);
  });

  it('is not read for what a mutation answers, or for a single node', async () => {
    await onStandby`select pg_wal_replay_pause()`;
    try {
      const input = '{ name: "after the pause", scope: WORKSPACE, period: MONTH, limit: 5, mode: SOFT }';
      const set = await reading.post(
        `mutation { setBudget(input: ${input}) { budget { id name } userErrors { message } } }`,
      );
      expect(set.body.data).toMatchObject({ setBudget: { budget: { name: 'after the pause' } } });
      const read = await reading.post('{ budgets { nodes { name } } }');
      expect(JSON.stringify(read.body.data)).toContain('after the pause');
    } finally {
      await onStandby`select pg_wal_replay_resume()`;
    }
  });
});

describe('the instant of an answer', () => {
  it('is before what the standby has not replayed, and after it when it has', async () => {
    await untilReplayed(onPrimary, onStandby);
    await onStandby`select pg_wal_replay_pause()`;
    const before = await countLookups(reading);
    await plain.write(30);
    const pausedAt = new Date();
    const during = await countLookups(reading);
    expect(during.data.usage.totals.lookups).toBe(before.data.usage.totals.lookups);
    expect(during.extensions.asOf).toBe(during.data.usage.asOf);
    expect(new Date(during.data.usage.asOf).getTime()).toBeLessThan(pausedAt.getTime());
    await onStandby`select pg_wal_replay_resume()`;
    await expect.poll(asOfMs, whenLoaded).toBeGreaterThan(pausedAt.getTime());
    const after = await countLookups(reading);
    expect(after.extensions.asOf).toBeDefined();
    expect(after.data.usage.totals.lookups).toBe(before.data.usage.totals.lookups + 30);
  });

  it('moves on while nothing is written', async () => {
    const { data } = await countLookups(reading);
    const first = new Date(data.usage.asOf).getTime();
    await expect.poll(asOfMs, whenLoaded).toBeGreaterThan(first + 2_000);
  });

  it('stands still while a rotation of keys locks the instances, for which one statement waits', async () => {
    const { data } = await countLookups(reading);
    await onPrimary.begin(async (tx) => {
      await tx`lock table instances in share mode`;
      await expect.poll(lagSeconds, whenLoaded).toBeGreaterThan(5);
      const waiting = await tx`
        select query from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%update %instances%seen_at%'
          and query not like '%encryption_key_ids%'`;
      expect(waiting).toHaveLength(1);
    });
    await expect.poll(asOfMs, whenLoaded).toBeGreaterThan(new Date(data.usage.asOf).getTime() + 5_000);
  });

  it('decides where a page behind a row that is not replayed yet is read', async () => {
    await untilReplayed(onPrimary, onStandby);
    await onStandby`select pg_wal_replay_pause()`;
    try {
      const where = (notBefore: Date) =>
        reading.context.runReport(reading.caller, ({ fromStandby }) => Promise.resolve(fromStandby), {
          notBefore,
        });
      expect(await where(new Date(Date.now() - 60_000))).toBe(true);
      expect(await where(new Date(Date.now() + 60_000))).toBe(false);
      const cursor = entryCursors.make([
        new Date(Date.now() + 60_000).toISOString().replace('Z', '000Z'),
        plain.caller.tokenId,
      ]);
      const { body } = await reading.post(`{ entries(first: 1, after: "${cursor}") { nodes { id } } }`);
      expect(body.errors).toBeUndefined();
      expect(body.extensions).not.toHaveProperty('asOf');
    } finally {
      await onStandby`select pg_wal_replay_resume()`;
    }
  });
});

describe('a read that replay cancels', () => {
  it('is repeated on the primary', async () => {
    const seen: boolean[] = [];
    const names = await reading.context.runReport(
      reading.caller,
      async ({ database: { db }, fromStandby }) => {
        seen.push(fromStandby);
        await db.execute(sql`select count(*) from workspaces`);
        if (fromStandby) {
          // The rows that the snapshot sees are removed: with a delay of zero, replay does not wait for it.
          await onPrimary`update workspaces set name = name || '!'`;
          await onPrimary`vacuum workspaces`;
          await untilReplayed(onPrimary, onStandby);
        }
        return await db.execute<{ name: string }>(sql`select name from workspaces`);
      },
    );
    expect(seen).toEqual([true, false]);
    expect(names[0]?.name).toMatch(/!$/);
  });
});

describe('a read that the primary would refuse as well', () => {
  it.each([
    [
      'has a refusal of the gateway',
      () => Promise.reject(new GatewayError('LIMIT_EXCEEDED', 'Too long.')),
      'LIMIT_EXCEEDED',
    ],
    ['takes too long', (db: Drizzle) => db.execute(sql`select pg_sleep(30)`), '57014'],
  ])('is not repeated when it %s', async (_, work, code) => {
    let reads = 0;
    const read = reading.context.runReport(reading.caller, async ({ database: { db } }) => {
      reads += 1;
      if (code === '57014') await db.execute(sql`select set_config('statement_timeout', '20', true)`);
      return await work(db);
    });
    const thrown = await read.catch((error: unknown) => error);
    expect([reads, thrown instanceof GatewayError ? thrown.code : databaseErrorCode(thrown)]).toEqual([
      1,
      code,
    ]);
  });
});
