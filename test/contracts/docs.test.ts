import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, isEnumType, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { may, type Permission, permissions, roles } from '../../src/access/caller.js';
import { settings } from '../../src/config/settings.js';
import { problem, problemCodes, requestCodes } from '../../src/errors.js';
import { printApi } from '../../scripts/print-api.js';
import * as papers from './read-docs.js';

const root = path.resolve(import.meta.dirname, '../..');
const names = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];
const texts = names.map((name) => ({ name, text: readFileSync(path.join(root, name), 'utf8') }));
const [readme = { name: '', text: '' }] = texts;
const manifest = z.object({ scripts: z.record(z.string(), z.string()) });
const scripts = Object.keys(
  manifest.parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))).scripts,
);
const schema = buildSchema(printApi());

/** What `find` sees in any paper and `exists` does not know, as lines that say where. */
const unknown = (
  find: (text: string) => string[],
  exists: (word: string, paper: string) => boolean,
): string[] =>
  texts.flatMap(({ name, text }) =>
    find(text)
      .filter((word) => !exists(word, name))
      .map((word) => `${name}: ${word}`),
  );

/** Whether a link in a paper leads to a file, and to a heading in it. */
const leads = (link: string, paper: string): boolean => {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? paper : file;
  if (!existsSync(path.join(root, target))) return false;
  return (
    anchor === undefined || papers.anchorsIn(readFileSync(path.join(root, target), 'utf8')).includes(anchor)
  );
};

describe('the papers', () => {
  it('name only files and folders that exist', () => {
    expect(unknown(papers.pathsIn, (file) => existsSync(path.join(root, file)))).toEqual([]);
  });

  it('link only to what exists', () => {
    expect(unknown(papers.linksIn, leads)).toEqual([]);
  });

  it('name only scripts that exist, and every script', () => {
    const named = texts.flatMap(({ text }) => papers.scriptsIn(text));
    expect(unknown(papers.scriptsIn, (script) => scripts.includes(script))).toEqual([]);
    expect(scripts.filter((script) => !named.includes(script))).toEqual([]);
  });

  it('name only variables and words that exist', () => {
    const words = new Set<string>([
      ...settings.map(({ name }) => name),
      'NODE_ENV',
      'TEST_DATABASE_URL',
      ...problemCodes,
      ...requestCodes,
      ...Object.values(schema.getTypeMap())
        .filter(isEnumType)
        .flatMap((type) => type.getValues().map(({ name }) => name)),
    ]);
    expect(unknown(papers.capitalsIn, (word) => words.has(word))).toEqual([]);
  });

  it('list every problem, and whether it is worth a retry', () => {
    const rows = papers.tableRowsIn(readme.text).filter(([, retry]) => retry === 'yes' || retry === 'no');
    const told = rows.map(([code, retry]) => `${code} ${retry}`).toSorted();
    const true_ = problemCodes.map((code) => `\`${code}\` ${problem(code, '').retryable ? 'yes' : 'no'}`);
    expect(told).toEqual(true_.toSorted());
  });

  it.each(['Outcome', 'Charge'])('list every %s', (name) => {
    const first = papers.tableRowsIn(readme.text).map(([word]) => word);
    const type = schema.getType(name);
    const values = isEnumType(type) ? type.getValues() : [];
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) expect(first).toContain(`\`${value.name}\``);
  });

  it('say of each role what it may do', () => {
    const told = papers
      .tableRowsIn(readme.text)
      .filter(([first = '']) => permissions.some((permission) => first.startsWith(`\`${permission}\``)))
      .map(([first = '', ...marks]) => [/`(\w+)`/.exec(first)?.[1], ...marks.map((mark) => mark === '✓')]);
    const caller = {
      workspaceId: '',
      workspaceName: '',
      tokenId: '',
      tokenName: '',
      plan: 'PRO' as const,
      workflow: null,
    };
    const is = (permission: Permission) => roles.map((role) => may({ ...caller, role }, permission));
    expect(new Map(told.map(([name, ...marks]) => [name, marks]))).toEqual(
      new Map(permissions.map((permission) => [permission, is(permission)])),
    );
  });

  it('show only operations that the API takes', () => {
    for (const { query } of papers.examplesIn(readme.text)) {
      expect(validate(schema, parse(query)).map(({ message }) => message)).toEqual([]);
    }
  });
});

describe('the reader of papers', () => {
  it('finds what may be wrong', () => {
    const text = [
      'See `src/gone.ts`, `.ci/run` and [this](gone.md#there "title"), not https://a.example/src/x.ts.',
      'Run `npm run gone -- --flag` or `npm test`, with `GONE_URL` or:',
      '```sh\nGONE_TOO=1 npm start\n```',
    ].join('\n');
    expect(papers.pathsIn(text)).toEqual(['src/gone.ts', '.ci/run']);
    expect(papers.linksIn(text)).toEqual(['gone.md#there']);
    expect(papers.scriptsIn(text)).toEqual(['gone', 'test', 'start']);
    expect(papers.capitalsIn(text)).toEqual(['GONE_URL', 'GONE_TOO']);
    expect(papers.anchorsIn('# A\n## Connect a real key!\n')).toEqual(['a', 'connect-a-real-key']);
    expect(papers.tableRowsIn('| a | b |\n| --- | --- |\n| `c` | |\n')).toEqual([
      ['a', 'b'],
      ['`c`', ''],
    ]);
  });
});
