import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { budgetsOf, set } from '../budgets/setup.js';
import { ended, entriesOf, openLedger, requestFor, type TestAccount } from '../ledger/setup.js';
import { startGateway, type TestGateway } from '../http/start-gateway.js';

let gateway: TestGateway;
let ledger: Ledger;
let account: TestAccount;
beforeAll(async () => {
  gateway = await startGateway();
  ledger = openLedger(gateway.context.database);
  const { workspaceId } = await gateway.context.findCaller(gateway.token);
  account = { workspaceId, accountId: workspaceId };
});
afterAll(async () => {
  await ledger.close(1_000);
  await gateway.close();
});

/** A presumed charge of 9 credits at a provider that charges for every fetch, unless overridden. */
const presume = async (lookupKey: string, refetchCredits = 9n): Promise<string> => {
  const request = requestFor(account, lookupKey, {
    credits: 9n,
    refetchCredits,
    labels: { provider: 'APOLLO', tokenId: (await gateway.context.findCaller(gateway.token)).tokenId },
  });
  await ledger.reserve(request);
  await ledger.settle(ended(request, 'UNKNOWN'));
  return request.id;
};

const decide = async (entry: string, decision: string, reason = 'compared', token = gateway.token) => {
  const { body } = await gateway.post(
    `mutation M($input: DecidePresumedChargeInput!) { decidePresumedCharge(input: $input) {
      correction { kind charge creditsCharged reason decidedBy { name } } userErrors { code field }
    } }`,
    { input: { entry: `ent_${entry}`, decision, reason } },
    { authorization: `Bearer ${token}` },
  );
  return body.data?.['decidePresumedCharge'];
};

it('returns or confirms the credits once, with who decided and why', async () => {
  const caller = await gateway.context.findCaller(gateway.token);
  const { database } = gateway.context;
  const { budget } = await set(budgetsOf(database), caller, { limit: 1_000n, startFrom: 'NOW' });
  const [lost, charged] = [await presume('person:id:lost'), await presume('person:id:charged')];
  const spent = async () => {
    const [row] = await database.sql`select spent::int from budget_periods where budget_id = ${budget.id}`;
    return row?.['spent'];
  };
  expect(await spent()).toBe(18);

  expect(await decide(lost, 'NOT_CHARGED', ' not in the usage ')).toEqual({
    correction: {
      kind: 'CORRECTION',
      charge: 'NONE',
      creditsCharged: -9,
      reason: 'not in the usage',
      decidedBy: { name: caller.tokenName },
    },
    userErrors: [],
  });
  expect(await decide(charged, 'CHARGED')).toMatchObject({
    correction: { charge: 'CHARGED', creditsCharged: 0 },
  });
  expect(await spent()).toBe(9);
  for (const decision of ['CHARGED', 'NOT_CHARGED']) {
    expect(await decide(lost, decision)).toEqual({
      correction: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['entry'] }],
    });
  }
  expect((await verifyLedger(database)).disagreements).toEqual([]);
});

it('decides once when two decisions are sent at once', async () => {
  const id = await presume('person:id:race');
  const results = await Promise.all(
    ['CHARGED', 'NOT_CHARGED', 'CHARGED', 'NOT_CHARGED'].map((decision) => decide(id, decision)),
  );
  expect(results.filter((result) => Object(result)['correction'] !== null)).toHaveLength(1);
  const corrections = (await entriesOf(gateway.context.database, account)).filter(
    ({ correctsEntryId }) => correctsEntryId === id,
  );
  expect(corrections).toHaveLength(1);
  expect((await verifyLedger(gateway.context.database)).disagreements).toEqual([]);
});

it('refuses a charge that a lookup can prove, one of nobody, an empty reason, and any other role', async () => {
  const provable = await presume('company:domain:provable.example', 0n);
  expect(await decide(provable, 'NOT_CHARGED')).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
  expect(await decide('nobody', 'CHARGED')).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
  const id = await presume('person:id:refused');
  expect(await decide(id, 'CHARGED', ' ')).toMatchObject({ userErrors: [{ code: 'INVALID_INPUT' }] });
  for (const role of ['MANAGER', 'MEMBER'] as const) {
    const refused = await decide(id, 'CHARGED', 'why', await gateway.tokenOf(role));
    expect(refused).toMatchObject({ userErrors: [{ code: 'FORBIDDEN' }] });
  }
});
