import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RawAnswer, sendRaw } from './send-raw.js';
import { startGateway, type TestGateway } from './start-gateway.js';
import { head, json, whole } from './written-requests.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const authorized = (text: string): string => text.replaceAll('{token}', gateway.token);
const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => socket.on('close', () => resolve()));
const chunks = { 'content-length': null, 'transfer-encoding': 'chunked' };
const endless = { 'content-length': '9000000000' };
const block = Buffer.alloc(65_536, ' ');
const chunk = Buffer.concat([Buffer.from('10000\r\n'), block, Buffer.from('\r\n')]);

/** Sends a head, and then a body without end. Resolves when the server has closed the connection. */
const sendEndlessly = async (written: string) => {
  const socket = connect({ port: Number(new URL(gateway.url).port), host: '127.0.0.1' });
  const piece = written.includes('chunked') ? chunk : block;
  const write = (): void => {
    while (socket.writable && socket.write(piece));
  };
  let answer = '';
  socket.on('data', (data: Buffer) => (answer += data.toString('latin1')));
  socket.on('drain', write);
  socket.on('error', () => {});
  socket.write(authorized(written));
  write();
  await closed(socket);
  const [, status] = answer.split(' ', 2);
  return {
    status: Number(status),
    closes: /^connection: close\r$/im.test(answer),
    bytes: socket.bytesWritten,
  };
};

const noToken = { authorization: null };
const target = (path: string, method = 'POST') => ({ target: path, method });

describe('closes the connection when it answers before the body has ended:', () => {
  it.each<[string, number, string]>([
    ['no token', 401, head(null, { headers: { ...noToken, ...endless } })],
    ['no token, chunks', 401, head(null, { headers: { ...noToken, ...chunks } })],
    ['too large', 413, head(null, { headers: endless })],
    ['too large, chunks', 413, head(null, { headers: chunks })],
    ['a content type', 415, head(null, { headers: { ...endless, 'content-type': 'text/xml' } })],
    ['a form', 415, head(null, { headers: { ...chunks, 'content-type': 'text/plain' } })],
    ['an encoding', 415, head(null, { headers: { ...endless, 'content-encoding': 'zstd' } })],
    ['no acceptable type', 406, head(null, { headers: { ...endless, accept: 'image/png' } })],
    ['a host', 400, head(null, { headers: { ...endless, host: 'a b' } })],
    ['an unknown path', 404, head(null, { ...target('/nothing'), headers: endless })],
    ['a method', 405, head(null, { ...target('/graphql', 'PUT'), headers: chunks })],
    ['a method of a page', 405, head(null, { ...target('/healthz'), headers: endless })],
    ['a method of an export', 405, head(null, { ...target('/export/entries.csv'), headers: chunks })],
    [
      'an export without a token',
      401,
      head(null, { ...target('/export/entries.csv', 'GET'), headers: { ...noToken, ...endless } }),
    ],
    [
      'metrics without a token',
      401,
      head(null, { ...target('/metrics', 'GET'), headers: { ...noToken, ...endless } }),
    ],
    ['a GET with a body', 200, head(null, { ...target('/healthz', 'GET'), headers: endless })],
    [
      'a query with a body',
      200,
      head(null, { ...target('/graphql?query={__typename}', 'GET'), headers: chunks }),
    ],
    ['an expectation', 401, head(null, { headers: { ...noToken, ...endless, expect: '100-continue' } })],
  ])('%s', async (_, status, written) => {
    const { bytes, ...answer } = await sendEndlessly(
      written.replace('connection: close', 'connection: keep-alive'),
    );
    expect(answer).toEqual({ status, closes: true });
    // What the gateway reads, and what both sockets buffer.
    expect(bytes).toBeLessThan(20_000_000);
  });

  it('a client that sends its body slowly', async () => {
    const port = Number(new URL(gateway.url).port);
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => {}).resume();
    socket.write(head(100, { headers: noToken, keepAlive: true }));
    const trickle = setInterval(() => socket.write(' '), 100);
    await closed(socket);
    clearInterval(trickle);
    expect(socket.bytesWritten).toBeLessThan(head(100, { headers: noToken, keepAlive: true }).length + 100);
  });
});

const send = (...pieces: Buffer[]): Promise<RawAnswer[]> =>
  sendRaw(gateway.url, {
    pieces: [Buffer.from(authorized(Buffer.concat(pieces).toString('latin1')), 'latin1')],
  });

describe('keeps the connection open', () => {
  it('when the body has ended before the answer', async () => {
    const answers = await send(
      json({ query: '{ __typename }' }, { headers: noToken, keepAlive: true }),
      whole('{}', { target: '/nothing', keepAlive: true }),
      whole('x', { keepAlive: true, headers: { 'content-type': 'text/xml' } }),
      json({ query: '{ __typename }' }),
    );
    expect(answers.map(({ status }) => status)).toEqual([401, 404, 415, 200]);
    const connections = answers.map(({ headers }) => headers['connection']);
    expect(connections).toEqual(['keep-alive', 'keep-alive', 'keep-alive', 'close']);
  });
});

const firstLine = async (written: string): Promise<string> => {
  const socket = connect({ port: Number(new URL(gateway.url).port), host: '127.0.0.1' });
  socket.write(authorized(written));
  const [data] = await once(socket, 'data');
  socket.destroy();
  return String(data).split('\r\n', 1)[0] ?? '';
};

const expecting = (parts: object = {}) => head(26, { headers: { expect: '100-continue', ...parts } });

describe('asks for a body that a client announces with Expect: 100-continue', () => {
  it('when it reads the body', async () => {
    expect(await firstLine(expecting())).toBe('HTTP/1.1 100 Continue');
  });

  it.each([
    ['the token is missing', { authorization: null }, 401],
    ['the body is too large', { 'content-length': '2000000' }, 413],
    ['the type is wrong', { 'content-type': 'text/xml' }, 415],
  ])('and not when %s', async (_, parts, status) => {
    expect(await firstLine(expecting(parts))).toContain(String(status));
  });
});
