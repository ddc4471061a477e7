import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace } from '../../src/access/workspaces.js';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';
import { disagreements } from './setup.js';

type UserError = { code: string; message: string; field: string[] | null };
type Job = {
  id: string;
  name: string;
  state: string;
  pauseReason: { code: string; message: string } | null;
  maxCredits: number | string;
  rows: number;
  progress: number;
  counts: { found: number; refused: number; done: number; remaining: number };
  creditsCharged: number;
};
type Payload = { job: Job | null; userErrors: UserError[] };
const fields = `id name state pauseReason { code message } maxCredits rows progress creditsCharged
  counts { found refused done remaining }`;
const payload = `job { ${fields} } userErrors { code message field }`;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ env: { FIRMABLE_REQUESTS_PER_SECOND: '0' } });
  await gateway.post(
    'mutation { createConnection(input: { provider: FIRMABLE, name: "ours", key: "fbl_sandbox_jobs", verify: false }) { userErrors { code } } }',
  );
});
afterAll(() => gateway.close());

const create = async (input: object, headers: Record<string, string> = {}): Promise<Payload> =>
  dataOf(
    await gateway.post(
      `mutation C($input: CreateJobInput!) { createJob(input: $input) { ${payload} } }`,
      { input },
      headers,
    ),
    'createJob',
  );
const change = async (verb: string, id?: string, token = gateway.token, more = ''): Promise<Payload> =>
  dataOf(
    await gateway.post(
      `mutation M($id: ID!) { ${verb}(id: $id${more}) { ${payload} } }`,
      { id },
      { authorization: `Bearer ${token}` },
    ),
    verb,
  );
const read = async (id: string | undefined, token = gateway.token): Promise<Job | null> =>
  dataOf(
    await gateway.post(
      `query J($id: ID!) { job(id: $id) { ${fields} } }`,
      { id },
      { authorization: `Bearer ${token}` },
    ),
    'job',
  );
const comesTo = async (id: string | undefined, state: string): Promise<Job | null> => {
  await expect.poll(async () => (await read(id))?.state, { timeout: 20_000 }).toBe(state);
  return await read(id);
};
const completed = (id: string | undefined) => comesTo(id, 'COMPLETED');
const list = (count: number, name = 'listed') =>
  Array.from({ length: count }, (_, at) => ({ domain: `${name}${at}.example` }));
const companies = (keys: object[], more: object = {}) => {
  const source = { companies: keys };
  return { operation: 'COMPANY', source, maxCredits: 100, ...more };
};

describe('a job', () => {
  it('looks up a list in the background, and is read as a node and in the list of jobs', async () => {
    const { job, userErrors } = await create(
      companies([{ domain: 'harbourline.example' }, { domain: 'nobody-has-this.example' }, { abn: '1' }]),
    );
    expect(userErrors).toEqual([]);
    expect(job).toMatchObject({
      id: expect.stringMatching(/^job_[0-9a-f-]{36}$/),
      name: '3 companies',
      maxCredits: 100,
      rows: 3,
    });
    expect(await completed(job?.id)).toMatchObject({
      progress: 1,
      creditsCharged: 1,
      pauseReason: null,
      counts: { found: 1, refused: 1, done: 3, remaining: 0 },
    });
    const { body } = await gateway.post(
      `query J($id: ID!) {
        node(id: $id) { __typename }
        job(id: $id) { source { kind columns mapping { column position identifier } } options { payer } createdBy { name } }
        jobs(state: COMPLETED) { nodes { id } totalCount } }`,
      { id: job?.id },
    );
    expect(body).toMatchObject({
      data: {
        node: { __typename: 'Job' },
        job: {
          source: {
            kind: 'LIST',
            columns: ['domain', 'abn'],
            mapping: [
              { column: 'domain', position: 1, identifier: 'DOMAIN' },
              { column: 'abn', position: 2, identifier: 'ABN' },
            ],
          },
          options: { payer: null },
          createdBy: { name: 'bootstrap' },
        },
        jobs: { nodes: expect.arrayContaining([{ id: job?.id }]) },
      },
    });
    expect(await disagreements(gateway.context.database.sql)).toEqual([]);
  });

  it('waits for resumeJob when it is created with start: false', async () => {
    const { job } = await create(
      companies(list(2), { start: false, maxCredits: 'UNLIMITED', name: 'Later' }),
    );
    expect(job).toMatchObject({
      name: 'Later',
      state: 'PAUSED',
      maxCredits: 'UNLIMITED',
      pauseReason: { code: 'NOT_STARTED' },
    });
    expect((await change('resumeJob', job?.id)).job).toMatchObject({ state: 'QUEUED', pauseReason: null });
    expect(await completed(job?.id)).toMatchObject({ counts: { done: 2 } });
  });

  it('is paused, resumed and canceled, and refuses what its state does not allow', async () => {
    const { job } = await create(companies(list(3), { start: false }));
    expect((await change('cancelJob', job?.id)).job).toMatchObject({ state: 'CANCELED' });
    expect((await change('cancelJob', job?.id)).job).toMatchObject({ state: 'CANCELED' });
    for (const verb of ['pauseJob', 'resumeJob', 'retryJob']) {
      const refused = await change(verb, job?.id);
      expect(refused.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['id'] }]);
      expect(refused.userErrors[0]?.message).toContain('was canceled');
    }
    const { body } = await gateway.post(
      'mutation D($id: ID!) { deleteJob(id: $id) { deletedId userErrors { code } } }',
      { id: job?.id },
    );
    expect(body.data).toEqual({ deleteJob: { deletedId: job?.id, userErrors: [] } });
    expect(await read(job?.id)).toBeNull();
    const left = await gateway.context.database.sql`
      select from upload_chunks u where not exists (select from jobs j where j.upload_id = u.upload_id)`;
    expect(left).toHaveLength(0);
  });

  it('pauses with the reason when its credits are spent, and goes on with those that are known', async () => {
    const { job } = await create(
      companies([{ domain: 'quillback.example' }, { domain: 'harbourline.example' }], { maxCredits: 0 }),
    );
    expect(await comesTo(job?.id, 'PAUSED')).toMatchObject({
      creditsCharged: 0,
      pauseReason: { code: 'MAX_CREDITS_EXCEEDED' },
    });
    await change('resumeJob', job?.id, gateway.token, ', maxCredits: 9');
    expect(await comesTo(job?.id, 'COMPLETED')).toMatchObject({ maxCredits: 9 });
    expect(await disagreements(gateway.context.database.sql)).toEqual([]);
  });

  it('looks failed and refused rows up again, and no others, when it is retried', async () => {
    const { job } = await create(companies([{ domain: 'harbourline.example' }, { abn: 'wrong' }]));
    const first = await completed(job?.id);
    expect(first?.counts).toMatchObject({ found: 1, refused: 1 });
    expect((await change('retryJob', job?.id)).job).toMatchObject({
      state: 'QUEUED',
      counts: { found: 1, refused: 0, remaining: 1 },
    });
    expect(await completed(job?.id)).toMatchObject({ counts: { found: 1, refused: 1, remaining: 0 } });
    expect(await disagreements(gateway.context.database.sql)).toEqual([]);
  });

  it.each([
    ['an empty list', companies([]), ['source']],
    ['more than 10,000 identifiers', companies(list(10_001)), ['source']],
    [
      'people for companies',
      companies([], { source: { people: [{ workEmail: 'a@b.example' }] } }),
      ['source'],
    ],
    ['no maxCredits', companies(list(1), { maxCredits: null }), ['maxCredits']],
    ['an unknown upload', companies([], { source: { upload: { id: 'upl_1' } } }), ['source', 'upload', 'id']],
    [
      'an unknown waterfall',
      companies(list(1), { options: { waterfallName: 'none' } }),
      ['options', 'waterfallName'],
    ],
    ['an unknown connection', companies(list(1), { options: { connection: 'con_1' } }), null],
    ['a name of two lines', companies(list(1), { name: 'a\nb' }), ['name']],
  ])('is refused before anything is written for %s', async (_what, input, field) => {
    const [before] = await gateway.context.database.sql`select count(*) from uploads`;
    const { job, userErrors } = await create(input);
    expect(job).toBeNull();
    expect(userErrors.map((error) => error.field)).toEqual([field]);
    expect(await gateway.context.database.sql`select count(*) from uploads`).toEqual([before]);
  });

  it('takes options.maxCredits and X-Max-Credits for maxCredits, and refuses keys that are sent', async () => {
    const options = { maxCredits: 7 };
    const ofOptions = await create(companies(list(1), { maxCredits: null, options, start: false }));
    expect(ofOptions.job).toMatchObject({ maxCredits: 7 });
    const unstarted = companies(list(1), { maxCredits: null, start: false });
    const ofHeader = await create(unstarted, { 'x-max-credits': '9' });
    expect(ofHeader.job).toMatchObject({ maxCredits: 9 });
    const refused = await create(companies(list(1)), { 'x-firmable-key': 'fbl_sandbox_sent' });
    expect(refused.userErrors).toMatchObject([{ code: 'INVALID_INPUT' }]);
    expect(refused.userErrors[0]?.message).toContain('connection');
  });

  it('maps the columns of a file by header or position', async () => {
    const caller = await gateway.context.findCaller(gateway.token);
    const { sql } = gateway.context.database;
    const upload = crypto.randomUUID();
    await sql`insert into uploads (workspace_id, id, token_id, file_name, format, columns, rows, completed_at)
      values (${caller.workspaceId}, ${upload}, ${caller.tokenId}, 'in.csv', 'CSV', '["Name","Site","Site"]', 1, now())`;
    await sql`insert into upload_chunks (workspace_id, upload_id, number, first_row, row_count, rows)
      values (${caller.workspaceId}, ${upload}, 0, 1, 1, '[[2,"Harbourline","","harbourline.example"]]')`;
    const withColumns = (columns: object[]) =>
      create(companies([], { source: { upload: { id: `upl_${upload}`, columns } } }));
    for (const column of [
      { column: 'Nothing', identifier: 'DOMAIN' },
      { column: 'Site', identifier: 'DOMAIN' },
      { position: 4, identifier: 'DOMAIN' },
      { identifier: 'DOMAIN' },
      { column: 'Name', identifier: 'WORK_EMAIL' },
    ]) {
      const { userErrors } = await withColumns([column]);
      expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['source', 'upload', 'columns'] }]);
    }
    const { job } = await withColumns([{ position: 3, identifier: 'DOMAIN' }]);
    expect(job?.name).toBe('in.csv');
    expect(await completed(job?.id)).toMatchObject({ counts: { found: 1 } });
  });

  it('is hidden from other workspaces, and read but not changed by a VIEWER', async () => {
    const { job } = await create(companies(list(1), { start: false }));
    const { secret } = await createWorkspace(gateway.context.database, { name: 'Other', plan: 'PRO' });
    expect(await read(job?.id, secret)).toBeNull();
    expect((await change('resumeJob', job?.id, secret)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const viewer = await gateway.tokenOf('VIEWER');
    expect(await read(job?.id, viewer)).toMatchObject({ state: 'PAUSED' });
    expect((await change('cancelJob', job?.id, viewer)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    const member = await gateway.tokenOf('MEMBER');
    expect((await change('cancelJob', job?.id, member)).job).toMatchObject({ state: 'CANCELED' });
  });
});
