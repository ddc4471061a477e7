import { expect, it } from 'vitest';
import { GatewayError } from '../../src/errors.js';
import { cursorsOf, idShape, instantOfCursor, instantShape } from '../../src/platform/page.js';

const numbers = cursorsOf('numbers', [/^\d+$/]);
const countOf = (count: number) => () => Promise.resolve(count);
const encode = (text: string) => Buffer.from(text).toString('base64url');
const each = { item: (row: number) => row * 10, position: (row: number) => [String(row)] };

it('opens a cursor as the position of its item', () => {
  const page = numbers.pageOf([1, 2, 3], 2, each, countOf(3));
  expect(page).toMatchObject({ items: [10, 20], hasNextPage: true });
  const [, after] = page.cursors;
  expect(numbers.readPage({ first: 2, after: after ?? null })).toEqual({ first: 2, position: ['2'] });
});

it('reports no next page on the last page, and starts a list without a cursor', () => {
  expect(numbers.pageOf([1, 2], 2, each, countOf(2)).hasNextPage).toBe(false);
  expect(numbers.readPage({ first: 1, after: null })).toEqual({ first: 1, position: null });
});

it.each([
  '',
  'x',
  '%%%',
  ...[
    '[]',
    '["1"]',
    '["numbers"]',
    '["numbers","a"]',
    '["numbers","1","2"]',
    '["numbers",1]',
    '["others","1"]',
    '{}',
    'null',
  ].map(encode),
])('what is no cursor of this list is refused: %s', (after) => {
  expect(() => numbers.readPage({ first: 1, after })).toThrow(GatewayError);
});

it('refuses a cursor when another list with the same sort values made it', () => {
  const others = cursorsOf('others', [/^\d+$/]);
  expect(() => others.open(numbers.make(['1']))).toThrow('is not a cursor of this list');
  expect(others.open(others.make(['1']))).toEqual(['1']);
});

it('finds the instant in a cursor of any list', () => {
  const dated = cursorsOf('dated', [instantShape, idShape]);
  const at = '2026-11-01T00:00:00.000000Z';
  expect(instantOfCursor(dated.make([at, '00000000-0000-7000-8000-000000000000']))).toEqual(new Date(at));
  for (const none of [null, 'x', numbers.make(['1'])]) expect(instantOfCursor(none)).toBeNull();
});
