import {
  type IncomingMessage,
  type OutgoingHttpHeader,
  type OutgoingHttpHeaders,
  ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';

/** How much of a body is still read after its response, and for how long, so that the client can read the response. */
const drain = { bytesMax: 1_000_000, timeoutMs: 1_000 };

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[];

/**
 * A response that ends its connection if it is sent before the body of its request has ended. Otherwise a refused client
 * could send without end. A socket that is closed with unread bytes is reset, and a client that is still sending would
 * lose the response: so the rest is drained, within limits, before the socket is destroyed.
 */
export class ClosingResponse extends ServerResponse {
  override writeHead(statusCode: number, first?: string | Headers, second?: Headers): this {
    if (bodyGoesOn(this.req)) drainAndClose(this.req, this);
    return typeof first === 'string'
      ? super.writeHead(statusCode, first, second)
      : super.writeHead(statusCode, first);
  }
}

/** Whether the request has a body that has not ended. */
export const bodyGoesOn = ({ complete, headers }: IncomingMessage): boolean =>
  !complete && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);

const drainAndClose = (request: IncomingMessage, response: ServerResponse): void => {
  const { socket } = request;
  response.setHeader('connection', 'close');
  let drained = 0;
  request.on('data', (chunk: Buffer) => {
    drained += chunk.length;
    if (drained <= drain.bytesMax) return;
    if (response.writableFinished) socket.destroy();
    else request.pause();
  });
  request.resume();
  // node:http calls it when the response is sent.
  socket.destroySoon = (): void => {
    if (request.complete || drained > drain.bytesMax) destroyWhenSent(socket);
    else {
      socket.end();
      const timeout = setTimeout(() => socket.destroy(), drain.timeoutMs);
      request.once('end', () => socket.destroy());
      socket.once('close', () => clearTimeout(timeout));
    }
  };
};

const destroyWhenSent = (socket: Duplex): void => {
  socket.end(() => socket.destroy());
};
