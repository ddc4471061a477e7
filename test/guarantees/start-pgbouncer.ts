import { existsSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chooseAccount } from '../../src/platform/embedded/choose-account.js';
import { ended, run } from '../../src/platform/embedded/start-postgres.js';
import { administer } from '../support/postgres.js';

const program = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer'].find((file) => existsSync(file));

/** Why the tests with PgBouncer are skipped; null where it is installed. */
export const noPgBouncer =
  program === undefined ? 'SKIPPED: PgBouncer is not installed (apt-get install pgbouncer)' : null;

export type PgBouncer = {
  url: string;
  kill: () => Promise<void>;
  start: () => Promise<void>;
};

/** PgBouncer in transaction mode with its defaults in front of the server of a socket folder. */
export const startPgBouncer = async (socketDir: string): Promise<PgBouncer> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gateway-pgbouncer-'));
  const port = await freePort();
  const ini = path.join(folder, 'pgbouncer.ini');
  const account = chooseAccount(path.join(path.dirname(socketDir), 'postgres'));
  const output = openSync(path.join(folder, 'log'), 'a');
  mkdirSync(path.join(folder, 'run'));
  writeFileSync(
    ini,
    `[databases]
* = host=${socketDir} port=5432 user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 6
max_client_conn = 200
`,
  );
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  let child = run(account, [program ?? 'pgbouncer', ini], output);
  let end = ended(child);
  const untilAnswering = async (): Promise<void> => {
    for (let tries = 0; tries < 200; tries += 1) {
      const answered = await administer({ url }, 'select 1').then(
        () => true,
        () => false,
      );
      if (answered) return;
      await sleep(25);
    }
    throw new Error('PgBouncer did not come up');
  };
  await untilAnswering();
  return {
    url,
    kill: async () => {
      child.kill('SIGKILL');
      await end;
      rmSync(path.join(folder, 'log'), { force: true });
    },
    start: async () => {
      child = run(account, [program ?? 'pgbouncer', ini], output);
      end = ended(child);
      await untilAnswering();
    },
  };
};

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
