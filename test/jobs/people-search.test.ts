import { afterAll, beforeAll, expect, it } from 'vitest';
import { createConnection } from '../../src/connections/create-connection.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import type { FoundPerson } from '../../src/providers/records.js';
import { flagship, partialAtFirmable, sampleCompanies } from '../../src/sandbox/samples.js';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';
import { disagreements, readJob, readRows } from './setup.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ demo: false });
  const caller = await gateway.context.findCaller(gateway.token);
  const sandbox = {
    provider: 'FIRMABLE',
    name: 'sandbox',
    key: 'fbl_sandbox_search',
    verify: false,
  } as const;
  await createConnection(gateway.context, caller, sandbox);
});
afterAll(() => gateway.close());

const sql = () => gateway.context.database.sql;
type Created = { job: { id: string; rows: number } | null; userErrors: { code: string; field: string[] }[] };

const createJob = async (input: object, token = gateway.token): Promise<Created> =>
  dataOf<Created>(
    await gateway.post(
      'mutation C($input: CreateJobInput!) { createJob(input: $input) { job { id rows } userErrors { code field } } }',
      { input },
      { authorization: `Bearer ${token}` },
    ),
    'createJob',
  );
/** Runs a job to its end; returns its public id and its own. */
const run = async (input: object): Promise<{ jobId: string; id: string; rows: number }> => {
  const { job, userErrors } = await createJob(input);
  if (job === null) throw new Error(JSON.stringify(userErrors));
  const id = job.id.replace('job_', '');
  await expect.poll(() => readJob(sql(), id), { timeout: 15_000 }).toMatchObject({ state: 'COMPLETED' });
  return { jobId: job.id, id, rows: job.rows };
};
const peopleOf = async (id: string): Promise<(FoundPerson[] | null)[]> => {
  const rows = await sql()<{ people: FoundPerson[] | null }[]>`
    select people from job_rows where job_id = ${id} order by number`;
  return rows.map(({ people }) => people);
};

const search = (companies: object[], rest: object = {}) => ({
  operation: 'PEOPLE_SEARCH',
  source: { companies },
  search: { size: 4 },
  ...rest,
});
const ids = (people: FoundPerson[] | null | undefined) => people?.map(({ id }) => ({ id })) ?? null;
const bought = sampleCompanies[1] ?? flagship;

it('searches the people of each company, and buys only companies whose id it does not have', async () => {
  const companies = [{ id: flagship.id }, { domain: bought.domain }, { domain: 'nobody-has-this.example' }];
  const { id, jobId } = await run(search(companies, { maxCredits: 2 }));
  expect(await readJob(sql(), id)).toMatchObject({ found: 2, not_found: 1, credits: 1 });
  const [first, second, third] = await peopleOf(id);
  expect([first?.length, (second?.length ?? 0) > 0, third]).toEqual([4, true, null]);
  // Nothing but what the search returns.
  expect(Object.keys(first?.[0] ?? {}).toSorted()).toEqual([
    'companyName',
    'hasDoNotCallPhone',
    'hasEmail',
    'hasMobile',
    'hasPersonalEmail',
    'hasPhone',
    'id',
    'linkedin',
    'position',
  ]);
  const answered = await gateway.post(
    `query R($id: ID!) { job(id: $id) { results { nodes { creditsCharged company { name } people { id }
      receipt { creditsCharged attempts { charge } } } } } }`,
    { id: jobId },
  );
  expect(dataOf<{ results: { nodes: object[] } }>(answered, 'job').results.nodes).toEqual([
    {
      creditsCharged: 0,
      company: null,
      people: ids(first),
      receipt: { creditsCharged: 0, attempts: [{ charge: 'FREE' }] },
    },
    {
      creditsCharged: 1,
      company: { name: bought.name },
      people: ids(second),
      receipt: { creditsCharged: 1, attempts: [{ charge: 'CHARGED' }, { charge: 'FREE' }] },
    },
    {
      creditsCharged: 0,
      company: null,
      people: null,
      receipt: { creditsCharged: 0, attempts: [{ charge: 'NOT_FOUND' }] },
    },
  ]);
  expect(await disagreements(sql())).toEqual([]);
  expect(await verifyLedger(gateway.context.database)).toMatchObject({ disagreements: [] });
});

const searchOf = async (id: string) => {
  const query = 'query S($id: ID!) { job(id: $id) { search { position seniority department size } } }';
  return dataOf(await gateway.post(query, { id }), 'job');
};

it('returns what a job searches', async () => {
  const given = { position: 'sales director', seniority: 'DIRECTOR', department: 'SALES', size: 3 };
  const { jobId } = await run(search([{ id: flagship.id }], { search: given }));
  const lookup = await run({
    operation: 'COMPANY',
    source: { companies: [{ id: flagship.id }] },
    maxCredits: 1,
  });
  expect(await searchOf(jobId)).toEqual({ search: given });
  expect(await searchOf(lookup.jobId)).toEqual({ search: null });
});

it('spends nothing without maxCredits, and refuses the companies that it would have to buy', async () => {
  const stranger = sampleCompanies[3] ?? flagship;
  const { id } = await run(search([{ domain: stranger.domain }, { id: flagship.id }]));
  expect(await readJob(sql(), id)).toMatchObject({ found: 1, refused: 1, credits: 0 });
  expect((await readRows(sql(), id)).map(({ provider, problem }) => [provider, problem])).toEqual([
    [null, 'MAX_CREDITS_EXCEEDED'],
    ['FIRMABLE', null],
  ]);
});

it('looks up the people that it found, and pays for none without the required field', async () => {
  const { jobId, id } = await run(
    search([{ id: flagship.id }, { id: flagship.id }], { search: { size: 100 } }),
  );
  const found = (await peopleOf(id))[0] ?? [];
  const withPhone = found.filter(({ hasPhone, hasMobile }) => hasPhone === true || hasMobile === true);
  expect(withPhone.length).toBeGreaterThan(0);
  expect(withPhone.length).toBeLessThan(found.length);

  const people = await run({
    operation: 'PERSON',
    source: { job: jobId },
    require: ['PHONE'],
    maxCredits: 100,
  });
  expect(people.rows).toBe(withPhone.length);
  expect(await readJob(sql(), people.id)).toMatchObject({ found: people.rows, credits: people.rows });
  const [{ columns, rows } = { columns: [], rows: '' }] = await sql()<{ columns: string[]; rows: string }[]>`
    select u.columns, c.rows from jobs j
    join uploads u on u.id = j.upload_id join upload_chunks c on c.upload_id = u.id
    where j.id = ${people.id}`;
  expect(columns).toEqual(['id', 'personId', 'personPosition', 'personCompany', 'personLinkedin']);
  expect(JSON.parse(rows)).toEqual(
    withPhone.map((person, index) => [
      index + 1,
      flagship.id,
      person.id,
      person.position ?? '',
      person.companyName ?? '',
      person.linkedin ?? '',
    ]),
  );
});

it('refuses what is no such source, and a job that the token may not see', async () => {
  const { jobId } = await run(search([{ id: flagship.id }]));
  const companies = await run({
    operation: 'COMPANY',
    source: { companies: [{ id: flagship.id }] },
    maxCredits: 1,
  });
  const person = { operation: 'PERSON', source: { job: jobId }, maxCredits: 1 };
  const viewer = dataOf<{ secret: string }>(
    await gateway.post(
      'mutation { createToken(input: { name: "own", role: MEMBER, scopes: { operations: [PERSON] } }) { secret } }',
    ),
    'createToken',
  );
  const refused = [
    await createJob({ ...person, operation: 'COMPANY' }),
    await createJob({ ...person, source: { job: companies.jobId } }),
    await createJob({ ...person, require: ['INDUSTRY'] }),
    await createJob(search([{ id: flagship.id }], { search: { size: 101 } })),
    await createJob(search([{ id: flagship.id }], { options: { waterfallName: 'none' } })),
    await createJob(search([{ id: flagship.id }], { options: { connection: 'con_none' } })),
    await createJob(person, viewer.secret),
  ];
  expect(refused.map(({ userErrors }) => userErrors)).toEqual([
    [{ code: 'INVALID_INPUT', field: ['operation'] }],
    [{ code: 'INVALID_INPUT', field: ['source', 'job'] }],
    [{ code: 'INVALID_INPUT', field: ['require'] }],
    [{ code: 'INVALID_INPUT', field: ['search', 'size'] }],
    [{ code: 'INVALID_INPUT', field: ['options'] }],
    [{ code: 'NOT_FOUND', field: null }],
    [{ code: 'NOT_FOUND', field: ['source', 'job'] }],
  ]);
});

it('pauses when its limit refuses the step that has the required field, and then has the whole record', async () => {
  const apollo = { provider: 'APOLLO', name: 'apollo', key: 'apollo_sandbox_jobs', verify: false } as const;
  await createConnection(gateway.context, await gateway.context.findCaller(gateway.token), apollo);
  const { linkedin } = partialAtFirmable.phoneOnlyAtApollo;
  const { job } = await createJob({
    operation: 'PERSON',
    source: { people: [{ linkedin }] },
    options: {
      waterfall: [
        { provider: 'FIRMABLE', require: ['PHONE'] },
        { provider: 'APOLLO', require: ['PHONE'] },
      ],
    },
    maxCredits: 1,
  });
  const id = job?.id.replace('job_', '') ?? '';
  const becomes = async (facts: object): Promise<void> => {
    await expect.poll(() => readJob(sql(), id), { timeout: 15_000 }).toMatchObject(facts);
  };
  await becomes({ state: 'PAUSED', pause_code: 'MAX_CREDITS_EXCEEDED', found: 0 });
  await gateway.post(`mutation { resumeJob(id: "${job?.id}", maxCredits: 20) { job { id } } }`);
  await becomes({ state: 'COMPLETED', found: 1, credits: 10 });
  expect((await readRows(sql(), id))[0]?.snapshots).toHaveLength(2);
});

it('forgets a person who was found, also one who was never bought', async () => {
  const { id } = await run(search([{ id: flagship.id }], { search: { size: 100 } }));
  const [before] = await peopleOf(id);
  const last = before?.at(-1)?.id ?? '';
  const forget = async () =>
    dataOf<{ forgotten: number | null; userErrors: object[] }>(
      await gateway.post(
        'mutation F($id: ID!) { forgetRecord(input: { id: $id }) { forgotten userErrors { code } } }',
        { id: last },
      ),
      'forgetRecord',
    );
  expect((await forget()).forgotten).toBeGreaterThan(0);
  expect(await peopleOf(id)).toEqual([before?.slice(0, -1)]);
  expect((await sql()`select from job_rows where people::text like ${`%${last}%`}`).length).toBe(0);
});
