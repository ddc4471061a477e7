import { authorize, type Caller } from '../../access/caller.js';
import { GatewayError } from '../../errors.js';
import { exportAudit } from './export-audit.js';
import { exportEntries } from './export-entries.js';
import { exportRecords } from './export-records.js';
import { exportUnlocks } from './export-unlocks.js';
import { exportUsage } from './export-usage.js';
import { readAuditQuery, readEntriesQuery, readUnlocksQuery, readUsageQuery } from './read-query.js';
import type { ExportDeps, ExportFormat } from './table.js';
import { behindMark } from './write-pages.js';

export const exportNames = ['usage', 'entries', 'unlocks', 'records', 'audit'] as const;
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
    case 'usage': {
      const { bom, ...input } = readUsageQuery(deps, query);
      return withMark(bom, format, await exportUsage(deps, caller, { format, ...input }));
    }
    case 'entries': {
      const { bom, ...input } = readEntriesQuery(deps, query);
      return withMark(bom, format, await exportEntries(deps, caller, { format, ...input }));
    }
    case 'unlocks': {
      const { bom, ...input } = readUnlocksQuery(deps, query);
      if (input.filter.search != null) await deps.catchUp?.();
      return withMark(bom, format, await exportUnlocks(deps, caller, { format, ...input }));
    }
    case 'records': {
      const { bom, ...input } = readUnlocksQuery(deps, query);
      if (input.filter.search != null) await deps.catchUp?.();
      return withMark(bom, format, await exportRecords(deps, caller, { format, ...input }));
    }
    case 'audit': {
      const { bom, ...input } = readAuditQuery(deps, query);
      return withMark(bom, format, await exportAudit(deps, caller, { format, ...input }));
    }
  }
};

/** The text behind a byte order mark, if it is wanted. Throws BAD_REQUEST for NDJSON, whose first line it would spoil. */
const withMark = (bom: boolean, format: ExportFormat, text: AsyncIterable<string>): AsyncIterable<string> => {
  if (!bom) return text;
  if (format === 'csv') return behindMark(text);
  throw new GatewayError('BAD_REQUEST', 'A byte order mark is for CSV only: omit "bom".', { field: ['bom'] });
};
