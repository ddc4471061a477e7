import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const buildDir = path.join(root, 'dist', 'test');
/** Where the dashboard is built for tests. */
export const builtDashboard = path.join(buildDir, 'dashboard');
export const builtProgram = (name: 'main' | 'cli/firmable-gateway'): string =>
  path.join(buildDir, `${name}.js`);

/**
 * Builds the gateway into a folder of the tests, apart from that of `npm start`. Throws if the build fails: tests of
 * processes would run stale output. For the global setup.
 */
export const buildGateway = (): void => {
  const steps: [string, ...string[]][] = [
    ['build-gateway.mjs', buildDir],
    ['generate-dashboard.mjs'],
    ['build-dashboard.mjs', builtDashboard],
  ];
  for (const [script, ...words] of steps) {
    const args = [path.join(root, 'scripts', script), ...words];
    const { status, error, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the build failed: ${stdout}${stderr}`, { cause: error });
  }
};

export type GatewayProcess = {
  /** Null if it exited before it listened. */
  url: string | null;
  pid: number;
  /** What it has printed on both streams. */
  output: () => string;
  signal: (name: NodeJS.Signals) => void;
  exited: Promise<number | null>;
};

/** Runs the built gateway as a process on a free port, and resolves when it listens or has exited. */
export const runGateway = async (
  env: Record<string, string>,
  prefix: readonly string[] = [],
): Promise<GatewayProcess> => {
  const gateway = spawnGateway(env, prefix);
  await gateway.settled;
  return gateway;
};

/** Runs a subcommand of the built executable, or none, to its end. */
export const runBuilt = (
  command: string | null,
  env: Record<string, string>,
  words: readonly string[] = [],
): Promise<{ code: number | null; output: string }> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [builtProgram('cli/firmable-gateway'), ...(command === null ? [] : [command]), ...words],
      { cwd: root, env: { ...quietEnv(), ...env } },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
    );
  });

/** Like runGateway, but returns at once; `settled` resolves when it listens or has exited. */
export const spawnGateway = (
  env: Record<string, string>,
  prefix: readonly string[] = [],
): GatewayProcess & { settled: Promise<unknown> } => {
  const command = [...prefix, process.execPath, builtProgram('main')];
  const child = spawn(command[0] ?? process.execPath, command.slice(1), {
    cwd: root,
    env: { ...quietEnv(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listening = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8');
        if (urlIn(output) !== null) resolve();
      });
    }
  });
  const exited = exitOf(child);
  return {
    get url() {
      return urlIn(output);
    },
    pid: child.pid ?? 0,
    output: () => output,
    signal: (name) => {
      child.kill(name);
    },
    exited,
    settled: Promise.race([listening, exited]),
  };
};

const quietEnv = (): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  TMPDIR: tmpdir(),
  LOG_LEVEL: 'error',
  PORT: '0',
  SHUTDOWN_DRAIN_SECONDS: '0',
});

const urlIn = (output: string): string | null => /http:\/\/[^\s/]+/.exec(output)?.[0] ?? null;

const exitOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', (code) => resolve(code));
  });

/** An empty folder, which `remove` deletes. */
export const makeFolder = (): { folder: string; remove: () => void } => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gateway-data-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};
