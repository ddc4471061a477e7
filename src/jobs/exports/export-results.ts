import type { Caller } from '../../access/caller.js';
import type { RecordPart } from '../../enrichment/lookup-result.js';
import { GatewayError } from '../../errors.js';
import type { Database } from '../../platform/database.js';
import type { RecordReaders } from '../../records/stored-record.js';
import { readResultsQuery } from '../../usage/exports/read-query.js';
import type { ExportDeps, ResultFormat } from '../../usage/exports/table.js';
import { readUploadRows } from '../../uploads/read-upload.js';
import { chunkRowsMax, type UploadRow } from '../../uploads/upload.js';
import { behindMark, writePages } from '../../usage/exports/write-pages.js';
import { writeXlsx, xlsxColumnsMax } from '../../usage/exports/write-xlsx.js';
import { type Job, type JobOperation, jobNotFound } from '../job.js';
import { getJob } from '../read-jobs.js';
import { readRowRecords } from '../read-records.js';
import { readRowCredits } from '../read-receipts.js';
import { readHeaders, readLastCompleteRow, readResults } from '../read-rows.js';
import type { FieldPath } from './field-columns.js';
import { resultColumns, type ResultLine, shownRecord } from './result-columns.js';

/** What the results of a job are exported with. */
export type ResultsDeps = Pick<ExportDeps, 'read' | 'showId'> & {
  providers: RecordReaders;
  /** Reads a list of the API's fields of a company, a person, or a person that a search found. Throws BAD_REQUEST. */
  readFields: (operation: JobOperation, text: string) => readonly FieldPath[];
  /** The id of a record in the API. */
  recordIdOf: (parts: readonly RecordPart[]) => string;
};

/** An export of results; `lastCompleteRow` is the row up to which every row is finished. */
export type OpenedResults = { lastCompleteRow: number; text: AsyncIterable<string | Uint8Array> };

// A snapshot can be as large as UPSTREAM_BODY_BYTES_MAX.
const rowsPerPage = 100;

/** Workbooks of more rows may have a part of more than 4 GiB. */
const largeRows = 200_000;

/** The fields where none are named. */
const usualFields: Record<JobOperation, string> = {
  COMPANY:
    'recordId name domain website linkedin employeeCount companySize yearFounded industries revenue hqLocation hqCountry phones emails identifiers { abn }',
  PERSON:
    'recordId name firstName lastName position seniority department company { name website } emails { work personal } phones linkedin locations',
  PEOPLE_SEARCH:
    'id position companyName linkedin hasEmail hasPersonalEmail hasPhone hasDoNotCallPhone hasMobile',
};

/**
 * Opens the rows of a job with their results: each row of the list once, in its order, also while the job runs. Of a people
 * search each person that was found has a line, with the cells of its row; a row without people has one line. Its text is
 * read on demand. Throws FORBIDDEN, NOT_FOUND for a job that the caller does not see, and BAD_REQUEST.
 */
export const openResults = async (
  deps: ResultsDeps,
  caller: Caller,
  { jobId, format, query }: { jobId: string; format: ResultFormat; query: URLSearchParams },
): Promise<OpenedResults> => {
  const { after, bom, fields } = readResultsQuery(query);
  const job = await deps.read(({ database }) => getJob({ database }, caller, jobId));
  if (job === null) throw jobNotFound();
  const { operation } = job;
  const paths = deps.readFields(operation, fields ?? usualFields[operation]);
  if (bom && format !== 'csv') throw markRefused();
  const { headers, lastCompleteRow, first } = await deps.read(async ({ database }) => ({
    headers: await readHeaders(database, job),
    lastCompleteRow: await readLastCompleteRow(database, job),
    first: await readNext(database, job, after),
  }));
  const showEntryId = (id: string): string => deps.showId('entry', id);
  const columns = resultColumns({ format, operation, headers, fields: paths, showEntryId });
  if (format === 'xlsx' && columns.length > xlsxColumnsMax) throw tooWide(columns.length, headers.length);
  const pages = readLines(deps, job, { first, after });
  if (format === 'xlsx') {
    return { lastCompleteRow, text: writeXlsx(columns, pages, { isLarge: job.rows > largeRows }) };
  }
  const text = writePages(format, columns, pages);
  return { lastCompleteRow, text: bom ? behindMark(text) : text };
};

const markRefused = (): GatewayError =>
  new GatewayError('BAD_REQUEST', 'A byte order mark is for CSV only: omit "bom".', { field: ['bom'] });

const tooWide = (columns: number, listColumns: number): GatewayError =>
  new GatewayError(
    'BAD_REQUEST',
    `The list has ${listColumns} columns, and with the fields and the result the file has ${columns}, more than the ${xlsxColumnsMax} of XLSX: get it as CSV or NDJSON, or name fewer "fields".`,
    { field: ['fields'] },
  );

/** The lines in pages, each of which is read on demand. Fails where the list ends early, because the job was deleted. */
const readLines = async function* (
  deps: ResultsDeps,
  job: Job,
  { first, after }: { first: readonly UploadRow[]; after: number },
): AsyncGenerator<ResultLine[], void, undefined> {
  let last = after;
  for (let input = first; input.length > 0; ) {
    for (let at = 0; at < input.length; at += rowsPerPage) {
      yield await readPage(deps, job, input.slice(at, at + rowsPerPage));
    }
    last = input.at(-1)?.number ?? last;
    input = await deps.read(({ database }) => readNext(database, job, last));
  }
  if (last < job.rows) throw new Error(`job ${job.id} has ${job.rows} rows, and its list ends at ${last}`);
};

/** The rows behind this one, up to the end of its chunk. */
const readNext = (database: Pick<Database, 'db'>, job: Job, number: number): Promise<UploadRow[]> =>
  readUploadRows(database, job, {
    from: number + 1,
    to: (Math.floor(number / chunkRowsMax) + 1) * chunkRowsMax,
  });

const readPage = async (
  { read, providers, recordIdOf }: ResultsDeps,
  job: Job,
  input: readonly UploadRow[],
): Promise<ResultLine[]> => {
  const range = { from: input[0]?.number ?? 0, to: input.at(-1)?.number ?? 0 };
  const { results, records, credits } = await read(async ({ database }) => {
    const found = await readResults(database, job, range);
    const rows = [...found.values()];
    const unfinished = input.map(({ number }) => number).filter((number) => !found.has(number));
    const [recordsFound, creditsFound] = await Promise.all([
      readRowRecords({ database, providers }, job, rows),
      readRowCredits(database, job, rows, unfinished),
    ]);
    return { results: found, records: recordsFound, credits: creditsFound };
  });
  return input.flatMap((row): ResultLine[] => {
    const result = results.get(row.number) ?? null;
    const record = records.get(row.number) ?? null;
    const line = { input: row, result, record, credits: credits.get(row.number) ?? null };
    if (job.operation !== 'PEOPLE_SEARCH') {
      const person = record?.operation === 'PERSON' ? record.record : null;
      return [{ ...line, shown: shownRecord(record, recordIdOf), person }];
    }
    const people = result?.people?.filter(isObject) ?? [];
    const [one = null, ...others] = people;
    return [
      { ...line, shown: one, person: null },
      // The credits of a row are counted once.
      ...others.map((shown) => ({ ...line, credits: noCredits, shown, person: null })),
    ];
  });
};

const noCredits = { credits: 0n, saved: 0n };

const isObject = (value: unknown): value is { [field: string]: unknown } =>
  typeof value === 'object' && value !== null;
