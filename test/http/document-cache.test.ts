import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { createDocumentCache } from '../../src/http/plugins/document-cache.js';

/** 5 tokens with the beginning and the end, 26 characters: 2,552 bytes. */
const written = (name: string): string => `{ ${name} }`.padEnd(26);
const bytes = 5 * 500 + 2 * 26;
const kept = (fit: number, names: string[], between: (get: (name: string) => unknown) => void = () => {}) => {
  const documents = createDocumentCache(fit);
  const get = (name: string) => documents.get(written(name));
  for (const name of names.slice(0, -1)) documents.keep(written(name), parse(written(name)));
  between(get);
  for (const name of names.slice(-1)) documents.keep(written(name), parse(written(name)));
  return names.filter((name) => get(name) !== undefined).join('');
};

it('a document is found again by its text', () => {
  const documents = createDocumentCache(1_000_000);
  const document = parse('{ a }');
  documents.keep('{ a }', document);
  expect(documents.get('{ a }')).toBe(document);
  expect(documents.get('{  a }')).toBeUndefined();
});

it('as many are kept as fit into the bytes, and the one longest not asked for goes first', () => {
  expect(kept(3 * bytes, ['a', 'b', 'c'])).toBe('abc');
  expect(kept(3 * bytes - 1, ['a', 'b', 'c'])).toBe('bc');
  expect(kept(3 * bytes - 1, ['a', 'b', 'c'], (get) => get('a'))).toBe('ac');
});

it('one that would not fit alone is not kept, and drives out no other', () => {
  const documents = createDocumentCache(2 * bytes);
  documents.keep(written('a'), parse(written('a')));
  const large = `{ ${'b '.repeat(20)} }`;
  documents.keep(large, parse(large));
  expect(documents.get(large)).toBeUndefined();
  expect(documents.get(written('a'))).toBeDefined();
});

it('the same document kept again counts once', () => {
  expect(kept(2 * bytes, ['a', 'b', 'b', 'b'])).toBe('abbb');
});
