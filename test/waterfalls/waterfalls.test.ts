import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, type Role, roles } from '../../src/access/caller.js';
import { deleteConnection } from '../../src/connections/change-connection.js';
import { GatewayError } from '../../src/errors.js';
import { openDatabase } from '../../src/platform/database.js';
import { createWaterfallFinder } from '../../src/waterfalls/create-waterfall-finder.js';
import { deleteWaterfall } from '../../src/waterfalls/delete-waterfall.js';
import { getWaterfall } from '../../src/waterfalls/read-waterfalls.js';
import { listWaterfalls } from '../../src/waterfalls/read-waterfalls.js';
import { type SaveWaterfallInput, saveWaterfall } from '../../src/waterfalls/save-waterfall.js';
import { connect, connectionsOf, newKey } from '../connections/setup.js';
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
/** The field at fault, for whoever shows the error beside its input. */
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
  it('is no default for records that can never have what its steps require', async () => {
    const { ADMIN } = await callers();
    const steps = [step('APOLLO'), step('FIRMABLE', null, ['POSITION'])];
    expect(await fieldOf(save(ADMIN, { steps, defaultFor: 'COMPANIES' }))).toBe(
      'INVALID_INPUT steps.1.require',
    );
    expect(await save(ADMIN, { steps, defaultFor: 'PEOPLE' })).toMatchObject({ defaultFor: 'PEOPLE' });
    expect(await save(ADMIN, { steps })).toMatchObject({ defaultFor: null });
  });

  it('is read back as it was saved, its steps in their order', async () => {
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

  it('takes a new state whole: what is left out goes back to its default', async () => {
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

  it('takes the place of the default before it, and of no other default', async () => {
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

  it('is one default, however many are made it at once', async () => {
    const { ADMIN } = await callers();
    await Promise.all(Array.from({ length: 6 }, () => save(ADMIN, { defaultFor: 'COMPANIES' })));
    const { items } = await listWaterfalls(deps, ADMIN, page);
    expect(items.filter(({ defaultFor }) => defaultFor === 'COMPANIES')).toHaveLength(1);
    expect(items).toHaveLength(6);
  });
});

describe('what is refused', () => {
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
  it.each(cases)('%s', async (_, input, fault) => {
    const { ADMIN } = await callers();
    expect(await fieldOf(save(ADMIN, input))).toBe(fault);
    expect((await listWaterfalls(deps, ADMIN, page)).items).toEqual([]);
  });

  it('a step whose connection is of another provider', async () => {
    const { ADMIN } = await callers();
    const { id } = await connect(connections, ADMIN);
    const steps = [{ provider: 'APOLLO', connectionId: id }];
    expect(await fieldOf(save(ADMIN, { steps }))).toBe('INVALID_INPUT steps.0.provider');
  });

  it('another workspace’s connection, and a deleted one', async () => {
    const [ours, theirs] = [await callers(), await callers()];
    const foreign = await connect(connections, theirs.ADMIN);
    const gone = await connect(connections, ours.ADMIN);
    await deleteConnection(connections, ours.ADMIN, gone.id);
    for (const { id } of [foreign, gone]) {
      const steps = [{ connectionId: id }];
      expect(await fieldOf(save(ours.ADMIN, { steps }))).toBe('NOT_FOUND steps.0.connection');
    }
  });

  it('a name that is taken, and a change that would take the default from another and then fails', async () => {
    const { ADMIN } = await callers();
    const { name } = await save(ADMIN, { defaultFor: 'COMPANIES' });
    expect(await fieldOf(save(ADMIN, { name, defaultFor: 'COMPANIES' }))).toBe('NAME_TAKEN name');
    expect((await listWaterfalls(deps, ADMIN, page)).items).toMatchObject([
      { name, defaultFor: 'COMPANIES' },
    ]);
  });

  it('more than a hundred', async () => {
    const { ADMIN } = await callers();
    for (let index = 0; index < 100; index += 1) await save(ADMIN, { name: `waterfall ${index}` });
    expect(await outcomeOf(save(ADMIN))).toBe('INVALID_INPUT');
  });
});

describe('who may', () => {
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
  it.each(cases)('$verb as $role: $allowed', async ({ call, role, allowed }) => {
    const as = await callers();
    const { id } = await save(as.ADMIN);
    expect(await outcomeOf(call(as[role], id))).toBe(allowed ? 'done' : 'FORBIDDEN');
  });

  it('nobody touches or sees another workspace’s', async () => {
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

describe('an ask', () => {
  it('goes by a change at once, also where it had just asked in vain', async () => {
    const { ADMIN, MEMBER } = await callers();
    const { waterfalls } = deps;
    expect(await waterfalls.byName(MEMBER, 'mine')).toBeNull();
    expect(await waterfalls.byName(MEMBER, 'mine\0')).toBeNull();
    expect(await waterfalls.defaultFor(MEMBER, 'COMPANIES')).toBeNull();
    const { id } = await save(ADMIN, { name: 'mine', defaultFor: 'COMPANIES' });
    const steps = [step('FIRMABLE'), step('APOLLO')];
    expect(await waterfalls.byName(MEMBER, 'mine')).toEqual(steps);
    expect(await waterfalls.defaultFor(MEMBER, 'COMPANIES')).toEqual(steps);
    expect(await waterfalls.defaultFor(MEMBER, 'PEOPLE')).toBeNull();
    await save(ADMIN, { id, name: 'mine', steps: [{ provider: 'APOLLO' }] });
    expect(await waterfalls.byName(MEMBER, 'mine')).toEqual([step('APOLLO')]);
    expect(await waterfalls.defaultFor(MEMBER, 'COMPANIES')).toBeNull();
    await deleteWaterfall(deps, ADMIN, id);
    expect(await waterfalls.byName(MEMBER, 'mine')).toBeNull();
  });

  it('hears of another instance’s change within the time that steps are remembered', async () => {
    const { ADMIN, MEMBER } = await callers();
    const beside = open();
    expect(await beside.waterfalls.defaultFor(MEMBER, 'PEOPLE')).toBeNull();
    await save(ADMIN, { defaultFor: 'PEOPLE' });
    await expect
      .poll(() => beside.waterfalls.defaultFor(MEMBER, 'PEOPLE'), { timeout: 5_000 })
      .not.toBeNull();
  });

  it('shares one statement with all that come at the same time', async () => {
    const { MEMBER } = await callers();
    let statements = 0;
    const db = new Proxy(store.database.db, {
      get: (target, name) => {
        if (name === 'select') statements += 1;
        return Reflect.get(target, name);
      },
    });
    const finder = createWaterfallFinder({ database: { ...store.database, db } });
    await Promise.all(Array.from({ length: 50 }, () => finder.defaultFor(MEMBER, 'PEOPLE')));
    expect(statements).toBe(1);
  });

  it('learns whose key a connection is, and nothing of another workspace’s', async () => {
    const [ours, theirs] = [await callers(), await callers()];
    const { id } = await connect(connections, ours.ADMIN, { key: newKey() });
    expect(await deps.waterfalls.providerOfConnection(ours.MEMBER, id)).toBe('FIRMABLE');
    expect(await deps.waterfalls.providerOfConnection(theirs.MEMBER, id)).toBeNull();
    expect(await deps.waterfalls.providerOfConnection(ours.MEMBER, 'con_1')).toBeNull();
  });

  it('is not made where the database is away: LEDGER_UNAVAILABLE', async () => {
    const { MEMBER } = await callers();
    const database = openDatabase(store.address);
    await database.close();
    const finder = createWaterfallFinder({ database });
    expect(await outcomeOf(finder.byName(MEMBER, 'mine'))).toBe('LEDGER_UNAVAILABLE');
    expect(await outcomeOf(finder.defaultFor(MEMBER, 'PEOPLE'))).toBe('LEDGER_UNAVAILABLE');
  });
});
