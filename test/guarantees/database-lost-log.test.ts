import { expect, it } from 'vitest';
import { openDatabase } from '../../src/platform/database.js';
import { migrate } from '../../src/platform/migrate.js';
import { dataOf, startGateway } from '../http/start-gateway.js';
import { openOwnPostgres } from './own-postgres.js';

it('logs one line with cause and host when PostgreSQL stops, however many requests fail, and one when it answers again', async () => {
  const postgres = await openOwnPostgres();
  await migrate(postgres.address);
  const database = openDatabase(postgres.address);
  const store = { database, address: postgres.address, url: postgres.address.url, close: async () => {} };
  const gateway = await startGateway({ database: store, demo: false });
  const lines = () =>
    gateway
      .logged()
      .split('\n')
      .filter((line) => line !== '')
      .map((line): Record<string, unknown> => JSON.parse(line));
  const linesWith = (message: string) => lines().filter(({ msg }) => String(msg).startsWith(message));
  try {
    const viewer = () => gateway.post('{ viewer { role } }');
    dataOf(await viewer(), 'viewer');
    await postgres.stopImmediately();
    await Promise.all(Array.from({ length: 40 }, viewer));
    await expect.poll(() => linesWith('database cannot be reached'), { timeout: 20_000 }).toHaveLength(1);
    await Promise.all(Array.from({ length: 40 }, viewer));
    expect(linesWith('database cannot be reached')).toEqual([
      expect.objectContaining({
        level: 50,
        cause: expect.stringMatching(/^[A-Z0-9_]+$/),
        host: expect.stringContaining('/postgres'),
      }),
    ]);
    // The loss, and one line for each scheduled task that met it.
    expect(lines().filter(({ level }) => Number(level) >= 40).length).toBeLessThan(12);

    await postgres.start();
    await expect.poll(() => linesWith('database answers again'), { timeout: 20_000 }).toHaveLength(1);
    dataOf(await viewer(), 'viewer');
  } finally {
    await gateway.close();
    await database.close();
    await postgres.remove();
  }
}, 90_000);
