import type { Found } from '../providers/provider.js';

/**
 * The provider's object as JSON to keep; null where it cannot be written (nested beyond reason): then no copy is kept.
 * The text it came in is as good, where it is about what would be written: neither indented nor full of escapes, which
 * take more room, and too short to be nested so deeply.
 */
export const writeSnapshot = ({ raw, json }: Pick<Found<unknown>, 'raw' | 'json'>): string | null => {
  if (json !== undefined && json.length <= lengthMax && !json.includes('\n') && !json.includes('\\u'))
    return json;
  try {
    return JSON.stringify(raw());
  } catch {
    return null;
  }
};

// A level takes two characters, and JSON.stringify of Node goes down about four thousand.
const lengthMax = 6_000;
