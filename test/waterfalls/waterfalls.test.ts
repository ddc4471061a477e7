import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, type Role, roles } from '../../src/access/caller.js';
import { deleteConnection } from '../../src/connections/change-connection.js';
import { GatewayError } from '../../src/errors.js';
import { createWaterfallFinder } from '../../src/waterfalls/create-waterfall-finder.js';
import { deleteWaterfall } from '../../src/waterfalls/delete-waterfall.js';
import { getWaterfall, listWaterfalls } from '../../src/waterfalls/read-waterfalls.js';
import { type SaveWaterfallInput, saveWaterfall } from '../../src/waterfalls/save-waterfall.js';
import { connect, connectionsOf } from '../connections/setup.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { outcomeOf } from '../support/outcome.js';
import { createWorkspace } from '../support/workspace.js';

let store: TestDatabase;
let connections: ReturnType<typeof connectionsOf>;
const open = () => ({
  database: store.database,
  waterfalls: createWaterfallFinder({ database: store.database }),
});
let deps: ReturnType<typeof open>;
beforeAll(async () => {
  store = await createTestDatabase();
  connections = connectionsOf(store.database);
  deps = open();
});
afterAll(() => store.close());

const page = { first: 100, after: null };
const callers = async () => (await createWorkspace(store.database)).as;
const save = (caller: Caller, input: Partial<SaveWaterfallInput> = {}) =>
  saveWaterfall(deps, caller, {
    name: `waterfall ${randomBytes(4).toString('hex')}`,
    steps: [{ provider: 'FIRMABLE' }, { provider: 'APOLLO' }],
    ...input,
  });
const step = (provider: string | null, connectionId: string | null = null, require: string[] = []) => ({
  provider,
  connectionId,
  require,
});
/** The code and the invalid field of an error. */
const fieldOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof GatewayError) return `${error.code} ${error.field?.join('.')}`;
    throw error;
  }
};

describe('a saved waterfall', () => {
  it('is refused as the default when its records can never have a required field', async () => {
    const { ADMIN } = await callers();
    const steps = [step('APOLLO'), step('FIRMABLE', null, ['POSITION'])];
    expect(await fieldOf(save(ADMIN, { steps, defaultFor: 'COMPANIES' }))).toBe(
      'INVALID_INPUT steps.1.require',
    );
    expect(await save(ADMIN, { steps, defaultFor: 'PEOPLE' })).toMatchObject({ defaultFor: 'PEOPLE' });
    expect(await save(ADMIN, { steps })).toMatchObject({ defaultFor: null });
  });

  it('is returned as it was saved, with its steps in order', async () => {
    const { MANAGER, VIEWER } = await callers();
    const { id } = await connect(connections, MANAGER);
    const saved = await save(MANAGER, {
      name: ' phones first ',
      steps: [
        { provider: 'FIRMABLE', require: ['PHONE', 'WORK_EMAIL', 'PHONE'] },
        { connectionId: id },
        { provider: 'APOLLO' },
      ],
      defaultFor: 'PEOPLE',
    });
    expect(saved).toMatchObject({
      name: 'phones first',
      defaultFor: 'PEOPLE',
      steps: [
        step('FIRMABLE', null, ['PHONE', 'WORK_EMAIL']),
        // Filled in: whose key the connection is.
        step('FIRMABLE', id),
        step('APOLLO'),
      ],
    });
    expect(await getWaterfall(deps, VIEWER, saved.id)).toEqual(saved);
    expect((await listWaterfalls(deps, VIEWER, page)).items).toEqual([saved]);
  });

  it('goes back to defaults when a change leaves fields out', async () => {
    const { ADMIN } = await callers();
    const saved = await save(ADMIN, { name: 'one', defaultFor: 'COMPANIES' });
    const changed = await save(ADMIN, { id: saved.id, name: 'two', steps: [{ provider: 'APOLLO' }] });
    expect(changed).toMatchObject({
      id: saved.id,
      name: 'two',
      steps: [step('APOLLO')],
      defaultFor: null,
      createdAt: saved.createdAt,
    });
    expect(changed.updatedAt.getTime()).toBeGreaterThanOrEqual(saved.updatedAt.getTime());
  });

  it('replaces the previous default, and no other, when it becomes one', async () => {
    const { ADMIN } = await callers();
    const first = await save(ADMIN, { defaultFor: 'COMPANIES' });
    const people = await save(ADMIN, { defaultFor: 'PEOPLE' });
    const second = await save(ADMIN, { defaultFor: 'COMPANIES' });
    const defaults = (await listWaterfalls(deps, ADMIN, page)).items.map(({ id, defaultFor }) => [
      id,
      defaultFor,
    ]);
    expect(defaults).toEqual([
      [first.id, null],
      [people.id, 'PEOPLE'],
      [second.id, 'COMPANIES'],
    ]);
  });

  it('leaves one default when several are saved as it at once', async () => {
    const { ADMIN } = await callers();
    await Promise.all(Array.from({ length: 6 }, () => save(ADMIN, { defaultFor: 'COMPANIES' })));
    const { items } = await listWaterfalls(deps, ADMIN, page);
    expect(items.filter(({ defaultFor }) => defaultFor === 'COMPANIES')).toHaveLength(1);
    expect(items).toHaveLength(6);
  });
});

describe('saving a waterfall', () => {
  const cases: [string, Partial<SaveWaterfallInput>, string][] = [
    ['no step', { steps: [] }, 'INVALID_INPUT steps'],
    [
      'eleven steps',
      { steps: Array.from({ length: 11 }, () => ({ provider: 'APOLLO' })) },
      'INVALID_INPUT steps',
    ],
    ['a step that names nobody', { steps: [{ provider: 'APOLLO' }, {}] }, 'INVALID_INPUT steps.1'],
    ['an unknown provider', { steps: [{ provider: 'CLEARBIT' }] }, 'INVALID_INPUT steps.0.provider'],
    [
      'an unknown field',
      { steps: [{ provider: 'APOLLO', require: ['SHOE_SIZE'] }] },
      'INVALID_INPUT steps.0.require.0',
    ],
    ['an unknown connection', { steps: [{ connectionId: 'con_1' }] }, 'NOT_FOUND steps.0.connection'],
    ['no name', { name: ' ' }, 'INVALID_INPUT name'],
    ['an unknown waterfall', { id: '01890000-0000-7000-8000-000000000000' }, 'NOT_FOUND id'],
    ['no id at all', { id: 'wfl_1' }, 'NOT_FOUND id'],
  ];
  it.each(cases)('is refused when it has %s', async (_, input, fault) => {
    const { ADMIN } = await callers();
    expect(await fieldOf(save(ADMIN, input))).toBe(fault);
    expect((await listWaterfalls(deps, ADMIN, page)).items).toEqual([]);
  });

  it('is refused when the connection of a step is of another provider', async () => {
    const { ADMIN } = await callers();
    const { id } = await connect(connections, ADMIN);
    const steps = [{ provider: 'APOLLO', connectionId: id }];
    expect(await fieldOf(save(ADMIN, { steps }))).toBe('INVALID_INPUT steps.0.provider');
  });

  it('is refused when a connection is another workspace’s, or deleted', async () => {
    const [ours, theirs] = [await callers(), await callers()];
    const foreign = await connect(connections, theirs.ADMIN);
    const gone = await connect(connections, ours.ADMIN);
    await deleteConnection(connections, ours.ADMIN, gone.id);
    for (const { id } of [foreign, gone]) {
      const steps = [{ connectionId: id }];
      expect(await fieldOf(save(ours.ADMIN, { steps }))).toBe('NOT_FOUND steps.0.connection');
    }
  });

  it('changes nothing when the name is taken', async () => {
    const { ADMIN } = await callers();
    const { name } = await save(ADMIN, { defaultFor: 'COMPANIES' });
    expect(await fieldOf(save(ADMIN, { name, defaultFor: 'COMPANIES' }))).toBe('NAME_TAKEN name');
    expect((await listWaterfalls(deps, ADMIN, page)).items).toMatchObject([
      { name, defaultFor: 'COMPANIES' },
    ]);
  });

  it('is refused when there are a hundred', async () => {
    const { ADMIN } = await callers();
    for (let index = 0; index < 100; index += 1) await save(ADMIN, { name: `waterfall ${index}` });
    expect(await outcomeOf(save(ADMIN))).toBe('INVALID_INPUT');
  });
});

describe('permissions', () => {
  const verbs: Record<
    string,
    { may: readonly Role[]; call: (caller: Caller, id: string) => Promise<unknown> }
  > = {
    'saveWaterfall (new)': { may: ['ADMIN', 'MANAGER'], call: (caller) => save(caller) },
    'saveWaterfall (change)': { may: ['ADMIN', 'MANAGER'], call: (caller, id) => save(caller, { id }) },
    deleteWaterfall: { may: ['ADMIN', 'MANAGER'], call: (caller, id) => deleteWaterfall(deps, caller, id) },
    getWaterfall: { may: roles, call: (caller, id) => getWaterfall(deps, caller, id) },
    listWaterfalls: { may: roles, call: (caller) => listWaterfalls(deps, caller, page) },
  };
  const cases = Object.entries(verbs).flatMap(([verb, { may, call }]) =>
    roles.map((role) => ({ verb, role, call, allowed: may.includes(role) })),
  );
  it.each(cases)('allow $verb: $allowed, when the role is $role', async ({ call, role, allowed }) => {
    const as = await callers();
    const { id } = await save(as.ADMIN);
    expect(await outcomeOf(call(as[role], id))).toBe(allowed ? 'done' : 'FORBIDDEN');
  });

  it('hide waterfalls when they belong to another workspace', async () => {
    const [ours, theirs] = [await callers(), await callers()];
    const { id, name } = await save(theirs.ADMIN, { defaultFor: 'PEOPLE' });
    expect(await outcomeOf(save(ours.ADMIN, { id }))).toBe('NOT_FOUND');
    expect(await outcomeOf(deleteWaterfall(deps, ours.ADMIN, id))).toBe('NOT_FOUND');
    expect(await getWaterfall(deps, ours.ADMIN, id)).toBeNull();
    expect((await listWaterfalls(deps, ours.ADMIN, page)).items).toEqual([]);
    expect(await deps.waterfalls.byName(ours.MEMBER, name)).toBeNull();
    expect(await deps.waterfalls.defaultFor(ours.MEMBER, 'PEOPLE')).toBeNull();
  });
});
