import { basePath } from '../app/page-settings.js';
import type { TypedDocumentString } from './operations.js';
import { refusalWith, RequestError } from './request-error.js';
import { saveFile } from './save-file.js';
import type { Sink } from './subscribe.js';
import { type SentFile, type Uploaded, uploadFile } from './upload-file.js';

/** Sends requests to the gateway with the viewer's token. All functions but `subscribe` reject with RequestError. */
export type Client = {
  /** Sends an operation. Rejects also a response with errors. */
  send: <Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    options?: SendOptions,
  ) => Promise<Data>;
  /** Opens a stream of a subscription. Returns what closes it. Never throws: see Sink. */
  subscribe: <Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    sink: Sink<Data>,
  ) => () => void;
  /** Downloads a file of the gateway, such as /export/entries.csv, and saves it under a name. */
  download: (path: string, fileName: string) => Promise<void>;
  /** Sends a list to POST /uploads. `report` gets the share that was sent, from 0 to 1. */
  upload: (sent: SentFile, report: (share: number) => void) => Promise<Uploaded>;
};

export type SendOptions = { signal?: AbortSignal; idempotencyKey?: string };

type Body<Data> = { data?: Data | null; errors?: { message: string }[] };

const waitMsMax = 60_000;

export const createClient = (token: string): Client => ({
  send: async <Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    { signal, idempotencyKey }: SendOptions = {},
  ) => {
    const timeout = AbortSignal.timeout(waitMsMax);
    const response = await request('/graphql', token, {
      method: 'POST',
      body: JSON.stringify({ query: textOf(document), variables }),
      headers: {
        'content-type': 'application/json',
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    const body = await readBody<Data>(response);
    const message = body.errors?.[0]?.message;
    if (response.status === 503) throw new RequestError('UNREACHABLE', message ?? silent);
    if (message !== undefined) throw refusalWith(message);
    if (body.data === undefined || body.data === null) throw new RequestError('UNREACHABLE', silent);
    return body.data;
  },
  subscribe: (document, variables, sink) => {
    let close: (() => void) | null = null;
    let isClosed = false;
    // Few pages need it.
    import('./subscribe.js').then(
      ({ openStream }) => {
        if (isClosed) return;
        close = openStream({ url: `${basePath()}/graphql`, token, query: textOf(document), variables }, sink);
      },
      () => sink.interrupted(),
    );
    return () => {
      isClosed = true;
      close?.();
    };
  },
  download: async (path, fileName) => {
    // An ordinary link could not send the token. No time limit: a ledger may be long.
    const response = await request(path, token, { method: 'GET' });
    if (!response.ok) {
      const said = messageIn(await response.text());
      throw new RequestError('REFUSED', said ?? `The gateway answered ${response.status}. Try again.`);
    }
    const blob = await response.blob().catch(() => {
      throw new RequestError('UNREACHABLE', 'The file was cut off. Try again.');
    });
    saveFile(blob, fileName);
  },
  upload: (sent, report) => uploadFile(token, sent, report),
});

/** The text of a document as it is sent. */
export const textOf = <Data, Variables>(document: TypedDocumentString<Data, Variables>): string =>
  document.toString().trim();

type Request = {
  method: 'GET' | 'POST';
  body?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

const request = async (path: string, token: string, init: Request): Promise<Response> => {
  const response = await fetch(`${basePath()}${path}`, {
    ...init,
    headers: { ...init.headers, authorization: `Bearer ${token}` },
    credentials: 'omit',
    redirect: 'error',
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new RequestError('UNREACHABLE', silent);
  });
  if (response.status === 401)
    throw new RequestError('SIGNED_OUT', 'The gateway does not accept this token. Sign in with another one.');
  return response;
};

const readBody = async <Data>(response: Response): Promise<Body<Data>> => {
  try {
    const body: Body<Data> = await response.json();
    return body;
  } catch {
    throw new RequestError('UNREACHABLE', silent);
  }
};

const messageIn = (text: string): string | null => {
  try {
    const body: { error?: unknown; errors?: { message?: unknown }[] } = JSON.parse(text);
    const message = body.error ?? body.errors?.[0]?.message;
    return typeof message === 'string' ? message : null;
  } catch {
    return null;
  }
};

const silent = 'The gateway does not answer.';
