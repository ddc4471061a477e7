import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { type ErrorCode, GatewayError, isProblemCode, requestCodes } from '../errors.js';
import { explainConnectionFault, isWorthRetrying } from './connection-fault.js';
import { readClientEnvironment } from './client-environment.js';

/** How to call a gateway over HTTP. Nothing here opens a database. */
export type GatewayClient = {
  /** The gateway's address, without a path of the API. */
  url: string;
  /** Runs a query, which costs nothing to repeat. Throws the first error of the response. */
  query: <Data>(document: string, variables?: object, call?: Call) => Promise<Data>;
  /** Runs an operation that changes or spends, at most once, however often it is sent. */
  change: <Data>(document: string, variables?: object, call?: Call) => Promise<Data>;
  /** Sends a body as it is read, once. */
  send: <Data>(path: string, body: Readable, headers: Record<string, string>, call?: Call) => Promise<Data>;
  /** Opens a response to read as it comes. */
  open: (path: string, call?: Call) => Promise<{ headers: Headers; body: Readable }>;
  /** The text without the token. */
  redact: (text: string) => string;
  close: () => Promise<void>;
};

export type Call = {
  /** For how long a request is repeated while the gateway cannot be reached. */
  retryMs?: number;
  signal?: AbortSignal;
};

type Headers = Dispatcher.ResponseData['headers'];

type Outgoing = {
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body?: string | Readable;
  /** Whether it may be sent again after it may have arrived. */
  repeatable: boolean;
};

const retryMsDefault = 3_000;
const answerMs = 60_000;
const uploadMs = 900_000;
const pausesMs = [200, 500, 1_000, 2_000];

/**
 * Opens the gateway that the environment names: no request is sent yet. Redirects are not followed, because the token would go
 * with them. Throws INVALID_INPUT for a wrong environment.
 */
export const openClient = async (env: NodeJS.ProcessEnv): Promise<GatewayClient> => {
  const { url, token } = readClientEnvironment(env);
  const { Agent, EnvHttpProxyAgent, request } = await import('undici');
  const proxied = ['http_proxy', 'https_proxy'].some((name) => env[name] ?? env[name.toUpperCase()]);
  const dispatcher: Dispatcher = proxied ? withProxy(() => new EnvHttpProxyAgent()) : new Agent();
  const redact = (text: string): string => text.replaceAll(token, 'fgw_…');

  const attempt = async (
    outgoing: Outgoing,
    signal: AbortSignal | null,
  ): Promise<Dispatcher.ResponseData> => {
    const { method, path, headers, body } = outgoing;
    const options = {
      dispatcher,
      method,
      headers: { ...headers, authorization: `Bearer ${token}`, 'user-agent': 'firmable-gateway' },
      headersTimeout: typeof body === 'object' ? uploadMs : answerMs,
      bodyTimeout: answerMs,
      ...(body === undefined ? {} : { body }),
      ...(signal === null ? {} : { signal }),
    };
    const response = await request(`${url}${path}`, options);
    if (response.statusCode < 400 && response.statusCode >= 300) {
      response.body.on('error', () => {}).destroy();
      throw redirected(url, response.headers['location']);
    }
    if (isBusy(response.statusCode)) throw await readFailure(url, response);
    return response;
  };

  const call = async (outgoing: Outgoing, options: Call = {}): Promise<Dispatcher.ResponseData> => {
    const { retryMs = retryMsDefault, signal = null } = options;
    const untilMs = performance.now() + retryMs;
    for (let tries = 0; ; tries += 1) {
      try {
        return await attempt(outgoing, signal);
      } catch (error) {
        if (signal?.aborted === true) throw error;
        const explained = explainConnectionFault(error, url);
        const seconds = explained instanceof GatewayError ? explained.retryAfterSeconds : null;
        const pauseMs = seconds === null ? (pausesMs[tries] ?? 3_000) : seconds * 1_000;
        const again = isWorthRetrying(error, outgoing.repeatable) && performance.now() + pauseMs <= untilMs;
        if (!again) throw explained;
        await sleep(pauseMs, undefined, signal === null ? {} : { signal });
      }
    }
  };

  const run = async <Data>(
    document: string,
    variables: object,
    headers: Record<string, string>,
    options?: Call,
  ): Promise<Data> => {
    const outgoing: Outgoing = {
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify({ query: document, variables }),
      repeatable: true,
    };
    const { data } = await readJson<{ data?: Data | null }>(url, await call(outgoing, options));
    if (data === undefined || data === null) throw notAGateway(url, 'its answer is none of GraphQL');
    return data;
  };

  return {
    url,
    query: (document, variables = {}, options) => run(document, variables, {}, options),
    change: (document, variables = {}, options) =>
      run(document, variables, { 'idempotency-key': crypto.randomUUID() }, options),
    send: async (path, body, headers, options) => {
      const outgoing: Outgoing = { method: 'POST', path, headers, body, repeatable: false };
      return await readJson(url, await call(outgoing, { ...options, retryMs: 0 }));
    },
    open: async (path, options) => {
      const response = await call({ method: 'GET', path, headers: {}, repeatable: true }, options);
      if (response.statusCode !== 200) throw await readFailure(url, response);
      return { headers: response.headers, body: response.body };
    },
    redact,
    close: () => dispatcher.destroy(),
  };
};

const withProxy = (create: () => Dispatcher): Dispatcher => {
  try {
    return create();
  } catch (error) {
    // Without the address, which may have a password.
    throw new GatewayError(
      'INVALID_INPUT',
      'HTTPS_PROXY or HTTP_PROXY is not an address of a proxy: correct it.',
      {
        cause: error,
      },
    );
  }
};

const isBusy = (status: number): boolean => status === 429 || (status >= 502 && status <= 504);

type Body = {
  errors?: { message: string; extensions?: { code?: string } }[];
  error?: string;
  code?: string;
};

/** The body of a response as JSON. Throws what it reports, or that no gateway has answered. */
const readJson = async <Data>(url: string, response: Dispatcher.ResponseData): Promise<Data> => {
  if (response.statusCode >= 400) throw await readFailure(url, response);
  const body: (Data & Body) | null = parse(await response.body.text());
  if (body === null) throw notAGateway(url, `it answered ${kindOf(response.headers)}`);
  const reported = reportedIn(body);
  if (reported !== null) throw reported;
  return body;
};

/** The error that a response reports, or that no gateway has answered. */
const readFailure = async (url: string, response: Dispatcher.ResponseData): Promise<GatewayError> => {
  const { statusCode, headers } = response;
  const body = parse<Body>(await response.body.text());
  const hasCode = body?.errors !== undefined || body?.code !== undefined;
  const reported = body === null ? null : reportedIn(body, secondsIn(headers['retry-after']));
  if (reported !== null && (hasCode || statusCode !== 404)) return reported;
  if (isBusy(statusCode)) {
    return new GatewayError('UNAVAILABLE', `${url} answered with status ${statusCode}: try again later.`);
  }
  return notAGateway(url, `it answered with status ${statusCode} and ${kindOf(headers)}`);
};

const reportedIn = (body: Body, retryAfterSeconds: number | null = null): GatewayError | null => {
  const [first] = body.errors ?? [];
  const said = first?.message ?? body.error;
  if (typeof said !== 'string') return null;
  const message = withoutVariable(said);
  const code = toErrorCode(first?.extensions?.code ?? body.code ?? 'INTERNAL');
  const isOlder = /on type "(?:Query|Mutation|Job\w*)"|Unknown (?:type|argument)/.test(message);
  const hint =
    code === 'UNAUTHENTICATED'
      ? ' Check FIRMABLE_GATEWAY_TOKEN.'
      : isOlder
        ? ' The gateway is of another version than this program: install the same on both.'
        : '';
  const facts = retryAfterSeconds === null ? {} : { retryAfterSeconds };
  return new GatewayError(code, `${message}${hint}`, facts);
};

/** Names the option instead of the variable: `maxAge: Duration must be …`. */
const withoutVariable = (message: string): string =>
  message.replace(
    /^Variable "\$(\w+)" got invalid value .*?(?: at "([^"]+)")?; /s,
    (_, variable: string, place: string | undefined) =>
      `${/\w+(?:\[\d+\])?$/.exec(place ?? variable)?.[0] ?? variable}: `,
  );

/** The code as the gateway named it; INTERNAL for one that this version does not know. */
const toErrorCode = (code: string): ErrorCode =>
  isProblemCode(code) ? code : (requestCodes.find((one) => one === code) ?? 'INTERNAL');

// The document decides which fields there are, so the caller names their types.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
const parse = <Value>(text: string): Value | null => {
  try {
    const value: Value | null = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
};

const kindOf = (headers: Headers): string => {
  const [type = ''] = String(headers['content-type'] ?? '').split(';');
  if (type === 'text/html') return 'an HTML page';
  return /^[\w.+/-]+$/.test(type) ? type : 'no JSON';
};

const secondsIn = (header: string | string[] | undefined): number | null =>
  typeof header === 'string' && /^\d{1,6}$/.test(header) ? Number(header) : null;

const notAGateway = (url: string, what: string): GatewayError =>
  new GatewayError(
    'BAD_REQUEST',
    `There is no firmable-gateway at ${url}: ${what}. Set FIRMABLE_GATEWAY_URL to the address that the gateway printed at its start.`,
  );

const redirected = (url: string, location: string | string[] | undefined): GatewayError => {
  const target = typeof location === 'string' && URL.canParse(location, url) ? new URL(location, url) : null;
  const place = target === null ? 'elsewhere' : `to ${target.origin}`;
  return new GatewayError(
    'BAD_REQUEST',
    `${url} redirects ${place}, and the token is not sent there: set FIRMABLE_GATEWAY_URL to the gateway's own address.`,
  );
};
