import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { facesOf } from '../support/dump.js';
import { builtProgram } from '../support/gateway.js';

const program = builtProgram('cli/firmable-gateway');
const root = path.resolve(import.meta.dirname, '../..');

export type Ran = { code: number | null; stdout: string; stderr: string };

export type At = { url: string; token: string };

type Running = { input?: string | Buffer; cwd?: string; env?: Record<string, string> };

/** The environment of a client: the gateway, and nothing of this process. */
const clientEnv = ({ url, token }: At): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  LANG: 'C.UTF-8',
  FIRMABLE_GATEWAY_URL: url,
  FIRMABLE_GATEWAY_TOKEN: token,
});

/** Runs a command on a gateway, without a terminal, to its end. `onError` gets what is on standard error so far. */
export const runClient = (
  at: At,
  words: readonly string[],
  { input, cwd = root, env = {} }: Running = {},
  onError: (text: string, signal: (name: NodeJS.Signals) => void) => void = () => {},
): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...words], { cwd, env: { ...clientEnv(at), ...env } });
    const ran: Ran = { code: null, stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (ran.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      ran.stderr += text;
      onError(ran.stderr, (name) => child.kill(name));
    });
    // A command that refuses reads no input.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    child.once('error', reject);
    child.once('close', (code) => {
      const shown = facesOf(at.token).some((face) => `${ran.stdout}${ran.stderr}`.includes(face));
      if (shown && !words.includes(at.token)) reject(new Error(`the token is shown by ${words.join(' ')}`));
      else resolve({ ...ran, code });
    });
  });

/** Whether a pseudo-terminal can be opened here. */
export const hasTerminals = spawnSync('python3', ['-c', 'import pty']).status === 0;

const openTerminal = 'import pty, sys\nsys.exit(pty.spawn(sys.argv[1:]) >> 8)';

/**
 * Runs a command in a pseudo-terminal of `columns`. When the text of a step has appeared, its keys are typed: '\u0003' is Ctrl-C.
 * Returns everything that the terminal received.
 */
export const runInTerminal = (
  at: At,
  words: readonly string[],
  steps: readonly (readonly [RegExp, string])[],
  { cwd = root, columns = 100, env = {} }: Running & { columns?: number } = {},
): Promise<{ code: number | null; screen: string }> =>
  new Promise((resolve, reject) => {
    const shell = ['sh', '-c', `stty cols ${columns}; exec "$@"`, 'sh', process.execPath, program, ...words];
    const child = spawn('python3', ['-c', openTerminal, ...shell], {
      cwd,
      env: { ...clientEnv(at), TERM: 'xterm', ...env },
    });
    const waiting = [...steps];
    let screen = '';
    let seen = 0;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      screen += text;
      for (let [next] = waiting; next?.[0].test(screen.slice(seen)) === true; [next] = waiting) {
        child.stdin.write(next[1]);
        seen = screen.length;
        waiting.shift();
      }
    });
    child.stdin.on('error', () => {});
    child.once('error', reject);
    child.once('close', (code) => {
      if (waiting.length > 0) reject(new Error(`the terminal never showed ${waiting[0]?.[0]}:\n${screen}`));
      else if (facesOf(at.token).some((face) => screen.includes(face)))
        reject(new Error('the token is shown'));
      else resolve({ code, screen });
    });
  });
