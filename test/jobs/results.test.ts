import { readXlsx } from 'hucre/xlsx';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  flagship,
  partialAtFirmable,
  sampleCompanies,
  samplePeople,
  unknownEverywhere,
} from '../../src/sandbox/samples.js';
import { createToken } from '../../src/tokens/create-token.js';
import { step } from '../enrichment/waterfall-setup.js';
import { startGateway, type TestGateway } from '../http/start-gateway.js';
import { linesOf } from '../usage/exports/setup.js';
import { download, type MadeJob, makeJob } from './results-setup.js';

let gateway: TestGateway;
let companies: MadeJob;
let people: MadeJob;

const long = 'x'.repeat(40_000);
/** Two headers are the same, one is empty, and one is a name of the gateway. */
const headers = ['Website', 'name', '', 'name'];
const rowsIn = [
  [flagship.domain, '=1+1', '00123', '-12.50'],
  [unknownEverywhere.company.domain, 'a\r\n"b";=c', 'nul\0', '😀 _x0041_ \ufffe'],
  [sampleCompanies[4]!.domain, long, '+61 2 5550 1234', ' 1 '],
  [flagship.domain, 'the same again', '', ''],
  ['not yet', '', '', ''],
];

beforeAll(async () => {
  gateway = await startGateway();
  companies = await makeJob(gateway, {
    headers,
    chunkRows: 2,
    rows: [
      { cells: rowsIn[0]!, by: { domain: flagship.domain } },
      { cells: rowsIn[1]!, by: { domain: unknownEverywhere.company.domain } },
      { cells: rowsIn[2]!, by: { domain: sampleCompanies[4]!.domain } },
      { cells: rowsIn[3]!, result: { outcome: 'NOT_FOUND', duplicateOf: 1 } },
      { cells: rowsIn[4]! },
    ],
  });
  people = await makeJob(gateway, {
    operation: 'PERSON',
    headers: ['LinkedIn', 'outcome'],
    rows: [
      {
        cells: [partialAtFirmable.phoneOnlyAtApollo.linkedin, 'new'],
        by: { linkedin: partialAtFirmable.phoneOnlyAtApollo.linkedin },
        options: { waterfall: [step('FIRMABLE', ['PHONE']), step('APOLLO', ['PHONE'])] },
      },
      { cells: [samplePeople[0]!.linkedin, 'old'], by: { linkedin: samplePeople[0]!.linkedin } },
    ],
  });
});
afterAll(() => gateway.close());

const found = (id: string) => ({ id, position: 'Chief', hasDoNotCallPhone: true });

const cellsOf = (csv: string): string[][] => parse(csv, { bom: true, relax_column_count: true });

/** The values of one column by its name, the last of that name. */
const columnOf = ([header = [], ...rows]: string[][], name: string): (string | undefined)[] =>
  rows.map((row) => row[header.lastIndexOf(name)]);

it('writes each row once and in order, its own columns first and untouched, when the job runs', async () => {
  const { status, headers: sent, text } = await download(gateway, `${companies.publicId}.csv`);
  expect([status, sent.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
  // Rows 1 to 4 are finished. A later export goes on behind them.
  expect(sent.get('x-last-complete-row')).toBe('4');
  const rows = cellsOf(text);
  expect(rows.map((row) => row.slice(0, 4))).toEqual([
    headers,
    [flagship.domain, "'=1+1", '00123', '-12.50'],
    [unknownEverywhere.company.domain, `a\r\n"b";'=c`, 'nul\0', '😀 _x0041_ \ufffe'],
    [sampleCompanies[4]!.domain, long, "'+61 2 5550 1234", ' 1 '],
    rowsIn[3],
    rowsIn[4],
  ]);
  expect(columnOf(rows, 'row')).toEqual(['1', '2', '3', '4', '5']);
  expect(columnOf(rows, 'outcome')).toEqual(['FOUND', 'NOT_FOUND', 'FOUND', 'NOT_FOUND', '']);
  expect(columnOf(rows, 'creditsCharged')).toEqual(['1', '0', '0', '0', '']);
  // The demo of the test app has unlocked the third.
  expect(columnOf(rows, 'creditsSaved')).toEqual(['0', '0', '1', '0', '']);
  expect(columnOf(rows, 'duplicateOf')).toEqual(['', '', '', '1', '']);
  expect(columnOf(rows, 'enriched_name').slice(0, 3)).toEqual(['Harbourline', '', 'Heronfen Systems']);
  expect(columnOf(rows, 'identifiers.abn')[0]).toBe(flagship.abn);
  expect(columnOf(rows, 'receiptId')[0]).toMatch(/^ent_/);
});

it('writes texts as they are and numbers as numbers when the file is XLSX', async () => {
  const { headers: sent, bytes } = await download(
    gateway,
    `${companies.publicId}.xlsx?fields=name,employeeCount`,
  );
  expect(sent.get('content-type')).toContain('spreadsheetml');
  const [sheet, ...others] = (await readXlsx(bytes)).sheets;
  expect(others).toEqual([]);
  const [names = [], ...rows] = sheet?.rows ?? [];
  expect(names.slice(0, 7)).toEqual([...headers, 'enriched_name', 'employeeCount', 'outcome']);
  expect(rows.map((row) => row.slice(0, 4))).toEqual([
    rowsIn[0],
    [...rowsIn[1]!.slice(0, 3), '😀 _x0041_ \ufffd'],
    [rowsIn[2]![0], expect.stringMatching(/^x{32000,}… \[cut: 40000 characters\]$/), ...rowsIn[2]!.slice(2)],
    rowsIn[3],
    rowsIn[4],
  ]);
  expect(String(rows[2]?.[1]).length).toBe(32_767);
  expect(rows[0]?.slice(4, 7)).toEqual(['Harbourline', expect.any(Number), 'FOUND']);
});

it('has a name for each column and whole values when the file is NDJSON', async () => {
  const { text } = await download(
    gateway,
    `${companies.publicId}.ndjson?fields=identifiers{abn}+industries&fields=recordId`,
  );
  const [first, second, , , last] = linesOf(text);
  expect(Object.keys(first ?? {}).slice(0, 8)).toEqual([
    'Website',
    'name',
    'column 3',
    'name 4',
    'identifiers.abn',
    'industries',
    'recordId',
    'outcome',
  ]);
  expect(first).toMatchObject({
    name: '=1+1',
    'identifiers.abn': flagship.abn,
    industries: expect.any(Array),
    recordId: flagship.id,
    creditsCharged: 1,
    row: 1,
  });
  expect(second).toMatchObject({ name: 'a\r\n"b";=c', 'column 3': 'nul\0', 'identifiers.abn': null });
  expect(last).toMatchObject({ outcome: null, creditsCharged: null, row: 5 });
});

it('continues behind a row when it is given, and begins with a byte order mark when that is wanted', async () => {
  const { text } = await download(gateway, `${companies.publicId}.csv?after=3&bom=1&fields=domain`);
  expect(text.startsWith('\ufeff')).toBe(true);
  expect(columnOf(cellsOf(text), 'row')).toEqual(['4', '5']);
  const beyond = await download(gateway, `${companies.publicId}.ndjson?after=5`);
  expect([beyond.status, beyond.text]).toEqual([200, '']);
  const head = await download(gateway, `${companies.publicId}.xlsx`, { method: 'HEAD' });
  expect([head.status, head.bytes.length, head.headers.get('x-last-complete-row')]).toEqual([200, 0, '4']);
});

it('has the provider of each field and Do Not Call beside each phone when a waterfall ran', async () => {
  const rows = cellsOf((await download(gateway, `${people.publicId}.csv`)).text);
  expect(rows[0]?.slice(0, 2)).toEqual(['LinkedIn', 'outcome']);
  expect(columnOf(rows, 'enriched_outcome')).toEqual(['FOUND', 'FOUND']);
  expect(columnOf(rows, 'sources')).toEqual([
    expect.stringMatching(/^FIRMABLE: .*name.*; APOLLO: .*phones/),
    '',
  ]);
  expect(columnOf(rows, 'phone1IsDoNotCall')[1]).toMatch(/^(?:true|false)$/);
  expect(columnOf(rows, 'phone1')[0]).toMatch(/^'\+61/);
  const [first] = linesOf(
    (await download(gateway, `${people.publicId}.ndjson?fields=phones.number,emails.work.value`)).text,
  );
  expect(first?.['phones']).toEqual([{ number: expect.any(String), isDoNotCall: null }]);
  expect(first?.['sources']).toContainEqual({ field: 'phones', provider: 'APOLLO' });
});

it('has no record, and says so, when the record was erased', async () => {
  const job = await makeJob(gateway, {
    headers: ['Website'],
    rows: [{ cells: [sampleCompanies[3]!.domain], by: { domain: sampleCompanies[3]!.domain } }],
  });
  const read = async () =>
    linesOf((await download(gateway, `${job.publicId}.ndjson?fields=name`)).text)[0] ?? {};
  expect(await read()).toMatchObject({ name: sampleCompanies[3]!.name, problem: null });
  await gateway.post('mutation M($id: ID!) { forgetRecord(input: { id: $id }) { userErrors { code } } }', {
    id: sampleCompanies[3]!.id,
  });
  expect(await read()).toMatchObject({
    outcome: 'FOUND',
    name: null,
    problem: 'NOT_FOUND',
    message: expect.stringContaining('erased'),
  });
});

it('has a line for each person, and one for a company without people, when people were searched', async () => {
  const job = await makeJob(gateway, {
    operation: 'PEOPLE_SEARCH',
    headers: ['Company'],
    rows: [
      { cells: ['two'], result: { outcome: 'FOUND', charge: 'FREE', people: [found('fp1'), found('fp2')] } },
      { cells: ['none'], result: { outcome: 'FOUND', charge: 'FREE', people: [] } },
    ],
  });
  const rows = cellsOf((await download(gateway, `${job.publicId}.csv`)).text);
  expect(rows[0]?.slice(0, 3)).toEqual(['Company', 'id', 'position']);
  expect(rows.slice(1).map((row) => row.slice(0, 2))).toEqual([
    ['two', 'fp1'],
    ['two', 'fp2'],
    ['none', ''],
  ]);
  expect(columnOf(rows, 'hasDoNotCallPhone')).toEqual(['true', 'true', '']);
});

it.each([
  ['fields=employeeCont', 400, 'employeeCount'],
  ['fields=abn', 400, 'identifiers.abn'],
  ['fields=identifiers{abn', 400, 'brace'],
  ['fields=', 400, 'names no field'],
  ['after=-1', 400, 'whole number'],
  ['colour=red', 400, 'fields, after, bom'],
])('refuses %s before the first byte', async (query, status, said) => {
  const answer = await download(gateway, `${companies.publicId}.csv?${query}`);
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.text).error).toContain(said);
});

it('is for those who see the job: viewers, and confined tokens that created it', async () => {
  const viewer = await gateway.tokenOf('VIEWER');
  expect((await download(gateway, `${companies.publicId}.csv`, { token: viewer })).status).toBe(200);
  const admin = await gateway.context.findCaller(gateway.token);
  const { secret: confined } = await createToken(gateway.context, admin, {
    name: 'confined',
    role: 'MEMBER',
    scopes: { operations: ['COMPANY'] },
  });
  expect((await download(gateway, `${companies.publicId}.csv`, { token: confined })).status).toBe(404);
  const own = await makeJob(gateway, { headers: ['Website'], rows: [{ cells: ['x'] }], token: confined });
  expect((await download(gateway, `${own.publicId}.csv`, { token: confined })).status).toBe(200);
  for (const file of ['job_1.csv', `${companies.publicId}.pdf`, `job_${admin.workspaceId}.csv`]) {
    expect((await download(gateway, file)).status).toBe(404);
  }
});
