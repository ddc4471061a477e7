import { expect, it } from 'vitest';
import { GatewayError } from '../../src/errors.js';
import { pageOf, readPage } from '../../src/platform/page.js';

const shapes = [/^\d+$/];
const countOf = (count: number) => () => Promise.resolve(count);
const encode = (text: string) => Buffer.from(text).toString('base64url');
const each = { item: (row: number) => row * 10, position: (row: number) => [String(row)] };

it('decodes a cursor as the position of its item', () => {
  const page = pageOf([1, 2, 3], 2, each, countOf(3));
  expect(page).toMatchObject({ items: [10, 20], hasNextPage: true });
  const [, after] = page.cursors;
  expect(readPage({ first: 2, after: after ?? null }, shapes)).toEqual({ first: 2, position: ['2'] });
});

it('reports no next page on the last page, and starts a list without a cursor', () => {
  expect(pageOf([1, 2], 2, each, countOf(2)).hasNextPage).toBe(false);
  expect(readPage({ first: 1, after: null }, shapes)).toEqual({ first: 1, position: null });
});

it.each(['', 'x', '%%%', ...['[]', '["a"]', '["1","2"]', '[1]', '{}', 'null'].map(encode)])(
  'what is no cursor of this list is refused: %s',
  (after) => {
    expect(() => readPage({ first: 1, after }, shapes)).toThrow(GatewayError);
  },
);
