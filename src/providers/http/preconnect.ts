import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { withTimeout } from '../../platform/with-timeout.js';
import { codeOf, createConnector } from './create-connector.js';

export type Preconnector = {
  /** For undici: returns an open connection, else opens one. */
  connect: buildConnector.connector;
  /** Opens one more before its request; false where it could not be opened. */
  open: () => Promise<boolean>;
  /** Why the last one could not be opened, as a code; null if it was. */
  lastFault: () => string | null;
  /** How many are open and unused, and how many are being opened. */
  standing: () => number;
  opening: () => number;
  /** Resolves once the next of those being opened has opened or failed; false where none did in time. */
  next: (timeoutMs: number) => Promise<boolean>;
  close: () => void;
};

type Standing = { socket: Socket; letGo: () => void };

/**
 * Opens connections before their requests. A request with a permit must be sent at once, without a handshake first: with
 * cold connections the first requests arrived so late that more than the limit fell into one second (54 instead of 50,
 * measured). A connection that is not used within `idleMsMax` is closed, as is one that the server ends.
 */
export const createPreconnector = (
  origin: URL,
  limits: { connectTimeoutMs: number; idleMsMax: number; proxy?: URL | null },
): Preconnector => {
  const connector = createConnector(limits.proxy ?? null, limits.connectTimeoutMs);
  const { hostname, host, protocol, port } = origin;
  const options = { hostname: hostname.replace(/^\[|\]$/g, ''), host, protocol, port };
  let standing: Standing[] = [];
  const opening = new Set<Promise<boolean>>();
  let lastFault: string | null = null;
  let closed = false;

  const keep = (socket: Socket): void => {
    const drop = (): void => {
      letGo();
      socket.destroy();
    };
    // A server that sends data before a request ends the connection's use.
    const timer = setTimeout(drop, limits.idleMsMax);
    const letGo = (): void => {
      clearTimeout(timer);
      socket.off('readable', drop).off('close', drop).off('end', drop);
      standing = standing.filter((one) => one.socket !== socket);
    };
    socket.on('error', () => {});
    socket.on('readable', drop).on('close', drop).on('end', drop);
    standing.push({ socket, letGo });
  };

  const open = (): Promise<boolean> => {
    const work: Promise<boolean> = new Promise<boolean>((resolve) => {
      connector.connect(options, (error, socket) => {
        lastFault = error === null ? null : codeOf(error);
        if (error === null && !closed) keep(socket);
        else socket?.destroy();
        resolve(error === null && !closed);
      });
    }).finally(() => opening.delete(work));
    opening.add(work);
    return work;
  };

  return {
    connect: (target, callback) => {
      const first = standing[0];
      if (first === undefined) {
        connector.connect(target, callback);
        return;
      }
      first.letGo();
      // Not synchronously: undici has not finished its own call yet, and would miss the callback.
      queueMicrotask(() => callback(null, first.socket));
    },
    open,
    lastFault: () => lastFault,
    standing: () => standing.length,
    opening: () => opening.size,
    next: (timeoutMs) => {
      const next = Promise.race(opening).then(() => true);
      if (timeoutMs === Number.POSITIVE_INFINITY) return next;
      return withTimeout(Math.max(0, timeoutMs), next, late).catch(() => false);
    },
    close: () => {
      closed = true;
      connector.close();
      for (const { socket, letGo } of standing) {
        letGo();
        socket.destroy();
      }
    },
  };
};

const late = (): Error => new Error('no connection in time');
