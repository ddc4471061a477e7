import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';
import { makeFolder } from '../support/gateway.js';
import { hasTerminals, runClient, runInTerminal } from './run-client.js';

const rows = 40;
const ctrlC = '\u0003';

let gateway: TestGateway;
const { folder: cwd, remove } = makeFolder();
beforeAll(async () => {
  // Slow enough to be interrupted.
  gateway = await startGateway({ env: { FIRMABLE_REQUESTS_PER_SECOND: '20' } });
  const domains = Array.from({ length: rows }, (_, at) => `nobody-${at}.example`);
  writeFileSync(path.join(cwd, 'in.csv'), ['Website', ...domains, ''].join('\n'));
  writeFileSync(path.join(cwd, 'short.csv'), 'Website\nnobody-1.example\n');
});
afterAll(async () => {
  await gateway.close();
  remove();
});

const words = ['--max-credits', '100'];
const question = /Start the job\? \[y\/N\] $/;
const jobCount = async (): Promise<number> =>
  dataOf<{ nodes: unknown[] }>(await gateway.post('{ jobs(first: 100) { nodes { id } } }'), 'jobs').nodes
    .length;
const linesOf = (file: string): string[] => readFileSync(path.join(cwd, file), 'utf8').trim().split('\r\n');

describe.runIf(hasTerminals)('enrich in a terminal', () => {
  it('starts nothing and leaves no job when the quote is not confirmed', async () => {
    const before = await jobCount();
    const enrich = ['enrich', 'short.csv', ...words];
    const answers = await Promise.all(
      ['n\n', '\u0004', ctrlC].map((keys) => runInTerminal(gateway, enrich, [[question, keys]], { cwd })),
    );
    expect(answers.map(({ code }) => code)).toEqual([7, 7, 130]);
    expect(await jobCount()).toBe(before);
  });

  it('pauses the job when Ctrl-C is typed, and goes on where it stood with the printed command', async () => {
    const enrich = ['enrich', 'in.csv', ...words, '-o', 'out.csv'];
    const steps = [
      [question, 'y\n'],
      [/ [1-9]\d?%/, ctrlC],
    ] as const;
    const paused = await runInTerminal(gateway, enrich, steps, { cwd, columns: 72 });
    expect(paused.code).toBe(4);
    expect(paused.screen).toMatch(/\r\[#+\.+\] +\d+% \d+\/40 rows/);
    expect(paused.screen).toMatch(/PAUSED: \d+ of 40 rows/);
    const [, command = ''] =
      /To go on: firmable-gateway (enrich --resume job_\S+ -o out\.csv)/.exec(paused.screen) ?? [];
    expect(readdirSync(cwd)).not.toContain('out.csv');
    const resumed = await runInTerminal(gateway, command.split(' '), [], { cwd, columns: 30 });
    expect(resumed.code).toBe(0);
    // No line of the progress is broken by a narrow terminal.
    const drawn = resumed.screen.split('\r').filter((line) => line.endsWith('\u001B[K'));
    for (const line of drawn) expect(line.length).toBeLessThan(30 + 3);
    const [header = '', ...lines] = linesOf('out.csv');
    expect(header).toMatch(/^Website,/);
    expect(lines.map((line) => line.split(',')[0])).toEqual(
      Array.from({ length: rows }, (_, at) => `nobody-${at}.example`),
    );
  });

  it('leaves at once when Ctrl-C is typed twice, and writes no file', async () => {
    const enrich = ['enrich', 'in.csv', ...words, '-o', 'never.csv'];
    const steps = [
      [question, 'y\n'],
      [/ \d+%/, ctrlC],
      [/Pausing the job/, ctrlC],
    ] as const;
    expect((await runInTerminal(gateway, enrich, steps, { cwd })).code).toBe(130);
    expect(readdirSync(cwd).filter((name) => name.includes('never'))).toEqual([]);
  });

  it('shows plain lines and only ASCII when the terminal is dumb and not in UTF-8', async () => {
    writeFileSync(path.join(cwd, 'ü.csv'), 'Wébsite\nnobody-1.example\n');
    const env = { TERM: 'dumb', LC_ALL: 'C', NO_COLOR: '1' };
    const enrich = ['enrich', 'ü.csv', '--by', 'domain=#1', ...words, '-o', 'plain.csv'];
    const { code, screen } = await runInTerminal(gateway, enrich, [[question, 'y\n']], { cwd, env });
    expect(code).toBe(0);
    expect(screen).toMatch(/^[\r\n -~]+$/);
  });
});

it('pauses the job without a terminal when SIGTERM or SIGINT is sent', async () => {
  let isSent = false;
  const ran = await runClient(gateway, ['enrich', 'in.csv', ...words, '--yes'], { cwd }, (text, kill) => {
    if (isSent || !text.includes('Started job_')) return;
    isSent = true;
    kill('SIGTERM');
  });
  expect(ran).toMatchObject({ code: 4, stdout: '' });
  expect(ran.stderr).toMatch(/^To go on: firmable-gateway enrich --resume job_\S+$/m);
});
