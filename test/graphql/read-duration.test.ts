import { describe, expect, it } from 'vitest';
import { readDuration } from '../../src/graphql/scalars.js';

describe('a duration', () => {
  it.each<[unknown, number]>([
    ['30d', 2_592_000],
    ['12h', 43_200],
    ['15m', 900],
    ['45s', 45],
    ['2w', 1_209_600],
    ['90', 90],
    [90, 90],
    [0, 0],
    ['0', 0],
    ['P30D', 2_592_000],
    ['PT12H', 43_200],
    ['P1DT2H3M4S', 93_784],
    ['P2W', 1_209_600],
    ['pt15m', 900],
  ])('%j is %d seconds', (written, seconds) => {
    expect(readDuration(written)).toBe(seconds);
  });

  it.each([
    '',
    ' ',
    'soon',
    '-1d',
    '1.5h',
    '1y',
    'P',
    'PT',
    'P1Y',
    'P1M',
    'P1DT',
    'PT1D',
    '1d2h',
    '30 days',
    'NaN',
    'Infinity',
    -1,
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    null,
    undefined,
    {},
    [],
    true,
    '99999999999d',
    '9999999d',
  ])('%j is none', (written) => {
    expect(readDuration(written)).toBeNull();
  });
});
