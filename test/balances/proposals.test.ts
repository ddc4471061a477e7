import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { budgetsOf, set } from '../budgets/setup.js';
import { dataOf, type TestGateway } from '../http/start-gateway.js';
import { createRandom } from '../simulator/random.js';
import { type Listed, openPayer, readBalances, readLater, startProposals } from './proposals-setup.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startProposals();
});
afterAll(() => gateway.close());

/** What the sandbox's account of every flaky key of Apollo has left. */
const creditsLeft = (): number =>
  gateway.context.sandboxServer?.account('apollo_sandbox_flaky').creditsLeft ?? 0;

let keys = 0;
let payer: Awaited<ReturnType<typeof openPayer>>;
beforeEach(async () => {
  payer = await openPayer(gateway, `apollo_sandbox_flaky_${(keys += 1)}`);
});

const only = async (list = payer.list): Promise<Listed> => {
  const [one, ...others] = await list();
  if (one === undefined || others.length > 0) throw new Error(`${others.length + 1} presumed charges`);
  return one;
};

/** Spends credits of the account without the gateway: of the sandbox's Apollo. */
const spendOutside = async (): Promise<void> => {
  const url = gateway.context.sandboxServer?.urls.APOLLO;
  const before = creditsLeft();
  await fetch(`${url}/organizations/enrich?domain=harbourline.example`, {
    headers: { 'x-api-key': 'apollo_sandbox_flaky_outside' },
  });
  if (creditsLeft() === before) await spendOutside();
};

const resolveAll = async (filter: object, charged: boolean, headers = {}) =>
  dataOf<{ resolvedCount: number; creditsReturned: number; creditsConfirmed: number; userErrors: object[] }>(
    await gateway.post(
      `mutation M($input: ResolvePresumedChargesInput!) { resolvePresumedCharges(input: $input) {
        resolvedCount creditsReturned creditsConfirmed userErrors { code field } } }`,
      { input: { filter: { connection: payer.connection, ...filter }, charged, reason: 'as proposed' } },
      headers,
    ),
    'resolvePresumedCharges',
  );

it('proposes charged, then not charged, as the provider has counted', async () => {
  await readBalances(gateway);
  const before = creditsLeft();
  expect(await payer.lookUp()).toBe('FOUND');
  await payer.presume('CONNECTION_LOST');
  await readLater(gateway);
  const spent = before - creditsLeft();
  expect((await only()).proposal).toEqual({
    charged: true,
    message: expect.stringMatching(/^Charged: .* one presumed charge\. This assumes that nothing else spent/),
    balanceFell: spent,
    gatewaySpend: spent - 1,
    presumedCount: 1,
    presumedCredits: 1,
    readingBefore: { credits: before, source: 'REPORTED' },
    readingAfter: { credits: creditsLeft(), source: 'REPORTED' },
  });
  // The next call of a flaky key is lost by a proxy, and not charged.
  await payer.presume('SERVER_ERROR');
  expect((await payer.list()).map(({ proposal }) => proposal?.charged)).toEqual([true, null]);
  await readLater(gateway);
  expect((await payer.list()).map(({ proposal }) => proposal?.charged)).toEqual([true, false]);
  expect((await payer.list())[1]?.proposal?.message).toMatch(/^Not charged: the balance did not fall\./);
});

it('resolves what is proposed with one call for each answer, and nothing that contradicts it', async () => {
  const caller = await gateway.context.findCaller(gateway.token);
  const { database } = gateway.context;
  const { budget } = await set(budgetsOf(database), caller, { limit: 1_000n, startFrom: 'NOW' });
  const spent = async () =>
    (await database.sql`select spent::int from budget_periods where budget_id = ${budget.id}`)[0]?.['spent'];
  await readBalances(gateway);
  const before = creditsLeft();
  await payer.presume('CONNECTION_LOST');
  await readLater(gateway);
  await payer.presume('SERVER_ERROR');
  await readLater(gateway);
  expect(await spent()).toBe(before - creditsLeft() + 1);
  expect(await resolveAll({ proposed: 'NOT_CHARGED' }, true)).toMatchObject({
    resolvedCount: 0,
    userErrors: [{ code: 'INVALID_INPUT', field: ['charged'] }],
  });
  const [charged, notCharged] = await payer.list();
  expect(await payer.list({ proposed: 'CHARGED' })).toEqual([charged]);
  expect(await payer.list({ proposed: 'NOT_CHARGED' })).toEqual([notCharged]);
  expect(await payer.list({ proposed: 'CHARGED', cause: 'SERVER_ERROR' })).toEqual([]);
  for (const role of ['VIEWER', 'MANAGER'] as const) {
    const headers = { authorization: `Bearer ${await gateway.tokenOf(role)}` };
    const post: typeof gateway.post = (query, variables) => gateway.post(query, variables, headers);
    expect(
      dataOf(await post('{ presumedCharges { nodes { proposal { charged } } } }'), 'presumedCharges'),
    ).toEqual({
      nodes: expect.arrayContaining([{ proposal: { charged: true } }, { proposal: { charged: false } }]),
    });
    expect(await resolveAll({ proposed: 'CHARGED' }, true, headers)).toMatchObject({
      resolvedCount: 0,
      userErrors: [{ code: 'FORBIDDEN' }],
    });
  }
  expect(await resolveAll({ proposed: 'NOT_CHARGED' }, false)).toMatchObject({
    resolvedCount: 1,
    creditsReturned: 1,
    userErrors: [],
  });
  expect(await resolveAll({ proposed: 'CHARGED' }, true)).toMatchObject({
    resolvedCount: 1,
    creditsConfirmed: 1,
  });
  expect(await resolveAll({ proposed: 'CHARGED' }, true)).toMatchObject({ resolvedCount: 0, userErrors: [] });
  expect(await spent()).toBe(before - creditsLeft());
  expect(await payer.list()).toEqual([]);
  expect((await verifyLedger(database)).disagreements).toEqual([]);
});

it('implies nothing of single charges when some of several were made, until the others are resolved', async () => {
  await readBalances(gateway);
  await payer.presume('CONNECTION_LOST');
  await payer.presume('SERVER_ERROR');
  await readLater(gateway);
  const [charged, notCharged] = await payer.list();
  for (const one of [charged, notCharged]) {
    expect(one?.proposal).toMatchObject({ charged: null, presumedCount: 2, presumedCredits: 2 });
    expect(one?.proposal?.message).toMatch(
      /the balance fell by 1 credits, and 2 presumed charges cost up to 2/,
    );
  }
  const decide = async (id: string | undefined, decision: boolean) =>
    await gateway.post(
      `mutation M($input: ResolvePresumedChargeInput!) { resolvePresumedCharge(input: $input) { userErrors { code } } }`,
      { input: { id, charged: decision, reason: 'seen in the usage' } },
    );
  await decide(charged?.id, true);
  expect((await only()).proposal).toMatchObject({
    charged: false,
    presumedCount: 1,
    gatewaySpend: expect.any(Number),
  });
});

it('implies nothing when something else has spent credits, or credits were granted', async () => {
  await readBalances(gateway);
  await payer.presume('CONNECTION_LOST');
  await spendOutside();
  await readLater(gateway);
  expect((await only()).proposal).toMatchObject({
    charged: null,
    message: expect.stringMatching(/the balance fell by 2 credits, more than the 1 of one presumed charge/),
  });
  const { database } = gateway.context;
  const [reading] = await database.sql`
    update balance_readings set credits = credits + 500 where id in (
      select id from balance_readings where includes_calls_before is not null order by observed_at desc limit 1)
    returning credits::int`;
  expect(reading).toBeDefined();
  const [account] =
    await database.sql`select account_id from connections where id = ${payer.connection.slice(4)}`;
  await database.sql`
    update balance_readings set credits = 20000
    where account_id = ${account?.['account_id']} and id in (
      select id from balance_readings where account_id = ${account?.['account_id']} order by observed_at desc limit 1)`;
  expect((await only()).proposal).toMatchObject({
    charged: null,
    message: expect.stringMatching(/^The balance rose by \d+ credits/),
  });
});

it('implies nothing when a pool of the plan started between the readings', async () => {
  await readBalances(gateway);
  await payer.presume('SERVER_ERROR');
  await readLater(gateway);
  const startsAt = new Date(Date.now() - 5 * 60_000).toISOString();
  await gateway.post(
    `mutation M($input: SetBalancePlanInput!) { setBalancePlan(input: $input) { userErrors { message } } }`,
    {
      input: {
        connection: payer.connection,
        monthlyCredits: 100,
        renewalDay: 1,
        pools: [{ name: 'extra', credits: 10, startsAt }],
      },
    },
  );
  expect((await payer.list()).at(-1)?.proposal).toMatchObject({
    charged: null,
    message: expect.stringMatching(/the plan renewed, or an add-on pool started/),
    balanceFell: expect.any(Number),
  });
});

it('proposes nothing for a call whose credits the reported balance does not include', async () => {
  payer = await openPayer(gateway, 'pdl_sandbox_flaky_people');
  await readBalances(gateway);
  await payer.presume('SERVER_ERROR');
  expect(await payer.lookUp('person')).toBe('FAILED');
  await readLater(gateway);
  expect((await only()).proposal).toMatchObject({
    charged: null,
    message: 'The balance that the provider reports does not include this operation.',
  });
  await payer.presume('SERVER_ERROR', 'person');
  await payer.lookUp('company');
  expect(await payer.lookUp('company')).toBe('FOUND');
  await readLater(gateway);
  const people = (await payer.list()).at(-1);
  // The credits of companies are others, so what they cost is not in the balance.
  expect(people?.proposal).toMatchObject({ charged: false, presumedCount: 1 });
});

it('never proposes what the provider has not counted, in any order of calls, readings and other spending', async () => {
  const random = createRandom(randomInt(2 ** 31));
  await readBalances(gateway);
  let outside = false;
  for (let step = 0; step < 40; step += 1) {
    if (random.chance(0.6)) await payer.lookUp();
    else if (random.chance(0.1)) {
      await spendOutside();
      outside = true;
    } else await readLater(gateway, random.pick([0, 15]));
  }
  await readLater(gateway);
  // The sandbox has charged the calls whose answer was cut, and none that its proxy lost.
  const wrong = (await payer.list()).filter(({ cause, proposal }) =>
    proposal?.charged === true
      ? !outside && cause !== 'CONNECTION_LOST'
      : proposal?.charged === false && cause !== 'SERVER_ERROR',
  );
  expect(wrong).toEqual([]);
});
