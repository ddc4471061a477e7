import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { json, portOf } from './firmable/start-upstream.js';
import { clientOf, scenarioOf } from './scenario.js';
import { clients } from './clients.js';

/** A bare TCP server, for what an HTTP server would not do. */
const startTcp = async (onSocket: (socket: Socket) => void): Promise<number> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    onSocket(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  return portOf(server);
};

describe.each(clients)('the client of $title', (clientCase) => {
  const { byDomain, companyBody } = clientCase;
  const body = JSON.stringify(companyBody);

  it('is unknown after the total timeout, without a retry, when the upstream never answers', async () => {
    const scenario = await scenarioOf(clientCase, () => {}, { totalTimeoutMs: 300 });
    const result = await scenario.provider.findCompany(scenario.call, byDomain);
    expect(result).toMatchObject({ kind: 'UNKNOWN', code: 'PROVIDER_TIMEOUT' });
    expect(scenario.seen).toHaveLength(1);
  });

  it('ends at the total timeout when the body arrives slowly', async () => {
    const scenario = await scenarioOf(
      clientCase,
      (response) => {
        response.writeHead(200, { 'content-length': '100000' });
        const timer = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(timer));
      },
      { totalTimeoutMs: 400 },
    );
    const result = await scenario.provider.findCompany(scenario.call, byDomain);
    expect(result).toMatchObject({ kind: 'UNKNOWN', code: 'PROVIDER_TIMEOUT' });
  });

  it('is unknown, without a retry, when the connection is lost before the response', async () => {
    const scenario = await scenarioOf(clientCase, (response) => response.socket?.destroy());
    const result = await scenario.provider.findCompany(scenario.call, byDomain);
    expect(result).toMatchObject({ kind: 'UNKNOWN', code: 'PROVIDER_UNAVAILABLE' });
    expect(scenario.seen).toHaveLength(1);
  });

  it('is unknown when the body is shorter than announced, even if it is complete JSON', async () => {
    const scenario = await scenarioOf(clientCase, (response) => {
      response.writeHead(200, { 'content-length': String(body.length + 100) });
      response.write(body, () => response.socket?.destroy());
    });
    const result = await scenario.provider.findCompany(scenario.call, byDomain);
    expect(result).toMatchObject({ kind: 'UNKNOWN', code: 'PROVIDER_UNAVAILABLE' });
    expect(scenario.seen).toHaveLength(1);
  });

  it('is still a refusal when the body of the refusal is lost', async () => {
    const scenario = await scenarioOf(clientCase, (response) => {
      response.writeHead(401, { 'content-length': '100' });
      response.write('{', () => response.socket?.destroy());
    });
    const result = await scenario.provider.findCompany(scenario.call, byDomain);
    expect(result).toEqual({ kind: 'REFUSED', code: 'KEY_REFUSED' });
  });

  it.each(['announced', 'streamed'])(
    'is unknown, and stops reading, when a body is over the limit (%s)',
    async (how) => {
      const large = JSON.stringify({ ...companyBody, description: 'x'.repeat(200_000) });
      const scenario = await scenarioOf(
        clientCase,
        (response) => {
          if (how === 'announced') response.setHeader('content-length', String(large.length));
          response.end(large);
        },
        { bodyBytesMax: 50_000 },
      );
      const result = await scenario.provider.findCompany(scenario.call, byDomain);
      expect(result).toMatchObject({ kind: 'UNKNOWN', code: 'PROVIDER_ANSWER_UNREADABLE' });
      expect(scenario.seen).toHaveLength(1);
    },
  );

  it.each([
    ['gzip', gzipSync(body)],
    ['deflate', deflateSync(body)],
    ['br', brotliCompressSync(body)],
    ['gzip, identity', gzipSync(body)],
  ])('reads the body when it is compressed with %s without request', async (encoding, packed) => {
    const scenario = await scenarioOf(clientCase, (response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(packed),
    );
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({ kind: 'FOUND' });
    expect(scenario.seen[0]?.headers['accept-encoding']).toBe('identity');
  });

  it.each([
    ['gzip', gzipSync(' '.repeat(10_000_000))],
    ['gzip', Buffer.from('no gzip at all')],
    ['constructor', Buffer.from(body)],
  ])('is unknown when a body in %s cannot be decompressed within the limit', async (encoding, packed) => {
    const scenario = await scenarioOf(clientCase, (response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(packed),
    );
    const result = await scenario.provider.findCompany(scenario.call, byDomain);
    expect(result).toMatchObject({ kind: 'UNKNOWN', code: 'PROVIDER_ANSWER_UNREADABLE' });
  });

  it('is not sent, and uses no permit, when the connection is refused', async () => {
    const client = clientOf(clientCase, 'http://127.0.0.1:1');
    const result = await client.provider.findCompany(client.call, byDomain);
    expect(result).toMatchObject({ kind: 'BROKEN', sent: false });
    expect(client.permits()).toBe(0);
  });

  it('is unknown when the response is not HTTP', async () => {
    const port = await startTcp((socket) =>
      socket.on('data', () => socket.end('220 mail.example ESMTP\r\n')),
    );
    const client = clientOf(clientCase, `http://127.0.0.1:${port}`);
    expect(await client.provider.findCompany(client.call, byDomain)).toMatchObject({ kind: 'UNKNOWN' });
  });

  it('reuses connections', async () => {
    const sockets = new Set<unknown>();
    const scenario = await scenarioOf(clientCase, (response) => {
      sockets.add(response.socket);
      json(response, 200, companyBody);
    });
    for (let count = 0; count < 20; count += 1) await scenario.provider.findCompany(scenario.call, byDomain);
    // A second one, because an answer is handed over an instant before its connection is free again.
    expect(sockets.size).toBeLessThanOrEqual(2);
  });

  it('completes the query in flight when it is closed', async () => {
    const held: ServerResponse[] = [];
    const scenario = await scenarioOf(clientCase, (response) => held.push(response));
    const result = scenario.provider.findCompany(scenario.call, byDomain);
    await vi.waitUntil(() => held.length === 1);
    const closed = scenario.provider.close();
    for (const response of held) json(response, 200, companyBody);
    expect(await result).toMatchObject({ kind: 'FOUND' });
    await closed;
  });

  it('sends nothing when it is closed', async () => {
    const scenario = await scenarioOf(clientCase, (response) => json(response, 200, companyBody));
    await scenario.provider.close();
    const result = await scenario.provider.findCompany(scenario.call, byDomain);
    expect(result).toMatchObject({ kind: 'BROKEN', sent: false });
    expect(scenario.seen).toEqual([]);
  });
});

// What concerns the connection alone is the same for all, and slow.
const first = clients[0]!;

it('is not sent when the connection times out', async () => {
  const port = await startTcp(() => {});
  const client = clientOf(first, `https://127.0.0.1:${port}`, { connectTimeoutMs: 100 });
  const result = await client.provider.findCompany(client.call, first.byDomain);
  expect(result).toMatchObject({ kind: 'BROKEN', sent: false });
  expect(client.permits()).toBe(0);
});

it('retries when the upstream is unavailable for a moment', async () => {
  const upstream = createHttpServer((_, response) => json(response, 200, first.companyBody));
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => {
      upstream.listen(port, '127.0.0.1', resolve);
    });
  const close = (): Promise<unknown> => new Promise((resolve) => upstream.close(resolve));
  await listen(0);
  const port = portOf(upstream);
  await close();
  onTestFinished(async () => {
    upstream.closeAllConnections();
    await close();
  });

  const client = clientOf(first, `http://127.0.0.1:${port}`);
  const finding = client.provider.findCompany(client.call, first.byDomain);
  await sleep(50);
  await listen(port);
  expect(await finding).toMatchObject({ kind: 'FOUND' });
  expect(client.permits()).toBe(1);
});

it('never sends a query when its time ends while connecting', async () => {
  let received = '';
  const port = await startTcp((socket) => socket.on('data', (data) => (received += data.toString('latin1'))));
  const client = clientOf(first, `https://127.0.0.1:${port}`, {
    connectTimeoutMs: 2_000,
    totalTimeoutMs: 200,
  });
  const result = await client.provider.findCompany(client.call, first.byDomain);
  expect(result).toMatchObject({ kind: 'BROKEN', sent: false });
  expect(client.permits()).toBe(0);
  expect(received).not.toContain('company');
});

it('is not sent when the host does not exist', async () => {
  const client = clientOf(first, 'http://no-such-host.invalid');
  const result = await client.provider.findCompany(client.call, first.byDomain);
  expect(result).toMatchObject({ kind: 'BROKEN', sent: false });
});
