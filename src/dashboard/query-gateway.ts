import { make } from './make-element.js';
import type { Operation } from './operation.js';

/** Why there is no response. */
export class RequestError extends Error {
  override name = 'RequestError';
  /** SIGNED_OUT: the token is refused. UNREACHABLE: no response. REFUSED: the gateway refuses and says why. */
  readonly kind: 'SIGNED_OUT' | 'UNREACHABLE' | 'REFUSED';
  constructor(kind: RequestError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

type Body<Data> = { data?: Data | null; errors?: { message: string }[] };

const maxWaitMs = 30_000;

/** Sends an operation to the gateway with the viewer's token. Throws RequestError, also for a response with errors. */
export const queryGateway = async <Variables extends object, Data>(
  token: string,
  operation: Operation<Variables, Data>,
  variables: Variables,
): Promise<Data> => {
  const response = await request('/graphql', token, {
    method: 'POST',
    body: JSON.stringify({ query: operation.text, variables, operationName: operation.name }),
    signal: AbortSignal.timeout(maxWaitMs),
  });
  const body = await readBody<Data>(response);
  const message = body.errors?.[0]?.message;
  if (response.status === 503) throw new RequestError('UNREACHABLE', message ?? silent);
  if (message !== undefined) throw new RequestError('REFUSED', message);
  if (body.data === undefined || body.data === null) throw new RequestError('UNREACHABLE', silent);
  return body.data;
};

/**
 * Fetches a file of the gateway's with the token, which an ordinary link could not send; however long it takes, since
 * a ledger may be long. Throws RequestError.
 */
export const fetchFile = async (path: string, token: string): Promise<Blob> => {
  const response = await request(path, token, { method: 'GET' });
  if (response.ok) {
    return response.blob().catch(() => {
      throw new RequestError('UNREACHABLE', 'The file broke off: try again.');
    });
  }
  const said = await response.text();
  throw new RequestError('REFUSED', messageIn(said) ?? `The gateway answered ${response.status}: try again.`);
};

const request = async (
  path: string,
  token: string,
  init: { method: string; body?: string; signal?: AbortSignal },
): Promise<Response> => {
  const response = await fetch(path, {
    ...init,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    credentials: 'omit',
    redirect: 'error',
  }).catch(() => {
    throw new RequestError('UNREACHABLE', silent);
  });
  if (response.status === 401) {
    throw new RequestError('SIGNED_OUT', 'The gateway does not take this token: sign in with another one.');
  }
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

/** Fetches a file with the token and saves it under a name. Throws RequestError. */
export const download = async (path: string, token: string, fileName: string): Promise<void> => {
  const url = URL.createObjectURL(await fetchFile(path, token));
  const link = make('a', { href: url, download: fileName, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};
