import type { ServerResponse } from 'node:http';
import type { Reply } from './reply.js';

/** Sends a reply: whole, or half of its body before the connection is dropped. */
export const sendReply = (response: ServerResponse, reply: Reply): void => {
  const { type, body } = written(reply.body);
  response.writeHead(reply.status, {
    ...(type === null ? {} : { 'content-type': `${type}; charset=utf-8` }),
    'content-length': Buffer.byteLength(body),
    ...reply.headers,
  });
  if (reply.cut === undefined) {
    response.end(body);
    return;
  }
  response.write(Buffer.from(body).subarray(0, Math.floor(Buffer.byteLength(body) / 2)), () => {
    response.destroy();
  });
};

const written = (body: unknown): { type: string | null; body: string } => {
  if (body === null) return { type: null, body: '' };
  if (typeof body === 'string') return { type: 'text/plain', body };
  return { type: 'application/json', body: JSON.stringify(body) };
};
