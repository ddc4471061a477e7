import type { IncomingMessage, ServerResponse } from 'node:http';
import { createGraphQLError, type FetchAPI } from 'graphql-yoga';
import type { RequestAuthenticator } from './authenticate-request.js';
import { clientAddressOf } from './client-address.js';
import { bodyTypeOf, eventStream, type MediaType } from './media-types.js';
import { readBody } from './read-body.js';
import { recordOf } from './observe-request.js';
import { queryOf } from './request-target.js';

export type Settled<Result> = { result: Result } | { thrown: unknown };

/** A request to /graphql, read to its end. */
export type Received = {
  /** Without a stream: plugins read its method, address and headers, and Yoga's parsers call its `json` and `text`. */
  request: Request;
  /** What Yoga has to respond with in place of the operation, if it is not null. */
  failure: { thrown: unknown } | null;
  /** The parsed body if it is JSON. */
  params: Settled<unknown> | null;
};

type Deps = {
  fetchAPI: FetchAPI;
  authenticator: Pick<RequestAuthenticator, 'open'>;
  bodyBytesMax: number;
};

/** Receives a request that is to be answered with `accept`: authenticates it by its headers, and then reads its body. */
export const receiveRequest = async (
  { fetchAPI, authenticator, bodyBytesMax }: Deps,
  incoming: IncomingMessage,
  response: ServerResponse,
  accept: MediaType,
): Promise<Received> => {
  const type = bodyTypeOf(incoming.headers['content-type']);
  const closed = accept === eventStream ? closedSignal(response) : undefined;
  const request = requestOf(fetchAPI, incoming, { accept, 'content-type': type }, closed);
  const body = await settled(async () => {
    recordOf(incoming).context = await authenticator.open(request, clientAddressOf(incoming));
    if (incoming.method !== 'POST') return '';
    requireBodyType(type, incoming.headers);
    return await readBody(incoming, response, bodyBytesMax);
  });
  if ('thrown' in body) return { request, failure: body, params: null };
  const params = jsonTypes.has(type)
    ? await settled(() => withoutEmptyParams(JSON.parse(body.result)))
    : null;
  request.text = () => Promise.resolve(body.result);
  request.json = async () => {
    if (params === null) return null;
    if ('thrown' in params) throw params.thrown;
    return params.result;
  };
  return { request, failure: null, params };
};

export const settled = async <Result>(work: () => Result | Promise<Result>): Promise<Settled<Result>> => {
  try {
    return { result: await work() };
  } catch (error) {
    return { thrown: error };
  }
};

const requestOf = (
  { Request }: FetchAPI,
  incoming: IncomingMessage,
  replaced: Record<string, string>,
  signal: AbortSignal | undefined,
): Request => {
  const headers: Record<string, string> = {};
  for (const name in incoming.headers) {
    const value = incoming.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  const address = `http://localhost/graphql${queryOf(incoming.url ?? '')}`;
  const init = { method: incoming.method ?? 'GET', headers: { ...headers, ...replaced } };
  return new Request(address, signal === undefined ? init : { ...init, signal });
};

/** Is aborted when the response has been sent or its client has disconnected. */
const closedSignal = (response: ServerResponse): AbortSignal => {
  const closed = new AbortController();
  if (response.destroyed) closed.abort();
  else response.once('close', () => closed.abort());
  return closed.signal;
};

const jsonTypes: ReadonlySet<string> = new Set(['application/json', 'application/graphql+json']);

/**
 * Prevents cross-site request forgery: throws for a body of another type than JSON or a GraphQL document. A foreign page
 * can send the types of HTML forms without a CORS preflight, so a form is read only with the header X-GraphQL-Yoga-CSRF,
 * which cannot be sent without one. JSON always causes a preflight.
 */
const requireBodyType = (type: string, headers: IncomingMessage['headers']): void => {
  if (jsonTypes.has(type) || type === 'application/graphql') return;
  if (type === 'application/x-www-form-urlencoded' && headers['x-graphql-yoga-csrf'] !== undefined) return;
  throw createGraphQLError('Requests must be JSON: send the header Content-Type: application/json.', {
    extensions: { http: { status: 415, headers: { accept: 'application/json' } } },
  });
};

/** Clients write `null` and `""` for an operation name, variables and extensions that they do not have. */
const withoutEmptyParams = (body: unknown): unknown => {
  if (!isObject(body) || !optionalParams.some((name) => isEmpty(body[name]))) return body;
  return Object.fromEntries(
    Object.entries(body).filter(([name, value]) => !optionalParams.includes(name) || !isEmpty(value)),
  );
};

const optionalParams: readonly string[] = ['operationName', 'variables', 'extensions'];

const isEmpty = (value: unknown): boolean =>
  value === null || (typeof value === 'string' && value.trim() === '');

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
