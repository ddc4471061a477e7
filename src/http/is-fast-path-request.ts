import type { IncomingMessage } from 'node:http';

/**
 * Whether a request to /graphql is one JSON object in one piece, to be answered by one JSON object: what nearly all
 * clients send. It is a list of what is known to be plain; all else takes the long way.
 */
export const isFastPathRequest = (
  { method, url, headers }: IncomingMessage,
  bodyBytesMax: number,
): boolean => {
  if (method !== 'POST' || url !== '/graphql') return false;
  if (!jsonTypes.has(headers['content-type'] ?? '') || !acceptsJson(headers.accept)) return false;
  // Of a body that tells its length node:http reads exactly that much, so nothing has to be counted.
  const length = headers['content-length'] ?? '';
  if (!/^\d{1,9}$/.test(length) || Number(length) > bodyBytesMax) return false;
  return unusual.every((name) => headers[name] === undefined);
};

const jsonTypes: ReadonlySet<string> = new Set([
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=utf-8',
  'application/json; charset=UTF-8',
  'application/json;charset=UTF-8',
]);

const acceptsJson = (accept: string | undefined): boolean =>
  accept === undefined || accept.split(',').every((part) => answerTypes.has(part.trim()));

const answerTypes: ReadonlySet<string> = new Set([
  '*/*',
  'application/json',
  'application/json;q=0.9',
  'application/json; charset=utf-8',
  'application/graphql-response+json',
  'application/graphql-response+json; charset=utf-8',
]);

const unusual = ['transfer-encoding', 'content-encoding', 'expect', 'upgrade', 'trailer'] as const;
