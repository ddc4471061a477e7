// Builds dist/ unless it is newer than everything it is made from: npm start must not pay for the compiler each time.
// Plain JavaScript, because it runs before there is a build.
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const marker = path.join(root, 'dist', '.built');
const sources = ['src', 'schema', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

/** Folders count too: their time changes when a file is removed. */
const newestMs = (file) => {
  const found = statSync(file);
  const inside = found.isDirectory() ? readdirSync(file).map((name) => newestMs(path.join(file, name))) : [];
  return Math.max(found.mtimeMs, ...inside);
};

const builtMs = statSync(marker, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const begunMs = Date.now();
if (Math.max(...sources.map((name) => newestMs(path.join(root, name)))) > builtMs) {
  rmSync(marker, { force: true });
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  // The marker bears the time at which the build began: what changes while it runs is built next time.
  writeFileSync(marker, '');
  utimesSync(marker, begunMs / 1000, begunMs / 1000);
}
