import type { IncomingMessage, Server } from 'node:http';

/** The time in which the body of a request must arrive. */
const bodyTimeoutMs = 60_000;

/**
 * Limits of node:http, so that slow and idle clients do not hold sockets forever. Responses have no time limit. The limit
 * of a whole request is that of an upload; `limitBodyTime` applies the one of all other requests.
 */
export const serverLimits = {
  headersTimeout: 15_000,
  requestTimeout: 3_600_000,
  maxHeaderSize: 16_384,
  connectionsCheckingInterval: 5_000,
} as const;

/** Closes the connection of a request whose body goes on for too long. */
export const limitBodyTime = (request: IncomingMessage, timeoutMs: number = bodyTimeoutMs): void => {
  const timeout = setTimeout(() => request.socket.destroy(), timeoutMs);
  timeout.unref();
  const clear = (): void => clearTimeout(timeout);
  request.once('end', clear).once('close', clear);
};

/** The address at which a server listens; its port differs from the configured one if that is 0. */
export const urlOf = (server: Server, host: string): string => {
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('the server does not listen on a port');
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${shown}:${address.port}`;
};
