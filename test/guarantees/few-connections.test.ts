import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect, type Sql } from '../../src/platform/database.js';
import { type CountingFirmable, domainsFrom, startCountingFirmable } from './counting-firmable.js';
import { type CompanyAnswer, type Gateways, startGateways } from './gateways.js';
import { openOwnPostgres, type OwnPostgres } from './own-postgres.js';

// Of these PostgreSQL keeps three for superusers. Three instances may open 18 each.
const connectionsMax = 30;
let postgres: OwnPostgres;
let firmable: CountingFirmable;
let gateways: Gateways;
let foundAtFirst = 0;
/** Opened before the instances, so that the test can look on when no connection is left. */
let observer: Sql;

beforeAll(async () => {
  postgres = await openOwnPostgres(connectionsMax);
  observer = connect(postgres.address, { max: 1, onnotice: () => {} });
  await observer`select 1`;
  await observer.unsafe(
    'create role app login; grant all on database postgres to app; grant all on schema public to app',
  );
  firmable = await startCountingFirmable();
  gateways = await startGateways({
    count: 1,
    // An account that is no superuser: it may not use the last three connections.
    store: { DATABASE_URL: postgres.address.url.replace('postgres@', 'app@') },
    firmableUrl: firmable.url,
    env: { FIRMABLE_REQUESTS_PER_SECOND: '0' },
    retries: 0,
  });
  // The others start when the first has had a burst of what needs many connections.
  const many = Array.from({ length: 300 }, () => gateways.read(0, '{ field: budgets { nodes { id } } }'));
  await Promise.allSettled(many);
  foundAtFirst = await burst(0, 600);
  await Promise.all([gateways.add(), gateways.add()]);
}, 120_000);
afterAll(async () => {
  await gateways.close();
  await firmable.close();
  await observer.end();
  await postgres.remove();
});

let number = 0;
/** Looks up `count` new companies at once in one instance; returns how many were found. */
const burst = async (instance: number, count: number): Promise<number> => {
  number += count;
  const answers = await Promise.allSettled(
    domainsFrom(number, count).map((by) => gateways.lookUp(instance, by)),
  );
  return answers.filter((answer) => answer.status === 'fulfilled' && isFound(answer.value)).length;
};
const isFound = ({ outcome }: CompanyAnswer): boolean => outcome === 'FOUND';

const readyStatus = async (instance: number): Promise<number> => {
  const response = await fetch(`${gateways.processes[instance]?.url}/readyz`);
  await response.body?.cancel();
  return response.status;
};

const statuses = () => Promise.all([0, 1, 2].map(readyStatus));

const connectionsOf = async (): Promise<number[]> => {
  const rows = await observer<{ count: number }[]>`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and application_name like 'firmable-gateway %' group by application_name`;
  return rows.map(({ count }) => count);
};

it('answers every lookup of three instances after one had a burst', async () => {
  expect(foundAtFirst).toBe(600);
  expect(await burst(0, 400)).toBe(400);
  for (let round = 0; round < 5; round += 1) {
    expect(await Promise.all([0, 1, 2].map((instance) => burst(instance, 200)))).toEqual([200, 200, 200]);
  }
  expect(await statuses()).toEqual([200, 200, 200]);
}, 120_000);

it('serves from an instance that starts while the others are under load', async () => {
  const loading = new AbortController();
  const load = Promise.all(
    [0, 1, 2].map(async (instance) => {
      let missed = 0;
      while (!loading.signal.aborted) missed += 60 - (await burst(instance, 60));
      return missed;
    }),
  );
  const added = await gateways.add();
  expect(await burst(added, 100)).toBe(100);
  loading.abort();
  expect(await load).toEqual([0, 0, 0]);
  expect((await connectionsOf()).reduce((sum, count) => sum + count, 0)).toBeLessThan(connectionsMax - 3);
}, 120_000);

it('gives idle connections back after a burst', async () => {
  expect(await burst(0, 200)).toBe(200);
  // The scheduled work of an idle instance needs two connections at once in a pool.
  await expect
    .poll(async () => Math.max(...(await connectionsOf())), { timeout: 40_000, interval: 500 })
    .toBeLessThanOrEqual(4);
}, 90_000);

it('is not ready while no connection can be had, and ready again afterwards', async () => {
  const hoarders: Sql[] = [];
  const hoard = async (): Promise<void> => {
    for (;;) {
      const one = connect(postgres.address, { max: 1, onnotice: () => {}, fetch_types: false });
      const taken = await one`select 1`.then(
        () => true,
        () => false,
      );
      if (!taken) return await one.end({ timeout: 0 });
      hoarders.push(one);
    }
  };
  try {
    const takeAll = async (): Promise<number[]> => {
      await observer`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name like 'firmable-gateway %'`;
      await hoard();
      return await statuses();
    };
    await expect.poll(takeAll, { timeout: 30_000 }).toEqual([503, 503, 503]);
    expect(await burst(0, 5)).toBe(0);
  } finally {
    await Promise.all(hoarders.map((one) => one.end({ timeout: 1 })));
  }
  await expect.poll(statuses, { timeout: 20_000 }).toEqual([200, 200, 200]);
  expect(await burst(0, 20)).toBe(20);
}, 120_000);
