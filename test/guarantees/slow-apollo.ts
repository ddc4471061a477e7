import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox } from '../../src/sandbox/start-sandbox.js';

export type SlowApollo = {
  /** For APOLLO_BASE_URL. */
  url: string;
  /** Requests for a record. */
  requestCount: () => number;
  /** The most requests for a record in progress at the same time. */
  mostAtOnce: () => number;
  /** What the account has been charged. */
  creditsUsed: () => number;
  /** Sets the time from a request's arrival to the response from now on. */
  takesMs: (ms: number) => void;
  close: () => Promise<void>;
};

const sandboxKey = 'apollo_sandbox_slowly';

/** The sandbox's Apollo behind a proxy that takes any key, counts, and responds slowly. It charges as a request arrives. */
export const startSlowApollo = async (): Promise<SlowApollo> => {
  const sandbox = await startSandbox({ latencyMs: 0, records: 40 });
  const origin = new URL(sandbox.urls.APOLLO);
  let requestCount = 0;
  let inProgress = 0;
  let mostAtOnce = 0;
  let latencyMs = 0;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    requestCount += 1;
    inProgress += 1;
    mostAtOnce = Math.max(mostAtOnce, inProgress);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const method = request.method ?? 'GET';
    const answered = await fetch(new URL(request.url ?? '/', origin), {
      method,
      headers: { 'x-api-key': sandboxKey, 'content-type': request.headers['content-type'] ?? '' },
      ...(method === 'POST' ? { body: Buffer.concat(chunks) } : {}),
    });
    const text = await answered.text();
    await sleep(latencyMs);
    inProgress -= 1;
    response.writeHead(answered.status, { 'content-type': 'application/json' }).end(text);
  };

  const server = createServer((request, response) => void answer(request, response));
  // An idle connection of a busy machine must not be closed under a request.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the slow server has no port');
  return {
    url: `http://127.0.0.1:${address.port}${origin.pathname}`,
    requestCount: () => requestCount,
    mostAtOnce: () => mostAtOnce,
    creditsUsed: () => sandbox.account(sandboxKey).creditsUsed,
    takesMs: (ms) => {
      latencyMs = ms;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await sandbox.close();
    },
  };
};
