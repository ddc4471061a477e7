const wrapping = /^[\s\u200B"'`“”„‘’«»]+|[\s\u200B"'`“”„‘’«»]+$/g;

/** A key as a person pasted it, without white space, quotes of any kind and a `Bearer ` in front. */
export const cleanKey = (pasted: string): string =>
  pasted
    .replace(wrapping, '')
    .replace(/^bearer\s+/i, '')
    .replace(wrapping, '');

/** Beginnings that say whose a key or token is: Firmable's, the gateway's own, a webhook's, any sandbox's. */
const marks = /^(?:fbl|fgw|whsec)_|^[a-z]+_sandbox_/;

/** Whether a key bears a mark, and so is none of a provider whose keys bear no mark. */
export const isMarkedKey = (key: string): boolean => marks.test(key);
