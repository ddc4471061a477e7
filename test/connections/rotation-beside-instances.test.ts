import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { webhookSecrets } from '../../src/alerts/destination.js';
import { connectionKeys, rotateEncryptionKeys } from '../../src/connections/rotate-encryption-keys.js';
import { createVault, type Vault } from '../../src/connections/vault.js';
import { storedResponses } from '../../src/idempotency/stored-response.js';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let store: TestDatabase;
let running: TestGateway[];
beforeEach(async () => {
  store = await createTestDatabase();
  running = [];
});
afterEach(async () => {
  for (const gateway of running) await gateway.close();
  await store.close();
});

const [old, fresh] = [randomBytes(32), randomBytes(32)];
const columns = [connectionKeys, ...webhookSecrets, storedResponses];
const vaultOf = (keys: Buffer[]) => createVault({ database: store.database, secrets: keys });
const rotate = (keys: Buffer[], vault: Vault = vaultOf(keys)) =>
  rotateEncryptionKeys({ database: store.database, vault }, columns);

const start = async (encryptionKeys: Buffer[]): Promise<TestGateway> => {
  const gateway = await startGateway({ database: store, encryptionKeys, demo: false });
  running.push(gateway);
  return gateway;
};
const stop = async (gateway: TestGateway): Promise<void> => {
  running.splice(running.indexOf(gateway), 1);
  await gateway.close();
};

/** An instance with both keys on a database that is sealed under the old one. */
const startWithBoth = async (): Promise<TestGateway> => {
  await stop(await start([old]));
  return await start([fresh, old]);
};

const killed = (): never => {
  throw new Error('killed');
};

const key = `fbl_sandbox_${'r'.repeat(16)}`;
const connect = async (gateway: TestGateway, name: string): Promise<string> => {
  const answer = await gateway.post(
    `mutation M($name: String!, $key: String!) { createConnection(input: {
      provider: FIRMABLE, name: $name, key: $key, verify: false }) { connection { id } userErrors { message } } }`,
    { name, key },
    { 'idempotency-key': name },
  );
  const { connection } = dataOf<{ connection: { id: string } }>(answer, 'createConnection');
  return connection.id;
};
type Result = { outcome: string; problem: { code: string; retryable: boolean; message: string } | null };
const lookUp = async (gateway: TestGateway, connection: string): Promise<Result> =>
  dataOf<Result>(
    await gateway.post(
      `query Q($connection: ID!) { company(by: { domain: "harbourline.example" }, options: { connection: $connection }) {
        outcome problem { code retryable message } } }`,
      { connection },
    ),
    'company',
  );
const outcomeOn = async (gateway: TestGateway, connection: string) =>
  (await lookUp(gateway, connection)).outcome;
const isStoredUnder = async (encryptionKey: Buffer): Promise<boolean[]> => {
  const rows = await store.database.sql<{ sealed: Buffer }[]>`
    select key_sealed as sealed from connections union all
    select response_sealed from idempotent_requests where response_sealed is not null union all
    select fingerprint_key_sealed from vault`;
  return [...new Set(rows.map(({ sealed }) => vaultOf([encryptionKey]).hasKeyOf(sealed)))];
};

it('refuses to rotate, and changes nothing, while a running instance does not have the new key', async () => {
  const withoutKey = await start([old]);
  const restarted = await start([fresh, old]);
  // Written by the instance with the new key: the other can still open it.
  const connection = await connect(restarted, 'before');
  expect(await isStoredUnder(old)).toEqual([true]);

  await expect(rotate([fresh, old])).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringMatching(
      `^Nothing was rotated: .*\n  host \\S+, process ${process.pid}, seen \\d+ s ago\n`,
    ),
  });
  expect(await isStoredUnder(old)).toEqual([true]);
  expect(await outcomeOn(withoutKey, connection)).not.toBe('REFUSED');

  await stop(withoutKey);
  await rotate([fresh, old]);
  expect(await isStoredUnder(fresh)).toEqual([true]);
  await connect(restarted, 'after');
  expect(await isStoredUnder(fresh)).toEqual([true]);
  await expect(start([old])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(await outcomeOn(await start([fresh]), connection)).not.toBe('REFUSED');
}, 60_000);

it('rotates back when every running instance has both keys', async () => {
  const gateway = await startWithBoth();
  await connect(gateway, 'one');
  await rotate([fresh, old]);
  await connect(gateway, 'two');
  expect(await isStoredUnder(fresh)).toEqual([true]);
  await rotate([old, fresh]);
  await connect(gateway, 'three');
  expect(await isStoredUnder(old)).toEqual([true]);
}, 60_000);

it('completes a rotation that was killed half way when it is run again', async () => {
  const gateway = await startWithBoth();
  const connections = [
    await connect(gateway, 'one'),
    await connect(gateway, 'two'),
    await connect(gateway, 'three'),
  ];
  const dying = vaultOf([fresh, old]);
  let sealed = 0;
  const seal: Vault['seal'] = (context, plain) => {
    sealed += 1;
    if (sealed > 2) throw new Error('killed');
    return dying.seal(context, plain);
  };
  await expect(rotate([], { ...dying, seal })).rejects.toThrow('killed');
  expect(await isStoredUnder(fresh)).toHaveLength(2);
  for (const one of connections) expect(await outcomeOn(gateway, one)).not.toBe('REFUSED');

  const { counts } = await rotate([fresh, old]);
  expect(counts.connection).toEqual({ rotated: 1, unchanged: 2, unopenable: 0 });
  expect(await isStoredUnder(fresh)).toEqual([true]);
}, 60_000);

it('fails a lookup with a problem that may be retried, logs it and leaves the connection enabled when an instance that stood still has only the old key', async () => {
  const still = await start([old]);
  const connection = await connect(still, 'one');
  await store.database.sql`update instances set seen_at = now() - interval '2 minutes'`;
  await rotate([fresh, old]);

  expect(await lookUp(still, connection)).toEqual({
    outcome: 'FAILED',
    problem: {
      code: 'ENCRYPTION_KEY_MISSING',
      retryable: true,
      message: expect.stringMatching(/nothing spent/),
    },
  });
  await lookUp(still, connection);
  const lines = still
    .logged()
    .split('\n')
    .filter((line) => line.includes('cannot be decrypted'));
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    expect.objectContaining({ level: 50, kind: 'connection', encryptionKeyId: vaultOf([fresh]).keyIds[0] }),
  ]);
  expect(still.logged()).not.toContain(fresh.toString('base64'));
  const [row] = await store.database.sql`select disabled_at, problem_code from connections`;
  expect(row).toEqual({ disabled_at: null, problem_code: null });

  const repeated = await still.post(
    `mutation M($name: String!, $key: String!) { createConnection(input: {
      provider: FIRMABLE, name: $name, key: $key, verify: false }) { connection { id } userErrors { message } } }`,
    { name: 'one', key },
    { 'idempotency-key': 'one' },
  );
  expect(repeated.body.errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAVAILABLE']);
  const [count] = await store.database.sql`select count(*)::int as connections from connections`;
  expect(count).toEqual({ connections: 1 });
}, 60_000);

it('logs at the start how many values are under a key that was removed before the rotation', async () => {
  const gateway = await startWithBoth();
  await connect(gateway, 'one');
  const dying = vaultOf([fresh, old]);
  await expect(rotate([], { ...dying, seal: killed })).rejects.toThrow('killed');
  const early = await start([fresh]);
  expect(early.logged()).toContain('encrypted under a key that is not in ENCRYPTION_KEYS');
  expect(early.logged()).toContain(vaultOf([old]).keyIds[0]);
}, 60_000);
