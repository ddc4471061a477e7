import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { GatewayError } from '../errors.js';
import type { GatewayApp } from '../graphql/context.js';
import { readArchivedBefore } from '../ledger/archived-entries.js';
import { instantOfCursor } from '../platform/page.js';
import type { Clock } from '../platform/time.js';
import type { Log } from '../platform/log.js';
import { idOfFilter, toPublicId } from '../access/public-ids.js';
import { readStoredRecord } from '../records/stored-record.js';
import { exportNames, openExport } from '../usage/exports/open-export.js';
import { type ExportDeps, exportFormats } from '../usage/exports/table.js';
import type { RunReport } from '../usage/report-queue.js';
import { type AuthenticateCaller, clientOf, requestIdHeader } from './authenticate-caller.js';
import { acceptsGzip } from './media-types.js';
import { recordOf } from './observe-request.js';
import { pathOf, queryOf } from './request-target.js';
import { describeError, sendError, sendJson } from './send-json.js';

type HandlerDeps = {
  exports: Omit<ExportDeps, 'read'>;
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
  text: AsyncIterable<string>;
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
    const zipped = acceptsGzip(request.headers['accept-encoding']);
    response.appendHeader('vary', 'accept-encoding');
    response.writeHead(200, {
      'content-type': opened.contentType,
      'content-disposition': `attachment; filename="${opened.fileName}"`,
      'cache-control': 'no-store',
      [asOfHeader]: opened.asOf.toISOString(),
      ...(opened.archivedBefore === null
        ? {}
        : { [archivedBeforeHeader]: opened.archivedBefore.toISOString() }),
      // The next request would find other rows: an export is continued behind a cursor.
      'accept-ranges': 'none',
      ...(zipped ? { 'content-encoding': 'gzip' } : {}),
    });
    if (request.method === 'HEAD') response.end();
    else await send(opened.text, zipped, response, deps.log);
  };

const open = async (
  { exports, authenticate, runReport, clock }: HandlerDeps,
  request: IncomingMessage,
): Promise<OpenedExport> => {
  const { url = '' } = request;
  const client = clientOf(request);
  const caller = await authenticate(client);
  recordOf(request).caller = caller;
  const [, givenName, givenFormat] = /^\/export\/([a-z]+)\.([a-z]+)$/.exec(pathOf(url)) ?? [];
  const name = exportNames.find((one) => one === givenName);
  const format = exportFormats.find((one) => one === givenFormat);
  if (name === undefined || format === undefined) throw unknownExport();
  const wanted = { name, format, query: new URLSearchParams(queryOf(url)) };
  // What a search finds is written to the primary a moment before.
  const behind = wanted.query.has('search') ? clock.now() : instantOfCursor(wanted.query.get('after'));
  let asOf: Date | null = null;
  const read: ExportDeps['read'] = (page) =>
    runReport(
      caller,
      (deps) => {
        asOf ??= deps.asOf;
        return page(deps);
      },
      { patient: asOf !== null, notBefore: asOf ?? behind },
    );
  const pieces = (await openExport({ ...exports, read }, caller, wanted))[Symbol.asyncIterator]();
  return {
    // Our own words and the date only: no text of a caller stands in a header.
    fileName: `firmable-${name}-${clock.now().toISOString().slice(0, 10)}.${format}`,
    contentType:
      format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/x-ndjson; charset=utf-8',
    asOf: asOf ?? clock.now(),
    archivedBefore:
      name === 'entries'
        ? await runReport(caller, ({ database }) => readArchivedBefore(database.db, caller), {
            patient: true,
          })
        : null,
    text: readAll(async () => {
      const piece = await pieces.next();
      await authenticate(client, { again: true });
      return piece;
    }),
  };
};

/** The instant before which every change is in the export. */
export const asOfHeader = 'x-as-of';

/** Entries of months before this instant are archived, and not in the export. */
export const archivedBeforeHeader = 'x-archived-before';

const unknownExport = (): GatewayError =>
  new GatewayError(
    'NOT_FOUND',
    `Unknown export: request one of ${exportNames.join(', ')}, as ${exportFormats.join(' or ')}, for example /export/entries.csv.`,
  );

const readAll = async function* (
  next: () => Promise<IteratorResult<string, unknown>>,
): AsyncGenerator<string, void, undefined> {
  for (let piece = await next(); piece.done !== true; piece = await next()) yield piece.value;
};

/** Waits for the client after each piece, and stops reading when it has disconnected. */
const send = async (
  text: AsyncIterable<string>,
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

/** What exports need of the gateway. */
export const exportDeps = (
  app: GatewayApp,
  config: { snapshotMaxAgeSeconds: number },
): Omit<ExportDeps, 'read'> => ({
  catchUp: app.recordWords.catchUp,
  showId: toPublicId,
  readId: idOfFilter,
  readCompany: (provider, body) => {
    const stored = readStoredRecord(app.providers, { operation: 'COMPANY', provider, body });
    return stored?.operation === 'COMPANY' ? stored.record : null;
  },
  readPerson: (provider, body) => {
    const stored = readStoredRecord(app.providers, { operation: 'PERSON', provider, body });
    return stored?.operation === 'PERSON' ? stored.record : null;
  },
  snapshotsKept: config.snapshotMaxAgeSeconds > 0,
});
