import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { sql } from 'drizzle-orm';
import { startProxy } from '../ledger/proxy.js';
import { openOwnPostgres, type OwnPostgres } from './own-postgres.js';
import { clientOf, openPrimary, type StandbyGateway, startOn, untilReplayed } from './standby-gateway.js';
import { openStandby } from './standby-postgres.js';
import { noPgBouncer, startPgBouncer } from './start-pgbouncer.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let primary: OwnPostgres;
const closers: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  primary = await openPrimary();
});
afterAll(() => primary.remove());
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const start = async (readUrl: string, lagMaxSeconds?: number): Promise<StandbyGateway> => {
  const gateway = await startOn(primary, readUrl, lagMaxSeconds);
  closers.push(gateway.close);
  return gateway;
};
const standbyOf = async (server: OwnPostgres, settings?: Record<string, string>): Promise<OwnPostgres> => {
  const standby = await openStandby(server, settings);
  closers.push(standby.remove);
  return standby;
};

const query = '{ usage(from: "2026-11-01", to: "2026-12-01") { totals { lookups } } entries { totalCount } }';
/** What a report, a list and an export show. */
const readAll = async (gateway: StandbyGateway) => {
  const { body } = await gateway.post(query);
  const { status, text } = await gateway.download('entries.ndjson');
  return {
    data: body.data,
    fromStandby: 'asOf' in (body.extensions ?? {}),
    exported: { status, lines: text.split('\n').length - 1 },
  };
};
/** The same after `count` entries, read from the primary. */
const fromPrimary = (count: number): Awaited<ReturnType<typeof readAll>> => ({
  data: { usage: { totals: { lookups: count } }, entries: { totalCount: count } },
  fromStandby: false,
  exported: { status: 200, lines: count },
});

let written = 0;
const write = async (gateway: StandbyGateway): Promise<number> => {
  await gateway.write(10);
  written += 10;
  return written;
};

it('reads the primary when the standby is promoted, and shows it in the metrics', async () => {
  const standby = await standbyOf(primary);
  const gateway = await start(standby.address.url);
  await gateway.untilRead();
  await gateway.post(query);
  const before = await gateway.context.metricsText();
  expect(before).toMatch(/^firmable_gateway_standby_readable\{host="\S+"\} 1$/m);
  expect(before).toMatch(/^firmable_gateway_standby_lag_seconds\{host="\S+"\} \d/m);
  expect(before).toMatch(/^firmable_gateway_report_reads_total\{server="standby",reason="none"\} [1-9]/m);
  const onStandby = clientOf(standby);
  await onStandby`select pg_promote()`;
  await onStandby.end();
  await gateway.untilUnread('not_a_standby');
  const count = await write(gateway);
  expect(await readAll(gateway)).toEqual(fromPrimary(count));
  const after = await gateway.context.metricsText();
  expect(after).toMatch(/^firmable_gateway_standby_readable\{host="\S+"\} 0$/m);
  expect(after).toMatch(
    /^firmable_gateway_report_reads_total\{server="primary",reason="not_a_standby"\} [1-9]/m,
  );
});

it('reads the primary when the standby is behind for longer than it may be, and the standby when it has caught up', async () => {
  const standby = await standbyOf(primary);
  const gateway = await start(standby.address.url, 4);
  await gateway.untilRead();
  const onStandby = clientOf(standby);
  closers.push(() => onStandby.end());
  await onStandby`select pg_wal_replay_pause()`;
  await gateway.untilUnread('behind');
  const count = await write(gateway);
  expect(await readAll(gateway)).toEqual(fromPrimary(count));
  await onStandby`select pg_wal_replay_resume()`;
  await gateway.untilRead(2);
  const { body } = await gateway.post(query);
  expect(body.data).toMatchObject({ entries: { totalCount: written } });
  expect(body.extensions).toHaveProperty('asOf');
});

it('reads the primary when it is behind DATABASE_URL itself, or another database', async () => {
  const own = await start(primary.address.url);
  await own.untilUnread('not_a_standby');
  const count = await write(own);
  expect(await readAll(own)).toEqual(fromPrimary(count));

  const other = await openPrimary();
  closers.push(other.remove);
  const standbyOfOther = await standbyOf(other);
  const gateway = await start(standbyOfOther.address.url, 2);
  await gateway.untilUnread('not_replayed');
  const later = await write(gateway);
  expect(await readAll(gateway)).toEqual(fromPrimary(later));
});

it('reads the primary while the standby has not replayed the migrations', async () => {
  const fresh = await openOwnPostgres();
  closers.push(fresh.remove);
  const standby = await standbyOf(fresh, { recovery_min_apply_delay: '1h' });
  const gateway = await start(standby.address.url);
  await gateway.untilUnread('failed');
  // undefined_table
  expect(gateway.logged()).toContain('"code":"42P01"');
  const count = await write(gateway);
  expect(await readAll(gateway)).toEqual(fromPrimary(count));
});

it.each([
  ['no server answers', '', 'unreachable'],
  [
    'the certificate of its authority is missing',
    '?sslmode=verify-full&sslrootcert=/nowhere/ca.pem',
    'failed',
  ],
])('starts, and reads the primary, when %s', async (_, query, reason) => {
  const url = `postgres://nobody:canary@127.0.0.1:1/nothing${query}`;
  const gateway = await start(url);
  await gateway.untilUnread(reason);
  const count = await write(gateway);
  expect(await readAll(gateway)).toEqual(fromPrimary(count));
  expect(gateway.logged() + (await gateway.context.metricsText())).not.toContain('canary');
  expect(gateway.logged().split('standby cannot be read')).toHaveLength(2);
});

it('repeats a read on the primary when the standby stops to answer, and goes back to it when it answers', async () => {
  const standby = await standbyOf(primary);
  const proxy = await startProxy(standby.address);
  closers.push(proxy.close);
  const gateway = await start('url' in proxy.address ? proxy.address.url : '');
  await gateway.untilRead();
  const seen: boolean[] = [];
  const read = gateway.context.runReport(gateway.caller, async ({ database: { db }, fromStandby }) => {
    seen.push(fromStandby);
    if (fromStandby) proxy.holdAnswers();
    return await db.execute<{ one: number }>(sql`select 1 as one`);
  });
  expect((await read)[0]).toMatchObject({ one: 1 });
  expect(seen).toEqual([true, false]);
  await gateway.untilUnread('unreachable');
  const count = await write(gateway);
  expect(await readAll(gateway)).toEqual(fromPrimary(count));
  await proxy.open();
  await gateway.untilRead(2);
});

it.skipIf(noPgBouncer !== null)('reads from a standby behind a pooler', async () => {
  const standby = await standbyOf(primary);
  const bouncer = await startPgBouncer(standby.socketDir);
  closers.push(bouncer.kill);
  const gateway = await start(bouncer.url);
  await gateway.untilRead();
  await write(gateway);
  const [onPrimary, onStandby] = [clientOf(primary), clientOf(standby)];
  await untilReplayed(onPrimary, onStandby);
  await Promise.all([onPrimary.end(), onStandby.end()]);
  const answers = await Promise.all(Array.from({ length: 12 }, () => gateway.post(query)));
  for (const { body } of answers) {
    expect(body.data).toMatchObject({ entries: { totalCount: written } });
    expect(body.extensions).toHaveProperty('asOf');
  }
  await bouncer.kill();
  await gateway.untilUnread('unreachable');
  const count = await write(gateway);
  expect(await readAll(gateway)).toEqual(fromPrimary(count));
});
if (noPgBouncer !== null) console.warn(noPgBouncer);
