/** The clocks of a process, in milliseconds. Replaced in tests. */
export type Clocks = {
  /** Never set, but on some systems it stops while the machine sleeps. */
  monotonicMs: () => number;
  /** Goes on while the machine sleeps, but can be set. */
  wallMs: () => number;
};

export const systemClocks: Clocks = { monotonicMs: () => performance.now(), wallMs: () => Date.now() };

/**
 * Measures the time from now on: the returned function gives the milliseconds since, by the clock that counts more. A
 * pause is counted if either clock counts it: a stopped process, a sleeping laptop, a paused virtual machine.
 */
export const startElapsed = ({ monotonicMs, wallMs }: Clocks): (() => number) => {
  const monotonicStart = monotonicMs();
  const wallStart = wallMs();
  return () => Math.max(monotonicMs() - monotonicStart, wallMs() - wallStart);
};
