const wrapping = /^[\s\u200B"'`“”„‘’«»]+|[\s\u200B"'`“”„‘’«»]+$/g;

/** A pasted key without white space, quotes of any kind and a leading `Bearer `. */
export const cleanKey = (pasted: string): string =>
  pasted
    .replace(wrapping, '')
    .replace(/^bearer\s+/i, '')
    .replace(wrapping, '');

/** Prefixes of keys and tokens: Firmable's, the gateway's, webhook secrets', any sandbox's. */
const marks = /^(?:fbl|fgw|whsec)_|^[a-z]+_sandbox_/;

/** Whether a key has such a prefix, so that it cannot be of a provider whose keys have none. */
export const isMarkedKey = (key: string): boolean => marks.test(key);
