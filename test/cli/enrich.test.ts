import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { flagship, sampleCompanies } from '../../src/sandbox/samples.js';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';
import { makeFolder } from '../support/gateway.js';
import { makeWorkbook, textRow } from '../uploads/make-workbook.js';
import { type Ran, runClient } from './run-client.js';

let gateway: TestGateway;
const { folder, remove } = makeFolder();
let cwd = '';
let tests = 0;
beforeAll(async () => {
  gateway = await startGateway();
});
beforeEach(() => {
  cwd = path.join(folder, String((tests += 1)));
  mkdirSync(cwd);
});
afterAll(async () => {
  await gateway.close();
  remove();
});

const domains = sampleCompanies.slice(0, 3).map(({ domain }) => domain);
/** A list whose rows are found, except one; one row repeats another. */
const list = [
  'Account;Website',
  ...domains.map((domain, at) => `A${at};${domain}`),
  'B;nobody-has-this.example',
  `C;https://www.${domains[0]}/`,
];

const write = (name: string, lines: readonly string[]): string => {
  writeFileSync(path.join(cwd, name), `${lines.join('\r\n')}\r\n`);
  return name;
};
const read = (name: string): Record<string, string>[] =>
  parse(readFileSync(path.join(cwd, name), 'utf8'), { columns: true, bom: true });
const run = (words: readonly string[], input?: string): Promise<Ran> =>
  runClient(gateway, words, { cwd, ...(input === undefined ? {} : { input }) });
const enrich = (...words: string[]): Promise<Ran> => run(['enrich', ...words]);
const jobs = async (): Promise<{ id: string; state: string; name: string }[]> =>
  dataOf<{ nodes: { id: string; state: string; name: string }[] }>(
    await gateway.post('{ jobs(first: 100) { nodes { id state name } } }'),
    'jobs',
  ).nodes;
const events = ({ stderr }: Ran): { event: string }[] =>
  stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('enrich', () => {
  it('writes the columns of the list and the fields when --yes confirms the quote', async () => {
    write('in.csv', list);
    const ran = await enrich(
      'in.csv',
      '--by',
      'domain=Website',
      '--fields',
      'name,employeeCount',
      '--max-credits',
      '10',
      '--yes',
      '-o',
      'out.csv',
      '--workflow',
      'cli-test',
    );
    expect(ran).toMatchObject({ code: 0, stdout: '' });
    expect(ran.stderr).toMatch(/^in\.csv: 5 rows \(CSV, .*";"\)$/m);
    expect(ran.stderr).toMatch(/^ +2 +Website +DOMAIN/m);
    expect(ran.stderr).toMatch(/^Quote for 5 rows: /m);
    expect(ran.stderr).toMatch(/^COMPLETED: 5 of 5 rows, 4 found, 1 not found, /m);
    const rows = read('out.csv');
    expect(rows.map((row) => [row['Account'], row['Website'], row['name'], row['outcome']])).toEqual([
      ...domains.map((domain, at) => [`A${at}`, domain, sampleCompanies[at]?.name, 'FOUND']),
      ['B', 'nobody-has-this.example', '', 'NOT_FOUND'],
      ['C', `https://www.${domains[0]}/`, flagship.name, 'FOUND'],
    ]);
    expect(readdirSync(cwd).toSorted()).toEqual(['in.csv', 'out.csv']);
  });

  it('reads standard input and writes nothing but the result to standard output', async () => {
    const words = ['enrich', '-', '--max-credits', '10', '--yes', '--fields', 'name'];
    const csv = await run(words, list.join('\n'));
    expect(csv.code).toBe(0);
    expect(parse(csv.stdout, { columns: true })).toHaveLength(5);
    const json = await run([...words.filter((word) => word !== '-'), '--json'], list.join('\n'));
    expect(json.code).toBe(0);
    const lines = json.stdout.trim().split('\n');
    expect(lines.map((line): unknown => JSON.parse(line))[0]).toMatchObject({
      name: sampleCompanies[0]?.name,
    });
    expect(events(json).map(({ event }) => event)).toEqual(
      expect.arrayContaining(['uploaded', 'quote', 'started', 'ended']),
    );
  });

  it('prints the quote and starts nothing when it is a dry run', async () => {
    write('in.csv', [...list, 'D;']);
    const before = await jobs();
    const ran = await enrich('in.csv', '--dry-run', '--json');
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.stdout)).toMatchObject({ quote: { rows: 6, duplicates: 1, invalid: 1 } });
    // The file is proposed as one of companies.
    write('people.csv', ['Website,Email', `${domains[0]},info@harbourline.example`]);
    const people = await enrich('people.csv', '--people', '--dry-run', '--json');
    expect(JSON.parse(people.stdout)).toMatchObject({ quote: { rows: 1, invalid: 0 } });
    expect(await jobs()).toEqual(before);
  });

  it('names its own option when a workbook has several sheets', async () => {
    const rows = textRow('Website') + textRow(domains[0] ?? '');
    const sheets = [1, 2].map((number) => ({ name: `S${number}`, rows }));
    writeFileSync(path.join(cwd, 'in.xlsx'), makeWorkbook(sheets));
    const { stderr } = await enrich('in.xlsx', '--dry-run');
    expect(stderr).toContain('"S1" was read, one of 2: name another with --sheet and its name or number.');
  });

  it('exits with 2 and leaves no job when it is not used as it must be', async () => {
    write('in.csv', list);
    const before = await jobs();
    const limit = ['--max-credits', '5', '--yes'];
    const cases: [words: string[], said: string][] = [
      [['in.csv', '--max-credits', '5'], 'add --yes'],
      [['in.csv', '--yes'], 'Add --max-credits'],
      [['gone.csv', ...limit], 'There is no file'],
      [['in.csv', '--by', 'domain=Web', ...limit], 'The columns: Account (#1), Website (#2)'],
      [['in.csv', '--by', 'phone=Web', ...limit], 'choose one of domain'],
      [['in.csv', '--fields', 'nosuch', ...limit], 'choose from'],
      [['in.csv', '-o', 'out.txt', ...limit], 'add --format'],
      [['in.csv', '-o', 'gone/out.csv', ...limit], 'cannot be written (ENOENT)'],
      [['--resume', 'job_1', '--dry-run'], 'starts nothing'],
      [['in.csv', '--max-age', '1x', ...limit], 'maxAge: Duration must be'],
      [['in.csv', '--workflow', 'a\nb', ...limit], 'workflow must be 1 to 100'],
      [['in.csv', '--people', ...limit], 'or --by on the command line'],
      [['in.csv', '--require', 'phone', ...limit], 'leave it out'],
      [['--found-by', 'job_1', '--require', 'fax', ...limit], 'Choose of name, website'],
      [['--found-by', 'job_1', '--operation', 'company', ...limit], 'set it to person'],
      [['--found-by', 'job_1', '--by', 'domain=Web', ...limit], 'leave them out'],
      [['--found-by', 'job_1', 'in.csv', ...limit], 'give one of both'],
      [['in.csv', '--position', 'sales', ...limit], 'need --operation people_search'],
      [['in.csv', '--people', '--operation', 'company', ...limit], 'cannot be used with'],
      [['--resume', 'job_1', '--found-by', 'job_2'], 'give --resume without them'],
    ];
    const runs = await Promise.all(cases.map(([words]) => enrich(...words)));
    for (const [at, { code, stdout, stderr }] of runs.entries()) {
      expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(cases[at]?.[1] ?? '')]);
    }
    expect(await jobs()).toEqual(before);
  });

  it('exits with 5 when a row is refused, and with 3 when the role may not enrich', async () => {
    write('in.csv', ['Website', domains[0] ?? '', 'gmail.com']);
    const words = [
      'enrich',
      'in.csv',
      '--by',
      'domain=#1',
      '--max-credits',
      '5',
      '--yes',
      '-o',
      'out.ndjson',
    ];
    expect((await run(words)).code).toBe(5);
    const viewer = { url: gateway.url, token: await gateway.tokenOf('VIEWER') };
    const refused = await runClient(viewer, [...words, '--json'], { cwd });
    expect(refused.code).toBe(3);
    expect(JSON.parse(refused.stderr)).toMatchObject({ error: { code: 'FORBIDDEN' } });
  });

  it('exits with 4 when the limit of the job is full, and says why and how to go on', async () => {
    write('in.csv', ['Id', 'f000000100021', 'f000000100022', 'f000000100023']);
    const ran = await enrich('in.csv', '--max-credits', '1', '--yes', '-o', "o'ut.csv");
    expect(ran.code).toBe(4);
    expect(ran.stderr).toMatch(/^MAX_CREDITS_EXCEEDED: /m);
    expect(readdirSync(cwd)).toEqual(['in.csv']);
    const [, id = ''] = /--resume (job_\S+)/.exec(ran.stderr) ?? [];
    expect(ran.stderr).toContain(
      `To go on with a higher limit (1 credit spent): firmable-gateway enrich --resume ${id} -o 'o'\\''ut.csv' --max-credits N\n`,
    );
    expect(ran.stderr).not.toContain('To go on: ');
    expect((await run(['jobs', 'resume', id, '--max-credits', 'lots'])).code).not.toBe(0);
    const resumed = await run(['jobs', 'resume', id, '--max-credits', '2', '--json']);
    expect(JSON.parse(resumed.stdout)).toMatchObject({ id, state: 'QUEUED', maxCredits: 2 });
    expect((await enrich('--resume', id, '-o', 'out.csv')).code).toBe(4);
    expect((await enrich('--resume', id, '--max-credits', 'Unlimited', '-o', 'out.csv')).code).toBe(0);
    expect((await run(['jobs', 'show', id])).stdout).toContain('limit none');
    const ended = await enrich('--resume', id, '--max-credits', '9', '-o', 'out.csv');
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining('The job has ended')]);
    expect((await run(['jobs', 'retry', id, '--max-credits', '5'])).code).toBe(0);
    expect(read('out.csv').map(({ outcome }) => outcome)).toEqual(['FOUND', 'FOUND', 'FOUND']);
  });
});

it.skipIf(!existsSync('/dev/full'))(
  'says that the result cannot be written when the disk is full',
  async () => {
    write('in.csv', list);
    const words = ['--max-credits', '5', '--yes', '--format', 'csv', '-o', '/dev/full'];
    const { code, stderr } = await enrich('in.csv', ...words);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/\n\/dev\/full cannot be written \(ENOSPC\): name another file\.\n$/),
    ]);
  },
);

describe('jobs', () => {
  it('lists, shows, pauses, resumes, downloads, cancels, retries and deletes a job', async () => {
    write('in.csv', list);
    const detached = await enrich(
      'in.csv',
      '--max-credits',
      '10',
      '--yes',
      '--no-wait',
      '--name',
      'detached',
    );
    const id = detached.stdout.trim();
    expect(detached.code).toBe(0);
    expect(id).toMatch(/^job_/);
    const waited = await enrich('--resume', id, '-o', 'out.xlsx');
    expect(waited.code).toBe(0);
    expect(readFileSync(path.join(cwd, 'out.xlsx')).subarray(0, 2).toString()).toBe('PK');
    const shown = await run(['jobs', 'show', id, '--json']);
    expect(JSON.parse(shown.stdout)).toMatchObject({
      id,
      name: 'detached',
      state: 'COMPLETED',
      counts: { done: 5 },
    });
    expect((await run(['jobs'])).stdout).toMatch(new RegExp(`^${id} +COMPLETED +5 +5 `, 'm'));
    const downloaded = await run(['jobs', 'download', id, '-o', 'again.csv', '--bom', '--fields', 'name']);
    expect(downloaded).toMatchObject({ code: 0, stdout: '' });
    expect(read('again.csv')).toHaveLength(5);
    // What has ended is neither paused nor resumed.
    for (const change of ['pause', 'resume']) expect((await run(['jobs', change, id])).code).not.toBe(0);
    expect((await run(['jobs', 'delete', id])).stdout).toBe(`Deleted ${id}.\n`);
    const gone = await run(['jobs', 'show', id, '--json']);
    expect(gone.code).toBe(1);
    expect(JSON.parse(gone.stderr)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  }, 120_000);
});
