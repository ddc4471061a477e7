import type { IncomingMessage, ServerResponse } from 'node:http';
import { createYoga } from 'graphql-yoga';
import type { Caller } from '../access/caller.js';
import type { GatewayApp, GatewayContext } from '../graphql/context.js';
import { openRequest } from '../graphql/open-request.js';
import { createSchema } from '../graphql/schema.js';
import { createRunOnce } from '../idempotency/run-once.js';
import type { Log } from '../platform/log.js';
import { sendJson } from './send-json.js';
import { createRequestAuthenticator } from './authenticate-request.js';
import { createFastPath } from './fast-path.js';
import { isFastPathRequest } from './is-fast-path-request.js';
import { useCreditsExtension } from './use-credits-extension.js';
import { useDocumentCache } from './plugins/use-document-cache.js';
import { useErrorCodes } from './plugins/use-error-codes.js';
import { useIdempotency } from './plugins/use-idempotency.js';
import { useCsrfPrevention } from './plugins/use-csrf-prevention.js';
import { operationLimits, useLimits } from './plugins/use-limits.js';

export type GraphqlHandlerOptions = {
  app: GatewayApp;
  findCaller: (token: string) => Promise<Caller>;
  log: Log;
  asksMax: number;
  bodyBytesMax: number;
  /** False: all requests take the long way, for tests to compare. */
  fastPath: boolean;
};

/** The GraphQL endpoint: one Yoga with two doors, a short one for plain JSON POSTs and its own for everything else. */
export const createGraphqlHandler = (
  options: GraphqlHandlerOptions,
): ((request: IncomingMessage, response: ServerResponse) => Promise<void>) => {
  const callers = createRequestAuthenticator(options.findCaller, (facts) => openRequest(options.app, facts));
  const plugins = [
    useDocumentCache(documentsBytesMax),
    useLimits(operationLimits(options.asksMax)),
    useIdempotency(createRunOnce({ ...options.app, log: options.log }), options.log),
    useCreditsExtension(),
  ];
  const fastPath = createFastPath(callers, plugins);
  const yoga = createYoga<Record<string, unknown>, GatewayContext>({
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
    parserAndValidationCache: false,
    maxRequestBodySize: options.bodyBytesMax,
    plugins: [callers.plugin, useCsrfPrevention(), ...plugins, useErrorCodes(options.log), fastPath.plugin],
  });
  return async (request, response) => {
    const isFast = options.fastPath && isFastPathRequest(request, options.bodyBytesMax);
    // Yoga makes an address of the Host header, and would tell whoever sends nonsense where in its code that failed.
    if (!URL.canParse(`http://${request.headers.host ?? 'localhost'}/`)) sendJson(response, 400, noHost);
    else if (isFast) await fastPath.answer(request, response);
    else await yoga(request, response);
  };
};

const documentsBytesMax = 32_000_000;

const noHost = {
  errors: [
    {
      message: 'The Host header names no host: send the name of this gateway, and its port.',
      extensions: { code: 'BAD_REQUEST' },
    },
  ],
};
