/**
 * The most credits that a request, or one field of it, may spend. A lookup holds its maximum cost before it spends, and
 * reports the real cost afterwards. A lookup for which too little is left waits while others hold credits (a miss returns
 * them), and is refused once none can come back. Lookups are served in their order, and the limit is exact.
 */
export type Allowance = {
  /** False where there is no limit at all. */
  limited: boolean;
  /** The credits that can be held now; null where there is no limit. */
  left: () => bigint | null;
  /** Holds `credits`; false where they would exceed the allowance. */
  take: (credits: bigint) => Promise<boolean>;
  /** Ends a hold of `held` credits of which `spent` were charged. */
  settle: (held: bigint, spent: bigint) => void;
};

export const unlimited: Allowance = {
  limited: false,
  left: () => null,
  take: () => Promise.resolve(true),
  settle: () => {},
};

export const createAllowance = (creditsMax: bigint): Allowance => {
  let left = creditsMax;
  let held = 0n;
  let waiting: { credits: bigint; resolve: (granted: boolean) => void }[] = [];

  const serve = (): void => {
    for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
      if (first.credits <= left) {
        left -= first.credits;
        held += first.credits;
        first.resolve(true);
      } else if (first.credits > left + held) {
        first.resolve(false);
      } else {
        return;
      }
      waiting = waiting.slice(1);
    }
  };

  return {
    limited: true,
    left: () => left,
    take: (credits) =>
      new Promise((resolve) => {
        waiting.push({ credits, resolve });
        serve();
      }),
    settle: (credits, spent) => {
      held -= credits;
      left += credits - spent;
      serve();
    },
  };
};

/** Limits by both allowances: the request's and the field's. */
export const both = (outer: Allowance, inner: Allowance): Allowance => ({
  limited: outer.limited || inner.limited,
  left: () => lower(outer.left(), inner.left()),
  take: async (credits) => {
    if (!(await inner.take(credits))) return false;
    if (await outer.take(credits)) return true;
    inner.settle(credits, 0n);
    return false;
  },
  settle: (held, spent) => {
    inner.settle(held, spent);
    outer.settle(held, spent);
  },
});

const lower = (one: bigint | null, other: bigint | null): bigint | null =>
  one === null || (other !== null && other < one) ? other : one;
