import type { JobMapping } from '../../schema/tables/jobs.js';
import type { Providers } from '../providers/catalogue.js';
import type { UploadRow } from '../uploads/upload.js';
import type { RunningJob } from './chunks.js';
import { duplicateOf, type FinishedRow, presumedRow } from './finished-row.js';
import { groupRows, type RowGroup } from './group-rows.js';
import type { EarlierRuns } from './recover-rows.js';

/** What is to be done with the rows of a chunk that have no result. */
export type SortedRows = {
  /** They have their result without a lookup. */
  finished: FinishedRow[];
  toLookUp: RowGroup[];
  /** How many wait for a lookup that an earlier run left in flight. */
  heldRows: number;
};

/** Sorts the rows of a chunk by what earlier runs have done with them. Rows with one identifier are one lookup. */
export const sortRows = (
  rows: readonly UploadRow[],
  { operation, mapping }: { operation: RunningJob['operation']; mapping: JobMapping },
  earlier: EarlierRuns,
  providers: Providers,
): SortedRows => {
  const sorted: SortedRows = { finished: [], toLookUp: [], heldRows: 0 };
  const by = { operation: operation === 'PERSON' ? 'PERSON' : 'COMPANY', mapping } as const;
  for (const group of groupRows(rows, by, providers)) {
    const [first, ...others] = group.numbers.filter((number) => !earlier.finished.has(number));
    if (first === undefined) continue;
    const stored = group.numbers.flatMap((number) => earlier.finished.get(number) ?? [])[0];
    const presumed = earlier.presumed.get(first);
    if (stored !== undefined) {
      sorted.finished.push(...[first, ...others].map((number) => duplicateOf(stored.number, number, stored)));
    } else if (group.numbers.some((number) => earlier.held.has(number))) {
      sorted.heldRows += 1 + others.length;
    } else if (presumed !== undefined) {
      const row = { number: first, ...presumedRow(providers, presumed) };
      sorted.finished.push(row, ...others.map((number) => duplicateOf(first, number, row)));
    } else {
      sorted.toLookUp.push({ by: group.by, numbers: [first, ...others] });
    }
  }
  return sorted;
};
