import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import type { PresumedCause } from '../../src/ledger/types.js';
import { newId } from '../../src/platform/ids.js';
import { budgetsOf, set } from '../budgets/setup.js';
import { startGateway, type TestGateway } from '../http/start-gateway.js';
import { entriesOf, openLedger, requestFor, type TestAccount } from '../ledger/setup.js';
import { createWorkspace } from '../support/workspace.js';

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

type Presumed = {
  refetchCredits?: bigint;
  cause?: PresumedCause | null;
  connectionId?: string;
  of?: TestAccount;
};

/** A presumed charge of 9 credits at a provider that charges for every fetch, unless overridden. */
const presume = async (
  lookupKey: string,
  { refetchCredits = 9n, cause = 'TIMEOUT', connectionId, of = account }: Presumed = {},
): Promise<string> => {
  const request = requestFor(of, lookupKey, {
    credits: 9n,
    refetchCredits,
    labels: {
      provider: refetchCredits === 0n ? 'FIRMABLE' : 'APOLLO',
      tokenId: (await gateway.context.findCaller(gateway.token)).tokenId,
      connectionId: connectionId ?? null,
    },
  });
  await ledger.reserve(request);
  await ledger.settle({
    reservation: request,
    outcome: 'UNKNOWN',
    problem: 'PROVIDER_TIMEOUT',
    latencyMs: 5,
    charged: null,
    presumedCause: cause,
  });
  return request.id;
};

const resolve = async (entry: string, charged: boolean, reason = 'compared', token = gateway.token) => {
  const { body } = await gateway.post(
    `mutation M($input: ResolvePresumedChargeInput!) { resolvePresumedCharge(input: $input) {
      correction { id kind charge creditsCharged reason decidedBy { name } } userErrors { code field }
    } }`,
    { input: { id: `ent_${entry}`, charged, reason } },
    { authorization: `Bearer ${token}` },
  );
  return Object(body.data?.['resolvePresumedCharge']);
};

const resolveAll = async (filter: object, charged: boolean, token = gateway.token) => {
  const { body } = await gateway.post(
    `mutation M($input: ResolvePresumedChargesInput!) { resolvePresumedCharges(input: $input) {
      resolvedCount creditsConfirmed creditsReturned inFlightCount remainingCount remainingCredits userErrors { code field }
    } }`,
    { input: { filter, charged, reason: 'outage' } },
    { authorization: `Bearer ${token}` },
  );
  return Object(body.data?.['resolvePresumedCharges']);
};

const list = async (filter: object | null, page: object = {}) => {
  const { body } = await gateway.post(
    `query Q($filter: PresumedChargeFilter, $first: Int, $after: String) {
      presumedCharges(filter: $filter, first: $first, after: $after) {
        nodes { id cause credits provider provenByLookup entry { charge presumedCause } }
        pageInfo { hasNextPage endCursor } totalCount totalCredits byProvider { provider count credits oldestAt }
      } }`,
    { filter, ...page },
  );
  return Object(body.data?.['presumedCharges'] ?? body.errors);
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

  const returned = await resolve(lost, false, ' not in the usage ');
  expect(returned).toMatchObject({
    correction: {
      kind: 'CORRECTION',
      charge: 'NONE',
      creditsCharged: -9,
      reason: 'not in the usage',
      decidedBy: { name: caller.tokenName },
    },
    userErrors: [],
  });
  expect(await resolve(charged, true)).toMatchObject({
    correction: { charge: 'CHARGED', creditsCharged: 0 },
  });
  expect(await spent()).toBe(9);
  // The same decision again returns the same correction; the opposite one is refused.
  expect(await resolve(lost, false, 'again')).toEqual(returned);
  expect(await resolve(lost, true)).toEqual({
    correction: null,
    userErrors: [{ code: 'ALREADY_RESOLVED', field: ['charged'] }],
  });
  expect(await spent()).toBe(9);
  expect((await verifyLedger(database)).disagreements).toEqual([]);
});

it('refuses a period that ends before it starts', async () => {
  const period = { from: '2027-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' };
  expect(await list(period)).toMatchObject([
    {
      message: expect.stringContaining('"to" must be later than "from"'),
      extensions: { code: 'BAD_REQUEST' },
    },
  ]);
});

it('decides once when opposite decisions are sent at once', async () => {
  const id = await presume('person:id:race');
  const results = await Promise.all([true, false, true, false].map((charged) => resolve(id, charged)));
  const refused = results.filter(({ correction }) => correction === null);
  expect(refused).toHaveLength(2);
  const corrections = (await entriesOf(gateway.context.database, account)).filter(
    ({ correctsEntryId }) => correctsEntryId === id,
  );
  expect(corrections).toHaveLength(1);
  expect((await verifyLedger(gateway.context.database)).disagreements).toEqual([]);
});

it('resolves a charge of a provider that charges a record once, and counts it once', async () => {
  const id = await presume('company:domain:once.example', { refetchCredits: 0n });
  expect(await resolve(id, true)).toMatchObject({ correction: { charge: 'CHARGED', creditsCharged: 0 } });
  const again = requestFor(account, 'company:domain:once.example', { credits: 9n });
  expect(await ledger.reserve(again)).toMatchObject({ status: 'RESERVED', credits: 0n });
});

it('refuses a charge of another workspace, one of nobody, an empty reason, and any other role', async () => {
  const other = await createWorkspace(gateway.context.database, 'other');
  const foreign = await presume('person:id:foreign', { of: { workspaceId: other.id, accountId: newId() } });
  for (const id of [foreign, newId(), 'nobody']) {
    expect(await resolve(id, true)).toMatchObject({ userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] });
  }
  const id = await presume('person:id:refused');
  expect(await resolve(id, true, ' ')).toMatchObject({ userErrors: [{ code: 'INVALID_INPUT' }] });
  for (const role of ['MANAGER', 'MEMBER'] as const) {
    const token = await gateway.tokenOf(role);
    expect(await resolve(id, true, 'why', token)).toMatchObject({ userErrors: [{ code: 'FORBIDDEN' }] });
    expect(await resolveAll({}, true, token)).toMatchObject({
      resolvedCount: 0,
      userErrors: [{ code: 'FORBIDDEN' }],
    });
  }
  expect(await resolveAll({}, true)).toMatchObject({ remainingCount: 0 });
  expect(await gateway.context.database.sql`select state from reservations where id = ${foreign}`).toEqual([
    { state: 'PENDING_CONFIRMATION' },
  ]);
});

it('lists, adds up and filters by provider, connection, cause and age, oldest first', async () => {
  await resolveAll({}, false);
  const { database } = gateway.context;
  const connectionId = newId();
  const apollo = await presume('person:id:one', { cause: 'SERVER_ERROR', connectionId });
  const firmable = await presume('company:domain:two.example', { refetchCredits: 0n, cause: 'CRASH' });
  const old = await presume('person:id:three', { cause: null });
  await database.sql`update reservations set reserved_at = now() - interval '2 days' where id = ${old}`;

  const all = await list(null);
  expect(all.nodes.map(({ id }: { id: string }) => id)).toEqual(
    [old, apollo, firmable].map((id) => `ent_${id}`),
  );
  expect(all).toMatchObject({
    totalCount: 3,
    totalCredits: 27,
    byProvider: [
      { provider: 'APOLLO', count: 2, credits: 18 },
      { provider: 'FIRMABLE', count: 1, credits: 9 },
    ],
  });
  expect(all.nodes[0]).toMatchObject({
    cause: 'UNKNOWN',
    entry: { charge: 'PRESUMED', presumedCause: null },
  });
  expect(all.nodes[2]).toMatchObject({ cause: 'CRASH', provenByLookup: true });
  const idsOf = async (filter: object) =>
    (await list(filter)).nodes.map(({ id }: { id: string }) => id.slice('ent_'.length));
  expect(await idsOf({ provider: 'FIRMABLE' })).toEqual([firmable]);
  expect(await idsOf({ connection: `con_${connectionId}` })).toEqual([apollo]);
  expect(await idsOf({ cause: 'UNKNOWN' })).toEqual([old]);
  expect(await idsOf({ cause: 'SERVER_ERROR' })).toEqual([apollo]);
  expect(await idsOf({ olderThan: '1d' })).toEqual([old]);
  expect(await idsOf({ from: new Date(Date.now() - 3_600_000).toISOString() })).toEqual([apollo, firmable]);
  expect(await idsOf({ to: new Date(Date.now() - 3_600_000).toISOString() })).toEqual([old]);
  expect(await list({ connection: 'con_nothing' })).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);

  const first = await list(null, { first: 2 });
  expect(first.pageInfo.hasNextPage).toBe(true);
  const second = await list(null, { first: 2, after: first.pageInfo.endCursor });
  expect(second.nodes.map(({ id }: { id: string }) => id)).toEqual([`ent_${firmable}`]);
  await database.sql`
    update reservations r set reserved_at = e.occurred_at from entries e where e.id = r.id and r.id = ${old}`;
});

it('resolves everything of an outage by repeated calls, each charge once', async () => {
  await resolveAll({}, false);
  for (let number = 0; number < 5; number += 1)
    await presume(`person:id:outage${number}`, { cause: 'SERVER_ERROR' });
  const kept = await presume('person:id:kept', { cause: 'TIMEOUT' });
  const results = await Promise.all(
    Array.from({ length: 4 }, () => resolveAll({ provider: 'APOLLO', cause: 'SERVER_ERROR' }, false)),
  );
  const sumOf = (field: string) => results.reduce((sum: number, one) => sum + one[field], 0);
  expect(sumOf('resolvedCount')).toBe(5);
  expect(sumOf('creditsReturned')).toBe(45);
  expect(sumOf('creditsConfirmed')).toBe(0);
  expect(await resolveAll({ cause: 'SERVER_ERROR' }, false)).toEqual({
    resolvedCount: 0,
    creditsConfirmed: 0,
    creditsReturned: 0,
    inFlightCount: 0,
    remainingCount: 0,
    remainingCredits: 0,
    userErrors: [],
  });
  expect((await list(null)).nodes).toMatchObject([{ id: `ent_${kept}` }]);
  expect((await verifyLedger(gateway.context.database)).disagreements).toEqual([]);
});
