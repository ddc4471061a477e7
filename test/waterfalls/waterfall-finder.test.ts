import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { openDatabase } from '../../src/platform/database.js';
import { createWaterfallFinder } from '../../src/waterfalls/create-waterfall-finder.js';
import { deleteWaterfall } from '../../src/waterfalls/delete-waterfall.js';
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
describe('the waterfall finder', () => {
  it('finds a change at once, also when it had just found nothing', async () => {
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

  it('finds another instance’s change when its cache expires', async () => {
    const { ADMIN, MEMBER } = await callers();
    const beside = open();
    expect(await beside.waterfalls.defaultFor(MEMBER, 'PEOPLE')).toBeNull();
    await save(ADMIN, { defaultFor: 'PEOPLE' });
    await expect
      .poll(() => beside.waterfalls.defaultFor(MEMBER, 'PEOPLE'), { timeout: 5_000 })
      .not.toBeNull();
  });

  it('sends one statement when lookups are concurrent', async () => {
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

  it('finds the provider of a connection, and null when it belongs to another workspace', async () => {
    const [ours, theirs] = [await callers(), await callers()];
    const { id } = await connect(connections, ours.ADMIN, { key: newKey() });
    expect(await deps.waterfalls.providerOfConnection(ours.MEMBER, id)).toBe('FIRMABLE');
    expect(await deps.waterfalls.providerOfConnection(theirs.MEMBER, id)).toBeNull();
    expect(await deps.waterfalls.providerOfConnection(ours.MEMBER, 'con_1')).toBeNull();
  });

  it('throws LEDGER_UNAVAILABLE when the database is unavailable', async () => {
    const { MEMBER } = await callers();
    const database = openDatabase(store.address);
    await database.close();
    const finder = createWaterfallFinder({ database });
    expect(await outcomeOf(finder.byName(MEMBER, 'mine'))).toBe('LEDGER_UNAVAILABLE');
    expect(await outcomeOf(finder.defaultFor(MEMBER, 'PEOPLE'))).toBe('LEDGER_UNAVAILABLE');
  });
});
