import type { FieldSource, RecordPart } from '../../enrichment/lookup-result.js';
import { type Cell, type Column, NumberText, type ResultFormat } from '../../usage/exports/table.js';
import { missingRecord, type RowRecord } from '../read-records.js';
import type { RowCredits } from '../read-receipts.js';
import type { RowResult } from '../read-rows.js';
import type { UploadRow } from '../../uploads/upload.js';
import { fieldColumns, type FieldPath, type Shown, type ShownRow } from './field-columns.js';

/** A line of the file: a row of the list with its result, and with one of the people that a search found there. */
export type ResultLine = ShownRow & {
  input: UploadRow;
  /** Null where the row is not finished. */
  result: RowResult | null;
  record: RowRecord | null;
  credits: RowCredits | null;
};

type Wanted = {
  format: ResultFormat;
  operation: string;
  headers: readonly string[];
  fields: readonly FieldPath[];
  showEntryId: (id: string) => string;
};

/**
 * The columns of the results: those of the list as they are, the chosen fields, and the result. Where the list has a column
 * of the same name, whatever its case, that of the gateway begins with `enriched_`. The columns of the result are named
 * before the fields, because these differ by format: a list of objects has one name in NDJSON, and one for each field inside
 * in CSV and XLSX. NDJSON needs a name of its own for each column: a header that comes again has its number behind it, and an
 * empty one is `column 3`.
 */
export const resultColumns = ({
  format,
  operation,
  headers,
  fields,
  showEntryId,
}: Wanted): Column<ResultLine>[] => {
  const taken = new Set(headers.map(plain));
  const named = (columns: readonly Column<ResultLine>[]): Column<ResultLine>[] =>
    columns.map((column) => ({ ...column, name: freeName(column.name, taken) }));
  const result = named(outcomeColumns(format, showEntryId));
  const chosen = named(fieldColumns<ResultLine>(format, fields, { phonesOfPerson: operation === 'PERSON' }));
  const names = format === 'ndjson' ? uniqueNames(headers) : headers;
  return [...names.map((name, index) => inputColumn(format, name, index)), ...chosen, ...result];
};

const plain = (name: string): string => name.trim().toLowerCase();

const freeName = (name: string, taken: Set<string>): string => {
  let free = name;
  while (taken.has(plain(free))) free = `enriched_${free}`;
  taken.add(plain(free));
  return free;
};

const uniqueNames = (headers: readonly string[]): string[] => {
  const taken = new Set(headers);
  const seen = new Set<string>();
  return headers.map((header, index) => {
    const isFirst = header !== '' && !seen.has(header);
    seen.add(header);
    if (isFirst) return header;
    let name = header === '' ? `column ${index + 1}` : `${header} ${index + 1}`;
    while (taken.has(name)) name = `${name}_`;
    taken.add(name);
    return name;
  });
};

const inputColumn = (format: ResultFormat, name: string, index: number): Column<ResultLine> => ({
  name,
  value: ({ input }) => {
    const cell = input.cells[index] ?? '';
    return format === 'csv' && isNumber.test(cell) ? new NumberText(cell) : cell;
  },
});

/** Such as -12.50, which would get an apostrophe as the start of a formula. */
const isNumber = /^-?\d+(?:\.\d+)?$/;

const outcomeColumns = (format: ResultFormat, showEntryId: (id: string) => string): Column<ResultLine>[] => [
  { name: 'outcome', value: ({ result }) => result?.outcome ?? null },
  { name: 'provider', value: ({ result }) => result?.provider ?? null },
  { name: 'sources', value: ({ record }) => sourcesCell(format, record) },
  { name: 'creditsCharged', value: ({ credits }) => credits?.credits ?? null },
  { name: 'creditsSaved', value: ({ credits }) => credits?.saved ?? null },
  {
    name: 'problem',
    value: ({ result, record }) => result?.problem ?? (isMissing(record) ? 'NOT_FOUND' : null),
  },
  {
    name: 'message',
    value: ({ result, record }) =>
      result?.message ?? (isMissing(record) ? missingRecord[record.missing] : null),
  },
  { name: 'duplicateOf', value: ({ result }) => result?.duplicateOf ?? null },
  {
    name: 'receiptId',
    value: ({ result }) => (result?.lookupId == null ? null : showEntryId(result.lookupId)),
  },
  {
    name: 'fetchedAt',
    value: ({ record }) => (record === null || isMissing(record) ? null : record.fetchedAt),
  },
  { name: 'row', value: ({ input }) => input.number },
];

const isMissing = (record: RowRecord | null): record is Extract<RowRecord, { operation: null }> =>
  record !== null && record.operation === null;

/** Which provider each field is from, where it is not the same for all. */
const sourcesCell = (format: ResultFormat, record: RowRecord | null): Cell => {
  if (record === null || isMissing(record) || record.parts.length < 2) return null;
  const sources = record.sources();
  if (format === 'ndjson') return sources;
  const fieldsOf = new Map<string, string[]>();
  for (const { field, provider } of sources)
    fieldsOf.set(provider, [...(fieldsOf.get(provider) ?? []), field]);
  return [...fieldsOf].map(([provider, names]) => `${provider}: ${names.join(', ')}`);
};

/** A record as the API shows it. */
export const shownRecord = (
  record: RowRecord | null,
  recordIdOf: (parts: readonly RecordPart[]) => string,
): Shown | null => {
  if (record === null || isMissing(record)) return null;
  return {
    ...record.record,
    id: recordIdOf(record.parts),
    recordId: record.record.id,
    get sources(): FieldSource[] {
      return record.sources();
    },
    get raw(): unknown {
      return record.raw();
    },
  };
};
