import type { IncomingMessage, ServerResponse } from 'node:http';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { GatewayApp, GatewayContext } from '../graphql/context.js';
import { toInt } from '../graphql/scalars.js';
import { openRequest } from '../graphql/open-request.js';
import { createSchema } from '../graphql/schema.js';
import { createRunOnce } from '../idempotency/run-once.js';
import type { Log } from '../platform/log.js';
import type { AuthenticateCaller } from './authenticate-caller.js';
import { createRequestAuthenticator } from './authenticate-request.js';
import { createFastPath, isFastPathRequest } from './fast-path.js';
import { useCsrfPrevention } from './plugins/use-csrf-prevention.js';
import { useDocumentCache } from './plugins/use-document-cache.js';
import { useErrorCodes } from './plugins/use-error-codes.js';
import { useIdempotency } from './plugins/use-idempotency.js';
import { operationLimits, useLimits } from './plugins/use-limits.js';
import { sendJson } from './send-json.js';

export type GraphqlHandlerOptions = {
  app: GatewayApp;
  authenticate: AuthenticateCaller;
  log: Log;
  lookupsMax: number;
  bodyBytesMax: number;
  /** False: all requests go through Yoga's HTTP adapter, for tests that compare the two. */
  fastPath: boolean;
};

/** The GraphQL endpoint: one Yoga, with the HTTP fast path for JSON POSTs and Yoga's HTTP adapter for everything else. */
export const createGraphqlHandler = (
  options: GraphqlHandlerOptions,
): ((request: IncomingMessage, response: ServerResponse) => Promise<void>) => {
  const authenticator = createRequestAuthenticator(options.authenticate, (facts) =>
    openRequest(options.app, facts),
  );
  const plugins = [
    useDocumentCache(documentCacheBytesMax),
    useLimits(operationLimits(options.lookupsMax)),
    useIdempotency(createRunOnce({ ...options.app, log: options.log }), options.log),
    useCreditsExtension(),
  ];
  const fastPath = createFastPath(authenticator, plugins);
  const yoga = createYoga<Record<string, unknown>, GatewayContext>({
    schema: createSchema(),
    graphqlEndpoint: '/graphql',
    graphiql: false,
    landingPage: false,
    cors: false,
    multipart: false,
    batching: false,
    logging: false,
    // useErrorCodes codes and masks all errors.
    maskedErrors: false,
    parserAndValidationCache: false,
    maxRequestBodySize: options.bodyBytesMax,
    plugins: [
      authenticator.plugin,
      useCsrfPrevention(),
      ...plugins,
      useErrorCodes(options.log),
      fastPath.plugin,
    ],
  });
  return async (request, response) => {
    const isFast = options.fastPath && isFastPathRequest(request, options.bodyBytesMax);
    // Yoga builds a URL from the Host header, and would respond to a malformed one with a stack trace.
    if (!URL.canParse(`http://${request.headers.host ?? 'localhost'}/`)) sendJson(response, 400, invalidHost);
    else if (isFast) await fastPath.handle(request, response);
    else await yoga(request, response);
  };
};

const documentCacheBytesMax = 32_000_000;

const invalidHost = {
  errors: [
    {
      message: 'Invalid Host header: send the host name of this gateway, and its port.',
      extensions: { code: 'BAD_REQUEST' },
    },
  ],
};

/** Adds `extensions.credits` to every executed operation: the credits it charged, saved and left reserved. */
const useCreditsExtension = (): Plugin<GatewayContext> => ({
  onExecute: ({ args }) => ({
    onExecuteDone: ({ result, setResult }) => {
      if (Symbol.asyncIterator in result) return;
      const { charged, saved, reserved } = args.contextValue.lookupRequest.tally;
      setResult({
        ...result,
        extensions: {
          ...result.extensions,
          credits: { charged: toInt(charged), saved: toInt(saved), reserved: toInt(reserved) },
        },
      });
    },
  }),
});
