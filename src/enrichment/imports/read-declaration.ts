import { GatewayError } from '../../errors.js';
import { redactCredentials } from '../../platform/redact-credentials.js';
import type { Provider } from '../../providers/catalogue.js';
import { cleanText } from '../identifiers/clean-text.js';
import { companyLookupKey, personLookupKey } from '../identifiers/record-keys.js';
import { chooseColumns, type Columns, type Kind } from './choose-columns.js';
import { readCsv } from '../../csv/read-csv.js';
import type { CsvRow } from '../../csv/csv-row.js';
import { readIdentifiers } from './read-identifiers.js';
import type { RecordKind } from '../../providers/provider.js';

/** What is needed of a provider to read its ids. */
type IdReader = Pick<Provider, 'title' | 'isCompanyId' | 'isPersonId' | 'isWholeId'>;

export type Declared = {
  /** The record's own key in the ledger, and every key that it can be looked up by. */
  recordKey: string;
  lookupKeys: string[];
};

export type InvalidLine = { line: number; value: string; reason: string };

/** A column of a CSV that is read: its number from 1, its heading (null without headings), and what it holds. */
export type ReadColumn = { number: number; heading: string | null; kind: Kind };

type Declaration = {
  records: Declared[];
  /** The columns of a CSV that were read. */
  columns: ReadColumn[];
  /** Lines with a record, including those that repeat an earlier line. */
  lines: number;
  /** Lines without a record. */
  invalid: InvalidLine[];
  /** Identifiers that could not be parsed, in lines with a record. */
  unparsedIdentifiers: InvalidLine[];
};

/**
 * Reads a list of records that an account has bought: ids one by one, or a CSV file with a column of ids, whose other
 * columns may hold domains, LinkedIn pages, ABNs or e-mail addresses. An identifier that two records share is dropped.
 * Throws INVALID_INPUT for anything else, and for more than `linesMax` lines.
 */
export const readDeclaration = (
  provider: IdReader,
  operation: RecordKind,
  given: { ids?: readonly string[] | null | undefined; csv?: string | null | undefined },
  linesMax: number,
): Declaration => {
  const isId = (text: string): boolean => readId(provider, operation, text) !== null;
  const { columns, rows, width, headings, repeated } = tableOf(operation, given, isId);
  if (rows.length > linesMax) throw tooLong(given.csv == null ? 'ids' : 'csv', linesMax);

  const byRecord = new Map<string, Set<string>>();
  const invalid: InvalidLine[] = [];
  const unparsedIdentifiers: InvalidLine[] = repeated.map(({ line, heading, numbers }) => ({
    line,
    value: shown(heading),
    reason: `The columns ${numbers.join(' and ')} have this heading, and all of them are read.`,
  }));
  for (const { line, cells, isAmbiguous } of rows) {
    if (isAmbiguous === true) unparsedIdentifiers.push({ line, value: '', reason: closeIt });
    const text = (cells[columns.id] ?? '').trim();
    if (width !== null && cells.slice(width).some((cell) => cell.trim() !== '')) {
      invalid.push({ line, value: shown(text), reason: `${countsOf(cells, width)} ${quoteIt}` });
      continue;
    }
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
    const identifiers = readIdentifiers(operation, id, columns, cells);
    for (const key of identifiers.lookupKeys) lookupKeys.add(key);
    for (const { value, reason } of identifiers.unparsed)
      unparsedIdentifiers.push({ line, value: shown(value), reason });
    // Trailing cells may be left out where they are empty, but they may also have moved.
    if (width !== null && cells.length < width && columns.others.some(({ at }) => at >= cells.length))
      unparsedIdentifiers.push({ line, value: '', reason: `${countsOf(cells, width)} ${readAsEmpty}` });
    byRecord.set(recordKey, lookupKeys);
  }
  const lines = rows.length - invalid.length;
  return {
    records: withoutShared(byRecord),
    columns: given.csv == null ? [] : readColumns(columns, headings),
    lines,
    invalid,
    unparsedIdentifiers,
  };
};

const readColumns = ({ id, others }: Columns, headings: readonly string[] | null): ReadColumn[] =>
  [{ kind: 'id' as const, at: id }, ...others].map(({ kind, at }) => ({
    number: at + 1,
    heading: headings === null ? null : shown(headings[at] ?? ''),
    kind,
  }));

const countsOf = (cells: readonly string[], width: number): string =>
  `The line has ${countOf(cells.length, 'cell')}, and the headings are ${width}.`;
const countOf = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
const quoteIt = 'Put a cell that contains the separator in quotes.';
const closeIt =
  'A cell in quotes goes on over further lines, which could be lines of their own: if they are, close the quote on this line.';
const readAsEmpty = 'The last cells are read as empty: check that no separator is missing.';

/**
 * Whether a CSV file lists companies or people, by its ids, for the command line. A list of people usually has the
 * company of each too, which was not bought with it, and a wrong guess would hide a later charge. So ids of both kinds
 * are INVALID_INPUT, as are none.
 */
export const guessOperation = (provider: IdReader, csv: string): RecordKind => {
  const rows = readRows(csv);
  const linesWith = (operation: RecordKind): number =>
    rows.filter(({ cells }) => cells.some((cell) => readId(provider, operation, cell) !== null)).length;
  const [companies, people] = [linesWith('COMPANY'), linesWith('PERSON')];
  if (companies > 0 && people > 0) {
    throw new GatewayError(
      'INVALID_INPUT',
      `This file has ids of both kinds: of companies in ${countOf(companies, 'line')} and of people in ${people}. Say which were bought with --kind company or --kind person.`,
    );
  }
  if (companies + people > 0) return people > 0 ? 'PERSON' : 'COMPANY';
  throw new GatewayError(
    'INVALID_INPUT',
    `This file has no ids of ${provider.title}: add a column of ids with the heading id, firmable_id, company_id or person_id. If it has one, say with --kind what was bought: each line that is no id is listed then.`,
  );
};

/**
 * An id as the provider writes it, complete or truncated. Spreadsheets may have added a leading apostrophe, people
 * capital letters or invisible characters. Null where it is not an id of this kind of record.
 */
const readId = (provider: IdReader, operation: RecordKind, text: string): string | null => {
  if (text.length > idCharactersMax) return null;
  const bare = cleanText(text)?.text ?? '';
  const isId = operation === 'COMPANY' ? provider.isCompanyId : provider.isPersonId;
  return [bare, bare.toLowerCase()].find(isId) ?? null;
};

const idCharactersMax = 200;

const tableOf = (
  operation: RecordKind,
  { ids, csv }: { ids?: readonly string[] | null | undefined; csv?: string | null | undefined },
  isId: (text: string) => boolean,
): NonNullable<ReturnType<typeof chooseColumns>> => {
  if ((ids == null) === (csv == null)) throw invalidInput(null, 'Send either ids or a csv.');
  if (csv == null) {
    const rows = (ids ?? []).map((id, index) => ({ line: index + 1, cells: [id] }));
    return { columns: { id: 0, others: [] }, rows, width: null, headings: null, repeated: [] };
  }
  const table = chooseColumns(operation, readRows(csv), isId);
  const ambiguous = table?.repeated.find(({ severalHaveIds }) => severalHaveIds);
  if (ambiguous !== undefined) {
    const { heading, numbers } = ambiguous;
    throw invalidInput(
      'csv',
      `The columns ${numbers.join(' and ')} of this CSV are both named "${shown(heading)}" and both have ids: rename or remove all but one.`,
    );
  }
  if (table !== null) return table;
  throw invalidInput(
    'csv',
    'This CSV has no column of ids: add a first line of headings with the heading id, firmable_id, company_id or person_id.',
  );
};

const readRows = (csv: string): CsvRow[] => {
  const rows = readCsv(csv);
  if (!('unclosedLine' in rows)) return rows;
  throw invalidInput(
    'csv',
    `This CSV has a quoted cell without an end, which begins at line ${rows.unclosedLine}: close the quote, or send the whole file if it was cut off.`,
  );
};

const withoutShared = (byRecord: ReadonlyMap<string, ReadonlySet<string>>): Declared[] => {
  const counts = new Map<string, number>();
  for (const lookupKeys of byRecord.values()) {
    for (const key of lookupKeys) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...byRecord].map(([recordKey, lookupKeys]) => ({
    recordKey,
    lookupKeys: [...new Set([recordKey, ...[...lookupKeys].filter((key) => counts.get(key) === 1)])],
  }));
};

/** Enough to find the line by, without anything that may be a key in the wrong column. */
const shown = (text: string): string =>
  redactCredentials(text.slice(0, 1_000))
    .replaceAll(/\p{Cc}/gu, '\u{fffd}')
    .slice(0, 80);

const reasonOf = (provider: IdReader, operation: RecordKind, text: string): string => {
  if (text === '') return 'The line has no id.';
  if (readId(provider, operation, text) !== null)
    return `This is not a complete id of a ${operation} at ${provider.title}: send it with all its digits.`;
  const other = operation === 'COMPANY' ? 'PERSON' : 'COMPANY';
  if (readId(provider, other, text) !== null) return `This is the id of a ${other}: import it as one.`;
  return `This is not an id of a ${operation} at ${provider.title}.`;
};

const tooLong = (field: 'ids' | 'csv', linesMax: number): GatewayError =>
  invalidInput(
    field,
    `At most ${linesMax} lines can be imported at once: send the rest in further requests.`,
  );

const invalidInput = (field: 'ids' | 'csv' | null, message: string): GatewayError =>
  new GatewayError('INVALID_INPUT', message, field === null ? {} : { field: [field] });
