import type { Raw } from './send-raw.js';

/** A request as it is sent. `{token}` is replaced by the gateway's token. */
export type Written = { name: string; raw: Raw };

type Parts = {
  method?: string;
  target?: string;
  version?: string;
  /** Replace the default headers by name; null omits one, a list repeats it. */
  headers?: Record<string, string | readonly string[] | null>;
  /** For pipelining: the connection stays open. */
  keepAlive?: boolean;
};

/** The head of a request, with the headers of a usual client. */
export const head = (length: number | null, parts: Parts = {}): string => {
  const { method = 'POST', target = '/graphql', version = '1.1', headers = {}, keepAlive = false } = parts;
  const all: NonNullable<Parts['headers']> = {
    host: 'gateway.example',
    'content-type': 'application/json',
    accept: 'application/json',
    authorization: 'Bearer {token}',
    'content-length': length === null ? null : String(length),
    connection: keepAlive ? 'keep-alive' : 'close',
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) =>
    [value].flat().flatMap((one) => (one === null ? [] : [`${name}: ${one}`])),
  );
  return `${method} ${target} HTTP/${version}\r\n${lines.join('\r\n')}\r\n\r\n`;
};

export const whole = (body: string | Buffer, parts: Parts = {}): Buffer => {
  const bytes = Buffer.from(body);
  return Buffer.concat([Buffer.from(head(bytes.length, parts), 'latin1'), bytes]);
};

export const json = (value: unknown, parts: Parts = {}): Buffer => whole(JSON.stringify(value), parts);

/** A request in one piece. */
export const one = (name: string, bytes: Buffer): Written => ({ name, raw: { pieces: [bytes] } });

/** A request whose response is read up to its head only if it is an open stream. */
export const accepting = (name: string, accept: string | readonly string[] | null, bytes: Buffer): Written =>
  /event-stream|multipart/.test(String(accept))
    ? { name, raw: { pieces: [bytes], afterwards: 'HEAD' } }
    : one(name, bytes);

export const chunked = (body: string | Buffer, size = 7): Buffer => {
  const bytes = Buffer.from(body);
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const part = bytes.subarray(at, at + size);
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
};
