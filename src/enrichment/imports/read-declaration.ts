import { GatewayError } from '../../errors.js';
import { redactCredentials } from '../../platform/redact-credentials.js';
import { companyLookupKey, personLookupKey } from '../identifiers/record-keys.js';
import { chooseColumns, type Columns, type Operation } from './choose-columns.js';
import { type CsvRow, readCsv } from './read-csv.js';
import { type IdReader, readId } from './read-id.js';
import { readNames } from './read-names.js';

export type Declared = {
  /** The record's own key in the ledger, and every key that it can be looked up by. */
  recordKey: string;
  lookupKeys: string[];
};

export type InvalidLine = { line: number; value: string; reason: string };

export type Declaration = {
  records: Declared[];
  /** Lines that named a record, also one that an earlier line had named. */
  lines: number;
  /** Lines that name no record. */
  invalid: InvalidLine[];
  /** Names that could not be read, in lines whose record was. */
  unparsedIdentifiers: InvalidLine[];
};

/**
 * Reads what somebody says an account has bought: ids one by one, or a CSV file with a column of ids, whose further
 * columns make the records known by domain, LinkedIn, ABN or e-mail. A name that two records claim is neither's. Throws
 * INVALID_INPUT for what is no such list, or longer than `linesMax`.
 */
export const readDeclaration = (
  provider: IdReader,
  operation: Operation,
  given: { ids?: readonly string[] | null | undefined; csv?: string | null | undefined },
  linesMax: number,
): Declaration => {
  const isId = (text: string): boolean => readId(provider, operation, text) !== null;
  const { columns, rows } = tableOf(operation, given, isId);
  if (rows.length > linesMax) throw tooLong(given.csv == null ? 'ids' : 'csv', linesMax);

  const byRecord = new Map<string, Set<string>>();
  const invalid: InvalidLine[] = [];
  const unparsedIdentifiers: InvalidLine[] = [];
  for (const { line, cells } of rows) {
    const text = (cells[columns.id] ?? '').trim();
    const id = readId(provider, operation, text);
    if (id === null || provider.isWholeId?.(id) === false) {
      invalid.push({ line, value: shown(text), reason: reasonOf(provider, operation, text) });
      continue;
    }
    const recordKey = (operation === 'COMPANY' ? companyLookupKey : personLookupKey)({
      kind: 'id',
      value: id,
    });
    const lookupKeys = byRecord.get(recordKey) ?? new Set();
    const names = readNames(operation, id, columns, cells);
    for (const key of names.aliases) lookupKeys.add(key);
    for (const { value, reason } of names.unread)
      unparsedIdentifiers.push({ line, value: shown(value), reason });
    byRecord.set(recordKey, lookupKeys);
  }
  const lines = rows.length - invalid.length;
  return { records: withoutContested(byRecord), lines, invalid, unparsedIdentifiers };
};

const tableOf = (
  operation: Operation,
  { ids, csv }: { ids?: readonly string[] | null | undefined; csv?: string | null | undefined },
  isId: (text: string) => boolean,
): { columns: Columns; rows: readonly CsvRow[] } => {
  if ((ids == null) === (csv == null))
    throw invalid(null, 'Send either ids or a csv, not both and not neither.');
  if (csv == null) {
    const rows = (ids ?? []).map((id, index) => ({ line: index + 1, cells: [id] }));
    return { columns: { id: 0, others: [] }, rows };
  }
  const rows = readRows(csv);
  const table = chooseColumns(operation, rows, isId);
  if (table !== null) return table;
  throw invalid(
    'csv',
    'This CSV has no column of ids: give it a first line of headings, and call the column id, firmable_id, company_id or person_id.',
  );
};

/** The rows of a CSV file. Throws INVALID_INPUT where it was cut off. */
export const readRows = (csv: string): CsvRow[] => {
  const rows = readCsv(csv);
  if (rows !== null) return rows;
  throw invalid('csv', 'This CSV ends inside of a quoted cell: it was cut off; send all of it.');
};

const withoutContested = (byRecord: ReadonlyMap<string, ReadonlySet<string>>): Declared[] => {
  const claims = new Map<string, number>();
  for (const lookupKeys of byRecord.values()) {
    for (const key of lookupKeys) claims.set(key, (claims.get(key) ?? 0) + 1);
  }
  return [...byRecord].map(([recordKey, lookupKeys]) => ({
    recordKey,
    lookupKeys: [...new Set([recordKey, ...[...lookupKeys].filter((key) => claims.get(key) === 1)])],
  }));
};

/** Enough to find the place by, and nothing that may be a key in the wrong column. */
const shown = (text: string): string => redactCredentials(text).slice(0, 80);

const reasonOf = (provider: IdReader, operation: Operation, text: string): string => {
  if (text === '') return 'The line has no id.';
  if (readId(provider, operation, text) !== null)
    return `This is no whole id of a ${operation} at ${provider.title}: send it with all its digits.`;
  const other = operation === 'COMPANY' ? 'PERSON' : 'COMPANY';
  if (readId(provider, other, text) !== null) return `This is the id of a ${other}: declare it as one.`;
  return `This is no id of a ${operation} at ${provider.title}.`;
};

const tooLong = (field: 'ids' | 'csv', linesMax: number): GatewayError =>
  invalid(field, `At most ${linesMax} lines can be declared at once: send the rest in further requests.`);

const invalid = (field: 'ids' | 'csv' | null, message: string): GatewayError =>
  new GatewayError('INVALID_INPUT', message, field === null ? {} : { field: [field] });
