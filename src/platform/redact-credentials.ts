import { uuidPattern } from './ids.js';

/**
 * Removes what may be a credential from a text that quotes a caller's input. GraphQL quotes the values it refuses:
 * `Variable "$input" got invalid value { key: "fbl_…" }; Field "name" … was not provided`. Keys, tokens and webhook
 * secrets are removed, and so is every long word of letters and digits, because the keys of some providers have no
 * prefix. Public ids stay.
 */
export const redactCredentials = (text: string): string =>
  redactMarked(text).replace(longWord, (word) =>
    publicId.test(word) || !/\d/.test(word) || !/[a-z]/i.test(word) ? word : '[cut]',
  );

/** Removes keys, tokens and webhook secrets from a text that people write, such as a name; nothing else in it changes. */
export const redactMarked = (text: string): string => text.replace(marked, '$1_[cut]');

const marked = /(?<![A-Za-z0-9])(fbl|pdl|apollo|fgw|whsec)_[\w-]{6,}/g;
const longWord = /(?<![\w-])[\w-]{16,}(?![\w-])/g;
const publicId = new RegExp(`^([a-z]{3,4}_)?${uuidPattern}$`, 'i');
