import type { Caller } from '../../../src/access/caller.js';
import { readCsv } from '../../../src/csv/read-csv.js';
import { type ExportName, exportNames, openExport } from '../../../src/usage/exports/open-export.js';
import { type ExportDeps, type ExportFormat, exportFormats } from '../../../src/usage/exports/table.js';
import type { Database } from '../../../src/platform/database.js';

/** What exports need, with internal ids and snapshots that contain the parsed record. */
export const exportDepsOn = (database: Database, more: Partial<ExportDeps> = {}): ExportDeps => ({
  read: (page) => page({ database }),
  showId: (_, id) => id,
  readId: (_, id) => id,
  readCompany: (_, body) => JSON.parse(body),
  readPerson: (_, body) => JSON.parse(body),
  snapshotsKept: true,
  ...more,
});

/** The whole text of an export. */
export const textOf = async (
  deps: ExportDeps,
  caller: Caller,
  file: `${ExportName}.${ExportFormat}`,
  query: Record<string, string> | URLSearchParams = {},
): Promise<string> => {
  const name = exportNames.find((one) => file.startsWith(one))!;
  const format = exportFormats.find((one) => file.endsWith(one))!;
  const pieces = await openExport(deps, caller, { name, format, query: new URLSearchParams(query) });
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
};

/** The rows of a CSV text by the names in its header. */
export const rowsOf = (csv: string): Record<string, string>[] => {
  const read = readCsv(csv);
  if ('unclosedLine' in read) throw new Error(`a quote is not closed: line ${read.unclosedLine}`);
  const [header, ...rows] = read;
  return rows.map(({ cells }) =>
    Object.fromEntries((header?.cells ?? []).map((name, at) => [name, cells[at] ?? ''])),
  );
};

/** The objects of an NDJSON text. */
export const linesOf = (ndjson: string): Record<string, unknown>[] =>
  ndjson
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Record<string, unknown> => JSON.parse(line));

/** A database that counts the SELECTs of its ordinary client. */
export const counting = (database: Database): { database: Database; selects: () => number } => {
  let selects = 0;
  const db = new Proxy(database.db, {
    get: (target, name) => {
      if (name === 'select') selects += 1;
      return Reflect.get(target, name, target);
    },
  });
  return { database: { ...database, db }, selects: () => selects };
};
