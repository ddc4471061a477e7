import { setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Answerer, Request } from './answerer.js';
import type { Visit } from './create-visits.js';
import type { ProviderName } from './provider-names.js';
import { readBody } from './read-body.js';
import { sendReply } from './send-reply.js';

export type Listener = {
  /** The server's own address, without a slash at its end. */
  origin: string;
  /** Stops listening, and drops requests in flight. */
  close: () => Promise<void>;
};

/**
 * Serves one provider's API on a free port. The reply and the charge are decided when a request arrives; the reply is
 * sent after `latencyMs`, a slow key's after `slowLatencyMs`.
 */
export const listen = async (options: {
  provider: ProviderName;
  answerer: Answerer;
  host: string;
  latencyMs: number;
  slowLatencyMs: number;
  visited: (visit: Visit) => void;
}): Promise<Listener> => {
  const closing = new AbortController();
  // One for each request that waits for its answer: no leak.
  setMaxListeners(0, closing.signal);

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRequest(incoming);
    const { reply, key } = options.answerer.answer(request);
    options.visited({
      at: new Date(),
      provider: options.provider,
      method: request.method,
      path: request.path,
      query: request.query.toString(),
      account: key?.account ?? null,
      status: reply.status,
      recordId: reply.retrieved?.recordId ?? null,
      credits: reply.retrieved?.credits ?? 0,
    });
    const latencyMs = key?.temper === 'slow' ? options.slowLatencyMs : options.latencyMs;
    await delay(latencyMs, undefined, { signal: closing.signal });
    sendReply(response, reply);
  };

  // An aborted request, by the client or by `close`, gets no reply.
  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => response.destroy());
  });
  // Longer than clients keep an idle connection, so that they never send into one that is just closing.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, options.host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sandbox has no port');

  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= new Promise((resolve) => {
      server.close(() => resolve());
      closing.abort();
      server.closeAllConnections();
    });
    return closed;
  };
  return { origin: `http://${options.host}:${address.port}`, close };
};

const readRequest = async (incoming: IncomingMessage): Promise<Request> => {
  const url = urlOf(incoming);
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    header: (name) => {
      const sent = incoming.headers[name];
      return typeof sent === 'string' ? sent : null;
    },
    body: await readBody(incoming),
  };
};

// A request target that is no path, such as `*`, becomes one that no endpoint has.
const urlOf = (incoming: IncomingMessage): URL => {
  const written = `http://sandbox${incoming.url ?? ''}`;
  return new URL(URL.canParse(written) ? written : 'http://sandbox/');
};
