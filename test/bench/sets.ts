import type { Outcome } from './targets.js';

/** What a set has measured: its table, and what became of its targets where it has any. */
export type SetResult = { rows: readonly object[]; outcomes: readonly Outcome[] };
