import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ExecutionArgs, getOperationAST, type GraphQLSchema } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { GatewayApp, GatewayContext } from '../graphql/context.js';
import { toInt } from '../graphql/scalars.js';
import { openRequest } from '../graphql/open-request.js';
import { createRunOnce } from '../idempotency/run-once.js';
import type { Log } from '../platform/log.js';
import { redactCredentials } from '../platform/redact-credentials.js';
import type { AuthenticateCaller } from './authenticate-caller.js';
import { createRequestAuthenticator } from './authenticate-request.js';
import { createFastPath } from './fast-path.js';
import type { Documents } from './documents/create-documents.js';
import { chooseMediaType } from './media-types.js';
import { useDocumentCache } from './plugins/use-document-cache.js';
import { useEndedLookups } from './plugins/use-ended-lookups.js';
import { useErrorCodes } from './plugins/use-error-codes.js';
import { useParamsCheck } from './plugins/use-params-check.js';
import { useIdempotency } from './plugins/use-idempotency.js';
import { useIntrospection } from './plugins/use-introspection.js';
import { operationLimits, useLimits } from './plugins/use-limits.js';
import { useAllowlist, usePersistedDocuments } from './plugins/use-persisted-documents.js';
import { useSubscriptions } from './plugins/use-subscriptions.js';
import { sendJson } from './send-json.js';

export type GraphqlHandlerOptions = {
  app: GatewayApp;
  authenticate: AuthenticateCaller;
  log: Log;
  config: { requestBodyBytesMax: number; lookupsPerRequestMax: number; introspection: boolean };
  documents: Documents;
  schema: GraphQLSchema;
  /** False: Yoga processes all requests, for tests that compare the two. */
  fastPath: boolean;
};

/** The GraphQL endpoint: one Yoga, behind the HTTP fast path. */
export const createGraphqlHandler = (
  options: GraphqlHandlerOptions,
): ((request: IncomingMessage, response: ServerResponse) => Promise<void>) => {
  const authenticator = createRequestAuthenticator(options.authenticate, (facts) =>
    openRequest(options.app, facts),
  );
  const { documents } = options;
  const { introspection } = options.config;
  const persistedDocuments = usePersistedDocuments(
    documents,
    async (request) => (await authenticator.open(request)).lookupRequest.caller.workspaceId,
  );
  const plugins = [
    useAllowlist(documents, { introspection }),
    useDocumentCache(documentCacheBytesMax),
    useIntrospection(introspection),
    useLimits(operationLimits(options.config.lookupsPerRequestMax)),
    useEndedLookups(),
    useIdempotency(createRunOnce({ ...options.app, log: options.log }), options.log),
    useCreditsExtension(),
    useOperationRecord(),
    useSubscriptions(options.log),
  ];
  const fastPath = createFastPath({
    authenticator,
    plugins,
    paramsPlugins: [persistedDocuments],
    bodyBytesMax: options.config.requestBodyBytesMax,
    enabled: options.fastPath,
  });
  createYoga<Record<string, unknown>, GatewayContext>({
    schema: options.schema,
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
    // The fast path reads all bodies.
    maxRequestBodySize: false,
    plugins: [
      authenticator.plugin,
      fastPath.plugin,
      persistedDocuments,
      useParamsCheck(),
      ...plugins,
      useErrorCodes(options.log),
    ],
  });
  return async (request, response) => {
    const accept = chooseMediaType(request.headers.accept);
    if (!URL.canParse(`http://${request.headers.host ?? 'localhost'}/`)) refuse(response, 400, invalidHost);
    else if (accept === null) refuse(response, 406, notAcceptable);
    else await fastPath.handle(request, response, accept);
  };
};

const documentCacheBytesMax = 32_000_000;

const invalidHost = 'Invalid Host header: send the host name of this gateway, and its port.';
const notAcceptable =
  'Accept allows no type of a GraphQL response: send Accept: application/json, or application/graphql-response+json.';

const refuse = (response: ServerResponse, status: number, message: string): void => {
  sendJson(response, status, { errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
};

/**
 * Adds `extensions.credits` to every executed operation: the credits it charged, saved and left reserved. Adds
 * `extensions.asOf` if a standby was read: every change before this instant is in the answer.
 */
const useCreditsExtension = (): Plugin<GatewayContext> => ({
  onExecute: ({ args }) => ({
    onExecuteDone: ({ result, setResult }) => {
      if (Symbol.asyncIterator in result) return;
      const { charged, saved, reserved } = args.contextValue.lookupRequest.tally;
      const { asOf } = args.contextValue.standbyReads;
      setResult({
        ...result,
        extensions: {
          ...result.extensions,
          credits: { charged: toInt(charged), saved: toInt(saved), reserved: toInt(reserved) },
          ...(asOf === null ? {} : { asOf: asOf.toISOString() }),
        },
      });
    },
  }),
});

const operationNameMax = 64;

/** Notes which operation runs, for the log and traces. */
const useOperationRecord = (): Plugin<GatewayContext> => ({
  onExecute: noteOperation,
  onSubscribe: noteOperation,
});

const noteOperation = ({ args }: { args: ExecutionArgs & { contextValue: GatewayContext } }): void => {
  const running = getOperationAST(args.document, args.operationName);
  if (running == null) return;
  const { operation } = args.contextValue;
  operation.type = running.operation;
  const name = running.name?.value.slice(0, operationNameMax);
  operation.name = name === undefined ? null : redactCredentials(name);
};
