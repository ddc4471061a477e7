import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';

let gateway: TestGateway;
const sandboxKeys = [
  ['FIRMABLE', 'fbl_sandbox_surface'],
  ['PEOPLE_DATA_LABS', 'pdl_sandbox_surface'],
  ['APOLLO', 'apollo_sandbox_surface'],
] as const;
const connections = new Map<string, string>();
beforeAll(async () => {
  gateway = await startGateway();
  for (const [provider, key] of sandboxKeys) {
    const { connection } = await connect(provider, key, { makeDefault: true });
    connections.set(provider, connection?.id ?? '');
  }
});
afterAll(() => gateway.close());

type Connected = {
  connection: { id: string; sandbox: boolean; verifiedAt: string | null } | null;
  userErrors: { code: string }[];
};
const connect = async (provider: string, key: string, more: object = {}): Promise<Connected> =>
  dataOf(
    await gateway.post(
      `mutation M($input: CreateConnectionInput!) { createConnection(input: $input) {
        connection { id provider sandbox verifiedAt problem } userErrors { code message } } }`,
      { input: { provider, name: `my ${key}`, key, ...more } },
    ),
    'createConnection',
  );

const all = [{ provider: 'FIRMABLE' }, { provider: 'PEOPLE_DATA_LABS' }, { provider: 'APOLLO' }];

describe('the catalogue', () => {
  it('returns identifiers, prices, key help and account health of each provider', async () => {
    const { body } =
      await gateway.post(`{ providers { name title companyIdentifiers personIdentifiers refetchIsFree
      searchesPeople companyPrice { kind minCredits maxCredits } personPrice { kind minCredits maxCredits } managed sandboxKey keyHelp
      health { payer state failures since reason probeAt connection { id } } } }`);
    const providers = dataOf<{ name: string }[]>({ body }, 'providers');
    expect(providers).toMatchObject([
      {
        name: 'FIRMABLE',
        companyIdentifiers: ['id', 'domain', 'website', 'linkedin', 'abn'],
        companyPrice: { kind: 'FIXED', minCredits: 1, maxCredits: 1 },
        refetchIsFree: true,
        searchesPeople: true,
      },
      { name: 'PEOPLE_DATA_LABS', companyPrice: { kind: 'REPORTED', maxCredits: 1 }, refetchIsFree: false },
      { name: 'APOLLO', personPrice: { kind: 'VARIABLE', maxCredits: 9 }, searchesPeople: false },
    ]);
    for (const { name, ...rest } of providers) {
      expect(rest).toMatchObject({
        managed: false,
        sandboxKey: expect.stringMatching(/_sandbox_/),
        keyHelp: expect.stringMatching(/\w/),
        health: expect.arrayContaining([
          expect.objectContaining({
            payer: 'CONNECTION',
            state: 'CLOSED',
            failures: 0,
            connection: { id: connections.get(name) },
          }),
        ]),
      });
    }
  });

  it('returns the plan of the workspace', async () => {
    const { body } = await gateway.post('{ viewer { workspace { plan } permissions } }');
    expect(body.data).toMatchObject({
      viewer: { workspace: { plan: 'PRO' }, permissions: expect.arrayContaining(['MANAGE_WATERFALLS']) },
    });
  });
});

describe('a quote', () => {
  it('returns the price of lookups and spends nothing', async () => {
    const before = await gateway.post('{ entries { totalCount } }');
    const { body } = await gateway.post(
      `query Q($companies: [CompanyKey!], $options: LookupOptions) { quote(companies: $companies, options: $options) {
        minCredits maxCredits duplicates invalid unlocked
        items { operation key status minCredits maxCredits problem { code } steps { step provider payer { kind } minCredits maxCredits alreadyUnlocked fromSnapshot problem { code } } }
        perProvider { provider payer { kind } minCredits maxCredits }
        checks { allowed maxCredits balance reasons budgets { name allowed } } } }`,
      {
        companies: [
          { domain: 'a-new-one.example' },
          { website: 'https://a-new-one.example/' },
          { abn: '12' },
        ],
        options: { waterfall: all, maxCredits: 1 },
      },
    );
    const quote = dataOf<{ items: { status: string }[] }>({ body }, 'quote');
    expect(quote.items.map(({ status }) => status)).toEqual(['NEW', 'DUPLICATE', 'INVALID']);
    expect(quote).toMatchObject({ duplicates: 1, invalid: 1, unlocked: 0, minCredits: 1 });
    expect(quote.items[0]).toMatchObject({ operation: 'COMPANY', key: { domain: 'a-new-one.example' } });
    expect(body.extensions?.credits).toEqual({ charged: 0, saved: 0, reserved: 0 });
    expect((await gateway.post('{ entries { totalCount } }')).body.data).toEqual(before.body.data);
  });

  it('counts its items against the lookups of one request', async () => {
    const companies = Array.from({ length: 60 }, (_, index) => ({ domain: `company-${index}.example` }));
    const people = Array.from({ length: 41 }, (_, index) => ({ linkedin: `person-${index}` }));
    const { body } = await gateway.post(
      'query Q($companies: [CompanyKey!], $people: [PersonKey!]) { quote(companies: $companies, people: $people) { maxCredits } }',
      { companies, people },
    );
    expect(body.errors?.[0]?.extensions.code).toBe('LIMIT_EXCEEDED');
  });
});
