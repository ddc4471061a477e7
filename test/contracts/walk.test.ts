import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { specifiersOf, targetOf } from '../architecture/read-sources.js';
import { readDocument, tableRowsIn } from './read-docs.js';

type Hop = { file: string; names: string[]; text: string };

const unquote = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

const section = /## A lookup, file by file\n([\s\S]*?)\n## /.exec(readDocument('ARCHITECTURE.md'))?.[1] ?? '';
const hops: Hop[] = tableRowsIn(section)
  .slice(1)
  .map(([, file, names]) => {
    const [name = ''] = unquote(file);
    return { file: name, names: unquote(names), text: readDocument(name) };
  });

/** Whether one of the files imports the other, or contains a call of its SQL function. */
const leads = (from: Hop, to: Hop): boolean =>
  to.file.endsWith('.sql')
    ? from.text.includes(path.basename(to.file, '.sql'))
    : specifiersOf(from.text).some((specifier) => targetOf(from.file, specifier) === to.file);

describe('the walk of company(by:) in ARCHITECTURE.md', () => {
  it('begins at the HTTP server, ends after the SQL functions and has about 25 files', () => {
    expect(hops[0]?.file).toMatch(/^src\/http\//);
    const files = hops.map(({ file }) => file);
    expect(files).toContain('schema/functions/reserve_credits.sql');
    expect(files).toContain('schema/functions/settle_credits.sql');
    expect(new Set(files).size).toBeGreaterThan(15);
    expect(new Set(files).size).toBeLessThanOrEqual(28);
  });

  it.each(hops)('names functions that $file has', ({ names, text }) => {
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !text.includes(name))).toEqual([]);
  });

  it('reaches each file from one before it, or from a file that connects modules', () => {
    // The composition root, the list of the API's nouns and the list of providers.
    const connectors = ['src/gateway.ts', 'src/graphql/schema.ts', 'src/providers/catalogue.ts'].map(
      (file): Hop => ({ file, names: [], text: readDocument(file) }),
    );
    const unreached = hops.filter(
      (hop, at) => at > 0 && ![...connectors, ...hops.slice(0, at)].some((from) => leads(from, hop)),
    );
    expect(unreached.map(({ file }) => file)).toEqual([]);
  });
});
