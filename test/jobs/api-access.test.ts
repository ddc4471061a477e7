import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createWorkspace } from '../../src/access/workspaces.js';
import { createToken } from '../../src/tokens/create-token.js';
import { deleteEndedJob } from '../../src/jobs/delete-job.js';
import { auditRows } from '../access/audit-rows.js';
import { type Answered, dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';

type UserError = { code: string; message: string };
type Payload = { job: { id: string; state: string } | null; userErrors: UserError[] };

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ env: { FIRMABLE_REQUESTS_PER_SECOND: '0' } });
});
afterAll(async () => {
  await gateway.close();
});

const payload = 'job { id state } userErrors { code message }';
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

const send = (input: object, headers: Record<string, string> = {}): Promise<Answered> =>
  gateway.post(
    `mutation C($input: CreateJobInput!) { createJob(input: $input) { ${payload} } }`,
    { input },
    headers,
  );
const create = async (input: object, headers: Record<string, string> = {}): Promise<Payload> =>
  dataOf(await send(input, headers), 'createJob');
const change = async (verb: string, id: string, token = gateway.token, at = gateway): Promise<Payload> =>
  dataOf(
    await at.post(`mutation M($id: ID!) { ${verb}(id: $id) { ${payload} } }`, { id }, bearer(token)),
    verb,
  );
const idOf = ({ job, userErrors }: Payload): string => {
  if (job === null) throw new Error(JSON.stringify(userErrors));
  return job.id;
};
const stateOf = async (id: string): Promise<string | undefined> => {
  const answered = await gateway.post('query J($id: ID!) { job(id: $id) { state } }', { id });
  return dataOf<{ state: string } | null>(answered, 'job')?.state;
};
const listOf = (count: number) => ({
  operation: 'COMPANY',
  maxCredits: 100,
  source: { companies: Array.from({ length: count }, (_, at) => ({ domain: `row${at}.example` })) },
});
const rowsOf = (id: string, more: object = {}) => ({ ...listOf(1), source: { upload: { id } }, ...more });
const waiting = (count = 1) => ({ ...listOf(count), start: false });
const count = async (table: string): Promise<number> => {
  const { sql } = gateway.context.database;
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from ${sql(table)}`;
  return row?.count ?? 0;
};

describe('a confined token', () => {
  let confined = '';
  beforeAll(async () => {
    const admin = await gateway.context.findCaller(gateway.token);
    const scopes = { operations: ['COMPANY' as const], workflows: ['crm'] };
    const input = { name: 'confined', role: 'MEMBER' as const, scopes };
    confined = (await createToken(gateway.context, admin, input)).secret;
  });

  it('sees and changes the jobs that it created, and no others', async () => {
    const others = idOf(await create(waiting()));
    const own = idOf(await create({ ...waiting(), options: { workflow: 'crm' } }, bearer(confined)));
    const seen = await gateway.post('{ jobs { nodes { id } totalCount } }', {}, bearer(confined));
    expect(dataOf(seen, 'jobs')).toEqual({ nodes: [{ id: own }], totalCount: 1 });
    for (const verb of ['pauseJob', 'resumeJob', 'cancelJob', 'retryJob'])
      expect((await change(verb, others, confined)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await change('cancelJob', own, confined)).job?.state).toBe('CANCELED');
    const all = await gateway.post('{ jobs(first: 100) { nodes { id } } }');
    expect(dataOf<{ nodes: unknown[] }>(all, 'jobs').nodes).toEqual(
      expect.arrayContaining([{ id: own }, { id: others }]),
    );
  });

  it('is refused another operation and another workflow before anything is written', async () => {
    const before = await count('uploads');
    const people = { ...waiting(), operation: 'PERSON', source: { people: [{ linkedin: 'ada-lovelace' }] } };
    for (const input of [
      { ...people, options: { workflow: 'crm' } },
      { ...waiting(), options: { workflow: 'other' } },
      waiting(),
    ])
      expect((await create(input, bearer(confined))).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect(await count('uploads')).toBe(before);
  });
});

describe('createJob', () => {
  it('makes one job when the same request is repeated with an Idempotency-Key', async () => {
    const key = { 'idempotency-key': 'one-job' };
    const before = await count('jobs');
    const first = await send(waiting(), key);
    expect((await send(waiting(), key)).body.data).toEqual(first.body.data);
    const other = await send(waiting(2), key);
    expect(other.body.errors?.[0]?.message).toContain('Idempotency-Key');
    expect(await count('jobs')).toBe(before + 1);
  });

  it.each([
    ['a negative maxCredits', { maxCredits: -1 }],
    ['a fraction of a credit', { maxCredits: 1.5 }],
    ['an unknown word for maxCredits', { maxCredits: 'LOTS' }],
    ['two sources', { source: { companies: [], people: [] } }],
    ['no source', { source: {} }],
    ['an unknown state of start', { start: 'yes' }],
  ])('refuses %s as an invalid request', async (_what, more) => {
    const before = await count('jobs');
    const { body } = await send({ ...listOf(1), ...more });
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
    expect(await count('jobs')).toBe(before);
  });

  it('stores identifiers that PostgreSQL has no text for, and refuses them row by row', async () => {
    const keys = ['a\u0000b', '\ud800', '', ' '.repeat(3), '<script>', '=1+1', 'x'.repeat(10_000)];
    const source = { companies: keys.map((domain) => ({ domain })) };
    const id = idOf(await create({ ...listOf(1), source }));
    await expect.poll(() => stateOf(id), { timeout: 20_000 }).toBe('COMPLETED');
    const read = await gateway.post(
      'query J($id: ID!) { job(id: $id) { counts { refused } results { nodes { values outcome } } } }',
      { id },
    );
    expect(dataOf(read, 'job')).toMatchObject({ counts: { refused: keys.length } });
  });

  it('uses the mapping that was proposed for a file, or the columns that are named', async () => {
    const upload = async (text: string, token = gateway.token): Promise<string> => {
      const response = await fetch(`${gateway.url}/uploads?name=in.csv`, {
        method: 'POST',
        headers: { ...bearer(token), 'content-type': 'text/csv' },
        body: text,
      });
      const { id } = z.object({ id: z.string() }).parse(await response.json());
      return id;
    };
    const known = await upload('Company,Website,Website\nHarbourline,harbourline.example,\n');
    const id = idOf(await create(rowsOf(known)));
    await expect.poll(() => stateOf(id), { timeout: 20_000 }).toBe('COMPLETED');
    const read = await gateway.post('query J($id: ID!) { job(id: $id) { name counts { found } } }', { id });
    expect(dataOf(read, 'job')).toEqual({ name: 'in.csv', counts: { found: 1 } });

    const unknown = await upload('Note\nnothing here\n');
    const messages = [
      await create(rowsOf(unknown)),
      await create(rowsOf(known, { operation: 'PERSON' })),
      await create(rowsOf(known, { source: { upload: { id: known, columns: [] } } })),
      await create(
        rowsOf(known, {
          source: { upload: { id: known, columns: [{ column: 'website', identifier: 'WEBSITE' }] } },
        }),
      ),
    ].map(({ job, userErrors }) => [job, userErrors[0]?.message]);
    expect(messages).toEqual([
      [null, expect.stringContaining('No column of the file was recognized')],
      [null, expect.stringContaining('identifier of people')],
      [null, expect.stringContaining('columns is empty')],
      [null, expect.stringContaining('The columns 2 and 3 have this header')],
    ]);
    const { secret } = await createWorkspace(gateway.context.database, { name: 'Other', plan: 'PRO' });
    expect((await create(rowsOf(known), bearer(secret))).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  it('is audited with the number of rows, and without identifiers', async () => {
    const { workspaceId } = await gateway.context.findCaller(gateway.token);
    const id = idOf(await create({ ...waiting(3), name: 'Audited' }));
    await change('pauseJob', id);
    const rows = (await auditRows(gateway.context.database, workspaceId)).filter(
      ({ subject }) => subject === id,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      action: 'job.create',
      after: { name: 'Audited', operation: 'COMPANY', rows: 3, state: 'PAUSED', maxCredits: 100 },
    });
  });
});

describe('changes of a job', () => {
  it('delete it, its rows and its list, but no entry, once what is in flight has ended', async () => {
    const id = idOf(
      await create({ ...listOf(200), source: { companies: [{ domain: 'harbourline.example' }] } }),
    );
    await expect.poll(() => stateOf(id), { timeout: 20_000 }).toBe('COMPLETED');
    const entries = await gateway.post(
      'query E($job: ID) { entries(filter: { job: $job }) { nodes { jobRow job { id } } totalCount } }',
      { job: id },
    );
    expect(dataOf(entries, 'entries')).toEqual({ nodes: [{ jobRow: 1, job: { id } }], totalCount: 1 });
    const running = idOf(await create(listOf(400)));
    const refused = await gateway.post(
      'mutation D($id: ID!) { deleteJob(id: $id) { deletedId userErrors { code message } } }',
      { id: running },
    );
    expect(dataOf(refused, 'deleteJob')).toMatchObject({
      deletedId: null,
      userErrors: [{ code: 'INVALID_INPUT' }],
    });
    await change('cancelJob', running);
    for (const one of [id, running]) {
      const deleted = await gateway.post(
        'mutation D($id: ID!) { deleteJob(id: $id) { deletedId userErrors { code message } } }',
        { id: one },
      );
      expect(dataOf(deleted, 'deleteJob')).toEqual({ deletedId: one, userErrors: [] });
    }
    const left = await gateway.post(
      'query E($job: ID) { entries(filter: { job: $job }) { nodes { jobRow job { id } } } }',
      { job: id },
    );
    expect(dataOf(left, 'entries')).toEqual({ nodes: [{ jobRow: 1, job: null }] });
    const csv = await fetch(`${gateway.url}/export/entries.csv?job=${id}&columns=jobId,jobRow`, {
      headers: bearer(gateway.token),
    });
    expect(await csv.text()).toBe(`jobId,jobRow\r\n${id},1\r\n`);
  });

  it('are made by the clock too: a job that ended long ago is deleted, and a younger one stays', async () => {
    const { database } = gateway.context;
    const [old, young] = [idOf(await create(waiting())), idOf(await create(waiting()))];
    for (const id of [old, young]) await change('cancelJob', id);
    await database.sql`update jobs set ended_at = now() - interval '91 days' where id = ${old.slice(4)}`;
    while (await deleteEndedJob(database, 90));
    expect([await stateOf(old), await stateOf(young)]).toEqual([undefined, 'CANCELED']);
  });
});
