import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';
import { connect, type DatabaseAddress } from '../../src/platform/database.js';
import { chooseAccount } from '../../src/platform/embedded/choose-account.js';
import { findBinaries } from '../../src/platform/embedded/find-binaries.js';
import { initializeCluster } from '../../src/platform/embedded/prepare-cluster.js';
import { ended, startPostgres } from '../../src/platform/embedded/start-postgres.js';
import { migrate } from '../../src/platform/migrate.js';

export type TestServer = { address: DatabaseAddress; template: string };

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: TestServer;
  }
}

/** Starts one server for the whole run, with a migrated template database for each test file; or uses TEST_DATABASE_URL. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const url = process.env['TEST_DATABASE_URL'];
  const server = url === undefined ? await startServer() : { address: { url }, stop: async () => {} };
  const template = `gateway_template_${randomBytes(4).toString('hex')}`;
  await administer(server.address, `create database ${template}`);
  await migrate(databaseAt(server.address, template));
  project.provide('postgres', { address: server.address, template });
  return async () => {
    if (url !== undefined) await administer(server.address, `drop database ${template}`);
    await server.stop();
  };
};

/** Another database on the same server. */
export const databaseAt = (address: DatabaseAddress, database: string): DatabaseAddress => {
  if ('socketDir' in address) return { ...address, database };
  const url = new URL(address.url);
  url.pathname = `/${database}`;
  return { url: url.href };
};

/** Runs one statement on the server's own database. */
export const administer = async (address: DatabaseAddress, statement: string): Promise<void> => {
  const sql = connect(address, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
};

const startServer = async (): Promise<{ address: DatabaseAddress; stop: () => Promise<void> }> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gateway-test-'));
  const clusterDir = path.join(folder, 'postgres');
  const socketDir = path.join(folder, 'socket');
  mkdirSync(socketDir, { mode: 0o700 });
  const output = openSync(path.join(folder, 'postgres.log'), 'a');
  const binaries = findBinaries();
  const account = chooseAccount(clusterDir);
  await initializeCluster({ binaries, account, clusterDir, output, durable: false });
  const child = startPostgres({
    binaries,
    account,
    clusterDir,
    socketDir,
    output,
    connectionsMax: 400,
    durable: false,
  });
  const end = ended(child);
  // If the run is killed, this pipe closes, and the server is stopped.
  const script = `cat >/dev/null; kill -QUIT ${child.pid} 2>/dev/null; sleep 1; rm -rf "$0"`;
  spawn('sh', ['-c', script, folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] }).unref();
  const address = { socketDir, user: 'postgres', database: 'postgres' };
  await untilAnswering(address, end);
  const stop = async (): Promise<void> => {
    child.kill('SIGINT');
    await end;
    rmSync(folder, { recursive: true, force: true });
  };
  return { address, stop };
};

const untilAnswering = async (address: DatabaseAddress, end: Promise<{ reason: string }>): Promise<void> => {
  const early = end.then(({ reason }) => {
    throw new Error(`the test server ended: ${reason}`);
  });
  // If the first attempt succeeds, nothing awaits this promise, which rejects when the server ends.
  early.catch(() => {});
  for (;;) {
    try {
      return await administer(address, 'select 1');
    } catch {
      await Promise.race([early, setTimeout(25)]);
    }
  }
};
