import { createFirmable } from '../../../src/providers/firmable/create-firmable.js';
import type { UpstreamOptions } from '../../../src/providers/http/create-client.js';
import type { FoundPage, NoRecord, PeopleSearch } from '../../../src/providers/provider.js';
import { type Scene, sceneOf } from '../scenario.js';
import { key } from './examples.js';
import type { Answer } from './start-upstream.js';

/** An upstream that answers as told, and Firmable's client in front of it. */
export const openScene = async (answer: Answer, options: Partial<UpstreamOptions> = {}): Promise<Scene> =>
  await sceneOf({ make: createFirmable, key }, answer, options);

export const searchIn = async (scene: Scene, search: PeopleSearch): Promise<FoundPage | NoRecord> => {
  if (scene.provider.searchPeople === null) throw new Error('Firmable has a search');
  return await scene.provider.searchPeople(scene.call, search);
};
