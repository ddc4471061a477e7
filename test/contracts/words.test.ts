import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { settings } from '../../src/config/settings.js';
import { type Finding, findInCode, findInProse, wordsOfName } from './words/find-words.js';
import { forbiddenInNames } from './words/forbidden-words.js';

const root = path.resolve(import.meta.dirname, '../..');

/** Files that contain what the project no longer uses, because they are about it. */
const exempt = [
  /^test\/contracts\/words/,
  /^test\/migrations\/(?:database-at-0009\.|upgraded-data\.test\.ts)/,
  /^migrations\/upgrade-from-0009\.sql$/,
  /package-lock\.json$/,
];

/** The former names of settings, which this release still reads. */
const formerSettings = settings.flatMap(({ oldName }) => oldName ?? []);

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && !exempt.some((pattern) => pattern.test(file)));

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const list = (file: string, find: (text: string) => Finding[]): string[] =>
  find(read(file))
    .filter(({ found }) => !formerSettings.some((name) => found.endsWith(name)))
    .map(({ line, found, write }) => `${file}:${line}: "${found}": write ${write}`);

describe('the words of the project', () => {
  it('are the field’s own in documents, descriptions and settings', () => {
    const documents = files.filter((file) => /\.(?:md|graphql|example|html)$/.test(file));
    expect(documents).toContain('README.md');
    expect(documents.flatMap((file) => list(file, findInProse))).toEqual([]);
  });

  it('are the field’s own in code, comments and messages', () => {
    const code = files.filter((file) => /\.(?:tsx?|mjs)$/.test(file));
    expect(code.length).toBeGreaterThan(300);
    expect(code.flatMap((file) => list(file, findInCode))).toEqual([]);
  });

  it('are the field’s own in SQL', () => {
    const sql = files.filter((file) => file.endsWith('.sql'));
    expect(sql.flatMap((file) => list(file, findInProse))).toEqual([]);
  });

  it('are the field’s own in names of files', () => {
    const named = files.filter((file) =>
      forbiddenInNames.some(({ pattern }) => pattern.test(wordsOfName(file))),
    );
    expect(named).toEqual([]);
  });
});

describe('the search for words', () => {
  it('finds a forbidden word in an identifier, a comment and a string', () => {
    const text = 'const askedDelayMs = 1;\n// It tells the caller.\nconst message = "in doubt";\n';
    expect(findInCode(text).map(({ line, found }) => [line, found])).toEqual([
      [1, 'askedDelayMs'],
      [2, 'tells'],
      [3, 'doubt'],
    ]);
  });

  it('passes names and sentences that only contain the letters', () => {
    expect(findInCode('const task = mask; // The basket intellectually.\n')).toEqual([]);
  });
});
