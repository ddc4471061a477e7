import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The requests that a connection has sent ahead; null in place of one that is being handled. */
type Line = { waiting: (() => void)[]; busy: boolean };

/** How many requests of a connection wait before the gateway stops reading from it. */
const waitingMax = 16;

/**
 * Creates the function that handles the requests of one connection one at a time, in their order. Responses are sent in
 * this order anyway, and a client that sends thousands of requests ahead takes no more of the gateway than any other.
 */
export const createOneAtATime = (): ((response: ServerResponse, handle: () => void) => void) => {
  const lines = new WeakMap<Socket, Line>();
  return (response, handle) => {
    const { socket } = response.req;
    const line = lines.get(socket) ?? { waiting: [], busy: false };
    lines.set(socket, line);
    const start = (): void => {
      line.busy = true;
      response.once('close', () => {
        line.busy = false;
        line.waiting.shift()?.();
        if (line.waiting.length < waitingMax && socket.isPaused()) socket.resume();
      });
      handle();
    };
    if (!line.busy) start();
    else if (line.waiting.push(start) >= waitingMax) socket.pause();
  };
};
