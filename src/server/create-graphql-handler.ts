import { createLRUCache, createYoga, type YogaServerInstance } from 'graphql-yoga';
import type { Caller } from '../access/caller.js';
import type { GatewayApp, GatewayContext } from '../graphql/context.js';
import { openRequest } from '../graphql/open-request.js';
import { createSchema } from '../graphql/schema.js';
import { createAnswerOnce } from '../idempotency/answer-once.js';
import type { Log } from '../platform/log.js';
import { useCaller } from './use-caller.js';
import { useCreditsExtension } from './use-credits-extension.js';
import { useErrorCodes } from './use-error-codes.js';
import { useIdempotency } from './use-idempotency.js';
import { useJsonOnly } from './use-json-only.js';
import { operationLimits, useLimits } from './use-limits.js';

export type GraphqlHandlerOptions = {
  app: GatewayApp;
  findCaller: (token: string) => Promise<Caller>;
  log: Log;
  asksMax: number;
  bodyBytesMax: number;
};

/** The GraphQL endpoint as a fetch-style handler; no socket is opened. */
export const createGraphqlHandler = (
  options: GraphqlHandlerOptions,
): YogaServerInstance<Record<string, unknown>, GatewayContext> =>
  createYoga<Record<string, unknown>, GatewayContext>({
    schema: createSchema(),
    graphqlEndpoint: '/graphql',
    graphiql: false,
    landingPage: false,
    cors: false,
    multipart: false,
    batching: false,
    logging: false,
    // Errors are coded, and masked, by useErrorCodes: one mapper for everything that can go wrong.
    maskedErrors: false,
    // Two hundred documents of the largest size are some tens of megabytes; yoga's own bound is five times that.
    parserAndValidationCache: {
      documentCache: createLRUCache({ max: 200 }),
      errorCache: createLRUCache({ max: 200 }),
    },
    maxRequestBodySize: options.bodyBytesMax,
    plugins: [
      useCaller(options.findCaller, (facts) => openRequest(options.app, facts)),
      useJsonOnly(),
      useLimits({ ...operationLimits, asksMax: options.asksMax }),
      useIdempotency(createAnswerOnce({ ...options.app, log: options.log }), options.log),
      useCreditsExtension(),
      useErrorCodes(options.log),
    ],
  });
