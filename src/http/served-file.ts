import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { acceptsGzip } from './media-types.js';

const types = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
} as const;
export type FileKind = keyof typeof types;

/** A file in memory, ready to be sent. */
export type ServedFile = {
  body: Buffer;
  gzipped: Buffer;
  etag: string;
  type: string;
  /** Whether the content of its address never changes, so that browsers need not revalidate it. */
  immutable?: boolean;
};

export const makeServedFile = async (body: Buffer, kind: FileKind): Promise<ServedFile> => ({
  body,
  gzipped: await promisify(gzip)(body),
  etag: `"${createHash('sha256').update(body).digest('base64url')}"`,
  type: types[kind],
});

/**
 * Sends a file to a browser, which caches it. It revalidates the file each time, so that after an upgrade no page mixes old
 * and new files, unless the address has the hash of the content.
 */
export const sendFile = (request: IncomingMessage, response: ServerResponse, file: ServedFile): void => {
  response.setHeader(
    'cache-control',
    file.immutable === true ? 'private, max-age=31536000, immutable' : 'private, no-cache',
  );
  response.setHeader('etag', file.etag);
  response.setHeader('vary', 'accept, accept-encoding, host');
  if (request.headers['if-none-match'] === file.etag) {
    response.writeHead(304).end();
    return;
  }
  const zipped = acceptsGzip(request.headers['accept-encoding']);
  if (zipped) response.setHeader('content-encoding', 'gzip');
  const body = zipped ? file.gzipped : file.body;
  response.writeHead(200, { 'content-type': file.type, 'content-length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
};
