import { expect, it } from 'vitest';
import { settings } from '../../src/config/settings.js';
import { keepConnectionShare, readServerConnections, shareOf } from '../../src/platform/connection-share.js';
import { openDatabase } from '../../src/platform/database.js';
import { createTestDatabase } from '../support/database.js';
import { silentLog } from '../support/silent-log.js';

const connectionsMax = Number(settings.find(({ field }) => field === 'databaseConnectionsMax')?.default);
// PostgreSQL's default of 100, less three for superusers.
const usable = 97;

it('leaves five instances all their connections on a server with PostgreSQL’s defaults', () => {
  expect(shareOf({ usable, others: 0, instances: 5 }, connectionsMax)).toBe(connectionsMax);
  expect(5 * connectionsMax).toBeLessThanOrEqual(usable - 5);
});

it.each([
  ['six instances', { usable, others: 0, instances: 6 }, 15],
  ['other programs', { usable, others: 60, instances: 2 }, 16],
  ['a small server', { usable: 27, others: 1, instances: 3 }, 7],
  ['a server that is too small', { usable: 12, others: 4, instances: 3 }, 5],
])('divides the connections equally when there are %s', (_, server, share) => {
  expect(shareOf(server, connectionsMax)).toBe(share);
});

it('counts the instances that are connected, and respects the limit of the database', async () => {
  const test = await createTestDatabase({ empty: true });
  const [row] = await test.database.sql<{ name: string }[]>`select current_database() as name`;
  await test.database.sql.unsafe(`alter database ${row?.name} connection limit 21`);
  const others = [openDatabase(test.address), openDatabase(test.address)];
  const before = await readServerConnections(test.database.sql);
  await Promise.all(others.map((one) => one.ping()));
  const after = await readServerConnections(test.database.sql);
  expect(after.usable).toBe(21);
  expect(after.instances).toBeGreaterThanOrEqual(before.instances + 1);

  let lowered = 0;
  const database = { ...test.database, setConnectionsMax: (share: number) => void (lowered = share) };
  const stop = await keepConnectionShare(database, { connectionsMax: 18, everyMs: 60_000, log: silentLog });
  expect(lowered).toBeLessThan(18);
  await stop();
  await Promise.all(others.map((one) => one.close()));
  await test.close();
});
