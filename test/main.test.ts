import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
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
  if (gateway.url === null) throw new Error(`the gateway did not start: ${gateway.output()}`);
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
  'starts on an empty folder, and leaves no process running when it gets SIGTERM',
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
  'starts again on the same data when it was killed, with its database process running or not',
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

// The phases of a first start, recognized by the files in the data folder.
it.each([
  [
    'the cluster is being created',
    (names: string[]) => names.some((name) => name.startsWith('postgres.partial-')),
  ],
  ['the cluster is created', (names: string[]) => names.includes('postgres')],
  ['the server is starting', (names: string[]) => names.includes('socket')],
])(
  'starts again when its first start was killed while %s',
  async (_, isPhase) => {
    const dataDir = makeDataDir();
    const killed = spawnGateway({ DATA_DIR: dataDir });
    await expect.poll(() => isPhase(namesIn(dataDir)), { timeout: maxWaitMs, interval: 5 }).toBe(true);
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
  'fails with one line when another gateway runs on its DATA_DIR, which goes on',
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
  'stops in order when a signal comes twice during the start, as npm forwards it',
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
  'starts several instances when they start at once on one empty database',
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

const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
const othersMayEnter = (): boolean =>
  spawnSync('setpriv', [...asNobody.slice(1), 'test', '-r', import.meta.filename]).status === 0;

it.runIf(process.getuid?.() === 0 && othersMayEnter())(
  'starts when it runs as an ordinary user, or as root without namespaces',
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
