import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Caller } from '../access/caller.js';
import { GatewayError } from '../errors.js';
import { exportNames, openExport } from '../usage/exports/open-export.js';
import { type ExportDeps, exportFormats } from '../usage/exports/table.js';
import type { Clock } from '../platform/time.js';
import type { Log } from '../platform/log.js';
import { answerError, tellError } from './send-graphql-error.js';
import { sendJson } from './send-json.js';
import { bearerToken } from './bearer-token.js';

type Parts = {
  exports: ExportDeps;
  findCaller: (token: string) => Promise<Caller>;
  clock: Clock;
  log: Log;
};

/** An export that has begun: its first rows are read. */
type Opened = { fileName: string; contentType: string; text: AsyncIterable<string> };

/**
 * Answers GET and HEAD of /export/entries.csv and its like, at the pace at which the answer is taken. What is wrong with
 * the request is told as JSON before the first byte; a failure later on cuts the connection, so that nobody takes half
 * a file for a whole one. A token that ends while its export runs ends the export with it.
 */
export const createExportHandler =
  (parts: Parts) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      sendJson(response, 405, { error: 'An export is read: send GET.' }, { allow: 'GET, HEAD' });
      return;
    }
    let opened: Opened;
    try {
      opened = await open(parts, request);
    } catch (error) {
      answerError(response, error, parts.log);
      return;
    }
    response.writeHead(200, {
      'content-type': opened.contentType,
      'content-disposition': `attachment; filename="${opened.fileName}"`,
      'cache-control': 'no-store',
    });
    if (request.method === 'HEAD') response.end();
    else await send(opened.text, response, parts.log);
  };

const open = async (
  { exports, findCaller, clock }: Parts,
  { headers, url = '' }: IncomingMessage,
): Promise<Opened> => {
  const token = bearerToken(headers.authorization ?? null);
  const caller = await findCaller(token);
  const [path = '', query = ''] = url.split(/\?(.*)/s, 2);
  const [, written, ending] = /^\/export\/([a-z]+)\.([a-z]+)$/.exec(path) ?? [];
  const name = exportNames.find((one) => one === written);
  const format = exportFormats.find((one) => one === ending);
  if (name === undefined || format === undefined) throw noSuchExport();
  const text = await openExport(exports, caller, { name, format, query: new URLSearchParams(query) });
  return {
    // Made of our own words and the day alone: nothing that a caller has named can stand in a header.
    fileName: `firmable-${name}-${clock.now().toISOString().slice(0, 10)}.${format}`,
    contentType:
      format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/x-ndjson; charset=utf-8',
    text: whileValid(text, () => findCaller(token)),
  };
};

const noSuchExport = (): GatewayError =>
  new GatewayError(
    'NOT_FOUND',
    `There is no such export: there are ${exportNames.join(', ')}, each as ${exportFormats.join(' and ')}, such as /export/entries.csv.`,
  );

/** Looks before each piece whether the token still stands. */
const whileValid = async function* (
  text: AsyncIterable<string>,
  check: () => Promise<unknown>,
): AsyncGenerator<string, void, undefined> {
  for await (const piece of text) {
    await check();
    yield piece;
  }
};

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';

/** Waits for the client after each piece, and stops reading where it has gone. */
const send = async (text: AsyncIterable<string>, response: ServerResponse, log: Log): Promise<void> => {
  try {
    await pipeline(text, response);
  } catch (error) {
    response.destroy();
    if (isGone(error)) log.debug('the reader of an export has gone');
    else log.warn({ code: tellError(error, log).code }, 'an export was cut short');
  }
};
