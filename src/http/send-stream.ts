import type { ServerResponse } from 'node:http';
import { recordOf } from './observe-request.js';
import { StreamInterrupted } from '../subscriptions/subscriptions.js';

/** A client that takes nothing for this long is disconnected, so that its stream ends. */
const stalledMs = 30_000;

/**
 * Sends a stream as it comes, and no faster than the client takes it, until it ends or the client disconnects. A stream that
 * is interrupted ends without its last event, so the client connects again.
 */
export const sendStream = async (
  body: AsyncIterable<Uint8Array>,
  response: ServerResponse,
): Promise<void> => {
  if (recordOf(response.req).context?.operation.type === 'subscription') {
    // It lasts, so the connection is worth nothing afterwards, and a server that stops would wait for it.
    response.setHeader('connection', 'close');
    response.setHeader('x-accel-buffering', 'no');
  }
  try {
    for await (const chunk of body) {
      if (response.destroyed) return;
      if (!response.write(chunk)) await drained(response);
    }
    if (!response.destroyed) response.end();
  } catch (error) {
    if (error instanceof StreamInterrupted && !response.destroyed) response.end();
    else response.destroy();
  }
};

const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const timeout = setTimeout(() => response.destroy(), stalledMs);
    const go = (): void => {
      clearTimeout(timeout);
      response.off('drain', go);
      response.off('close', go);
      resolve();
    };
    response.once('drain', go);
    response.once('close', go);
  });
