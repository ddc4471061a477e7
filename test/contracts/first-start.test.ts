import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

it('npm start leaves the environment as it is: NODE_ENV=production there would take the sandbox from the first start', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(
    readFileSync(path.join(root, 'package.json'), 'utf8'),
  );
  expect(scripts['start']).toContain('scripts/run.mjs main');
  expect(scripts['start']).not.toMatch(/\benv\b|[A-Z_]+=/);
});

/** Runs the script before the start in an installation that has only these files. */
const prepareStart = (files: string[]): { status: number | null; stderr: string } => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gateway-install-'));
  try {
    for (const file of ['scripts/build-when-stale.mjs', ...files]) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      const content = file === 'scripts/build-when-stale.mjs' ? readFileSync(path.join(root, file)) : '{}';
      writeFileSync(path.join(folder, file), content);
    }
    const { status, stderr } = spawnSync(
      process.execPath,
      [path.join(folder, 'scripts/build-when-stale.mjs')],
      { encoding: 'utf8' },
    );
    return { status, stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const packages = ['node_modules/postgres/index.js', 'node_modules/postgres/package.json'];
const sources = ['src/a.ts', 'schema/a.ts', 'scripts/a.mjs', 'package-lock.json', 'tsconfig.json'];

describe('npm start without a compiler', () => {
  it('starts a built package', () => {
    expect(prepareStart([...packages, 'dist/src/main.js'])).toEqual({ status: 0, stderr: '' });
  });

  it('starts what has been built from a checkout, and reports that it may be old', () => {
    const { status, stderr } = prepareStart([...packages, ...sources, 'dist/src/main.js']);
    expect(status).toBe(0);
    expect(stderr).toMatch(/^dist may be older than the sources/);
  });

  it.each([
    ['nothing is built', [...packages, ...sources], /Run "npm ci" without --omit=dev, then "npm run build"/],
    ['no package is installed', sources, /The packages are not installed: run "npm ci --omit=dev"/],
  ])('says what to do when %s', (_, files, message) => {
    const { status, stderr } = prepareStart(files);
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
  });
});
