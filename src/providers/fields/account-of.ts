import type { PersonSocialAccount } from '../records.js';

/** A profile of which nothing but its handle is known; null where not even that is. */
export const accountOf = (handle: string | null): PersonSocialAccount | null =>
  handle === null ? null : { handle, connections: null, followers: null, stars: null };
