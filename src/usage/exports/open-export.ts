import { authorize, type Caller } from '../../access/caller.js';
import { exportEntries } from './export-entries.js';
import { exportRecords } from './export-records.js';
import { exportUnlocks } from './export-unlocks.js';
import { exportUsage } from './export-usage.js';
import { readEntriesQuery, readUnlocksQuery, readUsageQuery } from './read-query.js';
import type { ExportDeps, ExportFormat } from './table.js';

export const exportNames = ['usage', 'entries', 'unlocks', 'records'] as const;
export type ExportName = (typeof exportNames)[number];

/**
 * Opens an export by its name and the parameters of its URL. Resolves with its text in pieces, each of which is read from
 * the database on demand. Throws FORBIDDEN, BAD_REQUEST and LIMIT_EXCEEDED before the first piece.
 */
export const openExport = async (
  deps: ExportDeps,
  caller: Caller,
  wanted: { name: ExportName; format: ExportFormat; query: URLSearchParams },
): Promise<AsyncIterable<string>> => {
  authorize(caller, 'read');
  const { name, format, query } = wanted;
  switch (name) {
    case 'usage':
      return exportUsage(deps, caller, { format, ...readUsageQuery(deps, query) });
    case 'entries':
      return exportEntries(deps, caller, { format, ...readEntriesQuery(deps, query) });
    case 'unlocks':
      return exportUnlocks(deps, caller, { format, ...readUnlocksQuery(deps, query) });
    case 'records':
      return exportRecords(deps, caller, { format, ...readUnlocksQuery(deps, query) });
  }
};
