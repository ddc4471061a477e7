import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Database } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import { authorizeInScope } from '../access/caller.js';
import type { Providers } from '../providers/catalogue.js';
import { fileNameOf } from '../uploads/file-name.js';
import { type ReceivedFile, receiveUpload, tooLarge } from '../uploads/receive-upload.js';
import { type AuthenticateCaller, clientOf } from './authenticate-caller.js';
import { bodyTypeOf, charsetOf } from './media-types.js';
import { recordOf } from './observe-request.js';
import { queryOf } from './request-target.js';
import { sendError, sendJson } from './send-json.js';
import { readForm } from './upload-form.js';
import { formBytesMax, openBody } from './upload-body.js';
import { checkParameters, readOption } from './upload-options.js';

/** The settings of uploads. */
export type UploadsConfig = { uploadBytesMax: number; uploadRowsMax: number; uploadStoredBytesMax: number };

type HandlerDeps = {
  database: Pick<Database, 'db'>;
  providers: Providers;
  config: UploadsConfig;
  authenticate: AuthenticateCaller;
  log: Log;
};

/**
 * Answers POST /uploads: a file as the body or as the part of a form, read and stored as it arrives. 201 and the
 * description of the upload; else `{ error, code }`, and nothing is stored. A client that disconnects leaves nothing.
 */
export const createUploadHandler =
  ({ config, ...deps }: HandlerDeps) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const limits = {
      bytesMax: config.uploadBytesMax,
      rowsMax: config.uploadRowsMax,
      storedBytesMax: config.uploadStoredBytesMax,
    };
    if (request.method !== 'POST') {
      sendJson(response, 405, { error: 'Method not allowed: send the file with POST.' }, { allow: 'POST' });
      return;
    }
    try {
      const caller = await deps.authenticate(clientOf(request));
      recordOf(request).caller = caller;
      authorizeInScope(caller, 'enrich');
      const file = await openFile(request, response, limits.bytesMax);
      sendJson(response, 201, await receiveUpload({ ...deps, limits }, caller, file));
    } catch (error) {
      if (request.destroyed && !request.complete) response.destroy();
      else sendError(response, error, deps.log, { LIMIT_EXCEEDED: 413 });
    }
  };

const openFile = async (
  request: IncomingMessage,
  response: ServerResponse,
  bytesMax: number,
): Promise<ReceivedFile> => {
  const { headers } = request;
  const query = new URLSearchParams(queryOf(request.url ?? ''));
  checkParameters(query);
  const options = readOption((name) => query.get(name));
  if (Number(headers['content-length'] ?? 0) > bytesMax + formBytesMax) throw tooLarge(bytesMax);
  const body = openBody(request, bytesMax);
  // The client has not sent the body yet, and does not send it if it is refused.
  if (headers.expect !== undefined) response.writeContinue();
  if (bodyTypeOf(headers['content-type']) === 'multipart/form-data') {
    const { file, fields } = await readForm(headers, query, body);
    return {
      ...readOption((name) => fields.get(name) ?? query.get(name)),
      name: fields.get('name') ?? query.get('name') ?? file.name,
      // The parser of forms does not return the charset of a part.
      charset: null,
      bytes: file.bytes,
    };
  }
  const hasCharset = /charset\s*=/i.test(headers['content-type'] ?? '');
  return {
    ...options,
    name: query.get('name') ?? fileNameOf(headers['content-disposition']),
    charset: hasCharset ? charsetOf(headers['content-type']) : null,
    bytes: body,
  };
};
