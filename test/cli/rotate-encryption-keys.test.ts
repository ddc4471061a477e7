import { expect, it } from 'vitest';
import path from 'node:path';
import { runningPostgres } from '../../src/platform/embedded/running-postgres.js';
import { createTestDatabase } from '../support/database.js';
import { makeFolder, runBuilt, runGateway } from '../support/gateway.js';

const maxWaitMs = 120_000;

it(
  'runs beside a gateway on its embedded database, and without one leaves no server behind',
  async () => {
    const { folder, remove } = makeFolder();
    const dataDir = path.join(folder, 'data');
    const env = { DATA_DIR: dataDir };
    try {
      expect(await runBuilt('rotateEncryptionKeys', env)).toEqual({
        code: 1,
        output: expect.stringMatching(/^There is no database in .* yet: start the gateway once/),
      });
      const gateway = await runGateway(env);
      const beside = await runBuilt('rotateEncryptionKeys', env);
      expect(beside).toEqual({
        code: 0,
        output: expect.stringMatching(/^Sealed under the first encryption key: 0 connection keys .*\n$/),
      });
      gateway.signal('SIGTERM');
      expect(await gateway.exited).toBe(0);
      expect(await runBuilt('rotateEncryptionKeys', env)).toEqual(beside);
      expect(runningPostgres(path.join(dataDir, 'postgres'))).toBeNull();
    } finally {
      remove();
    }
  },
  maxWaitMs,
);

it('changes no table of a database that is not of this release', async () => {
  const test = await createTestDatabase({ empty: true });
  try {
    const secrets = Buffer.alloc(32, 1).toString('base64');
    const { code, output } = await runBuilt('rotateEncryptionKeys', {
      DATABASE_URL: test.url,
      ENCRYPTION_KEYS: secrets,
    });
    expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(/not those of this release/) });
    const [row] = await test.database
      .sql`select count(*)::int as tables from pg_tables where schemaname = 'public'`;
    expect(row).toEqual({ tables: 0 });
  } finally {
    await test.close();
  }
});
