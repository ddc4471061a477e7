import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { connect } from '../src/platform/database.js';
import { dropPostgres, isAlive, runningPostgres } from '../src/platform/embedded/running-postgres.js';
import { createTestDatabase } from './support/database.js';
import { type GatewayProcess, makeFolder, runGateway, spawnGateway } from './support/gateway.js';

const maxWaitMs = 120_000;
vi.setConfig({ testTimeout: maxWaitMs });
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const makeDataDir = (): string => {
  const { folder, remove } = makeFolder();
  cleanups.push(remove);
  const dataDir = path.join(folder, 'data');
  cleanups.push(() => dropPostgres(path.join(dataDir, 'postgres')));
  return dataDir;
};

const run = async (env: Record<string, string>, prefix: readonly string[] = []): Promise<GatewayProcess> => {
  const gateway = await runGateway(env, prefix);
  cleanups.push(async () => {
    gateway.signal('SIGKILL');
    await gateway.exited;
  });
  return gateway;
};

const statusOf = async (gateway: GatewayProcess, page: string): Promise<number> => {
  if (gateway.url === null) throw new Error(`the gateway did not come up: ${gateway.output()}`);
  return (await fetch(`${gateway.url}${page}`)).status;
};

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

const postgresOf = (dataDir: string) => runningPostgres(path.join(dataDir, 'postgres'));

const inDatabase = async (dataDir: string, statement: string): Promise<unknown[]> => {
  const socketDir = postgresOf(dataDir)?.socketDir ?? '';
  const sql = connect({ socketDir, user: 'postgres', database: 'postgres' }, { max: 1 });
  try {
    return await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
};

it(
  'starts on an empty folder, and SIGTERM leaves no process behind',
  async () => {
    const dataDir = makeDataDir();
    const gateway = await run({ DATA_DIR: dataDir });
    expect(await statusOf(gateway, '/healthz')).toBe(200);
    expect(await statusOf(gateway, '/readyz')).toBe(200);
    const [durable] = await inDatabase(
      dataDir,
      `select current_setting('fsync') as fsync, current_setting('listen_addresses') as port`,
    );
    expect(durable).toEqual({ fsync: 'on', port: '' });
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    const postgres = postgresOf(dataDir)?.pid ?? 0;

    gateway.signal('SIGTERM');
    expect(await gateway.exited).toBe(0);
    expect(isAlive(postgres)).toBe(false);
  },
  maxWaitMs,
);

it(
  'comes back onto the same data after kill -9, beside the old database process and without it',
  async () => {
    const dataDir = makeDataDir();
    const first = await run({ DATA_DIR: dataDir });
    await inDatabase(dataDir, 'create table kept as select 42 as answer');
    const postgres = postgresOf(dataDir)?.pid ?? 0;
    first.signal('SIGKILL');
    await first.exited;
    expect(isAlive(postgres)).toBe(true);

    const second = await run({ DATA_DIR: dataDir });
    expect(await statusOf(second, '/readyz')).toBe(200);
    expect(postgresOf(dataDir)?.pid).toBe(postgres);
    second.signal('SIGKILL');
    process.kill(postgres, 'SIGKILL');
    await second.exited;

    const third = await run({ DATA_DIR: dataDir });
    expect(await statusOf(third, '/readyz')).toBe(200);
    expect(await inDatabase(dataDir, 'select answer from kept')).toEqual([{ answer: 42 }]);
    const last = postgresOf(dataDir)?.pid ?? 0;
    third.signal('SIGTERM');
    expect(await third.exited).toBe(0);
    expect(isAlive(last)).toBe(false);
  },
  maxWaitMs,
);

// The moments of a first start, by what can be seen of them in the data folder.
it.each([
  [
    'while the cluster is made',
    (names: string[]) => names.some((name) => name.startsWith('postgres.partial-')),
  ],
  ['when the cluster is there', (names: string[]) => names.includes('postgres')],
  ['when the server is coming up', (names: string[]) => names.includes('socket')],
])(
  'survives a kill -9 of the first start %s',
  async (_, isMoment) => {
    const dataDir = makeDataDir();
    const killed = spawnGateway({ DATA_DIR: dataDir });
    await expect.poll(() => isMoment(namesIn(dataDir)), { timeout: maxWaitMs, interval: 5 }).toBe(true);
    killed.signal('SIGKILL');
    await killed.exited;
    const gateway = await run({ DATA_DIR: dataDir });
    expect(await statusOf(gateway, '/readyz')).toBe(200);
    expect(namesIn(dataDir).filter((name) => name.includes('partial'))).toEqual([]);
    gateway.signal('SIGTERM');
    expect(await gateway.exited).toBe(0);
  },
  maxWaitMs,
);

it(
  'refuses a second gateway on one DATA_DIR in one line, and leaves the first alone',
  async () => {
    const dataDir = makeDataDir();
    const first = await run({ DATA_DIR: dataDir });
    const second = await run({ DATA_DIR: dataDir });
    expect(await second.exited).toBe(1);
    expect(second.output()).toMatch(
      /^Another gateway already runs on .*: stop it, .*DATABASE_URL.*several.*\n$/,
    );
    expect(await statusOf(first, '/readyz')).toBe(200);
    first.signal('SIGINT');
    expect(await first.exited).toBe(0);
  },
  maxWaitMs,
);

it(
  'ends in order when the signal comes during the start, and twice, as npm hands it on',
  async () => {
    const dataDir = makeDataDir();
    const gateway = spawnGateway({ DATA_DIR: dataDir });
    await expect.poll(() => postgresOf(dataDir), { timeout: maxWaitMs, interval: 5 }).not.toBeNull();
    const postgres = postgresOf(dataDir)?.pid ?? 0;
    gateway.signal('SIGINT');
    gateway.signal('SIGINT');
    expect(await gateway.exited).toBe(0);
    expect(isAlive(postgres)).toBe(false);
  },
  maxWaitMs,
);

it('stops in order when a signal comes while the database does not answer', async () => {
  const sockets: Socket[] = [];
  const silent = createTcpServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const gateway = spawnGateway({
    DATABASE_URL: `postgres://me@127.0.0.1:${port}/gateway`,
    ENCRYPTION_KEYS: Buffer.alloc(32, 1).toString('base64'),
  });
  await once(silent, 'connection');
  gateway.signal('SIGTERM');
  expect(await gateway.exited).toBe(0);
  expect(gateway.output()).toBe('');
});

it(
  'brings several instances up that start at once on one empty DATABASE_URL',
  async () => {
    const test = await createTestDatabase({ empty: true });
    cleanups.push(test.close);
    const env = { DATABASE_URL: test.url, ENCRYPTION_KEYS: Buffer.alloc(32, 1).toString('base64') };
    const gateways = await Promise.all([run(env), run(env), run(env)]);
    for (const gateway of gateways) {
      expect(await statusOf(gateway, '/readyz')).toBe(200);
      gateway.signal('SIGTERM');
      expect(await gateway.exited).toBe(0);
    }
  },
  maxWaitMs,
);

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

it('prints one line with a remedy when the port is taken', async () => {
  const test = await createTestDatabase();
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  cleanups.push(test.close, () => squatter.close());
  const address = squatter.address();
  const port = typeof address === 'object' ? address?.port : undefined;
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

const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
const othersMayEnter = (): boolean =>
  spawnSync('setpriv', [...asNobody.slice(1), 'test', '-r', import.meta.filename]).status === 0;

it.runIf(process.getuid?.() === 0 && othersMayEnter())(
  'works for an ordinary user, and as root where namespaces are forbidden',
  async () => {
    const dataDir = makeDataDir();
    chmodSync(path.dirname(dataDir), 0o755);
    mkdirSync(dataDir);
    chownSync(dataDir, 65_534, 65_534);
    const ordinary = await run({ DATA_DIR: dataDir }, asNobody);
    expect(await statusOf(ordinary, '/readyz')).toBe(200);
    ordinary.signal('SIGTERM');
    expect(await ordinary.exited).toBe(0);

    const afresh = makeDataDir();
    chmodSync(path.dirname(afresh), 0o755);
    const withoutUnshare = await run({ DATA_DIR: afresh, PATH: '/nowhere' });
    expect(await statusOf(withoutUnshare, '/readyz')).toBe(200);
    withoutUnshare.signal('SIGTERM');
    expect(await withoutUnshare.exited).toBe(0);
  },
  maxWaitMs,
);
