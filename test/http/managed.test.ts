import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/access/caller.js';
import { createWorkspace, setPlan } from '../../src/access/workspaces.js';
import { limitManagedCredits } from '../../src/budgets/limit-managed-credits.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { newId } from '../../src/platform/ids.js';
import { listPresumedCharges } from '../../src/usage/list-presumed-charges.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { flagship, onlyApollo, sampleCompanies } from '../../src/sandbox/samples.js';
import { askFor, ended, openLedger } from '../ledger/setup.js';
import { createTestDatabase } from '../support/database.js';
import { runBuilt, runGateway } from '../support/gateway.js';
import { dataOf, startGateway, type TestGateway } from './start-gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({
    env: {
      MANAGED_FIRMABLE_KEY: 'fbl_sandbox_operators',
      MANAGED_APOLLO_KEY: 'apollo_sandbox_operators',
      MANAGED_CREDITS: 'FREE=2,STARTER=1000',
    },
  });
});
afterAll(() => gateway.close());

/** A workspace of its own, as the operator makes one; calls with its ADMIN token. */
const tenant = async (plan: Plan) => {
  const { database } = gateway.context;
  const name = `tenant ${randomBytes(4).toString('hex')}`;
  const { workspace, secret } = await createWorkspace(database, { name, plan });
  await limitManagedCredits(database, { FREE: 2n, STARTER: 1_000n }, workspace.id);
  const post = (query: string, variables: object = {}, headers: Record<string, string> = {}) =>
    gateway.post(query, variables, { authorization: `Bearer ${secret}`, ...headers });
  const ask = async (
    by: object,
    options: object = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> => dataOf(await post(company, { by, options }, headers), 'company');
  const connect = async (
    key: string,
    provider = 'FIRMABLE',
  ): Promise<{ connection: { id: string } | null; userErrors: unknown[] }> =>
    dataOf(
      await post(
        `mutation M($input: CreateConnectionInput!) { createConnection(input: $input) {
          connection { id } userErrors { code message } } }`,
        { input: { provider, name: 'own', key } },
      ),
      'createConnection',
    );
  return { id: workspace.id, post, ask, connect };
};
type TestAccount = { workspaceId: string; accountId: string };
type Answer = {
  outcome: string;
  problem: { code: string; message: string } | null;
  receipt: { charge: string; creditsCharged: number; payer: { kind: string } | null; sandbox: boolean };
};
const company = `query Q($by: CompanyKey!, $options: LookupOptions) { company(by: $by, options: $options) {
  outcome problem { code message } receipt { charge creditsCharged sandbox payer { kind connection { id } } } } }`;
const by = { domain: flagship.domain };

describe('a workspace without a key of its own', () => {
  it('pays with the operator’s account, and reports it, when it has no connection', async () => {
    const { ask, post, id } = await tenant('PRO');
    expect(await ask(by)).toMatchObject({
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
    const answer = await gateway.post(company, { by });
    expect(dataOf(answer, 'company')).toMatchObject({ receipt: { payer: { kind: 'MANAGED' } } });
    const { body } = await gateway.post('{ connections { totalCount } viewer { workspace { plan } } }');
    expect(body.data).toEqual({ connections: { totalCount: 0 }, viewer: { workspace: { plan: 'PRO' } } });
  });

  it('pays for a record when another workspace has bought it already', async () => {
    const [one, two] = [await tenant('PRO'), await tenant('PRO')];
    expect(await one.ask(by)).toMatchObject({ receipt: { charge: 'CHARGED' } });
    expect(await one.ask(by)).toMatchObject({ receipt: { charge: 'ALREADY_UNLOCKED' } });
    expect(await two.ask(by)).toMatchObject({ receipt: { charge: 'CHARGED', creditsCharged: 1 } });
    const { body } = await two.post('{ unlocks { totalCount } }');
    expect(body.data).toEqual({ unlocks: { totalCount: 1 } });
  });

  it('separates its own unlocks from managed ones when it chooses the payer', async () => {
    const { ask, connect } = await tenant('PRO');
    await ask(by);
    const { connection } = await connect('fbl_sandbox_ours');
    expect(await ask(by)).toMatchObject({ receipt: { charge: 'CHARGED', payer: { kind: 'CONNECTION' } } });
    expect(await ask(by, { payer: 'MANAGED' })).toMatchObject({
      receipt: { charge: 'ALREADY_UNLOCKED', payer: { kind: 'MANAGED' } },
    });
    expect(await ask(by, { connection: connection?.id })).toMatchObject({
      receipt: { charge: 'ALREADY_UNLOCKED', payer: { kind: 'CONNECTION' } },
    });
    const waterfall = [{ provider: 'APOLLO' }];
    const elsewhere = { domain: onlyApollo.company.domain };
    expect(await ask(elsewhere, { waterfall, payer: 'OWN' })).toMatchObject({
      outcome: 'REFUSED',
      problem: { code: 'NO_CONNECTION' },
    });
    expect(await ask(elsewhere, { waterfall })).toMatchObject({ receipt: { payer: { kind: 'MANAGED' } } });
  });
});

describe('the plan FREE', () => {
  it('refuses keys when they are stored or sent with a request', async () => {
    const { ask, connect } = await tenant('FREE');
    expect(await connect('fbl_sandbox_mine')).toMatchObject({
      connection: null,
      userErrors: [{ code: 'PLAN_REQUIRED', message: expect.stringContaining('operator') }],
    });
    expect(await ask(by, {}, { 'x-firmable-key': 'fbl_sandbox_mine' })).toMatchObject({
      outcome: 'REFUSED',
      problem: { code: 'PLAN_REQUIRED' },
    });
    expect(await ask(by, { payer: 'OWN' })).toMatchObject({ problem: { code: 'PLAN_REQUIRED' } });
  });

  it('uses no key when it was stored before, not even to verify it or read a balance', async () => {
    const { connect, post, id } = await tenant('PRO');
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
    const { ask, post, id } = await tenant('FREE');
    const answers: Answer[] = [];
    for (const { domain } of sampleCompanies.slice(0, 3)) answers.push(await ask({ domain }));
    expect(answers.map(({ outcome, problem }) => problem?.code ?? outcome)).toEqual([
      'FOUND',
      'FOUND',
      'BUDGET_EXCEEDED',
    ]);
    expect(answers[2]?.problem?.message).toContain('Managed credits (FREE)');
    expect(await ask({ domain: sampleCompanies[0]?.domain })).toMatchObject({
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
    const { ask } = await tenant('PRO');
    const elsewhere = provider === 'APOLLO' ? 'FIRMABLE' : 'APOLLO';
    expect(await ask(by, { waterfall: [{ provider }] }, { [header]: key })).toMatchObject({
      receipt: { payer: { kind: 'CALLER_KEY' } },
    });
    expect(await ask(by, { waterfall: [{ provider: elsewhere }] }, { [header]: key })).toMatchObject({
      receipt: { payer: { kind: 'MANAGED' } },
    });
  });
});

describe('a start with a malformed operator’s key', () => {
  it('fails with the name of the setting, without repeating the key, when it starts', async () => {
    const wrong = `nokey${randomBytes(8).toString('hex')}`;
    const store = await createTestDatabase();
    try {
      const env = {
        DATABASE_URL: store.url,
        ENCRYPTION_KEYS: randomBytes(32).toString('base64'),
        GATEWAY_BOOTSTRAP_TOKEN: gateway.token,
        MANAGED_FIRMABLE_KEY: wrong,
      };
      const process = await runGateway(env);
      expect(process.url).toBeNull();
      expect(await process.exited).toBe(1);
      expect(process.output()).toMatch(/^MANAGED_FIRMABLE_KEY is refused\. .*\n$/);
      expect(process.output()).not.toContain(wrong);
      // A command ends as well, and leaves nothing running behind it.
      const ledger = openLedger(store.database);
      const [workspace] = await store.database.sql<{ id: string }[]>`select id from workspaces`;
      await reserveInDoubt(ledger, { workspaceId: workspace?.id ?? '', accountId: newId() });
      await ledger.close(1_000);
      expect(await runBuilt('resolve-presumed-charges', env)).toMatchObject({
        code: 1,
        output: expect.stringMatching(/^MANAGED_FIRMABLE_KEY is refused\./),
      });
    } finally {
      await store.close();
    }
  }, 60_000);
});

it('resolves a presumed charge with the operator’s key when the call was managed', async () => {
  const { ask, id } = await tenant('PRO');
  await ask(by);
  const { database } = gateway.context;
  const [account] = await database.sql<{ id: string }[]>`select id from accounts where workspace_id = ${id}`;
  const ledger = openLedger(database);
  await reserveInDoubt(ledger, { workspaceId: id, accountId: account?.id ?? '' });
  await ledger.close(1_000);
  const doubts = (await listPresumedCharges(database)).filter(({ workspaceId }) => workspaceId === id);
  expect(doubts).toMatchObject([{ payer: 'MANAGED', connectionId: null }]);
  for (const doubt of doubts) {
    expect(await gateway.context.resolvePresumedCharge(doubt)).toEqual({ kind: 'SETTLED', outcome: 'FOUND' });
  }
  expect((await listPresumedCharges(database)).filter(({ workspaceId }) => workspaceId === id)).toEqual([]);
  expect((await verifyLedger(database, { workspaceId: id })).disagreements).toEqual([]);
});

/** A managed call for a company of which nobody knows whether it was charged. */
const reserveInDoubt = async (ledger: Ledger, account: TestAccount): Promise<void> => {
  const subject = `company:domain:${sampleCompanies[1]?.domain}`;
  const reservation = askFor(account, subject, { labels: { payer: 'MANAGED' } });
  expect(await ledger.reserve(reservation)).toMatchObject({ status: 'RESERVED' });
  await ledger.settle(ended(reservation, 'UNKNOWN'));
};
