import type { ProviderName } from './provider-names.js';

/** One request as the sandbox saw it. Everybody in its query is invented, so it may be kept. */
export type Visit = {
  at: Date;
  provider: ProviderName;
  method: string;
  path: string;
  query: string;
  /** Null where the account is unknown. */
  account: string | null;
  status: number;
  /** The record that was given away, if one was. */
  recordId: string | null;
  credits: number;
};

export type Visits = { add: (visit: Visit) => void; count: () => number; latest: () => readonly Visit[] };

const visitsMax = 10_000;

/** A book of visits that counts all and keeps the latest 10,000. */
export const createVisits = (): Visits => {
  let kept: Visit[] = [];
  let count = 0;
  return {
    add: (visit) => {
      count += 1;
      kept.push(visit);
      // Cut rarely, by half a book: shifting one each time would cost the length of the book per request.
      if (kept.length >= visitsMax * 1.5) kept = kept.slice(-visitsMax);
    },
    count: () => count,
    latest: () => kept.slice(-visitsMax),
  };
};
