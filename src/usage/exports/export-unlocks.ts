import { authorize } from '../../access/caller.js';
import type { UnlockFilter } from '../unlock.js';
import { readPages, type WithCursor } from './read-pages.js';
import { readUnlocks, unlockFields, type UnlockRow } from './read-unlocks.js';
import type { Column, Export, ExportDeps } from './table.js';
import { writePages } from './write-pages.js';

const rowsPerPage = 500;

/**
 * What is ours, newest first, with every identifier it answers to. Throws FORBIDDEN, or BAD_REQUEST for the filter or
 * the cursor.
 */
export const exportUnlocks: Export<{ filter: UnlockFilter }> = async (deps, caller, input) => {
  authorize(caller, 'read');
  const reading = readUnlocks(deps.database, caller, input.filter, rowsPerPage);
  return writePages(input.format, columnsWith(deps), await readPages(input.after, reading));
};

const columnsWith = (deps: ExportDeps): Column<WithCursor<UnlockRow>>[] => [
  ...unlockFields(deps),
  { name: 'fetchedAt', value: ({ fetchedAt }) => fetchedAt },
  { name: 'aliases', value: ({ aliases }) => aliases },
  { name: 'cursor', value: ({ cursor }) => cursor },
];
