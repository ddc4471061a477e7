import { describe, expect, it } from 'vitest';
import { readSources, specifiersOf, targetOf } from './architecture/read-sources.js';
import { allowedImports, packages, sqlModules } from './architecture/dependencies.js';
import * as rules from './architecture/rules.js';

// The last passes PATH, and nothing else, to the database's programs.
const environmentReaders = ['src/cli', 'src/platform/embedded/start-postgres.ts'];

const all = readSources();
const src = all.filter(({ path }) => path.startsWith('src/') && /\.tsx?$/.test(path));
const sources = all.filter(({ path }) => /^(?:src|schema)\/.*\.tsx?$/.test(path));
const code = all.filter(({ path }) => /^(?:src|schema|test)\/.*(?:\.m?[jt]s|\.tsx)$/.test(path));
const imported = new Set(
  src.flatMap(({ path, text }) => specifiersOf(text).map((specifier) => targetOf(path, specifier))),
);
// Files that are run: main, and the commands.
const entryPoints = src
  .map(({ path }) => path)
  .filter(
    (path) =>
      /^src\/(?:main|cli\/.*|dashboard\/(?:graphiql\/)?main)\.tsx?$/.test(path) && !imported.has(path),
  );

describe('the architecture', () => {
  it('has only the imports between modules that the table allows', () => {
    expect(rules.forbiddenImports(sources, allowedImports)).toEqual([]);
  });

  it('imports each package in the modules of the table only', () => {
    expect(rules.forbiddenPackages(sources, packages)).toEqual([]);
  });

  it('writes SQL in the modules of the table only', () => {
    expect(rules.forbiddenSql(sources, sqlModules)).toEqual([]);
  });

  it('has no import cycle between files', () => {
    expect(rules.cycles(code)).toEqual([]);
  });

  it('names files in kebab-case, after their content', () => {
    expect(rules.badNames(code)).toEqual([]);
  });

  it('has no any, no enum, no default export and no export of everything', () => {
    expect(rules.bannedPhrases(code.filter(({ path }) => !path.startsWith('test/architecture')))).toEqual([]);
  });

  it('reads the environment in the command line only', () => {
    expect(rules.environmentReads(sources, environmentReaders)).toEqual([]);
  });

  it('has no effect when imported', () => {
    expect(rules.effectsAtImport(sources, entryPoints)).toEqual([]);
  });

  it('exports what another file uses', () => {
    const readers = all.filter(({ path }) => /^(?:src|schema|test|scripts)\/.*\.(?:m?[jt]s|tsx)$/.test(path));
    expect(rules.unusedExports(src, readers)).toEqual([]);
  });

  it('has hooks in test files only', () => {
    expect(rules.hooksAtImport(code)).toEqual([]);
  });

  it('has no file over 250 lines', () => {
    expect(rules.tooLong(code, 250)).toEqual([]);
  });

  it('names no path or host of one machine', () => {
    expect(rules.machinePaths(all)).toEqual([]);
  });
});
