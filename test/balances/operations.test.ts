import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Caller } from '../../src/access/caller.js';
import type { SetBalancePlanInput } from '../../src/balances/balance-input.js';
import { setBalancePlan } from '../../src/balances/set-balance-plan.js';
import { createBalanceReader } from '../../src/balances/read-balance.js';
import { listReadings, recordBalance } from '../../src/balances/readings.js';
import { createVault, type Vault } from '../../src/connections/vault.js';
import { GatewayError } from '../../src/errors.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { outcomeOf } from '../support/outcome.js';
import { charge, createPayer, daysAgo } from './setup.js';

let store: TestDatabase;
let deps: { database: TestDatabase['database']; vault: Vault; refreshBalance: () => Promise<void> };
beforeAll(async () => {
  store = await createTestDatabase();
  const { database } = store;
  const vault = createVault({ database, secrets: [randomBytes(32)] });
  deps = { database, vault, refreshBalance: () => Promise.resolve() };
});
afterAll(() => store.close());

const declare = async (caller: Caller, connection: string, input: Partial<SetBalancePlanInput> = {}) => {
  const declaration = { connection, monthlyCredits: 1_000n, renewalDay: 1, ...input };
  return await setBalancePlan(deps, caller, declaration);
};
const get = (caller: Caller, connection: string) => createBalanceReader(deps)(caller, connection);
const pageOf = (accountId: string, first = 10, after: string | null = null) => ({ accountId, first, after });

describe('declaring', () => {
  it('uses defaults when fields are omitted: rollover, UTC, 80 and 100, no pools', async () => {
    const { as, connection } = await createPayer(store.database);
    const { plan } = await declare(as.ADMIN, connection.id);
    expect(plan).toMatchObject({ rollover: true, timeZone: 'UTC', thresholds: [80, 100], pools: [] });
  });

  it('replaces plan and pools as one, and is the same through every connection of the account', async () => {
    const { as, connection, more } = await createPayer(store.database);
    const twin = await more(connection.accountId);
    const pool = { name: 'launch', credits: 250n, startsAt: daysAgo(90) };
    const first = await declare(as.ADMIN, connection.id, { pools: [pool, { ...pool, name: 'other' }] });
    expect(first.remaining).toBe(1_500n);
    const second = await declare(as.ADMIN, twin.id, {
      monthlyCredits: 400n,
      renewalDay: 31,
      rollover: false,
      timeZone: 'Australia/Sydney',
      thresholds: [90, 50, 90],
      pools: [{ ...pool, endsAt: new Date('2100-01-01T00:00:00Z') }],
    });
    const seen = await get(as.VIEWER, connection.id);
    expect(seen).toMatchObject({
      accountId: connection.accountId,
      connection: { id: connection.id },
      remaining: 650n,
      plan: {
        monthlyCredits: 400n,
        renewalDay: 31,
        rollover: false,
        timeZone: 'Australia/Sydney',
        thresholds: [50, 90],
        pools: [{ name: 'launch', credits: 250n, endsAt: new Date('2100-01-01T00:00:00Z') }],
      },
    });
    expect(second.plan).toEqual(seen.plan);
  });

  it('adds those of a pool that is bought again after the last of its name has lapsed', async () => {
    const { as, connection } = await createPayer(store.database);
    const declareWith = (pool: { startsAt?: Date; endsAt: Date }) =>
      setBalancePlan(deps, as.ADMIN, {
        connection: connection.id,
        monthlyCredits: 1_000n,
        renewalDay: 1,
        pools: [{ name: 'pack', credits: 2_000n, ...pool }],
      });
    await declareWith({ startsAt: daysAgo(90), endsAt: daysAgo(30) });
    await recordBalance(deps, as.ADMIN, { connection: connection.id, credits: 500n });
    const balance = await declareWith({ endsAt: new Date('2100-01-01T00:00:00Z') });
    expect(balance.remaining).toBe(2_500n);
  });

  it('adds no credits where the same is declared again, pools without a beginning included', async () => {
    const { as, connection } = await createPayer(store.database);
    const pools = [
      { name: 'pack', credits: 2_000n },
      { name: 'small pack', credits: 50n, endsAt: new Date('2100-01-01T00:00:00Z') },
    ];
    const first = await declare(as.ADMIN, connection.id, { pools });
    await recordBalance(deps, as.ADMIN, { connection: connection.id, credits: 2_412n });
    const again = await declare(as.ADMIN, connection.id, { pools, thresholds: [90] });
    expect(again.remaining).toBe(2_412n);
    const startsOf = ({ plan }: typeof first) => plan?.pools.map(({ startsAt }) => startsAt);
    expect(startsOf(again)).toEqual(startsOf(first));
    const more = [...pools, { name: 'another pack', credits: 7n }];
    expect((await declare(as.ADMIN, connection.id, { pools: more })).remaining).toBe(2_419n);
  });

  it('keeps the plan and pools of one call when two run at once', async () => {
    const { as, connection } = await createPayer(store.database);
    const of = (count: number) =>
      declare(as.ADMIN, connection.id, {
        monthlyCredits: BigInt(count),
        pools: Array.from({ length: count }, (_, index) => ({ name: `${count} ${index}`, credits: 1n })),
      });
    await Promise.all([of(3), of(5), of(7), of(2)]);
    const { plan } = await get(as.ADMIN, connection.id);
    expect(plan?.pools).toHaveLength(Number(plan?.monthlyCredits));
    expect(new Set(plan?.pools.map(({ name }) => name.split(' ')[0]))).toEqual(
      new Set([String(plan?.monthlyCredits)]),
    );
  });

  it.each<[string, Partial<SetBalancePlanInput>, string[]]>([
    ['credits below zero', { monthlyCredits: -1n }, ['monthlyCredits']],
    ['credits past one number', { monthlyCredits: 2n ** 31n }, ['monthlyCredits']],
    [
      'credits past one number together with its pools',
      {
        monthlyCredits: 2n ** 31n - 8n,
        pools: [
          { name: 'a', credits: 4n },
          { name: 'b', credits: 4n },
        ],
      },
      ['pools'],
    ],
    ['a day that no month has', { renewalDay: 32 }, ['renewalDay']],
    ['a day 0', { renewalDay: 0 }, ['renewalDay']],
    ['a zone of two meanings', { timeZone: 'EST' }, ['timeZone']],
    ['an offset', { timeZone: '+10:00' }, ['timeZone']],
    ['a threshold of nothing', { thresholds: [0] }, ['thresholds', '0']],
    [
      'two pools of one name',
      {
        pools: [
          { name: 'pack', credits: 1n },
          { name: 'other', credits: 1n },
          { name: ' pack ', credits: 2n },
        ],
      },
      ['pools', '2', 'name'],
    ],
    ['a nameless pool', { pools: [{ name: ' ', credits: 1n }] }, ['pools', '0', 'name']],
    [
      'a pool that ends before it begins',
      {
        pools: [
          { name: 'a', credits: 1n },
          { name: 'b', credits: 1n, endsAt: daysAgo(1) },
        ],
      },
      ['pools', '1', 'endsAt'],
    ],
  ])('refuses %s and changes nothing', async (_, input, field) => {
    const { as, connection } = await createPayer(store.database);
    await declare(as.ADMIN, connection.id, { pools: [{ name: 'kept', credits: 5n }] });
    const refused = await declare(as.ADMIN, connection.id, input).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(GatewayError);
    expect(refused).toMatchObject({ code: 'INVALID_INPUT', field });
    expect((await get(as.ADMIN, connection.id)).plan).toMatchObject({
      monthlyCredits: 1_000n,
      pools: [{ name: 'kept' }],
    });
  });
});

it('names the pool when two pools have one name, without a key in it', async () => {
  const { as, connection } = await createPayer(store.database);
  const twice = (name: string) =>
    declare(as.ADMIN, connection.id, {
      pools: [
        { name, credits: 1n },
        { name, credits: 2n },
      ],
    });
  await expect(twice('launch pack')).rejects.toThrow('Two pools are named "launch pack": give each pool');
  await expect(twice('fbl_canary0123456789')).rejects.toThrow('Two pools are named "fbl_[cut]"');
});

describe('recording', () => {
  it('starts the estimate at the reading, with later charges and the drift between', async () => {
    const { as, id, connection } = await createPayer(store.database);
    const place = { workspaceId: id, accountId: connection.accountId };
    await recordBalance(deps, as.ADMIN, {
      connection: connection.id,
      credits: 500n,
      observedAt: daysAgo(10),
    });
    await charge(store.database, place, [
      { at: daysAgo(11), credits: 999 },
      { at: daysAgo(8), credits: 30 },
      { at: daysAgo(2), credits: 4 },
    ]);
    await recordBalance(deps, as.ADMIN, { connection: connection.id, credits: 400n, observedAt: daysAgo(5) });
    const balance = await get(as.VIEWER, connection.id);
    expect(balance).toMatchObject({
      remaining: 396n,
      estimated: true,
      latestReading: { credits: 400n, source: 'RECORDED' },
      drift: [{ before: 500n, after: 400n, granted: 0n, gatewaySpend: 30n, externalSpend: 70n }],
    });
  });

  it('defaults to now, and replaces a reading of the same instant', async () => {
    const { as, connection } = await createPayer(store.database);
    const record = (credits: bigint, at?: Date) =>
      recordBalance(deps, as.ADMIN, { connection: connection.id, credits, observedAt: at });
    const { latestReading, asOf } = await record(5_000n);
    expect(asOf.getTime() - (latestReading?.at.getTime() ?? 0)).toBeLessThan(5_000);
    const corrected = await record(500n, latestReading?.at);
    expect(corrected).toMatchObject({ remaining: 500n, drift: [], latestReading: { at: latestReading?.at } });
    expect((await listReadings(deps, as.VIEWER, pageOf(connection.accountId))).items).toHaveLength(2);
  });

  it('refuses a future instant and a malformed balance', async () => {
    const { as, connection } = await createPayer(store.database);
    const record = (credits: bigint, at: Date | null) =>
      recordBalance(deps, as.ADMIN, { connection: connection.id, credits, observedAt: at });
    expect(await outcomeOf(record(1n, new Date(Date.now() + 120_000)))).toBe('INVALID_INPUT');
    expect(await outcomeOf(record(-1n, null))).toBe('INVALID_INPUT');
    expect((await get(as.ADMIN, connection.id)).latestReading).toBeNull();
    // A clock a little ahead is no mistake; the reading is then of now.
    expect((await record(9n, new Date(Date.now() + 20_000))).remaining).toBe(9n);
  });
});
