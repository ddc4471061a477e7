import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { partialAtFirmable, samplePeople } from '../../src/sandbox/samples.js';
import { newId } from '../../src/platform/ids.js';
import { parseMetrics } from '../http/parse-metrics.js';
import { facesOf } from '../support/dump.js';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';
import { linesOf } from '../usage/exports/setup.js';
import { createToken } from '../../src/tokens/create-token.js';
import { revokeToken } from '../../src/tokens/change-token.js';
import { download, makeJob } from './results-setup.js';

let gateway: TestGateway;
let jobId: string;
const stray = `fgw_${randomBytes(32).toString('base64url')}`;

type Row = {
  number: number;
  values: string[];
  outcome: string;
  creditsCharged: number;
  provider: string | null;
  duplicateOf: number | null;
  problem: { code: string; message: string } | null;
  person: { recordId: string; name: string; phones: { number: string }[]; sources: object[] } | null;
  company: object | null;
  people: object[] | null;
  receipt: { id: string; creditsCharged: number; attempts: { provider: string; outcome: string }[] } | null;
};
type Rows = { totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string }; nodes: Row[] };

const results = async (args = ''): Promise<Rows> => {
  const answer = await gateway.post(
    `query Q($id: ID!) { job(id: $id) { results${args} {
      totalCount pageInfo { hasNextPage endCursor }
      nodes {
        number line values outcome charge creditsCharged creditsSaved provider duplicateOf
        problem { code message } company { recordId } people { id }
        person { recordId name phones { number } sources { field provider } }
        receipt { id provider creditsCharged payer { kind } attempts { provider outcome creditsCharged } }
      } } } }`,
    { id: jobId },
  );
  return dataOf<{ results: Rows }>(answer, 'job').results;
};

/** A job that the engine runs: a waterfall, a plain lookup, a duplicate, a miss and what is no identifier. */
beforeAll(async () => {
  gateway = await startGateway({ logLevel: 'debug' });
  const waterfall = ['FIRMABLE', 'PEOPLE_DATA_LABS', 'APOLLO'].map((provider) => ({
    provider,
    require: ['PHONE'],
  }));
  const linkedin = [
    partialAtFirmable.phoneOnlyAtApollo.linkedin,
    samplePeople[0]!.linkedin,
    `https://www.linkedin.com/in/${samplePeople[0]!.linkedin}`,
    'nobody-of-nowhere-at-all',
    `no page of LinkedIn, ${stray}`,
  ];
  const answer = await gateway.post(
    'mutation M($input: CreateJobInput!) { createJob(input: $input) { job { id } userErrors { code message } } }',
    {
      input: {
        operation: 'PERSON',
        source: { people: linkedin.map((one) => ({ linkedin: one })) },
        options: { waterfall },
        maxCredits: 100,
      },
    },
  );
  jobId = dataOf<{ job: { id: string } }>(answer, 'createJob').job.id;
  await vi.waitFor(
    async () => {
      const state = await gateway.post('query Q($id: ID!) { job(id: $id) { state } }', { id: jobId });
      if (dataOf<{ state: string }>(state, 'job').state !== 'COMPLETED') throw new Error('it still runs');
    },
    { timeout: 20_000 },
  );
});
afterAll(() => gateway.close());

it('returns each row with its record and its receipt when the engine has run the job', async () => {
  const { nodes, totalCount } = await results();
  expect([totalCount, nodes.map(({ number }) => number)]).toEqual([5, [1, 2, 3, 4, 5]]);
  expect(nodes[0]).toMatchObject({
    values: [partialAtFirmable.phoneOnlyAtApollo.linkedin],
    outcome: 'FOUND',
    creditsCharged: 10,
    person: {
      name: partialAtFirmable.phoneOnlyAtApollo.name,
      phones: [{ number: expect.stringMatching(/^\+61/) }],
      sources: expect.arrayContaining([
        { field: 'name', provider: 'FIRMABLE' },
        { field: 'phones', provider: 'APOLLO' },
      ]),
    },
    company: null,
    people: null,
    receipt: {
      creditsCharged: 10,
      attempts: [
        { provider: 'FIRMABLE', outcome: 'FOUND' },
        { provider: 'PEOPLE_DATA_LABS', outcome: 'NOT_FOUND' },
        { provider: 'APOLLO', outcome: 'FOUND' },
      ],
    },
  });
  expect(nodes[2]).toMatchObject({
    duplicateOf: 2,
    creditsCharged: 0,
    receipt: null,
    person: { recordId: samplePeople[0]!.id },
  });
  expect(nodes[3]).toMatchObject({ outcome: 'NOT_FOUND', person: null, problem: null });
  expect(nodes[4]).toMatchObject({ outcome: 'REFUSED', problem: { code: 'INVALID_IDENTIFIER' } });
});

it('has the provider that was asked last, and none for a row that was refused before', async () => {
  const { nodes } = await results();
  const providers = ['FIRMABLE', 'FIRMABLE', 'FIRMABLE', 'APOLLO', null];
  expect(nodes.map(({ provider }) => provider)).toEqual(providers);
  expect(nodes[4]?.receipt).toMatchObject({ provider: 'FIRMABLE' });
  const { text } = await download(gateway, `${jobId}.ndjson`);
  expect(linesOf(text).map(({ provider }) => provider)).toEqual(providers);
});

it('counts the rows that were finished, the jobs and their waiting rows in the metrics', async () => {
  const rows = [{ cells: ['waits'] }, { cells: ['waits, too'] }];
  await makeJob(gateway, { headers: ['Note'], rows });
  const headers = { authorization: `Bearer ${gateway.token}` };
  const text = await (await fetch(`${gateway.url}/metrics`, { headers })).text();
  expect(text).not.toContain(stray);
  const valueOf = (name: string, label: string): number | undefined =>
    parseMetrics(text)
      .get(`firmable_gateway_${name}`)
      ?.samples.find(({ labels }) => Object.values(labels).includes(label))?.value;
  const outcomes = ['FOUND', 'NOT_FOUND', 'REFUSED', 'FAILED', 'UNKNOWN'];
  expect(outcomes.map((one) => valueOf('job_rows_total', one))).toEqual([3, 1, 1, 0, 0]);
  expect(valueOf('jobs_open', 'RUNNING')).toBe(0);
  expect(valueOf('jobs_open', 'PAUSED')).toBeGreaterThan(0);
  expect(valueOf('job_rows_waiting', 'PAUSED')).toBeGreaterThanOrEqual(2);
});

it('selects rows by their outcome, and goes on behind a cursor', async () => {
  const found = await results('(first: 2, outcome: FOUND)');
  expect([found.totalCount, found.nodes.map(({ number }) => number)]).toEqual([3, [1, 2]]);
  const { endCursor, hasNextPage } = found.pageInfo;
  expect(hasNextPage).toBe(true);
  const next = await results(`(first: 2, outcome: FOUND, after: "${endCursor}")`);
  expect([next.nodes.map(({ number }) => number), next.pageInfo.hasNextPage]).toEqual([[3], false]);
});

it('exports the rows and numbers of the API when the job is complete', async () => {
  const { nodes } = await results();
  const { headers, text } = await download(gateway, `${jobId}.ndjson?fields=recordId`);
  expect(headers.get('x-last-complete-row')).toBe('5');
  expect(
    linesOf(text).map((line) => [
      line['row'],
      line['recordId'],
      line['outcome'],
      line['creditsCharged'],
      line['receiptId'] ?? null,
      line['duplicateOf'],
    ]),
  ).toEqual(
    nodes.map((row) => [
      row.number,
      row.person?.recordId ?? null,
      row.outcome,
      row.creditsCharged,
      // A duplicate has no lookup of its own.
      row.receipt?.id ?? null,
      row.duplicateOf,
    ]),
  );
});

it('shows no key or token anywhere when a row has one', async () => {
  // The cells of the list are the caller's own.
  const shown = JSON.stringify((await results()).nodes.map((row) => ({ ...row, values: null })));
  const files = await Promise.all(
    ['csv', 'ndjson'].map((format) => download(gateway, `${jobId}.${format}?fields=${stray}`)),
  );
  const texts = [gateway.logged(), shown, ...files.map(({ text }) => text)];
  expect(facesOf(stray).flatMap((face) => texts.filter((text) => text.includes(face)))).toEqual([]);
  expect(files.map(({ status }) => status)).toEqual([400, 400]);
});

it('counts a correction that was written after the job', async () => {
  const { database } = gateway.context;
  await database.sql`
    insert into entries (workspace_id, id, kind, occurred_at, corrects_entry_id, outcome, charge, credits, saved,
      account_id, lookup_id, step, operation, provider, connection_id, payer, sandbox, token_id, job_id, job_row)
    select workspace_id, ${newId()}, 'CORRECTION', occurred_at, id, 'NOT_FOUND', 'NOT_FOUND', -credits, 0,
      account_id, lookup_id, step, operation, provider, connection_id, payer, sandbox, token_id, job_id, job_row
    from entries where job_id = ${jobId.slice(4)} and job_row = 1 and provider = 'APOLLO' and kind = 'LOOKUP'`;
  const [first] = (await results('(first: 1)')).nodes;
  expect(first).toMatchObject({
    creditsCharged: 1,
    receipt: {
      creditsCharged: 1,
      attempts: [{ creditsCharged: 1 }, {}, { provider: 'APOLLO', outcome: 'NOT_FOUND', creditsCharged: 0 }],
    },
  });
  const [line] = linesOf((await download(gateway, `${jobId}.ndjson`)).text);
  expect(line?.['creditsCharged']).toBe(1);
});

it('breaks off a download when its token is revoked', async () => {
  // More than sockets and streams buffer, and it does not compress.
  const cells = Array.from({ length: 800 }, () => [randomBytes(10_000).toString('hex')]);
  const job = await makeJob(gateway, { headers: ['Note'], rows: cells.map((own) => ({ cells: own })) });
  const admin = await gateway.context.findCaller(gateway.token);
  for (const format of ['csv', 'xlsx']) {
    const { secret, token } = await createToken(gateway.context, admin, { name: format, role: 'VIEWER' });
    const response = await fetch(`${gateway.url}/export/jobs/${job.publicId}.${format}`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    const reader = response.body!.getReader();
    await reader.read();
    await revokeToken(gateway.context, admin, token.id);
    const readAll = async (): Promise<void> => {
      while (!(await reader.read()).done);
    };
    await expect(readAll()).rejects.toThrow(/terminated|aborted|closed/);
  }
});

it('shows a job whose list is gone from the database, and says so instead of its rows', async () => {
  const result = { outcome: 'NOT_FOUND' } as const;
  const { id, publicId } = await makeJob(gateway, { headers: ['Note'], rows: [{ cells: ['a'], result }] });
  const { sql } = gateway.context.database;
  const ofJob = sql`(select upload_id from jobs where id = ${id})`;
  await sql`delete from upload_chunks where upload_id = ${ofJob}`;
  const query = 'query Q($id: ID!) { job(id: $id) { source { kind } results { nodes { number values } } } }';
  const listed = await gateway.post(query, { id: publicId });
  expect(listed.body.errors).toMatchObject([{ message: expect.stringContaining('The list is gone') }]);
  await sql`delete from uploads where id = ${ofJob}`;
  const shown = await gateway.post('query Q($id: ID!) { job(id: $id) { source { kind } state } }', {
    id: publicId,
  });
  expect(dataOf(shown, 'job')).toEqual({ source: null, state: 'PAUSED' });
  const { status, text } = await download(gateway, `${publicId}.csv`);
  expect([status, text]).toEqual([404, expect.stringContaining('send the list again')]);
});
