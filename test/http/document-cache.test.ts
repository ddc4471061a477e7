import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { createDocumentCache } from '../../src/http/plugins/use-document-cache.js';

/** 5 tokens with the start and the end of the file, 26 characters: 2,552 bytes. */
const documentOf = (name: string): string => `{ ${name} }`.padEnd(26);
const documentBytes = 5 * 500 + 2 * 26;

/** Which documents a cache of `bytesMax` holds after all were added; `beforeLast` runs before the last one. */
const cachedOf = (
  bytesMax: number,
  names: string[],
  beforeLast: (get: (name: string) => unknown) => void = () => {},
): string => {
  const documents = createDocumentCache(bytesMax);
  const get = (name: string) => documents.get(documentOf(name));
  const add = (name: string) => documents.set(documentOf(name), parse(documentOf(name)));
  for (const name of names.slice(0, -1)) add(name);
  beforeLast(get);
  for (const name of names.slice(-1)) add(name);
  return names.filter((name) => get(name) !== undefined).join('');
};

it('finds a document again when its text is the same', () => {
  const documents = createDocumentCache(1_000_000);
  const document = parse('{ a }');
  documents.set('{ a }', document);
  expect(documents.get('{ a }')).toBe(document);
  expect(documents.get('{  a }')).toBeUndefined();
});

it('drops the least recently used document when the bytes are used up', () => {
  expect(cachedOf(3 * documentBytes, ['a', 'b', 'c'])).toBe('abc');
  expect(cachedOf(3 * documentBytes - 1, ['a', 'b', 'c'])).toBe('bc');
  expect(cachedOf(3 * documentBytes - 1, ['a', 'b', 'c'], (get) => get('a'))).toBe('ac');
});

it('keeps the other documents when one is larger than the cache', () => {
  const documents = createDocumentCache(2 * documentBytes);
  documents.set(documentOf('a'), parse(documentOf('a')));
  const large = `{ ${'b '.repeat(20)} }`;
  documents.set(large, parse(large));
  expect(documents.get(large)).toBeUndefined();
  expect(documents.get(documentOf('a'))).toBeDefined();
});

it('counts a document once when it is added again', () => {
  expect(cachedOf(2 * documentBytes, ['a', 'b', 'b', 'b'])).toBe('abbb');
});
