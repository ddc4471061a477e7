import { type ExecutionResult, GraphQLError } from 'graphql';
import { createGraphQLError, type Plugin } from 'graphql-yoga';
import type { GatewayContext } from '../../graphql/context.js';
import type { Log } from '../../platform/log.js';
import { StreamInterrupted } from '../../subscriptions/subscriptions.js';
import { originOf, toPublicError } from './use-error-codes.js';

/**
 * Runs subscriptions as streams of events. The errors of an event get their codes, and an error that ends a stream is its
 * last event, before `complete`, as in the protocol of graphql-sse. Refuses a request that takes no stream.
 */
export const useSubscriptions = (log: Log): Plugin<GatewayContext> => ({
  onSubscribe: ({ args }) => {
    const { stream, lookupRequest }: GatewayContext = args.contextValue;
    if (stream === null) {
      const extensions = { http: { status: 406 } };
      throw createGraphQLError(noStream, { extensions });
    }
    const own = log.child({ requestId: lookupRequest.requestId });
    return {
      onSubscribeResult: ({ result, setResult }) => {
        if (Symbol.asyncIterator in result) setResult(withPublicErrors(result, own));
      },
    };
  },
});

const noStream =
  'A subscription is answered with a stream of events: send Accept: text/event-stream, by POST or GET.';

const withPublicErrors = (
  events: AsyncIterable<ExecutionResult>,
  log: Log,
): AsyncIterableIterator<ExecutionResult> => {
  const source = events[Symbol.asyncIterator]();
  const toResult = (result: ExecutionResult): ExecutionResult =>
    result.errors === undefined
      ? result
      : { ...result, errors: result.errors.map((error) => toPublicError(error, log)) };
  let failed = false;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: async () => {
      if (failed) return { done: true, value: undefined };
      try {
        const next = await source.next();
        return next.done === true ? next : { done: false, value: toResult(next.value) };
      } catch (error) {
        const origin = originOf(error);
        if (origin instanceof StreamInterrupted) throw origin;
        failed = true;
        const originalError = origin instanceof Error ? origin : new Error(typeof origin);
        const wrapped = new GraphQLError(originalError.message, { originalError });
        return { done: false, value: { errors: [toPublicError(wrapped, log)] } };
      }
    },
    return: async () => {
      failed = true;
      return (await source.return?.()) ?? { done: true, value: undefined };
    },
  };
};
