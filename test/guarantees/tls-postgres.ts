import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chooseAccount } from '../../src/platform/embedded/choose-account.js';
import { findBinaries } from '../../src/platform/embedded/find-binaries.js';
import { initializeCluster } from '../../src/platform/embedded/prepare-cluster.js';
import { ended, run } from '../../src/platform/embedded/start-postgres.js';
import { administer } from '../support/postgres.js';
import { freePort } from './start-pgbouncer.js';

export type TlsPostgres = {
  port: number;
  /** The path of a file of the test's own authority: ca.pem, client.pem, client.key, other-ca.pem. */
  file: (name: string) => string;
  remove: () => Promise<void>;
};

/**
 * A PostgreSQL that accepts TLS connections only, under a certificate for `localhost` of an authority of its own. The
 * account `gateway` has the password `canary`; the account `certified` needs a client certificate.
 */
export const openTlsPostgres = async (): Promise<TlsPostgres> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gateway-tls-'));
  chmodSync(folder, 0o755);
  const clusterDir = path.join(folder, 'postgres');
  const socketDir = path.join(folder, 'socket');
  mkdirSync(socketDir);
  const output = openSync(path.join(folder, 'postgres.log'), 'a');
  const binaries = findBinaries();
  const account = chooseAccount(clusterDir);
  await initializeCluster({ binaries, account, clusterDir, output, durable: false });
  makeCertificates(folder);
  const hba = [
    'local all all trust',
    'hostssl all certified 127.0.0.1/32 cert',
    'hostssl all all 127.0.0.1/32 scram-sha-256',
  ];
  writeFileSync(path.join(folder, 'hba'), `${hba.join('\n')}\n`);
  if (account.drop !== null) {
    for (const name of ['server.key', 'socket']) {
      chownSync(path.join(folder, name), account.drop.uid, account.drop.gid);
    }
  }
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: socketDir,
    ssl: 'on',
    ssl_cert_file: path.join(folder, 'server.pem'),
    ssl_key_file: path.join(folder, 'server.key'),
    ssl_ca_file: path.join(folder, 'ca.pem'),
    hba_file: path.join(folder, 'hba'),
    fsync: 'off',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = run(account, [binaries.postgres, '-D', clusterDir, ...args], output);
  const end = ended(child);
  const local = { url: `postgres://postgres@localhost/postgres?host=${socketDir}&port=${port}` };
  await untilAnswering(local);
  await administer(local, `create role gateway login superuser password 'canary'`);
  await administer(local, 'create role certified login superuser');
  return {
    port,
    file: (name) => {
      if (!readdirSync(folder).includes(name)) throw new Error(`there is no ${name}`);
      return path.join(folder, name);
    },
    remove: async () => {
      child.kill('SIGQUIT');
      await end;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const untilAnswering = async (address: { url: string }): Promise<void> => {
  for (let tries = 0; ; tries += 1) {
    try {
      return await administer(address, 'select 1');
    } catch (error) {
      if (tries > 400) throw error;
      await sleep(25);
    }
  }
};

/** Makes two authorities in a folder, ca.pem and other-ca.pem, and certificates of the first: server.pem for `localhost`, client.pem. */
export const makeCertificates = (folder: string): void => {
  const openssl = (...args: string[]): unknown =>
    execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  for (const name of ['ca', 'other-ca']) {
    openssl('req', '-x509', '-days', '2', ...key(name), '-out', `${name}.pem`, '-subj', `/CN=${name}`);
  }
  for (const [name, subject] of [
    ['server', 'localhost'],
    ['client', 'certified'],
  ] as const) {
    writeFileSync(path.join(folder, `${name}.ext`), `subjectAltName = DNS:${subject}\n`);
    openssl('req', ...key(name), '-out', `${name}.csr`, '-subj', `/CN=${subject}`);
    const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', `${name}.ext`];
    openssl('x509', '-req', '-days', '2', '-in', `${name}.csr`, '-out', `${name}.pem`, ...signed);
  }
  chmodSync(path.join(folder, 'server.key'), 0o600);
};

const key = (name: string): string[] => ['-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`];
