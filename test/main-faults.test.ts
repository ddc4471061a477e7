import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, expect, it, vi } from 'vitest';
import { createTestDatabase } from './support/database.js';
import { type GatewayProcess, runGateway } from './support/gateway.js';

vi.setConfig({ testTimeout: 120_000 });
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const run = async (env: Record<string, string>): Promise<GatewayProcess> => {
  const gateway = await runGateway(env);
  cleanups.push(async () => {
    gateway.signal('SIGKILL');
    await gateway.exited;
  });
  return gateway;
};

it('prints all faults at once when the configuration is invalid', async () => {
  const gateway = await run({
    PORT: 'http',
    RESERVATION_SECONDS: '-1',
    DATABASE_URL: 'mysql://me:canary@x/y',
  });
  expect(await gateway.exited).toBe(1);
  const lines = gateway.output().trim().split('\n');
  expect(new Set(lines.map((line) => line.split(' ', 1)[0]))).toEqual(
    new Set(['DATABASE_URL', 'ENCRYPTION_KEYS', 'PORT', 'RESERVATION_SECONDS']),
  );
  expect(gateway.output()).not.toContain('canary');
});

it('prints one line with a remedy when the database is unreachable', async () => {
  const gateway = await run({
    DATABASE_URL: 'postgres://me:canary@127.0.0.1:1/gateway',
    ENCRYPTION_KEYS: Buffer.alloc(32, 1).toString('base64'),
  });
  expect(await gateway.exited).toBe(1);
  expect(gateway.output()).toBe(
    'The database at 127.0.0.1:1/gateway cannot be reached (ECONNREFUSED): check that PostgreSQL runs there, and check DATABASE_URL.\n',
  );
});

const takePort = async (): Promise<number | undefined> => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  cleanups.push(() => other.close());
  const address = other.address();
  return typeof address === 'object' ? address?.port : undefined;
};

it('prints the token of a new workspace when the port is taken, since no other start shows it', async () => {
  const test = await createTestDatabase();
  cleanups.push(test.close);
  const gateway = await run({
    PORT: String(await takePort()),
    DATABASE_URL: test.url,
    ENCRYPTION_KEYS: Buffer.alloc(32, 1).toString('base64'),
    SANDBOX: 'off',
  });
  expect(await gateway.exited).toBe(1);
  expect(gateway.output()).toMatch(
    /^ADMIN token, shown only once:\n {2}fgw_[\w-]{43}\nPort \d+ on 127.0.0.1 is in use/,
  );
});

it('prints one line with a remedy when the port is taken', async () => {
  const test = await createTestDatabase();
  const port = await takePort();
  cleanups.push(test.close);
  const gateway = await run({
    PORT: String(port),
    DATABASE_URL: test.url,
    ENCRYPTION_KEYS: Buffer.alloc(32, 1).toString('base64'),
    GATEWAY_BOOTSTRAP_TOKEN: `fgw_${'a'.repeat(43)}`,
  });
  expect(await gateway.exited).toBe(1);
  expect(gateway.output()).toBe(
    `Port ${port} on 127.0.0.1 is in use: stop the program that listens there, or set PORT to another.\n`,
  );
});
