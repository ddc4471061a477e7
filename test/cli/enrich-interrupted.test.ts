import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';
import { makeFolder } from '../support/gateway.js';
import { hasTerminals, runClient, runInTerminal } from './run-client.js';

const rows = 30;
const fewRows = 8;
const ctrlC = '\u0003';

let gateway: TestGateway;
const { folder: cwd, remove } = makeFolder();
beforeAll(async () => {
  // Slow enough to be interrupted.
  gateway = await startGateway({ env: { FIRMABLE_REQUESTS_PER_SECOND: '10' } });
  const domains = Array.from({ length: rows }, (_, at) => `nobody-${at}.example`);
  writeFileSync(path.join(cwd, 'in.csv'), ['Website', ...domains, ''].join('\n'));
  writeFileSync(path.join(cwd, 'few.csv'), ['Website', ...domains.slice(0, fewRows), ''].join('\n'));
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
    const enrich = ['enrich', 'few.csv', ...words];
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
    expect(paused.screen).toMatch(/\r\[#+\.+\] +\d+% \d+\/30 rows/);
    expect(paused.screen).toMatch(/PAUSED: \d+ of 30 rows/);
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

  it('shows plain lines and only ASCII when the terminal is dumb and not in UTF-8', async () => {
    writeFileSync(path.join(cwd, 'ü.csv'), 'Wébsite\nnobody-1.example\n');
    const env = { TERM: 'dumb', LC_ALL: 'C', NO_COLOR: '1' };
    const enrich = ['enrich', 'ü.csv', '--by', 'domain=#1', ...words, '-o', 'plain.csv'];
    const { code, screen } = await runInTerminal(gateway, enrich, [[question, 'y\n']], { cwd, env });
    expect(code).toBe(0);
    expect(screen).toMatch(/^[\r\n -~]+$/);
  });
});

/** Acts once, when the command has started its job. */
const whenStarted = (act: (kill: (name: NodeJS.Signals) => void) => void) => {
  let isDone = false;
  return (text: string, kill: (name: NodeJS.Signals) => void): void => {
    if (isDone || !text.includes('Started job_')) return;
    isDone = true;
    act(kill);
  };
};

it('pauses the job without a terminal when SIGTERM is sent', async () => {
  const enrich = ['enrich', 'in.csv', ...words, '--yes'];
  const ran = await runClient(
    gateway,
    enrich,
    { cwd },
    whenStarted((kill) => kill('SIGTERM')),
  );
  expect(ran).toMatchObject({ code: 4, stdout: '' });
  expect(ran.stderr).toMatch(/^To go on: firmable-gateway enrich --resume job_\S+$/m);
});

it('pauses the job when one Ctrl-C is two signals, as npm makes of it', async () => {
  const act = whenStarted((kill) => {
    kill('SIGINT');
    kill('SIGINT');
  });
  const ran = await runClient(gateway, ['enrich', 'in.csv', ...words, '--yes'], { cwd }, act);
  expect(ran).toMatchObject({ code: 4, stdout: '' });
  expect(ran.stderr).toContain('To go on: firmable-gateway enrich --resume job_');
});

describe('a lost connection', () => {
  let relay: Relay;
  beforeEach(async () => {
    relay = await openRelay(Number(new URL(gateway.url).port));
  });
  afterEach(() => relay.shut());
  const at = () => ({ url: relay.url, token: gateway.token });
  const enrich = ['enrich', 'few.csv', ...words, '--yes', '-o', 'lost.csv'];

  it('is left at once when Ctrl-C is pressed again, and no file is written', async () => {
    const act = whenStarted((kill) => {
      relay.hold();
      kill('SIGINT');
      setTimeout(() => kill('SIGINT'), 1_000);
    });
    const ran = await runClient(
      at(),
      ['enrich', 'in.csv', ...words, '--yes', '-o', 'never.csv'],
      { cwd },
      act,
    );
    expect(ran.code).toBe(130);
    expect(readdirSync(cwd).filter((name) => name.includes('never'))).toEqual([]);
  });

  it('is opened again when it breaks while the job runs', async () => {
    const ran = await runClient(at(), enrich, { cwd }, whenStarted(relay.cut));
    expect(ran.code).toBe(0);
    expect(linesOf('lost.csv')).toHaveLength(fewRows + 1);
  });

  it('ends the command with 6 when it always breaks before a workbook is whole', async () => {
    const done = await runClient(gateway, [...enrich.slice(0, -2), '-o', 'whole.xlsx'], { cwd });
    const [, id = ''] = /Started (job_[\w-]+)/.exec(done.stderr) ?? [];
    relay.breakExports();
    const resume = ['enrich', '--resume', id, '-o', 'broken.xlsx', '--retry-seconds', '2'];
    const ran = await runClient(at(), resume, { cwd });
    expect(ran.code).toBe(6);
    expect(readdirSync(cwd).filter((name) => name.includes('broken'))).toEqual([]);
  });

  it('ends the command with 6 when it stays lost, and the job goes on', async () => {
    const words = [...enrich, '--retry-seconds', '1'];
    const ran = await runClient(at(), words, { cwd }, whenStarted(relay.shut));
    expect(ran.code).toBe(6);
    expect(ran.stderr).toContain('cannot be reached');
    const [, id = ''] =
      /To wait for its result: firmable-gateway enrich --resume (job_\S+) -o lost\.csv/.exec(ran.stderr) ??
      [];
    const waited = await runClient(gateway, ['enrich', '--resume', id, '-o', 'waited.csv'], { cwd });
    expect(waited.code).toBe(0);
    expect(linesOf('waited.csv')).toHaveLength(fewRows + 1);
  });
});

type Relay = { url: string } & Record<'hold' | 'breakExports' | 'cut' | 'shut', () => void>;

/** Another port of the gateway, whose connections can be held, cut and refused, and whose exports can be broken off. */
const openRelay = async (port: number): Promise<Relay> => {
  const sockets = new Set<Socket>();
  let breaksExports = false;
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    }
    client.pipe(upstream).pipe(client);
    client.on('data', (bytes: Buffer) => {
      if (!breaksExports || !bytes.toString('latin1').startsWith('GET /export/')) return;
      upstream.once('data', () => setImmediate(() => client.destroy()));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const shut = (): void => {
    server.close();
    cut();
  };
  const hold = (): void => {
    server.removeAllListeners('connection');
    for (const socket of sockets) socket.pause();
  };
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    hold,
    breakExports: () => {
      breaksExports = true;
    },
    cut,
    shut,
  };
};
