import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { isFastPathRequest } from '../../src/http/fast-path.js';

const isFast = (
  parts: Partial<IncomingMessage> = {},
  headers: Record<string, string | undefined> = {},
): boolean => {
  const usual = { host: 'a', 'content-type': 'application/json', 'content-length': '100' };
  const message = Object.assign(new IncomingMessage(new Socket()), {
    method: 'POST',
    url: '/graphql',
    ...parts,
  });
  return isFastPathRequest(Object.assign(message, { headers: { ...usual, ...headers } }), 100);
};

it.each([undefined, '*/*', 'application/json', 'application/graphql-response+json, application/json;q=0.9'])(
  'accepts the requests of usual clients when they accept %s',
  (accept) => {
    expect(isFast({}, { accept })).toBe(true);
    expect(isFast({}, { accept, 'content-type': 'application/json; charset=utf-8' })).toBe(true);
  },
);

it.each<[string, Partial<IncomingMessage>, Record<string, string | undefined>]>([
  ['another method', { method: 'GET' }, {}],
  ['another path', { url: '/graphql/' }, {}],
  ['a path with a query', { url: '/graphql?a=1' }, {}],
  ['no content type', {}, { 'content-type': undefined }],
  ['another content type', {}, { 'content-type': 'application/graphql' }],
  ['another charset', {}, { 'content-type': 'application/json; charset=utf-16' }],
  ['a request for events', {}, { accept: 'application/json, text/event-stream' }],
  ['a request for parts', {}, { accept: 'multipart/mixed' }],
  ['a body too large', {}, { 'content-length': '101' }],
  ['no length', {}, { 'content-length': undefined }],
  ['a length that is no number', {}, { 'content-length': '1e1' }],
  ['chunks', {}, { 'transfer-encoding': 'chunked' }],
  ['a compressed body', {}, { 'content-encoding': 'gzip' }],
  ['an expectation', {}, { expect: '100-continue' }],
  ['an upgrade', {}, { upgrade: 'h2c' }],
  ['a trailer', {}, { trailer: 'x-late' }],
])('refuses a request when it has %s', (_, parts, headers) => {
  expect(isFast(parts, headers)).toBe(false);
});
