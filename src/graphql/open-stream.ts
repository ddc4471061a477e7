import { GatewayError } from '../errors.js';
import type { PolledKey } from '../subscriptions/poll.js';
import type { Batch } from '../subscriptions/stream.js';
import type { Topic } from '../subscriptions/read-versions.js';
import { createLoaders, type GatewayContext } from './context.js';

/**
 * Opens the stream of a subscription for the request of the context, as `Subscriptions.open` documents it. Each of its
 * batches gets new loaders, which would otherwise show what they read for the first.
 */
export const openStream = async <Event>(
  context: GatewayContext,
  { read, ...source }: { topic: Topic; key: PolledKey; read: () => Promise<Batch<Event>> },
): Promise<AsyncIterableIterator<Event>> => {
  const { app, lookupRequest, stream } = context;
  if (stream === null)
    throw new GatewayError('BAD_REQUEST', 'This request takes no stream: send Accept: text/event-stream.');
  return await app.subscriptions.open(lookupRequest.caller, stream, {
    ...source,
    read: async () => {
      context.loaders = createLoaders(app, lookupRequest.caller);
      context.standbyReads.asOf = null;
      return await read();
    },
  });
};
