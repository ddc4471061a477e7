/** A place in the queue of a budget whose credits are reserved for other lookups. */
export type BudgetPlace = {
  budgetId: string;
  /** Resolves when it is worth reserving again, or after `timeoutMs`. */
  next: (timeoutMs: number) => Promise<void>;
  /** Ends the place, which lets the next one try. */
  leave: () => void;
};

const pollMsFirst = 50;
const pollMsMax = 1_000;

type Waiter = BudgetPlace & {
  /** Lets it try again; false if it was let already, and has not tried since. */
  signal: () => boolean;
};

/**
 * Queues the lookups of this process that wait for credits of a budget, in their order. A settlement of this process that
 * returns credits lets the first one try; so does a lookup that leaves its place. Credits that other instances return are
 * found by polling, which only the first in each queue does.
 */
export const createBudgetQueue = (): {
  enter: (budgetId: string) => BudgetPlace;
  /** Called when a settlement returned credits, to whichever budget. */
  returned: () => void;
} => {
  const queues = new Map<string, Set<Waiter>>();

  const firstIn = (budgetId: string): Waiter | undefined => queues.get(budgetId)?.values().next().value;

  const enter = (budgetId: string): BudgetPlace => {
    let signalled = false;
    let wake: (() => void) | null = null;
    let pollMs = pollMsFirst;
    const waiter: Waiter = {
      budgetId,
      signal: () => {
        if (signalled) return false;
        signalled = true;
        wake?.();
        return true;
      },
      next: async (timeoutMs) => {
        const isFirst = firstIn(budgetId) === waiter;
        if (!signalled) {
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, isFirst ? Math.min(pollMs, timeoutMs) : timeoutMs);
            wake = () => {
              clearTimeout(timer);
              resolve();
            };
          });
        }
        if (isFirst) pollMs = Math.min(pollMs * 2, pollMsMax);
        wake = null;
        signalled = false;
      },
      leave: () => {
        const queue = queues.get(budgetId);
        queue?.delete(waiter);
        if (queue?.size === 0) queues.delete(budgetId);
        firstIn(budgetId)?.signal();
      },
    };
    const queue = queues.get(budgetId) ?? new Set();
    queues.set(budgetId, queue.add(waiter));
    return waiter;
  };

  return {
    enter,
    returned: () => {
      // A batch of a hundred settlements lets a hundred of them try, in one batch.
      for (const queue of queues.values()) for (const waiter of queue) if (waiter.signal()) break;
    },
  };
};
