import { type Scenario, scenarios } from './scenarios.js';

/** What of the set is measured. Names of ways are written in lower case, with hyphens: `bare-proxy`. */
export type LookupChoice = {
  /** Keys of `scenarios`; all where none is given. */
  scenarios: readonly string[];
  /** All where none is given. */
  ways: readonly string[];
  /** A checkout whose gateway takes turns with this one's; null without one. */
  before: string | null;
};

/** The chosen scenarios with the chosen ways. Throws where a name is unknown, or nothing is left to measure. */
export const chooseScenarios = (choice: LookupChoice): Scenario[] => {
  const all: Readonly<Record<string, Scenario>> = scenarios;
  const names = Object.keys(all);
  const ways = new Set(Object.values(all).flatMap(({ entries }) => entries.map(({ way }) => slugOf(way))));
  refuseUnknown('scenario', choice.scenarios, names);
  refuseUnknown('way', choice.ways, [...ways]);
  const chosen = names
    .filter((name) => choice.scenarios.length === 0 || choice.scenarios.includes(name))
    .flatMap((name) => all[name] ?? [])
    .map((scenario) => ({ ...scenario, entries: entriesOf(scenario, choice) }))
    .filter(({ entries }) => entries.length > 0);
  if (chosen.length === 0) throw new Error('No scenario has these ways: choose others.');
  return chosen;
};

const entriesOf = ({ entries }: Scenario, { ways, before }: LookupChoice): Scenario['entries'] =>
  entries
    .filter(({ way }) => ways.length === 0 || ways.includes(slugOf(way)))
    .flatMap((entry) =>
      entry.way === 'gateway' && before !== null
        ? [entry, { ...entry, way: 'gateway before' as const }]
        : [entry],
    );

const slugOf = (way: string): string => way.toLowerCase().replaceAll(' ', '-');

const refuseUnknown = (what: string, given: readonly string[], known: readonly string[]): void => {
  const unknown = given.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`There is no ${what} ${unknown.join(', ')}: choose from ${known.join(', ')}.`);
};
