import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { makeFolder } from '../support/gateway.js';
import { type Image, processOptions, runDockerfile } from './run-dockerfile.js';

// One build serves all tests.
const buildTimeoutMs = 600_000;
vi.setConfig({ testTimeout: 120_000 });

const isRoot = process.getuid?.() === 0;
const root = path.resolve(import.meta.dirname, '../..');
const { folder, remove } = makeFolder();
let image: Image;

beforeAll(() => {
  // The accounts of the image must be able to read what is built.
  chmodSync(folder, 0o755);
  const context = path.join(folder, 'context');
  copyContext(context);
  const sources = { context, installed: path.join(root, 'node_modules') };
  image = runDockerfile(path.join(root, 'Dockerfile'), sources, path.join(folder, 'stages'));
}, buildTimeoutMs);

afterAll(remove);

/** What `.dockerignore` lets through. */
const copyContext = (context: string): void => {
  mkdirSync(context);
  const lines = readFileSync(path.join(root, '.dockerignore'), 'utf8').split('\n');
  expect(lines.filter((line) => line !== '' && !line.startsWith('#'))[0]).toBe('*');
  for (const line of lines.filter((one) => one.startsWith('!'))) {
    cpSync(path.join(root, line.slice(1)), path.join(context, line.slice(1)), { recursive: true });
  }
};

type Container = { process: ChildProcess; output: () => string; url: string };

/** Runs the image's command, on a free port and a data folder of its own, until it listens. */
const start = async (env: Record<string, string> = {}): Promise<Container> => {
  const options = processOptions(image);
  const [name = '', ...args] = image.command;
  const child = spawn(name, args, {
    ...options,
    env: { ...options.env, HOST: '127.0.0.1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
  }
  const listening = () => /listening on (http:\/\/[^/]+)/.exec(output)?.[1];
  await expect.poll(() => listening() ?? child.exitCode, { timeout: 90_000, interval: 50 }).not.toBeNull();
  return { process: child, output: () => output, url: listening() ?? '' };
};

const stop = async ({ process: child }: Container): Promise<number | null> => {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const [code] = await exited;
  return code;
};

const packageFolder = (): string => path.join(image.root, 'app/node_modules/firmable-gateway');

const manifestOf = (name: string): string => path.join(packageFolder(), name, 'package.json');

it('installs the built files without a compiler, sources, tests or secrets', () => {
  const names = readdirSync(packageFolder());
  expect(names).toContain('dist');
  expect(names.filter((name) => ['test', 'tsconfig.json', '.env', 'data', '.git'].includes(name))).toEqual(
    [],
  );
  const tools = ['typescript', 'vitest', 'tsx', 'drizzle-kit', '@biomejs/biome'];
  const folders = [packageFolder(), path.join(image.root, 'app')];
  const paths = folders.flatMap((parent) => tools.map((tool) => path.join(parent, 'node_modules', tool)));
  expect(paths.filter((one) => existsSync(one))).toEqual([]);
});

it('installs the versions that the lock file names', () => {
  const { packages }: { packages: Record<string, { version: string }> } = JSON.parse(
    readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
  );
  const installed = Object.keys(packages).filter((name) => name !== '' && existsSync(manifestOf(name)));
  const versions = installed.map((name) => {
    const { version }: { version: string } = JSON.parse(readFileSync(manifestOf(name), 'utf8'));
    return [name, version];
  });
  expect(versions.length).toBeGreaterThan(40);
  expect(versions).toEqual(installed.map((name) => [name, packages[name]?.version]));
});

it('answers a lookup, passes its health check and runs commands when it is started as its account', async () => {
  const owner = statSync(path.join(image.root, 'app/data')).uid;
  expect(owner).toBe(isRoot ? 1000 : process.getuid?.());
  const container = await start({ SANDBOX: 'on' });
  try {
    const token = /fgw_[\w-]+/.exec(container.output())?.[0];
    const response = await fetch(`${container.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ company(by: { domain: "harbourline.example" }) { outcome } }' }),
    });
    expect(await response.json()).toMatchObject({ data: { company: { outcome: 'FOUND' } } });

    const [node = '', ...args] = image.healthcheck;
    const options = processOptions(image);
    const check = (port: string) =>
      spawnSync(node, args, { ...options, env: { ...options.env, PORT: port } }).status;
    expect(check(new URL(container.url).port)).toBe(0);
    expect(check('1')).toBe(1);
    expect(image.healthcheck.join(' ')).toContain('127.0.0.1');

    const verified = spawnSync('firmable-gateway', ['verify'], { ...options, encoding: 'utf8' });
    expect(verified.stderr).toBe('');
    expect(verified.status).toBe(0);

    const words = ['enrich', '--max-credits', '2', '--yes', '--fields', 'name'];
    const enriched = spawnSync('firmable-gateway', words, {
      ...options,
      env: { ...options.env, FIRMABLE_GATEWAY_URL: container.url, FIRMABLE_GATEWAY_TOKEN: token },
      encoding: 'utf8',
      input: 'Website\nharbourline.example\n',
    });
    expect([enriched.status, enriched.stderr]).toEqual([0, expect.stringContaining('COMPLETED')]);
    expect(enriched.stdout).toContain('Harbourline');
  } finally {
    expect(await stop(container)).toBe(0);
  }
});

it('starts without the sandbox when nothing is set, because it is for production', async () => {
  const dataDir = path.join(image.root, 'app/data/second');
  const container = await start({ DATA_DIR: dataDir });
  expect(container.output()).not.toContain('harbourline');
  expect(await stop(container)).toBe(0);
});

it('reports in one line what is missing when the data folder cannot be written', async () => {
  const container = await start({ DATA_DIR: '/proc/data' });
  await expect.poll(() => container.process.exitCode).toBe(1);
  expect(container.output().trim().split('\n')).toHaveLength(1);
});
