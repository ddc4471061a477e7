import type { IncomingMessage, ServerResponse } from 'node:http';
import { getOperationAST, OperationTypeNode } from 'graphql';
import type { FetchAPI, GraphQLParams, Plugin, YogaServer } from 'graphql-yoga';
import type { GatewayContext } from '../graphql/context.js';
import type { RequestAuthenticator } from './authenticate-request.js';
import { readJson } from './read-json.js';

export type FastPath = {
  /** One of Yoga's plugins: it passes its Yoga to the fast path, and the results of the fast path to Yoga. */
  plugin: Plugin;
  /** Handles a request that `isFastPathRequest` accepts. */
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
};

type Yoga = YogaServer<Record<string, unknown>, GatewayContext>;
/** The result of an operation that has run and must not run again. */
type Executed = { result: object } | { thrown: unknown };

/**
 * Creates the HTTP fast path: it reads and writes with node:http, and parses, validates, limits and executes through
 * Yoga's envelope, with all of `plugins`. The streams, header maps and promises of Yoga's HTTP adapter cost several times
 * what GraphQL does: without sockets, a request for __typename takes 105 µs of CPU through the adapter and 50 µs here.
 *
 * The fast path only responds with results without errors. All other requests go to Yoga: one that fails before execution
 * as an ordinary request, one that fails afterwards with its result. So one place formats errors. Throws if one of
 * `plugins` has a hook of the adapter, which the fast path would skip.
 */
export const createFastPath = (
  authenticator: Pick<RequestAuthenticator, 'open'>,
  plugins: readonly object[],
): FastPath => {
  const skipped = adapterHooks.filter((hook) => plugins.some((plugin) => hook in plugin));
  if (skipped.length > 0) throw new Error(`the fast path would skip a plugin's ${skipped.join(', ')}`);
  const attached: { yoga: Yoga | null } = { yoga: null };
  const results = new WeakMap<Request, Executed>();

  const handle = async (yoga: Yoga, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const head = headOf(yoga.fetchAPI, request);
    const opened = await settled(() => authenticator.open(head, request.socket.remoteAddress));
    const body = 'thrown' in opened ? opened : await settled(() => readJson(request));
    if ('result' in body && isFastPathParams(body.result)) {
      const executed = await run(yoga, head, body.result);
      const text = executed !== null && 'result' in executed ? serialize(executed.result) : null;
      if (text !== null) {
        response.setHeader('content-type', contentTypeFor(request.headers.accept));
        // Node would set it by itself, but not for HTTP/1.0.
        response.setHeader('content-length', Buffer.byteLength(text));
        end(response, text);
        return;
      }
      if (executed !== null) results.set(head, executed);
    }
    // Yoga authenticates first, and gets the same error again.
    head.json = async () => {
      if ('thrown' in body) throw body.thrown;
      return body.result;
    };
    const handled = await yoga.handle(head, { waitUntil });
    handled.headers.forEach((value, name) => {
      response.setHeader(name, value);
    });
    response.statusMessage = handled.statusText;
    response.statusCode = handled.status;
    end(response, await handled.text());
  };

  return {
    plugin: {
      onYogaInit: ({ yoga }) => {
        attached.yoga = yoga;
      },
      onParams: ({ request, setResult }) => {
        const executed = results.get(request);
        if (executed === undefined) return;
        if ('thrown' in executed) throw executed.thrown;
        setResult(executed.result);
      },
    },
    handle: async (request, response) => {
      if (attached.yoga === null) throw new Error('the plugin of the fast path is not among those of Yoga');
      await handle(attached.yoga, request, response);
    },
  };
};

/**
 * Whether a request to /graphql is one JSON object of known length, to be answered by one JSON object: what nearly all
 * clients send. All other requests go through Yoga's HTTP adapter.
 */
export const isFastPathRequest = (
  { method, url, headers }: IncomingMessage,
  bodyBytesMax: number,
): boolean => {
  if (method !== 'POST' || url !== '/graphql') return false;
  if (!jsonTypes.has(headers['content-type'] ?? '') || !acceptsJson(headers.accept)) return false;
  // node:http reads exactly `content-length` bytes, so nothing has to be counted.
  const length = headers['content-length'] ?? '';
  if (!/^\d{1,9}$/.test(length) || Number(length) > bodyBytesMax) return false;
  return unusualHeaders.every((name) => headers[name] === undefined);
};

const jsonTypes: ReadonlySet<string> = new Set([
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=utf-8',
  'application/json; charset=UTF-8',
  'application/json;charset=UTF-8',
]);

const acceptsJson = (accept: string | undefined): boolean =>
  accept === undefined || accept.split(',').every((part) => acceptedTypes.has(part.trim()));

const graphqlType = 'application/graphql-response+json';

const acceptedTypes: ReadonlySet<string> = new Set([
  '*/*',
  'application/json',
  'application/json;q=0.9',
  'application/json; charset=utf-8',
  graphqlType,
  `${graphqlType}; charset=utf-8`,
]);

const unusualHeaders = ['transfer-encoding', 'content-encoding', 'expect', 'upgrade', 'trailer'] as const;

const adapterHooks = [
  'onRequest',
  'onRequestParse',
  'onParams',
  'onExecutionResult',
  'onResultProcess',
  'onResponse',
] as const;

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

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Runs an operation; null if it is invalid and was not run. */
const run = async (yoga: Yoga, request: Request, params: FastPathParams): Promise<Executed | null> => {
  const { parse, validate, contextFactory, execute, schema } = yoga.getEnveloped({ request, params });
  const prepared = await settled(async () => {
    const document = parse(params.query);
    const isValid =
      validate(schema, document).length === 0 &&
      getOperationAST(document, params.operationName)?.operation !== OperationTypeNode.SUBSCRIPTION;
    return { document, isValid, contextValue: await contextFactory() };
  });
  if ('thrown' in prepared || !prepared.result.isValid) return null;
  const { document, contextValue } = prepared.result;
  const { variables: variableValues, operationName } = params;
  return await settled(() => execute({ schema, document, contextValue, variableValues, operationName }));
};

const settled = async <Result>(
  work: () => Promise<Result>,
): Promise<{ result: Result } | { thrown: unknown }> => {
  try {
    return { result: await work() };
  } catch (error) {
    return { thrown: error };
  }
};

/** A request without a stream: plugins read its method and headers, and Yoga's parser calls its `json` only. */
const headOf = ({ Request }: FetchAPI, request: IncomingMessage): Request => {
  const headers: Record<string, string> = {};
  for (const name in request.headers) {
    const value = request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  return new Request('http://localhost/graphql', { method: 'POST', headers });
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

/** Yoga responds with the first of the accepted types that it supports. */
const contentTypeFor = (accept: string | undefined): string =>
  accept?.trimStart().startsWith(graphqlType) === true
    ? `${graphqlType}; charset=utf-8`
    : 'application/json; charset=utf-8';

const end = (response: ServerResponse, text: string): void => {
  if (!response.destroyed && !response.writableEnded) response.end(text);
};

const waitUntil = (): void => {};
