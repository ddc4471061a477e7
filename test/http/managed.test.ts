import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setPlan } from '../../src/access/workspaces.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { onlyApollo, sampleCompanies } from '../../src/sandbox/samples.js';
import { by, type CompanyAnswer, companyQuery, createTenant, startManaged } from './managed-tenant.js';
import { dataOf, type TestGateway } from './start-gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startManaged();
});
afterAll(() => gateway.close());

describe('a workspace without a key of its own', () => {
  it('pays with the operator’s account, and reports it, when it has no connection', async () => {
    const { lookUp, post, id } = await createTenant(gateway, 'PRO');
    expect(await lookUp(by)).toMatchObject({
      outcome: 'FOUND',
      receipt: {
        charge: 'CHARGED',
        creditsCharged: 1,
        sandbox: true,
        payer: { kind: 'MANAGED', connection: null },
      },
    });
    const { body } = await post(`{
      entries { nodes { payer creditsCharged connection { id } } }
      usage(from: "2020-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z", groupBy: [PAYER]) { rows { payer creditsCharged } }
      providers { name managed health { payer state } }
    }`);
    expect(body.data).toMatchObject({
      entries: { nodes: [{ payer: 'MANAGED', creditsCharged: 1, connection: null }] },
      usage: { rows: [{ payer: 'MANAGED', creditsCharged: 1 }] },
      providers: [
        { name: 'FIRMABLE', managed: true, health: [{ payer: 'MANAGED', state: 'CLOSED' }] },
        { name: 'PEOPLE_DATA_LABS', managed: false, health: [] },
        { name: 'APOLLO', managed: true },
      ],
    });
    expect((await verifyLedger(gateway.context.database, { workspaceId: id })).disagreements).toEqual([]);
  });

  it('is not given a demo when the gateway has managed keys', async () => {
    const answer = await gateway.post(companyQuery, { by });
    expect(dataOf(answer, 'company')).toMatchObject({ receipt: { payer: { kind: 'MANAGED' } } });
    const { body } = await gateway.post('{ connections { totalCount } viewer { workspace { plan } } }');
    expect(body.data).toEqual({ connections: { totalCount: 0 }, viewer: { workspace: { plan: 'PRO' } } });
  });

  it('pays for a record when another workspace has bought it already', async () => {
    const [one, two] = [await createTenant(gateway, 'PRO'), await createTenant(gateway, 'PRO')];
    expect(await one.lookUp(by)).toMatchObject({ receipt: { charge: 'CHARGED' } });
    expect(await one.lookUp(by)).toMatchObject({ receipt: { charge: 'ALREADY_UNLOCKED' } });
    expect(await two.lookUp(by)).toMatchObject({ receipt: { charge: 'CHARGED', creditsCharged: 1 } });
    const { body } = await two.post('{ unlocks { totalCount } }');
    expect(body.data).toEqual({ unlocks: { totalCount: 1 } });
  });

  it('separates its own unlocks from managed ones when it chooses the payer', async () => {
    const { lookUp, connect } = await createTenant(gateway, 'PRO');
    await lookUp(by);
    const { connection } = await connect('fbl_sandbox_ours');
    expect(await lookUp(by)).toMatchObject({ receipt: { charge: 'CHARGED', payer: { kind: 'CONNECTION' } } });
    expect(await lookUp(by, { payer: 'MANAGED' })).toMatchObject({
      receipt: { charge: 'ALREADY_UNLOCKED', payer: { kind: 'MANAGED' } },
    });
    expect(await lookUp(by, { connection: connection?.id })).toMatchObject({
      receipt: { charge: 'ALREADY_UNLOCKED', payer: { kind: 'CONNECTION' } },
    });
    const waterfall = [{ provider: 'APOLLO' }];
    const elsewhere = { domain: onlyApollo.company.domain };
    expect(await lookUp(elsewhere, { waterfall, payer: 'OWN' })).toMatchObject({
      outcome: 'REFUSED',
      problem: { code: 'NO_CONNECTION' },
    });
    expect(await lookUp(elsewhere, { waterfall })).toMatchObject({ receipt: { payer: { kind: 'MANAGED' } } });
  });
});

describe('the plan FREE', () => {
  it('refuses keys when they are stored or sent with a request', async () => {
    const { lookUp, connect } = await createTenant(gateway, 'FREE');
    expect(await connect('fbl_sandbox_mine')).toMatchObject({
      connection: null,
      userErrors: [{ code: 'PLAN_REQUIRED', message: expect.stringContaining('operator') }],
    });
    expect(await lookUp(by, {}, { 'x-firmable-key': 'fbl_sandbox_mine' })).toMatchObject({
      outcome: 'REFUSED',
      problem: { code: 'PLAN_REQUIRED' },
    });
    expect(await lookUp(by, { payer: 'OWN' })).toMatchObject({ problem: { code: 'PLAN_REQUIRED' } });
  });

  it('uses no key when it was stored before, not even to verify it or read a balance', async () => {
    const { connect, post, id } = await createTenant(gateway, 'PRO');
    const { connection } = await connect('apollo_sandbox_mine', 'APOLLO');
    await setPlan(gateway.context.database, id, 'FREE');
    const plan = async () => (await post('{ viewer { workspace { plan } } }')).body.data;
    await expect.poll(plan).toEqual({ viewer: { workspace: { plan: 'FREE' } } });
    const verify = `mutation M($id: ID!) {
      verifyConnection(id: $id) { connection { id } userErrors { code } } }`;
    expect((await post(verify, { id: connection?.id })).body.data).toEqual({
      verifyConnection: { connection: null, userErrors: [{ code: 'PLAN_REQUIRED' }] },
    });
    const { body } = await post('query Q($id: ID!) { balance(connection: $id) { latestReading { id } } }', {
      id: connection?.id,
    });
    expect(body.data).toEqual({ balance: { latestReading: null } });
  });

  it('spends exactly its managed credits in a month, and cannot raise them', async () => {
    const { lookUp, post, id } = await createTenant(gateway, 'FREE');
    const answers: CompanyAnswer[] = [];
    for (const { domain } of sampleCompanies.slice(0, 3)) answers.push(await lookUp({ domain }));
    expect(answers.map(({ outcome, problem }) => problem?.code ?? outcome)).toEqual([
      'FOUND',
      'FOUND',
      'BUDGET_EXCEEDED',
    ]);
    expect(answers[2]?.problem?.message).toContain('Managed credits (FREE)');
    expect(await lookUp({ domain: sampleCompanies[0]?.domain })).toMatchObject({
      receipt: { charge: 'ALREADY_UNLOCKED' },
    });
    const { nodes } = dataOf<{ nodes: { id: string }[] }>(
      await post('{ budgets { nodes { id name scope setByOperator spent limit } } }'),
      'budgets',
    );
    expect(nodes).toMatchObject([{ scope: 'MANAGED', setByOperator: true, spent: 2, limit: 2 }]);
    const { body } = await post(
      `mutation M($id: ID!) { deleteBudget(id: $id) { userErrors { code } }
        setBudget(input: {id: $id, name: "more", scope: MANAGED, period: MONTH, limit: 1000}) { userErrors { code } } }`,
      { id: nodes[0]?.id },
    );
    expect(body.data).toEqual({
      deleteBudget: { userErrors: [{ code: 'FORBIDDEN' }] },
      setBudget: { userErrors: [{ code: 'FORBIDDEN' }] },
    });
    expect((await verifyLedger(gateway.context.database, { workspaceId: id })).disagreements).toEqual([]);
  });
});

describe('keys sent with a request', () => {
  it.each([
    ['FIRMABLE', 'x-firmable-key', 'fbl_sandbox_sent'],
    ['PEOPLE_DATA_LABS', 'x-people-data-labs-key', 'pdl_sandbox_sent'],
    ['APOLLO', 'x-apollo-key', 'apollo_sandbox_sent'],
  ])('pay only for steps at %s when they are sent in %s', async (provider, header, key) => {
    const { lookUp } = await createTenant(gateway, 'PRO');
    const elsewhere = provider === 'APOLLO' ? 'FIRMABLE' : 'APOLLO';
    expect(await lookUp(by, { waterfall: [{ provider }] }, { [header]: key })).toMatchObject({
      receipt: { payer: { kind: 'CALLER_KEY' } },
    });
    expect(await lookUp(by, { waterfall: [{ provider: elsewhere }] }, { [header]: key })).toMatchObject({
      receipt: { payer: { kind: 'MANAGED' } },
    });
  });
});
