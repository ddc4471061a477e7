import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  flagship,
  onlyApollo,
  onlyPeopleDataLabs,
  partialAtFirmable,
  unknownEverywhere,
} from '../../src/sandbox/samples.js';
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

type Attempt = {
  step: number;
  entryId: string;
  provider: string;
  outcome: string;
  charge: string;
  creditsCharged: number;
  code: string | null;
  reason: string | null;
  payer: { kind: string } | null;
  connection: { id: string } | null;
};
type Answer = {
  outcome: string;
  company: { name: string; phones: string[] | null; sources: { field: string; provider: string }[] } | null;
  problem: { code: string; message: string } | null;
  receipt: { id: string; creditsCharged: number; provider: string; attempts: Attempt[] };
};
const query = `query Q($by: CompanyKey!, $options: LookupOptions) { company(by: $by, options: $options) {
  outcome company { name phones sources { field provider } } problem { code message }
  receipt { id charge creditsCharged provider payer { kind connection { id } } attempts {
    step entryId provider outcome charge creditsCharged creditsSaved fromSnapshot latencyMs code reason
    payer { kind } connection { id } } } } }`;
const lookUp = async (by: object, options: object = {}): Promise<Answer> =>
  dataOf(await gateway.post(query, { by, options }), 'company');
const all = [{ provider: 'FIRMABLE' }, { provider: 'PEOPLE_DATA_LABS' }, { provider: 'APOLLO' }];
const save = (input: object) =>
  gateway.post(
    `mutation M($input: SaveWaterfallInput!) { saveWaterfall(input: $input) {
      waterfall { id name defaultFor steps { provider connection { id } require } } userErrors { code message field } } }`,
    { input },
  );

describe('a connection', () => {
  it.each(sandboxKeys)(
    'to %s is verified by a call of its own that spends nothing',
    async (provider, key) => {
      const before = await gateway.post('{ entries { totalCount } }');
      expect(await connect(provider, `${key}_verified`)).toMatchObject({
        connection: { provider, sandbox: true, verifiedAt: expect.any(String), problem: null },
        userErrors: [],
      });
      expect((await gateway.post('{ entries { totalCount } }')).body.data).toEqual(before.body.data);
    },
  );

  it.each([
    ['FIRMABLE', 'fbl_sandbox_revoked'],
    ['PEOPLE_DATA_LABS', 'pdl_sandbox_revoked'],
    ['APOLLO', 'apollo_sandbox_revoked'],
  ])('to %s is not made with a key that it refuses', async (provider, key) => {
    expect(await connect(provider, key)).toMatchObject({
      connection: null,
      userErrors: [{ code: 'KEY_REFUSED' }],
    });
  });
});

describe('a lookup with steps', () => {
  it('continues to the provider that has the record and returns every attempt', async () => {
    const { outcome, company, receipt } = await lookUp(
      { domain: onlyApollo.company.domain },
      { waterfall: all },
    );
    expect(outcome).toBe('FOUND');
    expect(company?.name).toBe(onlyApollo.company.name);
    expect(new Set(company?.sources.map(({ provider }) => provider))).toEqual(new Set(['APOLLO']));
    expect(receipt).toMatchObject({ provider: 'APOLLO', creditsCharged: 1 });
    expect(receipt.attempts).toMatchObject([
      { step: 1, provider: 'FIRMABLE', outcome: 'NOT_FOUND', charge: 'NOT_FOUND', creditsCharged: 0 },
      { step: 2, provider: 'PEOPLE_DATA_LABS', outcome: 'NOT_FOUND', creditsCharged: 0 },
      { step: 3, provider: 'APOLLO', outcome: 'FOUND', charge: 'CHARGED', creditsCharged: 1, code: null },
    ]);
    expect(receipt.attempts.map(({ connection }) => connection?.id)).toEqual([...connections.values()]);
  });

  it('lists all entries of a receipt, each with its lookup and step', async () => {
    const { receipt } = await lookUp({ domain: onlyPeopleDataLabs.company.domain }, { waterfall: all });
    const { nodes } = dataOf<{ nodes: { id: string; lookupId: string; step: number }[] }>(
      await gateway.post(
        'query Q($lookupId: ID!) { entries(filter: {lookupId: $lookupId}) { nodes { id lookupId step provider outcome creditsCharged } } }',
        { lookupId: receipt.id },
      ),
      'entries',
    );
    const steps = nodes.toSorted((a, b) => a.step - b.step);
    expect(steps.map(({ id }) => id)).toEqual(receipt.attempts.map(({ entryId }) => entryId));
    expect(steps).toMatchObject([
      { lookupId: receipt.id, step: 1, provider: 'FIRMABLE', outcome: 'NOT_FOUND', creditsCharged: 0 },
      { lookupId: receipt.id, step: 2, provider: 'PEOPLE_DATA_LABS', outcome: 'FOUND', creditsCharged: 1 },
    ]);
    expect(receipt.id).toBe(steps[0]?.id);
  });

  it('fills what a step requires from a later one, and says which provider each field came from', async () => {
    const { company, receipt } = await lookUp(
      { domain: partialAtFirmable.company.domain },
      { waterfall: [{ provider: 'FIRMABLE', require: ['PHONE'] }, { provider: 'APOLLO' }] },
    );
    expect(company?.phones).toHaveLength(1);
    expect(company?.sources).toContainEqual({ field: 'phones', provider: 'APOLLO' });
    expect(company?.sources).toContainEqual({ field: 'name', provider: 'FIRMABLE' });
    expect(receipt.provider).toBe('FIRMABLE');
    expect(receipt.attempts[0]?.reason).toMatch(/phone/i);
  });

  it('names a connection for one step', async () => {
    const connection = connections.get('APOLLO');
    const by = { domain: unknownEverywhere.company.domain };
    const { receipt } = await lookUp(by, { waterfall: [{ connection }] });
    expect(receipt.attempts).toMatchObject([{ provider: 'APOLLO', connection: { id: connection } }]);
  });

  it('is refused where it contradicts itself, has no step or too many', async () => {
    const connection = connections.get('FIRMABLE');
    for (const options of [
      { waterfall: all, waterfallName: 'x' },
      { waterfall: all, connection },
      { waterfallName: 'x', connection },
      { payer: 'MANAGED', connection },
      { payer: 'MANAGED', waterfall: [{ connection }] },
      { waterfall: [] },
      { waterfall: [{}] },
      { waterfall: Array.from({ length: 11 }, () => ({ provider: 'APOLLO' })) },
    ]) {
      const { body } = await gateway.post(query, { by: { domain: flagship.domain }, options });
      expect(body.errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
    }
  });
});

describe('saved waterfalls', () => {
  it('are saved, listed, taken by name and by default, changed and deleted', async () => {
    const { waterfall } = dataOf<{ waterfall: { id: string } }>(
      await save({
        name: 'rivals',
        steps: [{ provider: 'PEOPLE_DATA_LABS' }, { connection: connections.get('APOLLO') }],
      }),
      'saveWaterfall',
    );
    expect(waterfall).toMatchObject({
      id: expect.stringMatching(/^wfl_/),
      defaultFor: null,
      steps: [
        { provider: 'PEOPLE_DATA_LABS', connection: null, require: [] },
        { provider: 'APOLLO', connection: { id: connections.get('APOLLO') } },
      ],
    });
    const by = { domain: unknownEverywhere.company.domain };
    const requested = async (options: object = {}) =>
      (await lookUp(by, options)).receipt.attempts.map(({ provider }) => provider);
    expect(await requested({ waterfallName: ' rivals ' })).toEqual(['PEOPLE_DATA_LABS', 'APOLLO']);
    expect(await requested()).toEqual(['FIRMABLE']);

    await save({ id: waterfall.id, name: 'rivals', steps: all, defaultFor: 'COMPANIES' });
    expect(await requested()).toEqual(['FIRMABLE', 'PEOPLE_DATA_LABS', 'APOLLO']);
    expect(await requested({ connection: connections.get('APOLLO') })).toEqual(['APOLLO']);

    const listed = dataOf<{ nodes: unknown[]; totalCount: number }>(
      await gateway.post('{ waterfalls { nodes { id name defaultFor } totalCount } }'),
      'waterfalls',
    );
    expect(listed).toEqual({
      nodes: [{ id: waterfall.id, name: 'rivals', defaultFor: 'COMPANIES' }],
      totalCount: 1,
    });
    const node = await gateway.post(
      'query Q($id: ID!) { node(id: $id) { __typename id } waterfall(id: $id) { name } }',
      {
        id: waterfall.id,
      },
    );
    expect(node.body.data).toMatchObject({
      node: { __typename: 'Waterfall' },
      waterfall: { name: 'rivals' },
    });

    const deleted = await gateway.post('mutation M($id: ID!) { deleteWaterfall(id: $id) { deletedId } }', {
      id: waterfall.id,
    });
    expect(deleted.body.data).toEqual({ deleteWaterfall: { deletedId: waterfall.id } });
    expect(await requested()).toEqual(['FIRMABLE']);
    expect(await lookUp(by, { waterfallName: 'rivals' })).toMatchObject({
      outcome: 'REFUSED',
      problem: { code: 'NOT_FOUND' },
    });
  });

  it('return userErrors with the field when refused', async () => {
    const { userErrors } = dataOf<{ userErrors: unknown[] }>(
      await save({ name: 'x', steps: [{ provider: 'APOLLO', connection: connections.get('FIRMABLE') }] }),
      'saveWaterfall',
    );
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['steps', '0', 'provider'] }]);
  });

  it('are for ADMIN and MANAGER', async () => {
    const authorization = `Bearer ${await gateway.tokenOf('MEMBER')}`;
    const { body } = await gateway.post(
      `mutation { saveWaterfall(input: {name: "mine", steps: [{provider: APOLLO}]}) { userErrors { code } }
        deleteWaterfall(id: "wfl_1") { userErrors { code } } }`,
      {},
      { authorization },
    );
    expect(body.data).toEqual({
      saveWaterfall: { userErrors: [{ code: 'FORBIDDEN' }] },
      deleteWaterfall: { userErrors: [{ code: 'FORBIDDEN' }] },
    });
  });
});
