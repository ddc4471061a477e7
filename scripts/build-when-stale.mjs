// Builds dist/ unless it is newer than everything it is made from: npm start must not pay for the compiler each time.
// Plain JavaScript, because it runs before there is a build. A package (npm pack) has no sources, and an installation
// without development dependencies no compiler: they start what has been built.
import { createRequire } from 'node:module';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const marker = path.join(root, 'dist', '.built');
const sources = ['src', 'schema', 'scripts', 'package-lock.json', 'tsconfig.json'];

const program = path.join(root, 'dist', 'src', 'main.js');
const require = createRequire(import.meta.url);
const isInstalled = (name) => {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
};
const stop = (message) => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};

if (!isInstalled('postgres')) stop('The packages are not installed: run "npm ci --omit=dev" first.');
const isPackage = !existsSync(path.join(root, 'src'));
const hasCompiler = isInstalled('esbuild');

/** Folders count too: their time changes when a file is removed. */
const newestMs = (file) => {
  const found = statSync(file);
  const inside = found.isDirectory() ? readdirSync(file).map((name) => newestMs(path.join(file, name))) : [];
  return Math.max(found.mtimeMs, ...inside);
};

const isStale = () => {
  const builtMs = statSync(marker, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Math.max(...sources.map((name) => newestMs(path.join(root, name)))) > builtMs;
};

const run = (script) => {
  const { status } = spawnSync('npm', ['run', '--silent', script], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

const build = () => {
  process.stderr.write('Building the gateway, which takes some seconds ...\n');
  rmSync(marker, { force: true });
  // It writes into src, so it goes before the time that the marker bears.
  run('generate:dashboard');
  const begunMs = Date.now();
  run('build');
  // The marker bears the time at which the build began: what changes while it runs is built next time.
  writeFileSync(marker, '');
  utimesSync(marker, begunMs / 1000, begunMs / 1000);
};

if (!isPackage && isStale()) {
  if (hasCompiler) build();
  else if (existsSync(program)) {
    process.stderr.write(
      'dist may be older than the sources, and the compiler is not installed: starting dist.\n',
    );
  }
}
if (!existsSync(program)) {
  stop(
    'The gateway is not built, and the compiler is not installed. Run "npm ci" without --omit=dev, then "npm run build"; after that "npm ci --omit=dev" keeps the build.',
  );
}
