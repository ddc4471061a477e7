import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeFolder } from '../support/gateway.js';

const root = path.resolve(import.meta.dirname, '../..');

/** Builds a program of this text as the gateway is built. */
const buildProgram = (text: string) => {
  const { folder, remove } = makeFolder();
  onTestFinished(remove);
  const source = path.join(folder, 'program.ts');
  writeFileSync(source, text);
  const built = path.join(folder, 'built');
  const build = (): void => {
    execFileSync(process.execPath, [path.join(root, 'scripts', 'build-gateway.mjs'), built, source]);
  };
  const run = () =>
    spawnSync(process.execPath, ['--enable-source-maps', path.join(built, 'program.js')], {
      encoding: 'utf8',
    });
  return { built, build, run };
};

it('names the source file and the line in stack traces', () => {
  const { build, run } = buildProgram(`
    const fail = (text: string): never => {
      throw new Error(text);
    };
    fail('canary');`);
  build();
  expect(run().stderr).toMatch(/Error: canary\n\s+at fail \(.*\/program\.ts:3:\d+\)/);
});

it('loads a CommonJS package later with the names that it has in Node.js', () => {
  const undici = JSON.stringify(path.join(root, 'node_modules', 'undici', 'index.js'));
  const { build, run } = buildProgram(`
    const { Agent, default: all } = await import(${undici});
    console.log(typeof Agent, all.Agent === Agent);`);
  build();
  expect(run()).toMatchObject({ stdout: 'function true\n', stderr: '' });
});

it('escapes what is not ASCII, which would double the memory of the file', () => {
  const { built, build, run } = buildProgram(`
    const quotes = /[‘’]|😀{2}/gu;
    console.log('‘a’ 😀😀 ü'.replace(quotes, '•'), \`’\${'–'.length}\`);`);
  build();
  expect(run()).toMatchObject({ stdout: '•a• • ü ’1\n', stderr: '' });
  expect(readFileSync(path.join(built, 'program.js'), 'utf8')).toMatch(/^\p{ASCII}+$/u);
});

it('keeps the modules of earlier builds for a day, because a running gateway may load them', () => {
  const { built, build } = buildProgram('export const nothing = null;');
  const [yesterday, now] = ['chunk-OLD.js', 'chunk-NEW.js'].map((name) => path.join(built, name));
  mkdirSync(path.join(built, 'dashboard'), { recursive: true });
  for (const file of [yesterday!, now!]) writeFileSync(file, '');
  const seconds = Date.now() / 1_000 - 25 * 3_600;
  utimesSync(yesterday!, seconds, seconds);
  build();
  const names = ['program.js', 'dashboard', 'chunk-NEW.js', 'chunk-OLD.js'];
  expect(names.map((name) => existsSync(path.join(built, name)))).toEqual([true, true, true, false]);
});
