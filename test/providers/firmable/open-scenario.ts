import { createFirmable } from '../../../src/providers/firmable/create-firmable.js';
import type { UpstreamOptions } from '../../../src/providers/http/create-client.js';
import type { FoundPage, NoRecord, PeopleSearch } from '../../../src/providers/provider.js';
import { type Scenario, scenarioOf } from '../scenario.js';
import { key } from './examples.js';
import type { Answer } from './start-upstream.js';

/** An upstream with the given behavior, and Firmable's client in front of it. */
export const openScenario = async (
  answer: Answer,
  options: Partial<UpstreamOptions> = {},
): Promise<Scenario> => await scenarioOf({ make: createFirmable, key }, answer, options);

export const searchIn = async (scenario: Scenario, search: PeopleSearch): Promise<FoundPage | NoRecord> => {
  if (scenario.provider.searchPeople === null) throw new Error('Firmable has a search');
  return await scenario.provider.searchPeople(scenario.call, search);
};
