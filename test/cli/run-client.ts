import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtModule } from '../support/gateway.js';

/** The built executable. */
export const program = fileURLToPath(builtModule('cli/firmable-gateway.js'));
const root = path.resolve(import.meta.dirname, '../..');

export type Ran = { code: number | null; stdout: string; stderr: string };

export type At = { url: string; token: string };

/** The environment of a client: the gateway, and nothing of this process. */
export const clientEnv = ({ url, token }: At): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  LANG: 'C.UTF-8',
  FIRMABLE_GATEWAY_URL: url,
  FIRMABLE_GATEWAY_TOKEN: token,
});

/** Runs a command on a gateway, without a terminal, to its end. */
export const runClient = (
  at: At,
  words: readonly string[],
  { input, cwd = root }: { input?: string | Buffer; cwd?: string } = {},
): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...words], { cwd, env: clientEnv(at) });
    const ran: Ran = { code: null, stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => (ran[name] += text));
    }
    // A command that refuses reads no input.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...ran, code }));
  });
