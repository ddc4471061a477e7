import { describe, expect, it } from 'vitest';
import { chooseScenarios, type LookupChoice } from './choose-scenarios.js';
import { scenarios } from './scenarios.js';

const choose = (choice: Partial<LookupChoice>) =>
  chooseScenarios({ scenarios: [], ways: [], before: null, ...choice });
const waysOf = (choice: Partial<LookupChoice>): string[][] =>
  choose(choice).map(({ entries }) => entries.map(({ way }) => way));

describe('the choice of scenarios', () => {
  it('is all of them, with all ways, when nothing is chosen', () => {
    expect(choose({})).toEqual(Object.values(scenarios));
  });

  it('keeps the chosen ways of the chosen scenarios, in the order of the set', () => {
    expect(waysOf({ scenarios: ['one', 'many'], ways: ['bare-proxy', 'hand-written-gateway'] })).toEqual([
      ['hand-written gateway', 'bare proxy'],
      ['hand-written gateway', 'bare proxy'],
    ]);
  });

  it('leaves out a scenario that has none of the ways', () => {
    expect(choose({ ways: ['hive-gateway'] }).map(({ name }) => name)).toEqual([scenarios.many.name]);
    expect(() => choose({ scenarios: ['list'], ways: ['bare-proxy'] })).toThrow('No scenario');
  });

  it('has the gateway of another checkout beside this one, for each of its questions', () => {
    expect(waysOf({ scenarios: ['list'], before: '../before' })).toEqual([
      ['gateway', 'gateway before', 'hand-written gateway'],
    ]);
    expect(choose({ scenarios: ['known'], ways: ['gateway'], before: '../before' })[0]?.entries).toEqual(
      ['known', 'refetched', 'new'].flatMap((question) => [
        { way: 'gateway', question },
        { way: 'gateway before', question },
      ]),
    );
  });

  it('names what there is when a name is unknown', () => {
    expect(() => choose({ scenarios: ['few'] })).toThrow(
      'There is no scenario few: choose from many, some, one, slow, known, list.',
    );
    expect(() => choose({ ways: ['Hive Gateway'] })).toThrow('hive-gateway');
  });
});
