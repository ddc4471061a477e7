import type { Look } from '../app.js';
import { writeCivil } from '../zone-time.js';

/** With a byte order mark, because a downloaded file is opened in a spreadsheet: Excel needs it. */
const bom = 'true';

type File = { path: string; fileName: string };

/** The report behind a panel as a CSV file. */
export const usageFile = ({ period, timeZone }: Look, groupBy: string): File => ({
  path: `/export/usage.csv?${query({ from: period.from, to: period.to, timeZone, groupBy, bom })}`,
  fileName: nameOf(`usage-by-${groupBy.toLowerCase()}`, period),
});

/** The ledger's entries of the period as a CSV file. */
export const entriesFile = ({ period }: Look): File => ({
  path: `/export/entries.csv?${query({ from: period.from, to: period.to, bom })}`,
  fileName: nameOf('entries', period),
});

const query = (given: Record<string, string>): string => new URLSearchParams(given).toString();

const nameOf = (what: string, { first, last }: Look['period']): string =>
  `${what}-${writeCivil(first)}-to-${writeCivil(last)}.csv`;
