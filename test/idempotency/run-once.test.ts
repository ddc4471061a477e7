import { randomBytes, randomUUID } from 'node:crypto';
import { EventEmitter, once as eventOf } from 'node:events';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { createVault } from '../../src/connections/vault.js';
import { rotateEncryptionKeys } from '../../src/connections/rotate-encryption-keys.js';
import { claimRequest, renewClaim } from '../../src/idempotency/claim.js';
import { deleteExpired } from '../../src/idempotency/delete-expired.js';
import { createRunOnce, type IdempotentRequest, type RunResult } from '../../src/idempotency/run-once.js';
import { endRun, storedResponses } from '../../src/idempotency/stored-response.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { outcomeOf } from '../support/outcome.js';
import { silentLog } from '../support/silent-log.js';
import { createWorkspace } from '../support/workspace.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());
afterEach(() => {
  vi.useRealTimers();
});

const secret = randomBytes(32);
const depsWith = (...secrets: Buffer[]) => ({
  database: store.database,
  vault: createVault({ database: store.database, secrets }),
  log: silentLog,
});
const newRequest = async (): Promise<IdempotentRequest> => {
  const { as } = await createWorkspace(store.database);
  return { caller: as.ADMIN, key: randomUUID(), text: 'the request', returnsRecords: false };
};
const keyOf = (request: IdempotentRequest) => ({
  workspaceId: request.caller.workspaceId,
  tokenId: request.caller.tokenId,
  keyFingerprint: Buffer.from(request.key),
  requestFingerprint: Buffer.from(request.text),
  returnsRecords: request.returnsRecords,
});
/** A run that counts how often it is executed. */
const counting = () => {
  const count = { runs: 0 };
  const run = (): Promise<RunResult<string>> => {
    count.runs += 1;
    return Promise.resolve({ result: `response ${count.runs}`, storedResponse: `response ${count.runs}` });
  };
  return { count, run };
};
const asItIs = (response: string): string => response;

it('throws UNAVAILABLE when the first run takes longer than a repeat waits', async () => {
  const once = createRunOnce(depsWith(secret), { waitMs: 50 });
  const request = await newRequest();
  const underWay = new EventEmitter();
  const first = once(
    request,
    async () => {
      await eventOf(underWay, 'end');
      return { result: 'first', storedResponse: 'first' };
    },
    asItIs,
  );
  await vi.waitFor(async () => {
    const rows = await store.database.sql`
      select from idempotent_requests where workspace_id = ${request.caller.workspaceId}`;
    expect(rows.count).toBe(1);
  });
  const { run, count } = counting();
  await expect(once(request, run, asItIs)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    retryAfterSeconds: 5,
  });
  underWay.emit('end');
  expect(await first).toBe('first');
  expect(await once(request, run, asItIs)).toBe('first');
  expect(count.runs).toBe(0);
});

it('runs a repeat when the first run did nothing or threw', async () => {
  const once = createRunOnce(depsWith(secret));
  const request = await newRequest();
  expect(
    await once(request, () => Promise.resolve({ result: 'nothing', storedResponse: null }), asItIs),
  ).toBe('nothing');
  await expect(once(request, () => Promise.reject(new Error('broken')), asItIs)).rejects.toThrow('broken');
  const { run } = counting();
  expect(await once(request, run, asItIs)).toBe('response 1');
  expect(await once(request, run, asItIs)).toBe('response 1');
});

it('throws UNAVAILABLE and runs nothing when this instance does not have the key of the stored response', async () => {
  const request = await newRequest();
  const { run, count } = counting();
  await createRunOnce(depsWith(secret))(request, run, asItIs);
  const { vault } = depsWith(secret);
  const lost = { ...depsWith(randomBytes(32)).vault, fingerprint: vault.fingerprint };
  const once = createRunOnce({ ...depsWith(secret), vault: lost });
  expect(await outcomeOf(once(request, run, asItIs))).toBe('UNAVAILABLE');
  expect(count.runs).toBe(1);
});

it('opens stored responses with the first key alone after a rotation', async () => {
  const request = await newRequest();
  const { run } = counting();
  await createRunOnce(depsWith(secret))(request, run, asItIs);
  const fresh = randomBytes(32);
  const rotate = async (...keys: Buffer[]) =>
    (await rotateEncryptionKeys(depsWith(...keys), [storedResponses])).counts['stored-response'];
  expect((await rotate(fresh, secret))?.rotated).toBeGreaterThan(0);
  expect((await rotate(fresh, secret))?.rotated).toBe(0);
  expect(await createRunOnce(depsWith(fresh))(request, run, asItIs)).toBe('response 1');
  await rotate(secret, fresh);
});

it('does not replace the response of another run when a run ends after its lease', async () => {
  const request = await newRequest();
  const { database } = store;
  const slow = await claimRequest(database, keyOf(request));
  expect(await claimRequest(database, keyOf(request))).toBeNull();
  await database.sql`
    update idempotent_requests set lease_ends_at = now() where workspace_id = ${request.caller.workspaceId}`;
  const second = await claimRequest(database, keyOf(request));
  await endRun(depsWith(secret), second!, 'second');
  await endRun(depsWith(secret), slow!, 'slow');
  await endRun(depsWith(secret), slow!, null);
  const [row] = await database.sql<{ id: string; answered: boolean }[]>`
    select id, response_sealed is not null as answered from idempotent_requests
    where workspace_id = ${request.caller.workspaceId}`;
  expect(row).toEqual({ id: second!.id, answered: true });
});

it('extends the lease while the run goes on', async () => {
  const request = await newRequest();
  const claim = await claimRequest(store.database, keyOf(request));
  const leaseEnd = async (): Promise<string> => {
    const [row] = await store.database.sql<{ at: string }[]>`
      select lease_ends_at::text as at from idempotent_requests where id = ${claim!.id}`;
    return row!.at;
  };
  const before = await leaseEnd();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const stop = renewClaim(store.database, silentLog, claim!);
  vi.advanceTimersByTime(15_000);
  vi.useRealTimers();
  await vi.waitFor(async () => expect(await leaseEnd()).not.toBe(before));
  await stop();
});

it('deletes expired requests, a thousand at a time, and nothing else', async () => {
  const { id } = await createWorkspace(store.database);
  await store.database.sql`
    insert into idempotent_requests
      (workspace_id, token_id, key_fingerprint, request_fingerprint, id, lease_ends_at, expires_at)
    select ${id}, gen_random_uuid(), '\\x01', '\\x01', gen_random_uuid(), now(),
      now() + make_interval(hours => case when n <= 1500 then -1 else 1 end)
    from generate_series(1, 1510) n`;
  expect([await deleteExpired(store.database), await deleteExpired(store.database)]).toEqual([1_000, 500]);
  expect(await deleteExpired(store.database)).toBe(0);
  expect((await store.database.sql`select from idempotent_requests where workspace_id = ${id}`).count).toBe(
    10,
  );
});
