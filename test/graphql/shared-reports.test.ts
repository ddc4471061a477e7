import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorkspace } from '../../src/access/workspaces.js';
import { createReportQueue, type RunReport } from '../../src/usage/report-queue.js';
import { type Answered, dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';
import { createFakeEnrichment } from '../support/fake-enrichment.js';
import { writeEntries } from '../usage/setup.js';

let gateway: TestGateway;
let queue: RunReport;
/** How many reports were requested, and how many were read. */
const counts = { requested: 0, read: 0 };
const counted: RunReport = (caller, read, options) => {
  counts.requested += 1;
  const counting: typeof read = (deps) => {
    counts.read += 1;
    return read(deps);
  };
  return queue(caller, counting, options);
};
beforeAll(async () => {
  gateway = await startGateway({
    logLevel: 'silent',
    parts: { ...createFakeEnrichment(), runReport: counted },
  });
  queue = createReportQueue({ ...gateway.context.database, reportsMax: 1 });
});
afterAll(() => gateway.close());

const usage = (workflow: string) =>
  `{ usage(from: "2026-03-01", to: "2026-04-01", filter: { workflow: "${workflow}" }) { totals { lookups } } }`;
const send = (token: string, query: string) => gateway.post(query, {}, { authorization: `Bearer ${token}` });
const lookupsIn = (answer: Answered) =>
  dataOf<{ totals: { lookups: number } }>(answer, 'usage').totals.lookups;

/** Sends requests while the only connection for reports is taken, and frees it when as many reports as given wait. */
const together = async (
  wait: number,
  requests: readonly (() => Promise<Answered>)[],
): Promise<Answered[]> => {
  Object.assign(counts, { requested: 0, read: 0 });
  const taken: { free: () => void }[] = [];
  const taking = queue({ tokenId: 'none' }, () => new Promise<void>((free) => taken.push({ free })));
  const answers = requests.map((request) => request());
  try {
    await expect.poll(() => counts.requested).toBe(wait);
  } finally {
    for (const { free } of taken) free();
  }
  await taking;
  return await Promise.all(answers);
};

it('reads a report once for all tokens of a workspace that wait for it, and not for another workspace', async () => {
  const { database, findCaller } = gateway.context;
  const { workspaceId } = await findCaller(gateway.token);
  await writeEntries(database, workspaceId, [
    { occurredAt: new Date('2026-03-10T00:00:00Z'), workflow: 'crm' },
  ]);
  const { secret } = await createWorkspace(database, { name: 'Other', plan: 'PRO' });
  const viewers = [gateway.token, await gateway.tokenOf('VIEWER'), await gateway.tokenOf('MEMBER')];

  const answers = await together(6, [
    ...viewers.map((token) => () => send(token, usage('crm'))),
    () => send(secret, usage('crm')),
    ...viewers.slice(0, 2).map((token) => () => send(token, usage('mail'))),
  ]);

  expect(answers.map(lookupsIn)).toEqual([1, 1, 1, 0, 0, 0]);
  expect(counts).toEqual({ requested: 6, read: 3 });
});

it('reads a period once for a report of it and for one that adds the period before', async () => {
  const { database, findCaller } = gateway.context;
  const { workspaceId } = await findCaller(gateway.token);
  await writeEntries(database, workspaceId, [
    { occurredAt: new Date('2026-06-10T00:00:00Z'), workflow: 'pair' },
    { occurredAt: new Date('2026-07-10T00:00:00Z'), workflow: 'pair' },
    { occurredAt: new Date('2026-07-11T00:00:00Z'), workflow: 'pair' },
  ]);
  const july = 'from: "2026-07-01", to: "2026-08-01", filter: { workflow: "pair" }';
  const totals = 'totals { lookups }';
  const answers = await together(
    4,
    [
      `{ usage(${july}) { ${totals} } }`,
      `{ usage(${july}, previous: true) { ${totals} previous { from ${totals} } } }`,
      `{ usage(${july}, previous: false) { ${totals} } }`,
    ].map((query) => () => send(gateway.token, query)),
  );
  expect(answers.map((answer) => dataOf(answer, 'usage'))).toEqual([
    { totals: { lookups: 2 } },
    {
      totals: { lookups: 2 },
      previous: { from: '2026-06-01T00:00:00.000Z', totals: { lookups: 1 } },
    },
    { totals: { lookups: 2 } },
  ]);
  expect(counts).toEqual({ requested: 4, read: 2 });
});

it('refuses a token whose scope allows a part of the workspace only, while others wait for the report', async () => {
  const { body } = await gateway.post(
    'mutation { createToken(input: { name: "part", role: MEMBER, scopes: { workflows: ["crm"] } }) { secret } }',
  );
  const { secret } = dataOf<{ secret: string }>({ body }, 'createToken');
  const [read, refused] = await together(1, [
    () => send(gateway.token, usage('crm')),
    () => send(secret, usage('crm')),
  ]);
  expect(read?.body.errors).toBeUndefined();
  expect(refused?.body.errors?.[0]).toMatchObject({ extensions: { code: 'FORBIDDEN' } });
});

it('shows what was written before the request, although the same report is being read', async () => {
  const { database, findCaller } = gateway.context;
  const { workspaceId } = await findCaller(gateway.token);
  const first = send(gateway.token, usage('fresh'));
  for (let lookups = 1; lookups <= 20; lookups += 1) {
    await writeEntries(database, workspaceId, [
      { occurredAt: new Date('2026-03-11T00:00:00Z'), workflow: 'fresh' },
    ]);
    const others = [send(gateway.token, usage('fresh')), send(gateway.token, usage('fresh'))];
    expect((await Promise.all(others)).map(lookupsIn)).toEqual([lookups, lookups]);
  }
  expect((await first).body.errors).toBeUndefined();
});

it('shows the providers of a report that is grouped by them as it does of any other', async () => {
  const { database, findCaller } = gateway.context;
  const { workspaceId } = await findCaller(gateway.token);
  const occurredAt = new Date('2026-05-10T00:00:00Z');
  const refused = { outcome: 'REFUSED', charge: 'NONE', credits: 0n, provider: null } as const;
  await writeEntries(database, workspaceId, [
    { occurredAt, credits: 2n, latencyMs: 300 },
    { occurredAt, provider: 'APOLLO' },
    { occurredAt, ...refused },
  ]);
  const selection =
    '{ providers { provider attempts found creditsCharged latency { calls p50Ms } fallbacks { share } } }';
  const of = async (groupBy: string) =>
    dataOf<{ providers: object[] }>(
      await send(
        gateway.token,
        `{ usage(from: "2026-05-01", to: "2026-06-01", groupBy: [${groupBy}]) ${selection} }`,
      ),
      'usage',
    );
  const byProvider = await of('PROVIDER');
  expect(byProvider.providers).toMatchObject([
    { provider: 'APOLLO', attempts: 1 },
    { provider: 'FIRMABLE', attempts: 1, creditsCharged: 2, latency: { p50Ms: 512 } },
  ]);
  expect(await of('DAY')).toEqual(byProvider);
});
