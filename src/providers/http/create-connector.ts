import type { Socket } from 'node:net';
import { callbackify } from 'node:util';
import { buildConnector, Pool } from 'undici';
import { proxyAuthorization } from '../../platform/choose-proxy.js';

export type Connector = { connect: buildConnector.connector; close: () => void };

/**
 * Opens connections to an origin, directly or in a tunnel through a proxy (CONNECT). Every failure comes before the first
 * byte of a request, so that nothing was sent. The error's code distinguishes the faults of the proxy: PROXY_407 is its
 * answer, PROXY_ECONNREFUSED the connection to it.
 */
export const createConnector = (proxy: URL | null, timeoutMs: number): Connector => {
  const direct = buildConnector({ timeout: timeoutMs });
  if (proxy === null) return { connect: direct, close: () => {} };
  const pool = new Pool(proxy.origin, { connect: { timeout: timeoutMs } });
  const authorization = proxyAuthorization(proxy);

  const openTunnel = async ({ hostname, port, protocol }: buildConnector.Options): Promise<Socket> => {
    const host = hostname.includes(':') ? `[${hostname}]` : hostname;
    const target = `${host}:${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`;
    const answer = await pool
      .connect({
        path: target,
        headers: {
          host: target,
          ...(authorization === null ? {} : { 'proxy-authorization': authorization }),
        },
        signal: AbortSignal.timeout(timeoutMs),
      })
      .catch((error: unknown) => {
        throw proxyFault(codeOf(error));
      });
    // undici gives a duplex, which is the socket to the proxy.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const socket = answer.socket as Socket;
    if (answer.statusCode === 200) return socket;
    socket.on('error', () => {}).destroy();
    throw proxyFault(String(answer.statusCode));
  };

  const withTunnel = callbackify(openTunnel);
  return {
    connect: (options, callback) =>
      withTunnel(options, (error, socket) => {
        if (error !== null) callback(error, null);
        else if (options.protocol === 'https:') direct({ ...options, httpSocket: socket }, callback);
        else callback(null, socket);
      }),
    close: () => {
      pool.destroy().catch(() => {});
    },
  };
};

const proxyFault = (code: string): Error =>
  Object.assign(new Error('the proxy opened no tunnel'), { code: `PROXY_${code}` });

/** The code of a failed connection, or the name of its error. */
export const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'UNKNOWN';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
};
