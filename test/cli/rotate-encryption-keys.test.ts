import { expect, it } from 'vitest';
import path from 'node:path';
import { runningPostgres } from '../../src/platform/embedded/running-postgres.js';
import { createTestDatabase } from '../support/database.js';
import { makeFolder, runBuilt, runGateway } from '../support/gateway.js';

const maxWaitMs = 120_000;

it(
  'rotates when a gateway runs on the embedded database, and when none does',
  async () => {
    const { folder, remove } = makeFolder();
    const dataDir = path.join(folder, 'data');
    const env = { DATA_DIR: dataDir };
    try {
      expect(await runBuilt('rotate-encryption-keys', env)).toEqual({
        code: 1,
        output: expect.stringMatching(/^There is no database in .* yet: start the gateway once/),
      });
      const gateway = await runGateway(env);
      const beside = await runBuilt('rotate-encryption-keys', env);
      expect(beside).toEqual({
        code: 0,
        output: expect.stringMatching(
          /^Encrypted anew under the first encryption key: 0 provider keys .*\n$/,
        ),
      });
      gateway.signal('SIGTERM');
      expect(await gateway.exited).toBe(0);
      expect(await runBuilt('rotate-encryption-keys', env)).toEqual(beside);
      expect(runningPostgres(path.join(dataDir, 'postgres'))).toBeNull();
    } finally {
      remove();
    }
  },
  maxWaitMs,
);

it(
  'names the instance, prints the order of steps and changes nothing when a running gateway has only the old key',
  async () => {
    const test = await createTestDatabase();
    const [old, fresh] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64'));
    const settings = { DATABASE_URL: test.url, SANDBOX: 'off' };
    const gateway = await runGateway({ ...settings, ENCRYPTION_KEYS: `${old}` });
    try {
      const both = { ...settings, ENCRYPTION_KEYS: `${fresh},${old}` };
      const refused = await runBuilt('rotate-encryption-keys', both);
      expect(refused.code).toBe(1);
      expect(refused.output).toMatch(/^Nothing was rotated: /);
      expect(refused.output).toContain(`process ${gateway.pid}, seen `);
      expect(refused.output).toMatch(/Put the new key first in ENCRYPTION_KEYS of each instance/);
      expect(refused.output).not.toContain(fresh);
      gateway.signal('SIGTERM');
      expect(await gateway.exited).toBe(0);
      expect(await runBuilt('rotate-encryption-keys', both)).toEqual({
        code: 0,
        output: expect.stringMatching(/\nNext: remove the other keys/),
      });
    } finally {
      gateway.signal('SIGKILL');
      await gateway.exited;
      await test.close();
    }
  },
  maxWaitMs,
);

it('changes nothing when the database is not of this release', async () => {
  const test = await createTestDatabase({ empty: true });
  try {
    const { code, output } = await runBuilt('rotate-encryption-keys', {
      DATABASE_URL: test.url,
      ENCRYPTION_KEYS: Buffer.alloc(32, 1).toString('base64'),
    });
    expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(/not those of this release/) });
    const [row] = await test.database
      .sql`select count(*)::int as tables from pg_tables where schemaname = 'public'`;
    expect(row).toEqual({ tables: 0 });
  } finally {
    await test.close();
  }
});
