import { formatWord } from './format.js';

const titles: Readonly<Record<string, string>> = {
  FIRMABLE: 'Firmable',
  PEOPLE_DATA_LABS: 'People Data Labs',
  APOLLO: 'Apollo',
};

/** A provider as people call it; one that this page has not heard of, by its word. */
export const providerTitle = (name: string): string => titles[name] ?? formatWord(name);
