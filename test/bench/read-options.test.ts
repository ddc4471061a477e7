import { describe, expect, it } from 'vitest';
import { readOptions } from './read-options.js';

describe('the options of the bench', () => {
  it('run all sets with all of their parts when there are none', () => {
    expect(readOptions([])).toEqual({
      sets: [],
      full: false,
      entries: null,
      lookups: { scenarios: [], ways: [], before: null, rounds: 3, warmUpSecondsMax: 30 },
    });
  });

  it('choose sets, and scenarios and ways of the lookups, one by one or with commas', () => {
    const given =
      'lookups start --scenario many,one --way gateway --way bare-proxy --rounds 5 --before ../old';
    expect(readOptions([...given.split(' '), '--warm-up', '10'])).toEqual({
      sets: ['lookups', 'start'],
      full: false,
      entries: null,
      lookups: {
        scenarios: ['many', 'one'],
        ways: ['gateway', 'bare-proxy'],
        before: '../old',
        rounds: 5,
        warmUpSecondsMax: 10,
      },
    });
    expect(readOptions(['--full', 'jobs'])).toMatchObject({ sets: ['jobs'], full: true });
  });

  it('are refused when they are unknown or have no use', () => {
    expect(() => readOptions(['--ways', 'gateway'])).toThrow('--ways');
    expect(() => readOptions(['--rounds', '0'])).toThrow('--rounds is a whole number above 0.');
    expect(() => readOptions(['--warm-up', 'long'])).toThrow('--warm-up is a whole number above 0.');
  });
});
