import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, type Role, roles } from '../../src/access/caller.js';
import { revokeToken, rotateToken, updateToken } from '../../src/tokens/change-token.js';
import { createToken } from '../../src/tokens/create-token.js';
import { getTokens, listTokens } from '../../src/tokens/read-tokens.js';
import { newId } from '../../src/platform/ids.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { outcomeOf } from '../support/outcome.js';
import { dumpTables, facesOf } from '../support/dump.js';
import { createWorkspace } from '../support/workspace.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

const clock = { now: () => new Date('2026-11-23T12:00:00Z') };
const deps = () => ({ database: store.database, clock });
const everything = { first: 100, after: null };

describe('who may', () => {
  const verbs: Record<string, { may: readonly Role[]; call: (caller: Caller) => Promise<unknown> }> = {
    createToken: {
      may: ['ADMIN'],
      call: (caller) => createToken(deps(), caller, { name: 'a', role: 'MEMBER' }),
    },
    listTokens: { may: ['ADMIN'], call: (caller) => listTokens(deps(), caller, everything) },
    revokeToken: {
      may: ['ADMIN'],
      call: async (caller) => {
        const admin = { ...caller, role: 'ADMIN' as const };
        const { token } = await createToken(deps(), admin, { name: 'a', role: 'MEMBER' });
        return revokeToken(deps(), caller, token.id);
      },
    },
    updateToken: {
      may: ['ADMIN'],
      call: async (caller) => {
        const admin = { ...caller, role: 'ADMIN' as const };
        const { token } = await createToken(deps(), admin, { name: 'a', role: 'MEMBER' });
        return updateToken(deps(), caller, { id: token.id, limits: { creditsPerDay: 5 } });
      },
    },
    rotateToken: {
      may: ['ADMIN'],
      call: async (caller) => {
        const admin = { ...caller, role: 'ADMIN' as const };
        const { token } = await createToken(deps(), admin, { name: 'a', role: 'MEMBER' });
        return rotateToken(deps(), caller, { id: token.id, overlapSeconds: 60 });
      },
    },
    getTokens: { may: roles, call: (caller) => getTokens(deps(), caller, [newId()]) },
  };
  const cases = Object.entries(verbs).flatMap(([verb, { may, call }]) =>
    roles.map((role) => ({ verb, role, call, allowed: may.includes(role) })),
  );
  it.each(cases)('$verb as $role: $allowed', async ({ call, role, allowed }) => {
    const { as } = await createWorkspace(store.database);
    expect(await outcomeOf(call(as[role]))).toBe(allowed ? 'done' : 'FORBIDDEN');
  });
});

it('creates a token from 256 random bits that is returned once and not in the database', async () => {
  const { as } = await createWorkspace(store.database);
  const { token, secret } = await createToken(deps(), as.ADMIN, {
    name: '  crm  ',
    role: 'MEMBER',
    workflow: 'sync',
  });
  expect(secret).toMatch(/^fgw_[A-Za-z0-9_-]{43}$/);
  expect(token).toMatchObject({ name: 'crm', role: 'MEMBER', workflow: 'sync', hint: secret.slice(-4) });
  expect(Object.keys(token)).not.toContain('hash');
  const dump = await dumpTables(store.database);
  expect(dump).toContain(token.id);
  for (const face of [...facesOf(secret), ...facesOf(secret.slice(4))]) expect(dump).not.toContain(face);
});

it.each([
  ['name', { name: ' ', role: 'MEMBER' }],
  ['name', { name: 'x'.repeat(101), role: 'MEMBER' }],
  ['name', { name: 'two\nlines', role: 'MEMBER' }],
  ['name', { name: 'bootstrap', role: 'ADMIN' }],
  ['workflow', { name: 'a', role: 'MEMBER', workflow: '' }],
  ['expiresAt', { name: 'a', role: 'MEMBER', expiresAt: new Date('2026-11-23T12:00:00Z') }],
] as const)('a token with a bad %s is refused, naming the field', async (field, input) => {
  const { as } = await createWorkspace(store.database);
  await expect(createToken(deps(), as.ADMIN, input)).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field: [field],
  });
});

it('lists tokens in pages, each once, with their number', async () => {
  const { as } = await createWorkspace(store.database);
  const names = ['a', 'b', 'c', 'd', 'e'];
  for (const name of names) await createToken(deps(), as.ADMIN, { name, role: 'VIEWER' });
  const seen: string[] = [];
  let after: string | null = null;
  for (;;) {
    const page = await listTokens(deps(), as.ADMIN, { first: 2, after });
    seen.push(...page.items.map(({ name }) => name));
    expect(await page.totalCount()).toBe(5);
    expect(page.hasNextPage).toBe(seen.length < 5);
    if (!page.hasNextPage) break;
    after = page.cursors.at(-1) ?? null;
  }
  expect(seen).toEqual(names);
});

it('changes nothing when a token is revoked again, and keeps the row', async () => {
  const { as } = await createWorkspace(store.database);
  const { token } = await createToken(deps(), as.ADMIN, { name: 'a', role: 'MEMBER' });
  const first = await revokeToken(deps(), as.ADMIN, token.id);
  const second = await revokeToken(deps(), as.ADMIN, token.id);
  expect(first.revokedAt).toBeInstanceOf(Date);
  expect(second.revokedAt).toEqual(first.revokedAt);
  expect((await listTokens(deps(), as.ADMIN, everything)).items).toHaveLength(1);
});

it('neither reads nor changes the tokens of another workspace', async () => {
  const ours = await createWorkspace(store.database);
  const theirs = await createWorkspace(store.database);
  const { token } = await createToken(deps(), theirs.as.ADMIN, { name: 'a', role: 'MEMBER' });
  await expect(revokeToken(deps(), ours.as.ADMIN, token.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(revokeToken(deps(), ours.as.ADMIN, 'no id')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await listTokens(deps(), ours.as.ADMIN, everything)).items).toEqual([]);
  expect((await getTokens(deps(), ours.as.ADMIN, [token.id, 'no id'])).size).toBe(0);
  const standing = await getTokens(deps(), theirs.as.VIEWER, [token.id]);
  expect(standing.get(token.id)).toMatchObject({ revokedAt: null });
});
