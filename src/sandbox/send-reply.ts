import type { ServerResponse } from 'node:http';
import type { Reply } from './reply.js';

/** Puts a reply on the wire: whole, or, for one that is cut, half of its body and then a dropped connection. */
export const sendReply = (response: ServerResponse, reply: Reply): void => {
  const body = reply.body === null ? '' : JSON.stringify(reply.body);
  response.writeHead(reply.status, {
    ...(body === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
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
