import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Sql } from '../../src/platform/database.js';
import { dataOf } from '../http/start-gateway.js';
import type { OwnPostgres } from './own-postgres.js';
import {
  clientOf,
  exportWith,
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
let plain: StandbyGateway;
let reading: StandbyGateway;

beforeAll(async () => {
  primary = await openPrimary();
  standby = await openStandby(primary);
  onPrimary = clientOf(primary);
  plain = await startOn(primary, null);
  reading = await startOn(primary, standby.address.url);
  await plain.write(1_800);
  await reading.untilRead();
  const onStandby = clientOf(standby);
  await untilReplayed(onPrimary, onStandby);
  await onStandby.end();
});
afterAll(async () => {
  await reading.close();
  await plain.close();
  await onPrimary.end();
  await standby.remove();
  await primary.remove();
});

/** What the standby is as of, in milliseconds; 0 while the primary is read. */
const asOfMs = async (): Promise<number> => {
  const { body } = await reading.post('{ entries(first: 1) { asOf } }');
  return new Date(body.extensions?.asOf ?? 0).getTime();
};

/** Starts the standby again, and waits until it is read and has replayed everything until now. */
const startAgain = async (): Promise<void> => {
  const began = Date.now();
  await standby.start();
  await expect.poll(asOfMs, whenLoaded).toBeGreaterThan(began);
};

it('exports the whole list when the standby stops after the first page, and when it is back after the first page', async () => {
  const whole = await plain.download('entries.csv');
  const stopped = await exportWith(reading, async (page) => {
    if (page === 2) await standby.stopImmediately();
  });
  expect(stopped.text).toBe(whole.text);
  expect(stopped.sources[0]).toBe(true);
  expect(new Set(stopped.sources.slice(1))).toEqual(new Set([false]));

  const started = await exportWith(reading, async (page) => {
    if (page === 2) await startAgain();
  });
  expect(started.text).toBe(whole.text);
  expect(started.sources[0]).toBe(false);
  expect(new Set(started.sources.slice(1))).toEqual(new Set([true]));
});

type Page = {
  totalCount: number;
  nodes: { id: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
};

/** The ids of a list that is read page by page, and whether each page came from the standby. */
const readPages = async (
  gateway: StandbyGateway,
  before: (page: number) => Promise<void> = async () => {},
) => {
  const ids: string[] = [];
  const sources: boolean[] = [];
  let after = '';
  for (let page = 1; ; page += 1) {
    await before(page);
    const answer = await gateway.post(
      `{ entries(first: 100${after}) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }`,
    );
    const { nodes, pageInfo, totalCount } = dataOf<Page>(answer, 'entries');
    ids.push(...nodes.map(({ id }) => id));
    sources.push('asOf' in (answer.body.extensions ?? {}));
    if (!pageInfo.hasNextPage) return { ids, sources, totalCount };
    after = `, after: "${pageInfo.endCursor}"`;
  }
};

it('shows each item of a list once when the standby stops and is back between its pages', async () => {
  const whole = await readPages(plain);
  const { ids, sources, totalCount } = await readPages(reading, async (page) => {
    if (page === 4) await standby.stopImmediately();
    if (page === 9) await startAgain();
  });
  expect(ids).toEqual(whole.ids);
  expect([ids.length, totalCount]).toEqual([1_800, 1_800]);
  expect(sources.slice(0, 10)).toEqual([true, true, true, false, false, false, false, false, true, true]);
});
