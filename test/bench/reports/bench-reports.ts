import { openStore } from '../open-store.js';
import type { SetResult } from '../sets.js';
import { measureOneWorkspace } from './one-workspace.js';
import { measureSpread } from './spread.js';

/** Reports over a ledger of a thousand workspaces, and over one of a single one, of `entries`. */
export const benchReports = async (full: boolean, entries: number | null): Promise<SetResult> => {
  const store = await openStore();
  let spread: object[];
  try {
    spread = await measureSpread(store, full);
  } finally {
    await store.close();
  }
  const one = await measureOneWorkspace(entries ?? (full ? 10_000_000 : 1_000_000));
  return { rows: [...spread, ...one.rows], outcomes: one.outcomes };
};
