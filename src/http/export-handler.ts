import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { GatewayError } from '../errors.js';
import { readArchivedBefore } from '../ledger/archived-entries.js';
import { openResults, type ResultsDeps } from '../jobs/exports/export-results.js';
import { instantOfCursor } from '../platform/page.js';
import type { Clock } from '../platform/time.js';
import type { Log } from '../platform/log.js';
import { fromPublicId, toPublicId } from '../access/public-ids.js';
import { type ExportName, exportNames, openExport } from '../usage/exports/open-export.js';
import {
  type ExportDeps,
  exportFormats,
  type ExportFormat,
  type ResultFormat,
  resultFormats,
} from '../usage/exports/table.js';
import type { RunReport } from '../usage/report-queue.js';
import { type AuthenticateCaller, clientOf, requestIdHeader } from './authenticate-caller.js';
import { acceptsGzip } from './media-types.js';
import { recordOf } from './observe-request.js';
import { pathOf, queryOf } from './request-target.js';
import { describeError, sendError, sendJson } from './send-json.js';

type HandlerDeps = {
  exports: Omit<ExportDeps, 'read'>;
  results: Omit<ResultsDeps, 'read' | 'showId'>;
  runReport: RunReport;
  authenticate: AuthenticateCaller;
  clock: Clock;
  log: Log;
};

/** An export whose first page has been read. It has every change before `asOf`, except entries that are archived. */
type OpenedExport = {
  fileName: string;
  contentType: string;
  asOf: Date;
  archivedBefore: Date | null;
  lastCompleteRow: number | null;
  text: AsyncIterable<string | Uint8Array>;
  isZipped: boolean;
};

/**
 * Answers GET and HEAD of /export/entries.csv and the like, as fast as the client reads. An invalid request is answered
 * in JSON before the first byte. A later failure closes the connection, so that no client takes half a file for a whole
 * one. A token that is revoked ends its exports. Each page waits for its turn among the reports, and is at least as recent
 * as the first, whose instant is in the header.
 */
export const createExportHandler =
  (deps: HandlerDeps) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      sendJson(response, 405, { error: 'Method not allowed: send GET.' }, { allow: 'GET, HEAD' });
      return;
    }
    let opened: OpenedExport;
    try {
      opened = await open(deps, request);
    } catch (error) {
      sendError(response, error, deps.log);
      return;
    }
    const zipped = !opened.isZipped && acceptsGzip(request.headers['accept-encoding']);
    response.appendHeader('vary', 'accept-encoding');
    response.writeHead(200, {
      'content-type': opened.contentType,
      'content-disposition': `attachment; filename="${opened.fileName}"`,
      'cache-control': 'no-store',
      [asOfHeader]: opened.asOf.toISOString(),
      ...(opened.archivedBefore === null
        ? {}
        : { [archivedBeforeHeader]: opened.archivedBefore.toISOString() }),
      ...(opened.lastCompleteRow === null ? {} : { [lastCompleteRowHeader]: opened.lastCompleteRow }),
      // The next request would find other rows: an export is continued behind a cursor.
      'accept-ranges': 'none',
      ...(zipped ? { 'content-encoding': 'gzip' } : {}),
    });
    if (request.method === 'HEAD') response.end();
    else await send(opened.text, zipped, response, deps.log);
  };

const open = async (handler: HandlerDeps, request: IncomingMessage): Promise<OpenedExport> => {
  const { exports, results, authenticate, runReport, clock } = handler;
  const { url = '' } = request;
  const client = clientOf(request);
  const caller = await authenticate(client);
  recordOf(request).caller = caller;
  const wanted = readTarget(pathOf(url));
  const query = new URLSearchParams(queryOf(url));
  // What a search finds, and what a job has done, is written to the primary a moment before.
  const isRecent = 'jobId' in wanted || query.has('search');
  const behind = isRecent ? clock.now() : instantOfCursor(query.get('after'));
  let asOf: Date | null = null;
  const read: ExportDeps['read'] = (page) =>
    runReport(
      caller,
      (deps) => {
        asOf ??= deps.asOf;
        return page(deps);
      },
      { unlimitedWait: asOf !== null, notBefore: asOf ?? behind },
    );
  const { text, lastCompleteRow } =
    'jobId' in wanted
      ? await openResults({ ...exports, ...results, read }, caller, { ...wanted, query })
      : { text: await openExport({ ...exports, read }, caller, { ...wanted, query }), lastCompleteRow: null };
  const pieces = text[Symbol.asyncIterator]();
  const name = 'jobId' in wanted ? toPublicId('job', wanted.jobId) : wanted.name;
  return {
    // Our own words, an id and the date only: no text of a caller stands in a header.
    fileName: `firmable-${name}-${clock.now().toISOString().slice(0, 10)}.${wanted.format}`,
    contentType: contentTypes[wanted.format],
    asOf: asOf ?? clock.now(),
    archivedBefore:
      name === 'entries'
        ? await runReport(caller, ({ database }) => readArchivedBefore(database.db, caller), {
            unlimitedWait: true,
          })
        : null,
    lastCompleteRow,
    isZipped: wanted.format === 'xlsx',
    text: readAll(async () => {
      const piece = await pieces.next();
      await authenticate(client, { again: true });
      return piece;
    }),
  };
};

const contentTypes: Record<ResultFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

type Target = { name: ExportName; format: ExportFormat } | { jobId: string; format: ResultFormat };

/** What the path names. Throws NOT_FOUND. */
const readTarget = (path: string): Target => {
  const [, folder = null, givenName = '', givenFormat] =
    /^\/export\/(jobs\/)?([a-z]+|job_[\w-]+)\.([a-z]+)$/i.exec(path) ?? [];
  if (folder !== null) {
    const format = resultFormats.find((one) => one === givenFormat);
    if (format === undefined) throw unknownExport();
    return { jobId: fromPublicId('job', givenName), format };
  }
  const name = exportNames.find((one) => one === givenName);
  const format = exportFormats.find((one) => one === givenFormat);
  if (name === undefined || format === undefined) throw unknownExport();
  return { name, format };
};

/** The instant before which every change is in the export. */
export const asOfHeader = 'x-as-of';

/** Entries of months before this instant are archived, and not in the export. */
export const archivedBeforeHeader = 'x-archived-before';

/** The number of the row up to which every row of the job was finished when the export began. */
export const lastCompleteRowHeader = 'x-last-complete-row';

const unknownExport = (): GatewayError =>
  new GatewayError(
    'NOT_FOUND',
    `Unknown export: request one of ${exportNames.join(', ')}, as ${exportFormats.join(' or ')}, for example /export/entries.csv, or the results of a job as ${resultFormats.join(', ')}: /export/jobs/job_….csv.`,
  );

const readAll = async function* (
  next: () => Promise<IteratorResult<string | Uint8Array, unknown>>,
): AsyncGenerator<string | Uint8Array, void, undefined> {
  for (let piece = await next(); piece.done !== true; piece = await next()) yield piece.value;
};

/** Waits for the client after each piece, and stops reading when it has disconnected. */
const send = async (
  text: AsyncIterable<string | Uint8Array>,
  zipped: boolean,
  response: ServerResponse,
  log: Log,
): Promise<void> => {
  try {
    await (zipped ? pipeline(text, createGzip(), response) : pipeline(text, response));
  } catch (error) {
    response.destroy();
    if (isDisconnect(error)) log.debug('the client of an export disconnected');
    else {
      const requestId = response.getHeader(requestIdHeader);
      log.warn({ requestId, code: describeError(error, log).code }, 'an export was aborted');
    }
  }
};

const isDisconnect = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
