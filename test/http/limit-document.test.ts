import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import {
  documentLimits,
  limitRepeats,
  limitTokens,
  limitVariables,
} from '../../src/http/plugins/limit-document.js';

const times = (count: number, each: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => each(n)).join(' ');
const check = (query: string) => () => {
  limitTokens(query, documentLimits);
  limitRepeats(parse(query), documentLimits);
};

describe('accepts a document when it has', () => {
  it.each([
    [
      '60 fragments of the same fields',
      `{ ${times(60, (n) => `...F${n}`)} } ${times(60, (n) => `fragment F${n} on Company { id name domain website { url } }`)}`,
    ],
    [
      '100 aliases of the same fields',
      `{ ${times(100, (n) => `c${n}: company(by: { id: "f${n}" }) { outcome company { id name domain raw } receipt { charge } }`)} }`,
    ],
    ['a field 100 times', `{ ${times(100, () => 'viewer')} }`],
    ['50 operations', times(50, (n) => `query Q${n} { viewer { role } }`)],
    ['an operation named fragment', 'query fragment { viewer { role } }'],
    ['strings that look like a document', `{ node(id: "${'...F @d fragment { '.repeat(500)}") { id } }`],
    ['500 directives', `{ ${times(500, (n) => `a${n}: viewer @include(if: true)`)} }`],
  ])('%s', (_, query) => {
    expect(check(query)).not.toThrow();
  });
});

describe('refuses a document when it has', () => {
  it.each([
    ['too many fragments', times(61, (n) => `fragment F${n} on Query { a }`), '60 fragments'],
    ['too many operations', times(51, (n) => `query Q${n} { a }`), '50 operations'],
    ['too many operations without a name', times(51, () => '{ a }'), '50 operations'],
    ['too many spreads', `{ ${times(501, () => '...F')} }`, '500 fragment spreads'],
    ['too many directives', `{ a ${times(501, () => '@d')} }`, '500 directives'],
    ['a field too often', `{ ${times(300, () => 'viewer')} }`, 'comparisons'],
    ['an alias too often', `{ ${times(300, () => 'a: viewer')} }`, 'comparisons'],
    [
      'a field too often in inline fragments',
      `{ ${times(300, () => '... on Query { viewer }')} }`,
      'comparisons',
    ],
    [
      'a field too often inside fields',
      `{ ${times(30, () => `viewer { ${'role '.repeat(10)} }`)} }`,
      'comparisons',
    ],
    [
      'a field too often in fragments',
      times(50, (n) => `fragment F${n} on Query { ${'viewer '.repeat(10)} }`),
      'comparisons',
    ],
  ])('%s', (_, query, what) => {
    expect(check(query)).toThrow(what);
  });
});

describe('limits the objects of variables', () => {
  const wide = Object.fromEntries(Array.from({ length: 61 }, (_, n) => [`key${n}`, n]));

  it.each<[string, Record<string, unknown>]>([
    ['many variables', wide],
    ['long lists', { by: Array.from({ length: 10_000 }, () => ({ domain: 'a.example' })) }],
    ['nothing', {}],
    ['null and undefined', { a: null, b: undefined, c: [null, undefined, 0, ''] }],
  ])('and accepts %s', (_, variables) => {
    expect(() => limitVariables(variables)).not.toThrow();
  });

  it.each<[string, Record<string, unknown>]>([
    ['in a variable', { by: wide }],
    ['in a list', { by: [{}, wide] }],
    ['deep inside', { a: { b: [[{ c: wide }]] } }],
  ])('and refuses one with too many keys %s', (_, variables) => {
    expect(() => limitVariables(variables)).toThrow('more than 60 keys');
  });

  it('does not recurse into deep values', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(() => limitVariables({ deep })).not.toThrow();
  });
});
