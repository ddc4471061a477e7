import { parseArgs } from 'node:util';
import type { LookupChoice } from './lookups/choose-scenarios.js';
import { roundsPerEntry } from './lookups/scenarios.js';

/** What of the bench is run. */
export type BenchOptions = {
  /** The names of sets; all where none is given. */
  sets: readonly string[];
  /** Also the sizes that take minutes to make. */
  full: boolean;
  /** How many entries the large workspace of the set `reports` has; null: as many as fit the run. */
  entries: number | null;
  /** For the set `lookups` only. */
  lookups: LookupChoice & { rounds: number; warmUpSecondsMax: number };
};

/** Reads the arguments of `npm run bench --`. Throws where an option is unknown or its value cannot be used. */
export const readOptions = (args: readonly string[]): BenchOptions => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      full: { type: 'boolean', default: false },
      scenario: { type: 'string', multiple: true, default: [] },
      way: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string', default: String(roundsPerEntry) },
      'warm-up': { type: 'string', default: '30' },
      before: { type: 'string' },
      entries: { type: 'string' },
    },
  });
  return {
    sets: positionals,
    full: values.full,
    entries: values.entries === undefined ? null : wholeNumber('entries', values.entries),
    lookups: {
      scenarios: listOf(values.scenario),
      ways: listOf(values.way),
      before: values.before ?? null,
      rounds: wholeNumber('rounds', values.rounds),
      warmUpSecondsMax: wholeNumber('warm-up', values['warm-up']),
    },
  };
};

/** An option may be given again, or once with commas. */
const listOf = (given: readonly string[]): string[] =>
  given.flatMap((text) => text.split(',')).map((name) => name.trim());

const wholeNumber = (option: string, text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${option} is a whole number above 0.`);
  return number;
};
