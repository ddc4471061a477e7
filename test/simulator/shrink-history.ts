import type { History, Step } from './history.js';

/**
 * The shortest history that still fails: steps are removed, many at once and then one by one, and the rest is
 * simplified. A failure that depends on timing gets `tries` attempts.
 */
export const shrinkHistory = async (
  history: History,
  fails: (history: History) => Promise<boolean>,
  tries: number,
): Promise<History> => {
  let shortest = history;
  const tryShorter = async (steps: Step[], rest: Partial<History> = {}): Promise<boolean> => {
    const candidate = { ...shortest, ...rest, steps };
    for (let attempt = 0; attempt < tries; attempt += 1) {
      if (await fails(candidate)) {
        shortest = candidate;
        return true;
      }
    }
    return false;
  };

  for (
    let size = Math.ceil(shortest.steps.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let at = 0; at < shortest.steps.length; ) {
      const steps = shortest.steps.toSpliced(at, size);
      if (!steps.some((step) => step.do === 'lookup') || !(await tryShorter([...steps]))) at += size;
    }
  }
  for (const at of shortest.steps.keys()) {
    for (const simpler of simplifications(shortest.steps[at]))
      await tryShorter(shortest.steps.with(at, simpler));
  }
  await tryShorter(shortest.steps, { instances: 1 });
  return shortest;
};

const simplifications = (step: Step | undefined): Step[] =>
  step?.do !== 'lookup'
    ? []
    : [
        { ...step, items: step.items.slice(0, 1) },
        { ...step, trouble: null },
        { ...step, maxCredits: null },
        { ...step, ownKey: false },
        { ...step, fresh: false },
        { ...step, country: 'AU' as const },
        { ...step, account: 0 },
        { ...step, workflow: null },
        { ...step, instance: 0 },
      ];
