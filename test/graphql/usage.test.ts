import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../src/platform/ids.js';
import { writeEntries } from '../usage/setup.js';
import { type Answered, dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';

let gateway: TestGateway;
let viewer = '';
beforeAll(async () => {
  gateway = await startGateway({ logLevel: 'silent' });
  viewer = await gateway.tokenOf('VIEWER');
  const { database, findCaller } = gateway.context;
  const { workspaceId } = await findCaller(gateway.token);
  const at = new Date('2026-03-10T00:00:00Z');
  const [lookupId, unlockId] = [newId(), newId()];
  const miss = { outcome: 'NOT_FOUND', charge: 'NOT_FOUND', credits: 0n } as const;
  await writeEntries(database, workspaceId, [
    { occurredAt: at, ...miss, id: lookupId, lookupId, workflow: 'crm', latencyMs: 90 },
    {
      occurredAt: at,
      lookupId,
      step: 2,
      provider: 'APOLLO',
      workflow: 'crm',
      credits: 3n,
      unlockId,
      latencyMs: 300,
    },
    {
      occurredAt: at,
      provider: 'APOLLO',
      workflow: 'mail',
      charge: 'ALREADY_UNLOCKED',
      credits: 0n,
      saved: 3n,
      unlockId,
      fromSnapshot: true,
    },
    { occurredAt: new Date('2026-02-10T00:00:00Z'), workflow: 'crm', sandbox: true },
  ]);
});
afterAll(() => gateway.close());

const lookUp = (rest: string, selection: string): Promise<Answered> =>
  gateway.post(
    `{ usage(from: "2026-03-01T00:00:00Z", to: "2026-04-01T00:00:00Z" ${rest}) ${selection} }`,
    {},
    { authorization: `Bearer ${viewer}` },
  );
const usage = async (rest: string, selection: string) =>
  dataOf<unknown>(await lookUp(rest, selection), 'usage');

it('returns attempts, hits, credits and latency in the totals', async () => {
  const selection = `{ totals { lookups attempts found notFound refused failed unknown fromSnapshot creditsCharged creditsSaved
    hitRate creditsPerFound latency { calls p50Ms p90Ms p99Ms } } previous { from } }`;
  expect(await usage('', selection)).toEqual({
    totals: {
      lookups: 2,
      attempts: 3,
      found: 2,
      notFound: 1,
      refused: 0,
      failed: 0,
      unknown: 0,
      fromSnapshot: 1,
      creditsCharged: 3,
      creditsSaved: 3,
      hitRate: 2 / 3,
      creditsPerFound: 1.5,
      latency: { calls: 2, p50Ms: 128, p90Ms: 512, p99Ms: 512 },
    },
    previous: null,
  });
});

it('returns null rates, prices and latencies when there were no lookups', async () => {
  const selection =
    '{ totals { attempts hitRate creditsPerFound latency { calls p50Ms } } rows { lookups } providers { provider } }';
  expect(await usage(', filter: { workflow: "nobody" }', selection)).toEqual({
    totals: { attempts: 0, hitRate: null, creditsPerFound: null, latency: { calls: 0, p50Ms: null } },
    rows: [],
    providers: [],
  });
});

it('returns the previous period in rows of the same groups', async () => {
  const selection =
    '{ rows { workflow attempts } previous { from to totals { creditsCharged } rows { workflow attempts } } }';
  expect(await usage(', groupBy: [WORKFLOW], previous: true', selection)).toEqual({
    rows: [
      { workflow: 'crm', attempts: 2 },
      { workflow: 'mail', attempts: 1 },
    ],
    previous: {
      from: '2026-02-01T00:00:00.000Z',
      to: '2026-03-01T00:00:00.000Z',
      totals: { creditsCharged: 1 },
      rows: [{ workflow: 'crm', attempts: 1 }],
    },
  });
});

it('returns what other providers found of a provider’s misses', async () => {
  const selection = `{ providers { provider attempts found hitRate creditsCharged creditsPerFound
    fallbacks { provider attempts found share creditsCharged creditsPerFound } } }`;
  expect(await usage('', selection)).toEqual({
    providers: [
      {
        provider: 'APOLLO',
        attempts: 2,
        found: 2,
        hitRate: 1,
        creditsCharged: 3,
        creditsPerFound: 1.5,
        fallbacks: [],
      },
      {
        provider: 'FIRMABLE',
        attempts: 1,
        found: 0,
        hitRate: 0,
        creditsCharged: 0,
        creditsPerFound: null,
        fallbacks: [
          { provider: 'APOLLO', attempts: 1, found: 1, share: 1, creditsCharged: 3, creditsPerFound: 3 },
        ],
      },
    ],
  });
});

it('returns the share of each workflow and the remainder of rounding', async () => {
  const selection =
    '{ rows { workflow creditsCharged creditsSaved chargeback { credits share remainder } } }';
  expect(await usage(', groupBy: [WORKFLOW], chargeback: true', selection)).toEqual({
    rows: [
      {
        workflow: 'crm',
        creditsCharged: 3,
        creditsSaved: 0,
        chargeback: { credits: 2, share: 1.5, remainder: -0.5 },
      },
      {
        workflow: 'mail',
        creditsCharged: 0,
        creditsSaved: 3,
        chargeback: { credits: 1, share: 1.5, remainder: 0.5 },
      },
    ],
  });
  const beside = await usage(
    ', groupBy: [WORKFLOW], chargeback: true, previous: true',
    '{ providers { provider } }',
  );
  expect(beside).toEqual({ providers: [{ provider: 'APOLLO' }, { provider: 'FIRMABLE' }] });
  expect((await lookUp(', groupBy: [DAY], chargeback: true', '{ from }')).body.errors?.[0]).toMatchObject({
    message: expect.stringContaining('set "groupBy" to [WORKFLOW]'),
    extensions: { code: 'BAD_REQUEST' },
  });
});

const attempts = async (filter: string) => usage(`, filter: ${filter}`, '{ totals { attempts } }');
const facts = (number: number) => ({ totals: { attempts: number } });

it('refuses a filter when it has both a value and its list', async () => {
  expect(await attempts('{ provider: APOLLO }')).toEqual(facts(2));
  expect(await attempts('{ providers: [APOLLO, FIRMABLE], outcomes: [FOUND] }')).toEqual(facts(2));
  expect(
    await attempts('{ workflows: ["crm"], operations: [COMPANY], payers: [CONNECTION], sandbox: false }'),
  ).toEqual(facts(2));
  expect(await attempts('{ charges: [CHARGED, NOT_FOUND] }')).toEqual(facts(2));
  expect(await attempts(`{ tokens: ["tok_${newId()}"], connections: ["con_${newId()}"] }`)).toEqual(facts(0));
  const both = await lookUp(', filter: { provider: APOLLO, providers: [FIRMABLE] }', '{ from }');
  expect(both.body.errors?.[0]).toMatchObject({
    message: '"provider" and "providers" select by the same field: give one of them.',
    extensions: { code: 'BAD_REQUEST' },
  });
  const list = await gateway.post('{ entries(filter: { workflows: ["crm", "mail"] }) { totalCount } }');
  expect(dataOf<unknown>(list, 'entries')).toEqual({ totalCount: 4 });
});

it('refuses a report when there is no token', async () => {
  const { status } = await gateway.post(
    '{ usage(from: "2026-03-01", to: "2026-04-01") { from } }',
    {},
    { authorization: '' },
  );
  expect(status).toBe(401);
});

it('returns the largest groups and the others together, in a report and its previous period', async () => {
  const rows = '{ rows { workflow others lookups creditsCharged } }';
  const top = (input: string) =>
    usage(`groupBy: [WORKFLOW] previous: true top: { ${input} }`, `${rows.slice(0, -1)} previous ${rows} }`);
  expect(await top('groups: 1')).toEqual({
    rows: [
      { workflow: 'crm', others: null, lookups: 1, creditsCharged: 3 },
      { workflow: null, others: 1, lookups: 1, creditsCharged: 0 },
    ],
    previous: { rows: [{ workflow: 'crm', others: null, lookups: 1, creditsCharged: 1 }] },
  });
  expect(await top('groups: 1, by: CREDITS_SAVED')).toMatchObject({
    rows: [
      { workflow: 'mail', others: null, creditsCharged: 0 },
      { workflow: null, others: 1, creditsCharged: 3 },
    ],
  });
});

it('returns every provider beside the largest groups', async () => {
  expect(
    await usage('groupBy: [PROVIDER] top: { groups: 1 }', '{ providers { provider creditsCharged } }'),
  ).toEqual({
    providers: [
      { provider: 'APOLLO', creditsCharged: 3 },
      { provider: 'FIRMABLE', creditsCharged: 0 },
    ],
  });
});
