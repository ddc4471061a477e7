import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dropPostgres } from '../../src/platform/embedded/running-postgres.js';
import { type GatewayProcess, makeFolder, runBuilt, runGateway } from '../support/gateway.js';
import { type CountingFirmable, identifiersOf, startCountingFirmable } from './counting-firmable.js';

const token = `fgw_${randomBytes(32).toString('base64url')}`;
const { folder, remove } = makeFolder();
const dirs = ['original', 'restored', 'copied'].map((name) => path.join(folder, name));
const [original = '', restored = '', copied = ''] = dirs;
const backup = path.join(folder, 'backup');
let firmable: CountingFirmable;
const processes: GatewayProcess[] = [];

const start = async (dataDir: string): Promise<GatewayProcess> => {
  const gateway = await runGateway({
    DATA_DIR: dataDir,
    GATEWAY_BOOTSTRAP_TOKEN: token,
    SANDBOX: 'off',
    FIRMABLE_BASE_URL: firmable.url,
  });
  processes.push(gateway);
  if (gateway.url === null)
    throw new Error(gateway.output() + readFileSync(path.join(dataDir, 'postgres.log'), 'utf8'));
  return gateway;
};

const post = async (gateway: GatewayProcess, query: string): Promise<Record<string, unknown>> => {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  const { data, errors }: { data?: Record<string, unknown>; errors?: unknown } = await response.json();
  if (data === undefined) throw new Error(JSON.stringify(errors));
  return data;
};

const charge = async (gateway: GatewayProcess, domain: string): Promise<unknown> =>
  await post(gateway, `{ company(by: { domain: "${domain}" }) { outcome receipt { charge } } }`);
const charged = { company: { outcome: 'FOUND', receipt: { charge: 'CHARGED' } } };
const unlocked = { company: { outcome: 'FOUND', receipt: { charge: 'ALREADY_UNLOCKED' } } };
const domainOf = (number: number): string => identifiersOf(number).domain;

let gateway: GatewayProcess;
beforeAll(async () => {
  firmable = await startCountingFirmable();
  gateway = await start(original);
  await post(
    gateway,
    `mutation { createConnection(input: { provider: FIRMABLE, name: "ours", key: "fbl_canarybackup0123456789", makeDefault: true, verify: false })
       { userErrors { message } } }`,
  );
}, 120_000);
afterAll(async () => {
  for (const one of processes) one.signal('SIGKILL');
  await Promise.all(processes.map(({ exited }) => exited));
  for (const dir of dirs) dropPostgres(path.join(dir, 'postgres'));
  await firmable.close();
  remove();
});

it('restores everything that was written before a backup made under writes', async () => {
  for (let number = 0; number < 20; number += 1)
    expect(await charge(gateway, domainOf(number))).toEqual(charged);
  const writing = new AbortController();
  const writes = (async () => {
    let number = 1_000;
    for (; !writing.signal.aborted; number += 1) await charge(gateway, domainOf(number));
    return number - 1_000;
  })();
  const made = await runBuilt('backup', { DATA_DIR: original }, [backup]);
  writing.abort();
  expect(await writes).toBeGreaterThan(0);
  expect(made).toMatchObject({ code: 0, output: expect.stringContaining('It contains the encryption keys') });

  expect(await runBuilt('restore', { DATA_DIR: restored }, [backup])).toMatchObject({
    code: 0,
    output: expect.stringContaining(`into ${restored}.`),
  });
  const second = await start(restored);
  for (let number = 0; number < 20; number += 1)
    expect(await charge(second, domainOf(number))).toEqual(unlocked);
  expect(await charge(second, domainOf(5_000))).toEqual(charged);
  const log = await post(second, '{ auditLog { nodes { action actor after } } }');
  const [restoredOnce, ...earlier] = Object(log['auditLog']).nodes;
  expect(restoredOnce).toMatchObject({
    action: 'database.restore',
    actor: 'restore',
    after: { madeAt: expect.any(String), restoredAt: expect.any(String) },
  });
  expect(earlier).toMatchObject([
    { action: 'connection.create', actor: 'bootstrap' },
    { action: 'token.create', actor: 'start' },
    { action: 'workspace.create', actor: 'start' },
  ]);
  expect(existsSync(path.join(restored, 'restored.json'))).toBe(false);
  expect(await runBuilt('verify', { DATA_DIR: restored })).toMatchObject({
    code: 0,
    output: expect.stringContaining('Everything adds up'),
  });
}, 180_000);

it('starts a copy of the data folder of a running gateway beside it', async () => {
  await charge(gateway, domainOf(9_000));
  cpSync(original, copied, {
    recursive: true,
    // A socket cannot be copied; its lock file is.
    filter: (file) => !file.endsWith('.s.PGSQL.5432'),
  });
  const second = await start(copied);
  expect(await charge(second, domainOf(9_000))).toEqual(unlocked);
  expect(await charge(gateway, domainOf(9_000))).toEqual(unlocked);
}, 120_000);

const refused = async (command: string, env: Record<string, string>, name: string) =>
  await runBuilt(command, env, [name]);

it('refuses folders that it must not write or cannot read', async () => {
  const full = path.join(folder, 'full');
  mkdirSync(full);
  writeFileSync(path.join(full, 'file'), '');
  expect(await refused('backup', { DATA_DIR: original }, full)).toEqual({
    code: 2,
    output: `${full} is not empty: name a new folder.\n`,
  });
  expect(await refused('restore', { DATA_DIR: path.join(folder, 'none') }, full)).toEqual({
    code: 1,
    output: `${full} is not a complete backup: name a folder that the backup command has finished.\n`,
  });
  const another = path.join(folder, 'another');
  expect(await refused('backup', { DATA_DIR: original }, another)).toMatchObject({ code: 0 });
  expect(await refused('restore', { DATA_DIR: original }, another)).toMatchObject({
    code: 1,
    output: expect.stringContaining('has a database already'),
  });
  const file = path.join(full, 'file');
  expect(await refused('backup', { DATA_DIR: original }, file)).toEqual({
    code: 2,
    output: `${file} is a file: name a new folder.\n`,
  });
  const inFile = path.join(file, 'folder');
  expect(await refused('backup', { DATA_DIR: original }, inFile)).toEqual({
    code: 2,
    output: `${inFile} cannot be made: name a new folder.\n`,
  });
  expect(await refused('backup', { DATA_DIR: original }, '')).toMatchObject({
    code: 2,
    output: expect.stringContaining('name a file or a folder'),
  });
  const unmade = path.join(folder, 'unmade');
  rmSync(path.join(another, 'secrets'));
  expect(await refused('restore', { DATA_DIR: unmade }, another)).toMatchObject({
    code: 1,
    output: expect.stringContaining('is missing: put the file back'),
  });
  expect(existsSync(unmade)).toBe(false);
  writeFileSync(path.join(another, 'backup.json'), '{"format":');
  expect(await refused('restore', { DATA_DIR: unmade }, another)).toMatchObject({
    code: 1,
    output: expect.stringContaining('backup.json cannot be read'),
  });
  rmSync(another, { recursive: true });
  const keys = { ENCRYPTION_KEYS: Buffer.alloc(32, 1).toString('base64') };
  expect(
    await refused('backup', { DATABASE_URL: 'postgres://a@127.0.0.1:1/b', ...keys }, another),
  ).toMatchObject({
    code: 1,
  });
}, 120_000);
