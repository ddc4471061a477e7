/**
 * The most that a request, or one field of it, may spend. Asks take what they may cost before they spend and say
 * afterwards what it came to. An ask for which too little is left waits while others still hold some (a miss gives
 * it back), and is turned away once nothing can come back: never one credit over, never one under, in their order.
 */
export type Allowance = {
  /** False where there is no limit at all. */
  limited: boolean;
  /** What could still be held now; null where there is no limit. */
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
  let waiting: { credits: bigint; answer: (granted: boolean) => void }[] = [];

  const serve = (): void => {
    for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
      if (first.credits <= left) {
        left -= first.credits;
        held += first.credits;
        first.answer(true);
      } else if (first.credits > left + held) {
        first.answer(false);
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
      new Promise((answer) => {
        waiting.push({ credits, answer });
        serve();
      }),
    settle: (credits, spent) => {
      held -= credits;
      left += credits - spent;
      serve();
    },
  };
};

/** Both allowances must have room: the request's and the field's. */
export const both = (outer: Allowance, inner: Allowance): Allowance => ({
  limited: outer.limited || inner.limited,
  left: () => least(outer.left(), inner.left()),
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

const least = (one: bigint | null, other: bigint | null): bigint | null =>
  one === null || (other !== null && other < one) ? other : one;
