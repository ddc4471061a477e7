import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/access/caller.js';
import { createCallerFinder } from '../../src/access/find-caller.js';
import { newId } from '../../src/platform/ids.js';
import { updateToken, type UpdateTokenInput } from '../../src/tokens/change-token.js';
import { createToken, type CreateTokenInput } from '../../src/tokens/create-token.js';
import { getTokens } from '../../src/tokens/read-tokens.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

const clock = { now: () => new Date('2026-11-23T12:00:00Z') };
const deps = () => ({ database: store.database, clock });
type Restrictions = Pick<CreateTokenInput, 'scopes' | 'limits' | 'workflow'>;

const make = async (input: Restrictions, role: Role = 'MEMBER') => {
  const { as } = await createWorkspace(store.database);
  const created = await createToken(deps(), as.ADMIN, { name: 'a', role, ...input });
  return { ...created, admin: as.ADMIN };
};

const many = Array.from({ length: 101 }, (_, at) => `workflow ${at}`);
const bad: [string, string[], Restrictions][] = [
  ['an empty list of operations', ['scopes', 'operations'], { scopes: { operations: [] } }],
  ['an empty list of connections', ['scopes', 'connections'], { scopes: { connections: [] } }],
  ['an empty list of workflows', ['scopes', 'workflows'], { scopes: { workflows: [] } }],
  ['an empty workflow', ['scopes', 'workflows', '0'], { scopes: { workflows: [' '] } }],
  ['a workflow of two lines', ['scopes', 'workflows', '1'], { scopes: { workflows: ['a', 'b\nc'] } }],
  ['too many workflows', ['scopes', 'workflows'], { scopes: { workflows: many } }],
  [
    'a malformed connection',
    ['scopes', 'connections', '0'],
    { scopes: { connections: ["'; drop table tokens"] } },
  ],
  ['an unknown connection', ['scopes', 'connections'], { scopes: { connections: [newId()] } }],
  ['0 requests a second', ['limits', 'requestsPerSecond'], { limits: { requestsPerSecond: 0 } }],
  ['too many requests a second', ['limits', 'requestsPerSecond'], { limits: { requestsPerSecond: 1_001 } }],
  ['a fraction of a lookup', ['limits', 'lookupsPerDay'], { limits: { lookupsPerDay: 1.5 } }],
  ['negative credits', ['limits', 'creditsPerDay'], { limits: { creditsPerDay: -1 } }],
  ['credits that are no number', ['limits', 'creditsPerDay'], { limits: { creditsPerDay: Number.NaN } }],
  ['a workflow outside the scope', ['workflow'], { workflow: 'other', scopes: { workflows: ['crm'] } }],
];

it.each(bad)('refuses a token with %s, naming the field', async (_, field, input) => {
  await expect(make(input)).rejects.toMatchObject({ code: 'INVALID_INPUT', field });
});

describe('an ADMIN token', () => {
  it.each([
    ['scopes', { scopes: { operations: ['COMPANY'] } }],
    ['scopes', { scopes: { spend: false } }],
    ['limits', { limits: { requestsPerSecond: 1 } }],
    ['limits', { limits: { creditsPerDay: 1 } }],
  ] satisfies [string, Restrictions][])(
    'is refused with %s, which it could remove, when created or changed',
    async (field, input) => {
      await expect(make(input, 'ADMIN')).rejects.toMatchObject({ code: 'INVALID_INPUT', field: [field] });
      const { token, admin } = await make({}, 'ADMIN');
      const changed = updateToken(deps(), admin, { id: token.id, ...input });
      await expect(changed).rejects.toMatchObject({ code: 'INVALID_INPUT', field: [field] });
    },
  );
});

it('stores each name of a list once, and ids in lower case', async () => {
  const { token } = await make({
    scopes: { operations: ['PERSON', 'PERSON'], workflows: ['a', ' a ', 'A'] },
  });
  expect(token.scopes).toEqual({
    operations: ['PERSON'],
    connections: null,
    workflows: ['a', 'A'],
    spend: true,
  });
});

it('keeps what an update leaves out, and removes what it sets to null', async () => {
  const all = {
    workflow: 'crm',
    scopes: { operations: ['COMPANY'], workflows: ['crm'], spend: false },
    limits: { requestsPerSecond: 5, lookupsPerDay: 50, creditsPerDay: 500 },
  } satisfies Restrictions;
  const { token, admin, secret } = await make(all);
  const update = (input: Omit<UpdateTokenInput, 'id'>) =>
    updateToken(deps(), admin, { id: token.id, ...input });
  expect(await update({ name: 'b' })).toEqual({ ...token, name: 'b' });
  expect(await update({ limits: { lookupsPerDay: null } })).toMatchObject({
    limits: { requestsPerSecond: 5, lookupsPerDay: null, creditsPerDay: 500n },
  });
  expect(await update({ scopes: { operations: null } })).toMatchObject({
    workflow: 'crm',
    scopes: { operations: null, workflows: ['crm'], spend: false },
  });
  await expect(update({ workflow: 'other' })).rejects.toMatchObject({ field: ['workflow'] });
  await expect(update({ scopes: { workflows: ['other'] } })).rejects.toMatchObject({ field: ['workflow'] });
  const free = await update({ scopes: null, limits: null, workflow: null });
  expect(free).toMatchObject({
    workflow: null,
    scopes: { operations: null, connections: null, workflows: null, spend: true },
    limits: { requestsPerSecond: null, lookupsPerDay: null, creditsPerDay: null },
  });
  const caller = await createCallerFinder({ database: store.database, clock })(secret);
  expect(caller).toMatchObject({ tokenName: 'b', scopes: free.scopes, limits: free.limits });
});

it('changes no token of another workspace, and none that is revoked', async () => {
  const { token } = await make({});
  const { admin } = await make({});
  for (const id of [token.id, 'no id', newId()]) {
    await expect(updateToken(deps(), admin, { id, name: 'mine' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  }
});

it('shows a confined token no token but itself', async () => {
  const { token, admin, secret } = await make({ scopes: { workflows: ['crm'] } });
  const { token: other } = await createToken(deps(), admin, { name: 'other', role: 'MEMBER' });
  const confined = await createCallerFinder({ database: store.database, clock })(secret);
  expect([...(await getTokens(deps(), confined, [token.id, other.id])).keys()]).toEqual([token.id]);
});

it('keeps one budget of a token when its limit is changed by many at once', async () => {
  const { token, admin } = await make({});
  await Promise.all(
    [5, 6, null, 7, null, 8].map((creditsPerDay) =>
      updateToken(deps(), admin, { id: token.id, limits: { creditsPerDay } }),
    ),
  );
  const last = await updateToken(deps(), admin, { id: token.id, limits: { creditsPerDay: 9 } });
  expect(last.limits.creditsPerDay).toBe(9n);
  const rows = await store.database.sql<{ limit: string; standing: boolean }[]>`
    select "limit"::text as limit, deleted_at is null as standing from budgets where token_id = ${token.id}`;
  expect([...rows]).toEqual([{ limit: '9', standing: true }]);
});
