import type { Summary } from './numbers.js';

/** What is to be reached: a floor must hold, an aim is what the gateway wants to be known for. */
export type Target = {
  name: string;
  floor: number;
  /** Null where there is nothing to gain beyond the floor. */
  aim: number | null;
  unit: '×' | 's' | 'ms' | 'records/s' | 'MB' | 'kB' | '%' | '';
  /** Whether less is better. */
  atMost?: true;
};

/** One line of the result. */
export type Outcome = {
  target: string;
  floor: string;
  aim: string;
  measured: string;
  rounds: string;
  /** What the limit reached in its place: it does the same work, and gives none of the gateway's guarantees. */
  limit?: string;
  outcome: 'aim reached' | 'floor held' | 'MISSED';
};

/**
 * Compares what was measured with its target, and says what the limit reached. It only reports: a measurement on a busy
 * machine is no test.
 */
export const judge = (target: Target, measured: Summary, limit: Summary | null = null): Outcome => {
  const { floor, aim, unit } = target;
  const reaches = (goal: number): boolean =>
    target.atMost === true ? measured.median <= goal : measured.median >= goal;
  const reported = (number: number): string => `${rounded(number)} ${unit}`.trimEnd();
  const bound = target.atMost === true ? '≤' : '≥';
  return {
    target: target.name,
    floor: `${bound} ${reported(floor)}`,
    aim: aim === null ? '' : `${bound} ${reported(aim)}`,
    measured: reported(measured.median),
    rounds: `${rounded(measured.least)}-${rounded(measured.most)}`,
    ...(limit === null ? {} : { limit: reported(limit.median) }),
    outcome: aim !== null && reaches(aim) ? 'aim reached' : reaches(floor) ? 'floor held' : 'MISSED',
  };
};

/** Three digits are more than any of these measurements is worth. */
const rounded = (number: number): string =>
  Number(number.toPrecision(3)).toLocaleString('en', { maximumFractionDigits: 2 });
