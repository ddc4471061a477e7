import type { History, Step } from './history.js';

/**
 * The shortest history that still fails: steps are left out, many at once and then one by one, and what remains is
 * made simpler. A failure that comes and goes is given `tries` chances to show itself.
 */
export const shrinkHistory = async (
  history: History,
  fails: (history: History) => Promise<boolean>,
  tries: number,
): Promise<History> => {
  let shortest = history;
  const take = async (steps: Step[], rest: Partial<History> = {}): Promise<boolean> => {
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
      if (!steps.some((step) => step.do === 'ask') || !(await take([...steps]))) at += size;
    }
  }
  for (const at of shortest.steps.keys()) {
    for (const simpler of simplifications(shortest.steps[at])) await take(shortest.steps.with(at, simpler));
  }
  await take(shortest.steps, { instances: 1 });
  return shortest;
};

const simplifications = (step: Step | undefined): Step[] =>
  step?.do !== 'ask'
    ? []
    : [
        { ...step, wants: step.wants.slice(0, 1) },
        { ...step, trouble: null },
        { ...step, maxCredits: null },
        { ...step, ownKey: false },
        { ...step, fresh: false },
        { ...step, country: 'AU' as const },
        { ...step, account: 0 },
        { ...step, workflow: null },
        { ...step, instance: 0 },
      ];
