import type { IncomingMessage, ServerResponse } from 'node:http';
import { getOperationAST, OperationTypeNode } from 'graphql';
import type { GraphQLParams, Plugin, YogaServer } from 'graphql-yoga';
import type { GatewayContext } from '../graphql/context.js';
import type { RequestAuthenticator } from './authenticate-request.js';
import { graphqlType, type MediaType } from './media-types.js';
import { isObject, receiveRequest, type Received, type Settled, settled } from './receive-request.js';
import { createTextSender } from './send-text.js';
import { sendStream } from './send-stream.js';

export type FastPath = {
  /** One of Yoga's plugins: it passes its Yoga to the fast path, and the results of the fast path to Yoga. */
  plugin: Plugin;
  /** Handles a request to /graphql whose response has the type `accept`. */
  handle: (request: IncomingMessage, response: ServerResponse, accept: MediaType) => Promise<void>;
};

type Yoga = YogaServer<Record<string, unknown>, GatewayContext>;
type Options = {
  authenticator: Pick<RequestAuthenticator, 'open'>;
  /** The plugins of Yoga's envelope, which the fast path runs as well. */
  plugins: readonly object[];
  /** Plugins of Yoga that replace the parameters of a request; the fast path runs their hook `onParams` and no other. */
  paramsPlugins: readonly Pick<Plugin, 'onParams'>[];
  bodyBytesMax: number;
  /** False: Yoga processes all requests, for tests that compare the two. */
  enabled: boolean;
};

/**
 * Creates the HTTP fast path: it reads and writes with node:http, and parses, validates, limits and executes through
 * Yoga's envelope, with all of `plugins`. The streams, header maps and promises of Yoga's HTTP processing cost several times
 * what GraphQL does: without sockets, a request for __typename takes 105 µs of CPU through it and 50 µs here.
 *
 * The fast path only responds with results without errors. All other requests go to Yoga, as they were received: one that
 * fails before execution as an ordinary request, one that fails afterwards with its result. So one place formats errors.
 * Throws if one of `plugins` has a hook that only Yoga runs, which the fast path would skip.
 */
export const createFastPath = (options: Options): FastPath => {
  const { authenticator, plugins, bodyBytesMax, enabled } = options;
  const skipped = yogaHooks.filter((hook) => plugins.some((plugin) => hook in plugin));
  if (skipped.length > 0) throw new Error(`the fast path would skip a plugin's ${skipped.join(', ')}`);
  const attached: { yoga: Yoga | null } = { yoga: null };
  const failures = new WeakMap<Request, { thrown: unknown }>();
  const results = new WeakMap<Request, Executed>();
  const sendText = createTextSender();

  const handle = async (
    yoga: Yoga,
    incoming: IncomingMessage,
    response: ServerResponse,
    accept: MediaType,
  ) => {
    const deps = { fetchAPI: yoga.fetchAPI, authenticator, bodyBytesMax };
    const received = await receiveRequest(deps, incoming, response, accept);
    const { request, failure } = received;
    const executed = enabled && isJson(accept) ? await run(yoga, received, options.paramsPlugins) : null;
    const text =
      executed !== null && 'result' in executed.settled ? serialize(executed.settled.result) : null;
    if (text !== null) {
      response.setHeader('content-type', `${accept}; charset=utf-8`);
      sendText(response, text);
      return;
    }
    if (failure !== null) failures.set(request, failure);
    if (executed !== null) results.set(request, executed);
    await write(await yoga.handle(request, { waitUntil }), response, accept);
  };

  return {
    plugin: {
      onYogaInit: ({ yoga }) => {
        attached.yoga = yoga;
      },
      onRequestParse: ({ request }) => {
        const failure = failures.get(request);
        if (failure !== undefined) throw failure.thrown;
      },
      onParams: ({ request, context, setParams, setResult }) => {
        const executed = results.get(request);
        if (executed === undefined) return;
        const { params, settled: end } = executed;
        setParams(params);
        // As Yoga does before it runs an operation.
        Object.assign(context, { request, params });
        if ('thrown' in end) throw end.thrown;
        setResult(end.result);
      },
    },
    handle: async (request, response, accept) => {
      if (attached.yoga === null) throw new Error('the plugin of the fast path is not among those of Yoga');
      await handle(attached.yoga, request, response, accept);
    },
  };
};

const yogaHooks = [
  'onRequest',
  'onRequestParse',
  'onParams',
  'onExecutionResult',
  'onResultProcess',
  'onResponse',
] as const;

const isJson = (accept: MediaType): boolean => accept === 'application/json' || accept === graphqlType;

type FastPathParams = GraphQLParams & { query: string };

/** Whether a body has one operation, and besides it only what GraphQL over HTTP allows, in the right types. */
const isFastPathParams = (body: unknown): body is FastPathParams =>
  isObject(body) &&
  Object.keys(body).every((name) => paramNames.has(name)) &&
  typeof body['query'] === 'string' &&
  (body['operationName'] === undefined || typeof body['operationName'] === 'string') &&
  (body['variables'] === undefined || isObject(body['variables'])) &&
  (body['extensions'] === undefined || isObject(body['extensions']));

const paramNames: ReadonlySet<string> = new Set(['query', 'variables', 'operationName', 'extensions']);

/** What became of an operation that was run, with its parameters. */
type Executed = { params: GraphQLParams; settled: Settled<object> };

/** Runs an operation; null if it is invalid and was not run. */
const run = async (
  yoga: Yoga,
  { request, params: received }: Received,
  plugins: Options['paramsPlugins'],
): Promise<Executed | null> => {
  if (received === null || 'thrown' in received || !isObject(received.result)) return null;
  const replaced = await replaceParams(yoga, plugins, request, received.result);
  if ('thrown' in replaced || !isFastPathParams(replaced.result)) return null;
  const params = replaced.result;
  const { query, variables: variableValues, operationName } = params;
  const enveloped = yoga.getEnveloped({ request, params });
  const { parse, validate, contextFactory, execute, schema } = enveloped;
  const prepared = await settled(async () => {
    const document = parse(query);
    const isValid =
      validate(schema, document).length === 0 &&
      getOperationAST(document, operationName)?.operation !== OperationTypeNode.SUBSCRIPTION;
    return { document, isValid, contextValue: await contextFactory() };
  });
  if ('thrown' in prepared || !prepared.result.isValid) return null;
  const { document, contextValue } = prepared.result;
  return {
    params,
    settled: await settled(() => execute({ schema, document, contextValue, variableValues, operationName })),
  };
};

/** The parameters after the hooks of `plugins`, as Yoga runs them. What they throw is thrown again when Yoga does. */
const replaceParams = (
  { fetchAPI }: Yoga,
  plugins: Options['paramsPlugins'],
  request: Request,
  received: GraphQLParams,
): Promise<Settled<GraphQLParams>> =>
  settled(async () => {
    let params = received;
    for (const { onParams } of plugins) {
      const setParams = (given: GraphQLParams): void => {
        params = given;
      };
      await onParams?.({ request, params, setParams, fetchAPI, context: {}, ...unused });
    }
    return params;
  });

/** A plugin that replaces parameters handles no requests. */
const unused = {
  paramsHandler: (): never => {
    throw new Error('the fast path has no handler of parameters');
  },
  setParamsHandler: (): void => {},
  setResult: (): void => {},
};

/** A single result without errors as JSON; null for all others, and for one that is nested too deeply to serialize. */
const serialize = (result: object): string | null => {
  if ('errors' in result || Symbol.asyncIterator in result) return null;
  try {
    return JSON.stringify(result);
  } catch {
    return null;
  }
};

/** Sends a response of Yoga. */
const write = async (from: Response, response: ServerResponse, accept: MediaType): Promise<void> => {
  from.headers.forEach((value, name) => {
    response.setHeader(name, value);
  });
  response.statusMessage = from.statusText;
  response.statusCode = from.status;
  if (isJson(accept) || from.body === null) end(response, await from.text());
  else await sendStream(from.body, response);
};

const end = (response: ServerResponse, text: string): void => {
  if (!response.destroyed && !response.writableEnded) response.end(text);
};

const waitUntil = (): void => {};
