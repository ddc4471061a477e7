import type { PersonSocialAccount } from '../records.js';
import type { Kind } from './read-fields.js';
import { words } from './value-kinds.js';

/** A kind that extracts one part of an address, with or without scheme. */
const partOf = (pattern: RegExp): Kind<string> => ({
  expected: 'address',
  read: (value) => {
    const address = words.read(value);
    if (address === null || address === undefined) return address;
    const found = pattern.exec(address.trim())?.[1];
    return found === undefined ? undefined : decoded(found);
  },
});

/** The slug in the address of a company's page at LinkedIn. */
export const companySlug = partOf(
  /^(?:https?:\/\/)?(?:[a-z0-9-]+\.)*linkedin\.com\/(?:company|school|showcase)\/([^/?#]+)/i,
);

/** The slug in the address of a person's page at LinkedIn. */
export const personSlug = partOf(/^(?:https?:\/\/)?(?:[a-z0-9-]+\.)*linkedin\.com\/(?:in|pub)\/([^/?#]+)/i);

/** The handle that ends the address of a profile at any network. */
export const handle = partOf(/^(?:https?:\/\/)?[^/]+\/(?:[^?#]*\/)?@?([^/?#]+)\/?(?:[?#].*)?$/i);

/** The bare domain of a site: lower case, without `www.`. */
export const siteDomain: Kind<string> = {
  expected: 'address',
  read: (value) => {
    const host = hostName.read(value);
    return host?.toLowerCase().replace(/^www\d?\.(?=[^.]+\.)/, '') ?? host;
  },
};

const hostName = partOf(/^(?:[a-z][a-z0-9+.-]*:)?(?:\/\/)?([^/?#:@\s]+\.[^/?#:@\s]+?)\.?(?:[:/?#].*)?$/i);

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** A profile of which only the handle is known; null where that is unknown too. */
export const accountOf = (handle: string | null): PersonSocialAccount | null =>
  handle === null ? null : { handle, connections: null, followers: null, stars: null };
