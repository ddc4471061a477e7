import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { tokens } from '../../schema/tables/index.js';
import { revokeToken } from '../../src/tokens/change-token.js';
import { unrestricted } from '../../src/access/scopes.js';
import { createToken } from '../../src/tokens/create-token.js';
import { createCallerFinder } from '../../src/access/find-caller.js';
import { systemClock } from '../../src/platform/time.js';
import { openDatabase } from '../../src/platform/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

const withToken = async (input: { expiresAt?: Date } = {}) => {
  const { database } = store;
  const { as } = await createWorkspace(database, 'acme');
  const made = await createToken({ database, clock: systemClock }, as.ADMIN, {
    name: 'crm',
    role: 'MEMBER',
    workflow: 'sync',
    ...input,
  });
  return { ...made, admin: as.ADMIN };
};
const finder = () => createCallerFinder({ database: store.database, clock: systemClock });
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'found',
    (error: unknown) => error,
  );

it('returns workspace, role, names and workflow of a valid token, and not its hash', async () => {
  const { secret, token, admin } = await withToken();
  expect(await finder()(secret)).toEqual({
    workspaceId: admin.workspaceId,
    workspaceName: 'acme',
    plan: 'PRO',
    tokenId: token.id,
    tokenName: 'crm',
    ...unrestricted,
    role: 'MEMBER',
    workflow: 'sync',
  });
});

it('refuses unknown, malformed, revoked and expired tokens with the same message', async () => {
  const { database } = store;
  const revoked = await withToken();
  await revokeToken({ database }, revoked.admin, revoked.token.id);
  const expired = await withToken({ expiresAt: new Date(Date.now() + 60_000) });
  const later = createCallerFinder({ database, clock: { now: () => new Date(Date.now() + 60_001) } });
  const unknown = `fgw_${'a'.repeat(43)}`;
  const refusals = [
    ...(await Promise.all(
      ['', 'fgw_short', `${unknown}\n`, unknown].map((token) => failure(finder()(token))),
    )),
    await failure(finder()(revoked.secret)),
    await failure(later(expired.secret)),
  ];
  for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(new Set(refusals.map(String)).size).toBe(1);
});

it('refuses a token with the same hash prefix but another hash', async () => {
  const { secret, token } = await withToken();
  await store.database.db
    .update(tokens)
    .set({ hash: Buffer.alloc(32, 7) })
    .where(eq(tokens.id, token.id));
  expect(await failure(finder()(secret))).toMatchObject({ code: 'UNAUTHENTICATED' });
});

it('refuses a token within a second when another instance revoked it', async () => {
  const { secret, token, admin } = await withToken();
  const find = finder();
  await find(secret);
  await revokeToken({ database: store.database }, admin, token.id);
  const limits = { timeout: 1_000, interval: 20 };
  await expect.poll(async () => await failure(find(secret)), limits).not.toBe('found');
});

it('refuses a token at once when it expires while it is cached', async () => {
  let now = new Date();
  const { secret } = await withToken({ expiresAt: new Date(now.getTime() + 60_000) });
  const find = createCallerFinder({ database: store.database, clock: { now: () => now } });
  await find(secret);
  now = new Date(now.getTime() + 60_000);
  expect(await failure(find(secret))).toMatchObject({ code: 'UNAUTHENTICATED' });
});

it('records the last use of a token, at most once a minute', async () => {
  const { secret, token } = await withToken();
  const lastUse = async () => {
    const [row] = await store.database.db.select().from(tokens).where(eq(tokens.id, token.id));
    return row?.lastUsedAt ?? null;
  };
  const noteLastUse = (ago: number) =>
    store.database.db
      .update(tokens)
      .set({ lastUsedAt: new Date(Date.now() - ago) })
      .where(eq(tokens.id, token.id));

  await finder()(secret);
  await vi.waitUntil(async () => (await lastUse()) !== null, { timeout: 10_000 });

  await noteLastUse(30_000);
  const recent = await lastUse();
  await finder()(secret);
  await noteLastUse(61_000);
  const old = await lastUse();
  expect(old).not.toEqual(recent);
  await finder()(secret);
  await vi.waitUntil(async () => (await lastUse())?.getTime() !== old?.getTime(), { timeout: 10_000 });
});

it('does not record another use within the minute', async () => {
  const { secret, token } = await withToken();
  const lastUsedAt = new Date(Date.now() - 30_000);
  await store.database.db.update(tokens).set({ lastUsedAt }).where(eq(tokens.id, token.id));
  await finder()(secret);
  // The pool serves in turn: a note sent by the lookup would be done before these.
  await Promise.all(Array.from({ length: 16 }, () => store.database.db.select().from(tokens)));
  const [row] = await store.database.db.select().from(tokens).where(eq(tokens.id, token.id));
  expect(row?.lastUsedAt).toEqual(lastUsedAt);
});

it('throws UNAVAILABLE in time when the database is unreachable', async () => {
  const database = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none' });
  const find = createCallerFinder({ database, clock: systemClock });
  const error = await failure(find(`fgw_${'b'.repeat(43)}`));
  expect(error).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
  await database.close();
});

it('throws UNAVAILABLE in time when a query hangs, and works afterwards', async () => {
  const { secret } = await withToken();
  const find = finder();
  const locked = await store.database.sql.reserve();
  await locked`begin`;
  await locked`lock table tokens in access exclusive mode`;
  const error = await failure(find(secret));
  await locked`rollback`;
  locked.release();
  expect(error).toMatchObject({ code: 'UNAVAILABLE' });
  expect(await find(secret)).toMatchObject({ tokenName: 'crm' });
});
