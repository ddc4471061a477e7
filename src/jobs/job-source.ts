import type { CompanyKey, PersonKey } from '../enrichment/lookup-request.js';
import { GatewayError } from '../errors.js';
import { preference } from '../uploads/propose-mapping.js';
import { type ColumnIdentifier, columnIdentifiers, type ColumnMapping } from '../uploads/upload.js';
import { fieldOf } from './group-rows.js';
import type { JobOperation } from './job.js';

/** The rows of a job as createJob gets them: exactly one of the fields is set. */
export type JobSource = {
  companies?: readonly CompanyKey[] | null | undefined;
  people?: readonly PersonKey[] | null | undefined;
  upload?: { id: string; columns?: readonly JobColumn[] | null | undefined } | null | undefined;
  /** A job of PEOPLE_SEARCH: the people that it found. */
  job?: string | null | undefined;
};

/** A column by its header, or by its position from 1. */
export type JobColumn = {
  column?: string | null | undefined;
  position?: number | null | undefined;
  identifier: ColumnIdentifier;
};

const inlineMax = 10_000;

/** What each operation looks up by. */
export const identifiersOf: Readonly<Record<JobOperation, readonly ColumnIdentifier[]>> = {
  ...preference,
  PEOPLE_SEARCH: preference.COMPANY,
};

/**
 * Identifiers as a table: a column for each kind that occurs, named as in the API, and a row for each key. Throws
 * INVALID_INPUT for an empty or too long list, and for keys of the other kind of record.
 */
export const tableOfKeys = (
  operation: JobOperation,
  { companies, people }: Pick<JobSource, 'companies' | 'people'>,
): { columns: string[]; rows: string[][]; mapping: ColumnMapping[] } => {
  const wantsPeople = operation === 'PERSON';
  const keys: readonly (CompanyKey & PersonKey)[] = companies ?? people ?? [];
  if ((people != null) !== wantsPeople) {
    throw invalid(
      `A job of ${operation} needs ${wantsPeople ? 'people' : 'companies'}: send source.${wantsPeople ? 'people' : 'companies'}.`,
    );
  }
  if (keys.length === 0) throw invalid('The list is empty: send at least one identifier.');
  if (keys.length > inlineMax) {
    throw invalid(
      `A list in the request has at most ${inlineMax} identifiers, and this has ${keys.length}: send a file to POST /uploads.`,
    );
  }
  const used = columnIdentifiers.filter((identifier) => keys.some((key) => key[fieldOf[identifier]] != null));
  const columns = used.map((identifier) => fieldOf[identifier]);
  return {
    columns,
    rows: keys.map((key) => columns.map((field) => key[field] ?? '')),
    mapping: used.map((identifier, column) => ({ column, identifier })),
  };
};

/**
 * The mapping of a file's columns. Throws INVALID_INPUT for a header or position that the file does not have, a header that
 * several columns have, a column that is named twice, and an identifier that the operation does not look up by.
 */
export const readMapping = (
  operation: JobOperation,
  headers: readonly string[],
  columns: readonly JobColumn[],
): ColumnMapping[] => {
  if (columns.length === 0) throw invalidColumn('columns is empty: name at least one column, or omit it.');
  const mapping = columns.map((wanted): ColumnMapping => {
    if (!identifiersOf[operation].includes(wanted.identifier)) {
      throw invalidColumn(
        `A job of ${operation} does not look up by ${wanted.identifier}: use one of ${identifiersOf[operation].join(', ')}.`,
      );
    }
    return { column: positionOf(headers, wanted), identifier: wanted.identifier };
  });
  const seen = new Set<string>();
  for (const { column, identifier } of mapping) {
    const key = `${column} ${identifier}`;
    if (seen.has(key)) throw invalidColumn('A column is named twice with the same identifier: name it once.');
    seen.add(key);
  }
  return mapping;
};

const same = (header: string): string => header.trim().toLowerCase();

const positionOf = (headers: readonly string[], { column, position }: JobColumn): number => {
  if ((typeof column === 'string') === (typeof position === 'number')) {
    throw invalidColumn('Name each column by its header or by its position from 1: send one of the two.');
  }
  if (typeof position === 'number') {
    if (Number.isInteger(position) && position >= 1 && position <= headers.length) return position - 1;
    throw invalidColumn(`The file has the columns 1 to ${headers.length}: send a position among them.`);
  }
  const exact = headers.flatMap((header, at) => (header === column ? [at] : []));
  const alike = headers.flatMap((header, at) => (same(header) === same(column ?? '') ? [at] : []));
  const found = exact.length > 0 ? exact : alike;
  const [first, second] = found;
  if (first === undefined) {
    throw invalidColumn('The file has no column with this header: use one of its columns, or a position.');
  }
  if (second !== undefined) {
    throw invalidColumn(
      `The columns ${found.map((at) => at + 1).join(' and ')} have this header: name the one to use by its position.`,
    );
  }
  return first;
};

const invalid = (message: string): GatewayError =>
  new GatewayError('INVALID_INPUT', message, { field: ['source'] });

const invalidColumn = (message: string): GatewayError =>
  new GatewayError('INVALID_INPUT', message, { field: ['source', 'upload', 'columns'] });
