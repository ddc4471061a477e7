import { randomBytes, randomUUID } from 'node:crypto';
import { EventEmitter, once as eventOf } from 'node:events';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createVault } from '../../src/connections/vault.js';
import { type Change, createRunOnce, type Ran } from '../../src/idempotency/run-once.js';
import { claimRequest } from '../../src/idempotency/claim-request.js';
import { endRequest } from '../../src/idempotency/end-request.js';
import { renewClaim } from '../../src/idempotency/renew-claim.js';
import { deleteExpired } from '../../src/idempotency/delete-expired.js';
import { rotateResponses } from '../../src/idempotency/rotate-responses.js';
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
const newChange = async (): Promise<Change> => {
  const { as } = await createWorkspace(store.database);
  return { caller: as.ADMIN, key: randomUUID(), text: 'the request' };
};
const place = (change: Change) => ({
  workspaceId: change.caller.workspaceId,
  tokenId: change.caller.tokenId,
  keyFingerprint: Buffer.from(change.key),
  requestFingerprint: Buffer.from(change.text),
});
/** A run that counts how often it was done. */
const counting = () => {
  const count = { runs: 0 };
  const run = (): Promise<Ran<string>> => {
    count.runs += 1;
    return Promise.resolve({ result: `answer ${count.runs}`, kept: `answer ${count.runs}` });
  };
  return { count, run };
};
const asItIs = (kept: string): string => kept;

test('a repeat waits for the first only so long, and is told to come again', async () => {
  const once = createRunOnce(depsWith(secret), { waitMs: 50 });
  const change = await newChange();
  const underWay = new EventEmitter();
  const first = once(
    change,
    async () => {
      await eventOf(underWay, 'end');
      return { result: 'first', kept: 'first' };
    },
    asItIs,
  );
  await vi.waitFor(async () => {
    const rows = await store.database.sql`
      select from idempotent_requests where workspace_id = ${change.caller.workspaceId}`;
    expect(rows.count).toBe(1);
  });
  const { run, count } = counting();
  await expect(once(change, run, asItIs)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    retryAfterSeconds: 5,
  });
  underWay.emit('end');
  expect(await first).toBe('first');
  expect(await once(change, run, asItIs)).toBe('first');
  expect(count.runs).toBe(0);
});

test('a run that did nothing, or broke, leaves the key to the next', async () => {
  const once = createRunOnce(depsWith(secret));
  const change = await newChange();
  expect(await once(change, () => Promise.resolve({ result: 'nothing', kept: null }), asItIs)).toBe(
    'nothing',
  );
  await expect(once(change, () => Promise.reject(new Error('broken')), asItIs)).rejects.toThrow('broken');
  const { run } = counting();
  expect(await once(change, run, asItIs)).toBe('answer 1');
  expect(await once(change, run, asItIs)).toBe('answer 1');
});

test('an answer that no secret opens is not done again', async () => {
  const change = await newChange();
  const { run, count } = counting();
  await createRunOnce(depsWith(secret))(change, run, asItIs);
  const { vault } = depsWith(secret);
  const lost = { ...depsWith(randomBytes(32)).vault, fingerprint: vault.fingerprint };
  const once = createRunOnce({ ...depsWith(secret), vault: lost });
  expect(await outcomeOf(once(change, run, asItIs))).toBe('BAD_REQUEST');
  expect(count.runs).toBe(1);
});

test('after a rotation of keys the first secret alone opens answers', async () => {
  const change = await newChange();
  const { run } = counting();
  await createRunOnce(depsWith(secret))(change, run, asItIs);
  const fresh = randomBytes(32);
  expect(await rotateResponses(depsWith(fresh, secret))).toBeGreaterThan(0);
  expect(await rotateResponses(depsWith(fresh, secret))).toBe(0);
  const { fingerprint } = depsWith(secret).vault;
  const vault = { ...depsWith(fresh).vault, fingerprint };
  expect(await createRunOnce({ ...depsWith(fresh), vault })(change, run, asItIs)).toBe('answer 1');
  await rotateResponses(depsWith(secret, fresh));
});

test('a run that comes back after another took over does not replace its answer', async () => {
  const change = await newChange();
  const { database } = store;
  const slow = await claimRequest(database, place(change));
  expect(await claimRequest(database, place(change))).toBeNull();
  await database.sql`
    update idempotent_requests set lease_ends_at = now() where workspace_id = ${change.caller.workspaceId}`;
  const second = await claimRequest(database, place(change));
  await endRequest(depsWith(secret), second!, 'second');
  await endRequest(depsWith(secret), slow!, 'slow');
  await endRequest(depsWith(secret), slow!, null);
  const [row] = await database.sql<{ id: string; answered: boolean }[]>`
    select id, answer_sealed is not null as answered from idempotent_requests
    where workspace_id = ${change.caller.workspaceId}`;
  expect(row).toEqual({ id: second!.id, answered: true });
});

test('the lease of a long run is prolonged for as long as it lives', async () => {
  const change = await newChange();
  const claim = await claimRequest(store.database, place(change));
  const leaseEnd = async (): Promise<string> => {
    const [row] = await store.database.sql<{ at: string }[]>`
      select lease_ends_at::text as at from idempotent_requests where id = ${claim!.id}`;
    return row!.at;
  };
  const before = await leaseEnd();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const stop = renewClaim(store.database, claim!);
  vi.advanceTimersByTime(15_000);
  vi.useRealTimers();
  await vi.waitFor(async () => expect(await leaseEnd()).not.toBe(before));
  stop();
});

test('what has expired is removed, a thousand at a time, and nothing else', async () => {
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
