import { uuidPattern } from './ids.js';

/**
 * Text that quotes what a caller has sent, without what may be a credential: GraphQL quotes the values it cannot take: `Variable "$input" got invalid value { key: "fbl_…" }; Field "name" … was
 * not provided`. What looks like a key, a token or a webhook's secret is cut out of such a message; so is every long word
 * of letters and digits, because the keys of some providers bear no mark. Our own public ids stay.
 */
export const redactCredentials = (text: string): string =>
  text
    .replace(marked, '$1_[cut]')
    .replace(longWord, (word) =>
      publicId.test(word) || !/\d/.test(word) || !/[a-z]/i.test(word) ? word : '[cut]',
    );

const marked = /(?<![A-Za-z0-9])(fbl|pdl|apollo|fgw|whsec)_[\w-]{6,}/g;
const longWord = /(?<![\w-])[\w-]{16,}(?![\w-])/g;
const publicId = new RegExp(`^([a-z]{3,4}_)?${uuidPattern}$`, 'i');
