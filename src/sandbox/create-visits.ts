import type { ProviderName } from './provider-names.js';

/** One request as the sandbox received it. The query contains invented data only, so it may be stored. */
export type Visit = {
  at: Date;
  provider: ProviderName;
  method: string;
  path: string;
  query: string;
  /** Null where the account is unknown. */
  account: string | null;
  status: number;
  /** The record that was returned, if any. */
  recordId: string | null;
  credits: number;
};

export type Visits = { add: (visit: Visit) => void; count: () => number; latest: () => readonly Visit[] };

const visitsMax = 10_000;

/** Records requests: counts all and keeps the latest 10,000. */
export const createVisits = (): Visits => {
  let kept: Visit[] = [];
  let count = 0;
  return {
    add: (visit) => {
      count += 1;
      kept.push(visit);
      // Cut rarely, by half: shifting one each time would cost the length of the list per request.
      if (kept.length >= visitsMax * 1.5) kept = kept.slice(-visitsMax);
    },
    count: () => count,
    latest: () => kept.slice(-visitsMax),
  };
};
