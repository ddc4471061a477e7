import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, type Role, roles } from '../../src/access/caller.js';
import { deleteBudget } from '../../src/budgets/delete-budget.js';
import { getBudget, listBudgets } from '../../src/budgets/read-budgets.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { outcomeOf } from '../support/outcome.js';
import { createWorkspace } from '../support/workspace.js';
import { budgetsOf, type Deps, set } from './setup.js';

let store: TestDatabase;
let deps: Deps;
beforeAll(async () => {
  store = await createTestDatabase();
  deps = budgetsOf(store.database);
});
afterAll(() => store.close());

type Call = (caller: Caller, id: string) => Promise<unknown>;
const page = { first: 10, after: null };
const changes: Record<string, Call> = {
  'setBudget (change)': (caller, id) => set(deps, caller, { id, name: 'changed' }),
  deleteBudget: (caller, id) => deleteBudget(deps, caller, id),
};

describe('who may', () => {
  const verbs: Record<string, { may: readonly Role[]; call: Call }> = {
    'setBudget (new)': { may: ['ADMIN'], call: (caller) => set(deps, caller) },
    ...Object.fromEntries(Object.entries(changes).map(([verb, call]) => [verb, { may: ['ADMIN'], call }])),
    getBudget: { may: roles, call: (caller, id) => getBudget(deps, caller, id) },
    listBudgets: { may: roles, call: (caller) => listBudgets(deps, caller, page) },
  };
  const cases = Object.entries(verbs).flatMap(([verb, { may, call }]) =>
    roles.map((role) => ({ verb, role, call, allowed: may.includes(role) })),
  );
  it.each(cases)('$verb as $role: $allowed', async ({ call, role, allowed }) => {
    const { as } = await createWorkspace(store.database);
    const { budget } = await set(deps, as.ADMIN);
    expect(await outcomeOf(call(as[role], budget.id))).toBe(allowed ? 'done' : 'FORBIDDEN');
  });
});

describe('a budget of another workspace, or none at all, is NOT_FOUND and untouched', () => {
  it.each(Object.entries(changes))('%s', async (_, call) => {
    const ours = await createWorkspace(store.database);
    const theirs = await createWorkspace(store.database);
    const { budget } = await set(deps, theirs.as.ADMIN);
    for (const id of [budget.id, 'bud_1', '']) {
      expect(await outcomeOf(call(ours.as.ADMIN, id))).toBe('NOT_FOUND');
    }
    expect(await getBudget(deps, theirs.as.VIEWER, budget.id)).toEqual(budget);
  });

  it('getBudget, listBudgets', async () => {
    const ours = await createWorkspace(store.database);
    const theirs = await createWorkspace(store.database);
    const { budget } = await set(deps, theirs.as.ADMIN);
    expect(await getBudget(deps, ours.as.ADMIN, budget.id)).toBeNull();
    expect(await getBudget(deps, ours.as.ADMIN, 'bud_1')).toBeNull();
    const listed = await listBudgets(deps, ours.as.ADMIN, page);
    expect([listed.items, await listed.totalCount()]).toEqual([[], 0]);
  });
});
