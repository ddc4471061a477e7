import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flagship, samplePeople } from '../../src/sandbox/samples.js';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';

// Each story takes a sandbox account of its own, so that what one buys is not free for another.
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const connect = async (name: string): Promise<string> => {
  const answer = await gateway.post(
    'mutation M($input: CreateConnectionInput!) { createConnection(input: $input) { connection { id } userErrors { code message } } }',
    { input: { provider: 'FIRMABLE', name, key: `fbl_sandbox_${name}` } },
  );
  return dataOf<{ connection: { id: string } }>(answer, 'createConnection').connection.id;
};

type Answer = {
  outcome: string;
  company: { id: string; name: string; domain: string; employeeCount: number; raw: { fqdn: string } } | null;
  receipt: {
    id: string;
    charge: string;
    creditsCharged: number;
    creditsSaved: number;
    fromSnapshot: boolean;
    sandbox: boolean;
    payer: { kind: string; connection: { name: string } | null } | null;
    attempts: { outcome: string; connection: { id: string } | null }[];
  };
  problem: { code: string; message: string } | null;
};
const lookUp = `query Q($by: CompanyKey!, $options: LookupOptions) { company(by: $by, options: $options) {
  outcome company { id name domain employeeCount raw }
  receipt { id charge creditsCharged creditsSaved fromSnapshot sandbox payer { kind connection { name } } attempts { outcome connection { id } } }
  problem { code message } } }`;
const company = async (by: object, options: object, headers: Record<string, string> = {}): Promise<Answer> =>
  dataOf<Answer>(await gateway.post(lookUp, { by, options }, headers), 'company');

it('charges for a company once and is free when looked up by any identifier', async () => {
  const connection = await connect('story1');
  const first = await company({ domain: flagship.domain }, { connection });
  expect(first).toMatchObject({
    outcome: 'FOUND',
    company: {
      id: flagship.id,
      name: flagship.name,
      domain: flagship.domain,
      raw: { fqdn: flagship.domain },
    },
    receipt: {
      charge: 'CHARGED',
      creditsCharged: 1,
      sandbox: true,
      payer: { kind: 'CONNECTION', connection: { name: 'story1' } },
    },
    problem: null,
  });
  expect(first.receipt.attempts).toMatchObject([{ outcome: 'FOUND', connection: { id: connection } }]);
  for (const by of [
    { id: flagship.id },
    { website: `HTTPS://WWW.${flagship.domain}/about` },
    { linkedin: `https://au.linkedin.com/company/${flagship.linkedin}/` },
    { abn: flagship.abn.replace(/(..)(...)(...)(...)/, '$1 $2 $3 $4') },
  ]) {
    const again = await company(by, { connection });
    expect(again).toMatchObject({
      outcome: 'FOUND',
      company: { id: flagship.id },
      receipt: { charge: 'ALREADY_UNLOCKED', creditsCharged: 0, creditsSaved: 1, fromSnapshot: true },
    });
  }
});

it('shows a lookup in the ledger, the unlocks, the usage and its node when it was charged', async () => {
  const connection = await connect('story2');
  const { receipt } = await company({ domain: flagship.domain }, { connection, workflow: 'story' });
  await company({ domain: flagship.domain }, { connection, workflow: 'story' });
  await company({ domain: 'nobody.example' }, { connection, workflow: 'story' });

  const query = `query Q($connection: ID!, $entry: ID!, $company: ID!) {
    entries(filter: { connection: $connection }) { totalCount nodes { id operation outcome charge creditsCharged creditsSaved workflow connection { name } token { name } } }
    unlocks(filter: { connection: $connection }) { totalCount nodes { id recordId operation creditsPaid entryId } }
    usage(from: "2020-01-01", to: "2120-01-01", groupBy: [WORKFLOW, CONNECTION], filter: { connection: $connection }) {
      totals { lookups found notFound creditsCharged creditsSaved } rows { workflow connection { name } lookups creditsCharged } }
    entry: node(id: $entry) { __typename ... on Entry { charge } }
    company: node(id: $company) { __typename id ... on Company { name } }
  }`;
  const { body } = await gateway.post(query, {
    connection,
    entry: receipt.id,
    company: `Company:${flagship.id}`,
  });
  expect(body.errors).toBeUndefined();
  expect(body.extensions?.credits.charged).toBe(0);
  expect(body.data).toMatchObject({
    entries: {
      totalCount: 3,
      nodes: [
        { outcome: 'NOT_FOUND', charge: 'NOT_FOUND', creditsCharged: 0 },
        { charge: 'ALREADY_UNLOCKED', creditsSaved: 1 },
        {
          id: receipt.id,
          operation: 'COMPANY',
          charge: 'CHARGED',
          creditsCharged: 1,
          workflow: 'story',
          connection: { name: 'story2' },
          token: { name: 'bootstrap' },
        },
      ],
    },
    unlocks: {
      totalCount: 1,
      nodes: [{ recordId: flagship.id, operation: 'COMPANY', creditsPaid: 1, entryId: receipt.id }],
    },
    usage: {
      totals: { lookups: 3, found: 2, notFound: 1, creditsCharged: 1, creditsSaved: 1 },
      rows: [{ workflow: 'story', connection: { name: 'story2' }, lookups: 3, creditsCharged: 1 }],
    },
    entry: { __typename: 'Entry', charge: 'CHARGED' },
    company: { __typename: 'Company', id: flagship.id, name: flagship.name },
  });
});

it('returns a list in order; a bad item affects no other, and duplicates are one lookup', async () => {
  const connection = await connect('story3');
  const query =
    'query Q($by: [CompanyKey!]!, $options: LookupOptions) { companies(by: $by, options: $options) { outcome company { id } problem { code } } }';
  const by = [
    { domain: 'nobody.example' },
    { domain: flagship.domain },
    { abn: '11 111 111 111' },
    { domain: flagship.domain.toUpperCase() },
  ];
  const answer = await gateway.post(query, { by, options: { connection } });
  expect(answer.body.data?.['companies']).toEqual([
    { outcome: 'NOT_FOUND', company: null, problem: null },
    { outcome: 'FOUND', company: { id: flagship.id }, problem: null },
    { outcome: 'REFUSED', company: null, problem: { code: 'INVALID_IDENTIFIER' } },
    { outcome: 'FOUND', company: { id: flagship.id }, problem: null },
  ]);
  expect(answer.body.extensions?.credits.charged).toBe(1);
});

it('returns the Do Not Call status of every number when a person is looked up', async () => {
  const connection = await connect('story4');
  const [chief] = samplePeople;
  const query = `query Q($by: PersonKey!, $options: LookupOptions) { person(by: $by, options: $options) { outcome
    person { id name position emails { work { value } } phones { number isDoNotCall } company { name } } receipt { charge } } }`;
  const answer = await gateway.post(query, { by: { workEmail: chief?.workEmail }, options: { connection } });
  expect(answer.body.data?.['person']).toMatchObject({
    outcome: 'FOUND',
    person: { id: chief?.id, name: chief?.name, company: { name: flagship.name } },
    receipt: { charge: 'CHARGED' },
  });
});

it("returns a company's people page by page at no cost", async () => {
  const connection = await connect('story5');
  const query = `query Q($connection: ID!, $after: String) { searchPeople(companyId: "${flagship.id}", connection: $connection, first: 2, after: $after) {
    outcome totalCount edges { cursor node { id position } } pageInfo { hasNextPage endCursor } receipt { charge creditsCharged } problem { code message } } }`;
  type Found = {
    outcome: string;
    totalCount: number;
    edges: { node: { id: string } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
    receipt: { charge: string };
    problem: unknown;
  };
  const pageAfter = async (after: string | null): Promise<Found> =>
    dataOf<Found>(await gateway.post(query, { connection, after }), 'searchPeople');

  let page = await pageAfter(null);
  expect(page).toMatchObject({
    outcome: 'FOUND',
    problem: null,
    receipt: { charge: 'FREE', creditsCharged: 0 },
  });
  const ids = page.edges.map((edge) => edge.node.id);
  while (page.pageInfo.hasNextPage) {
    page = await pageAfter(page.pageInfo.endCursor);
    ids.push(...page.edges.map((edge) => edge.node.id));
  }
  expect(ids).toHaveLength(page.totalCount);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(2);
});

describe('the failure of a lookup is data', () => {
  it.each([
    ['revoked', 'KEY_REFUSED'],
    ['noplan', 'PLAN_WITHOUT_API'],
    ['broke', 'OUT_OF_CREDITS'],
  ])('the sandbox key for a bad day: fbl_sandbox_%s is %s', async (name, code) => {
    const { outcome, problem, receipt } = await company(
      { domain: flagship.domain },
      {},
      {
        'x-firmable-key': `fbl_sandbox_${name}`,
      },
    );
    expect({ outcome, code: problem?.code }).toEqual({ outcome: 'REFUSED', code });
    expect(receipt).toMatchObject({ creditsCharged: 0, payer: { kind: 'CALLER_KEY', connection: null } });
  });

  it.each([
    [
      'a connection that is not there',
      { connection: 'con_00000000-0000-7000-8000-000000000000' },
      'NOT_FOUND',
    ],
    ['an id that is none', { connection: 'malformed' }, 'NOT_FOUND'],
    ['nothing to be spent', { maxCredits: 0 }, 'MAX_CREDITS_EXCEEDED'],
  ])('%s', async (_, options, code) => {
    const { outcome, problem } = await company({ domain: flagship.domain }, options, {
      'x-firmable-key': 'fbl_sandbox_story6',
    });
    expect({ outcome, code: problem?.code }).toEqual({ outcome: 'REFUSED', code });
  });

  it('a token that may only read is REFUSED with FORBIDDEN, and spends nothing', async () => {
    const answer = await company(
      { domain: flagship.domain },
      {},
      {
        authorization: `Bearer ${await gateway.tokenOf('VIEWER')}`,
        'x-firmable-key': 'fbl_sandbox_story7',
      },
    );
    expect(answer).toMatchObject({
      outcome: 'REFUSED',
      problem: { code: 'FORBIDDEN' },
      receipt: { creditsCharged: 0 },
    });
  });
});

it('logs neither keys nor tokens when lookups run', async () => {
  await company({ domain: flagship.domain }, {}, { 'x-firmable-key': 'fbl_sandbox_revoked' });
  await company({ domain: flagship.domain }, {}, { 'x-firmable-key': 'fbl_malformed key' });
  expect(gateway.logged()).not.toMatch(/fbl_|fgw_/);
});
