import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { json, portOf } from './firmable/start-upstream.js';
import { clientOf, scenarioOf } from './scenario.js';
import { subjects } from './subjects.js';

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

describe.each(subjects)('of $title', (subject) => {
  const { byDomain, companyBody } = subject;
  const body = JSON.stringify(companyBody);

  test('an upstream that never answers is in doubt after the total time, and asked once', async () => {
    const scenario = await scenarioOf(subject, () => {}, { totalTimeoutMs: 300 });
    const asked = await scenario.provider.findCompany(scenario.call, byDomain);
    expect(asked).toMatchObject({ kind: 'UNKNOWN', code: 'PROVIDER_TIMEOUT' });
    expect(scenario.seen).toHaveLength(1);
  });

  test('a slow drip does not outlast the total time', async () => {
    const scenario = await scenarioOf(
      subject,
      (response) => {
        response.writeHead(200, { 'content-length': '100000' });
        const timer = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(timer));
      },
      { totalTimeoutMs: 400 },
    );
    const started = performance.now();
    const asked = await scenario.provider.findCompany(scenario.call, byDomain);
    expect(asked).toMatchObject({ kind: 'UNKNOWN', code: 'PROVIDER_TIMEOUT' });
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('a connection cut before the answer is in doubt, and asked once', async () => {
    const scenario = await scenarioOf(subject, (response) => response.socket?.destroy());
    const asked = await scenario.provider.findCompany(scenario.call, byDomain);
    expect(asked).toMatchObject({ kind: 'UNKNOWN', code: 'PROVIDER_UNAVAILABLE' });
    expect(scenario.seen).toHaveLength(1);
  });

  test('a body cut before its announced end is in doubt, even when what came is whole JSON', async () => {
    const scenario = await scenarioOf(subject, (response) => {
      response.writeHead(200, { 'content-length': String(body.length + 100) });
      response.write(body, () => response.socket?.destroy());
    });
    const asked = await scenario.provider.findCompany(scenario.call, byDomain);
    expect(asked).toMatchObject({ kind: 'UNKNOWN', code: 'PROVIDER_UNAVAILABLE' });
    expect(scenario.seen).toHaveLength(1);
  });

  test('a refusal whose body is cut is still the refusal', async () => {
    const scenario = await scenarioOf(subject, (response) => {
      response.writeHead(401, { 'content-length': '100' });
      response.write('{', () => response.socket?.destroy());
    });
    const asked = await scenario.provider.findCompany(scenario.call, byDomain);
    expect(asked).toEqual({ kind: 'REFUSED', code: 'KEY_REFUSED' });
  });

  test.each(['announced', 'streamed'])(
    'a body over the limit (%s) is in doubt and not read on',
    async (how) => {
      const large = JSON.stringify({ ...companyBody, description: 'x'.repeat(200_000) });
      const scenario = await scenarioOf(
        subject,
        (response) => {
          if (how === 'announced') response.setHeader('content-length', String(large.length));
          response.end(large);
        },
        { bodyBytesMax: 50_000 },
      );
      const asked = await scenario.provider.findCompany(scenario.call, byDomain);
      expect(asked).toMatchObject({ kind: 'UNKNOWN', code: 'PROVIDER_ANSWER_UNREADABLE' });
      expect(scenario.seen).toHaveLength(1);
    },
  );

  test.each([
    ['gzip', gzipSync(body)],
    ['deflate', deflateSync(body)],
    ['br', brotliCompressSync(body)],
  ])('a body that comes in %s unasked is read all the same', async (encoding, packed) => {
    const scenario = await scenarioOf(subject, (response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(packed),
    );
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({ kind: 'FOUND' });
    expect(scenario.seen[0]?.headers['accept-encoding']).toBe('identity');
  });

  test.each([
    ['gzip', gzipSync(' '.repeat(10_000_000))],
    ['gzip', Buffer.from('no gzip at all')],
    ['constructor', Buffer.from(body)],
  ])('a body in %s that cannot be unpacked within the limit is in doubt', async (encoding, packed) => {
    const scenario = await scenarioOf(subject, (response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(packed),
    );
    const asked = await scenario.provider.findCompany(scenario.call, byDomain);
    expect(asked).toMatchObject({ kind: 'UNKNOWN', code: 'PROVIDER_ANSWER_UNREADABLE' });
  });

  test('a refused connection was surely not sent, and takes no turn from others', async () => {
    const client = clientOf(subject, 'http://127.0.0.1:1');
    const asked = await client.provider.findCompany(client.call, byDomain);
    expect(asked).toMatchObject({ kind: 'BROKEN', sent: false });
    expect(client.turns()).toBe(0);
  });

  test('an answer that is no HTTP is in doubt', async () => {
    const port = await startTcp((socket) =>
      socket.on('data', () => socket.end('220 mail.example ESMTP\r\n')),
    );
    const client = clientOf(subject, `http://127.0.0.1:${port}`);
    expect(await client.provider.findCompany(client.call, byDomain)).toMatchObject({ kind: 'UNKNOWN' });
  });

  test('connections are kept and used again', async () => {
    const sockets = new Set<unknown>();
    const scenario = await scenarioOf(subject, (response) => {
      sockets.add(response.socket);
      json(response, 200, companyBody);
    });
    for (let count = 0; count < 20; count += 1) await scenario.provider.findCompany(scenario.call, byDomain);
    // A second one, because an answer is handed over an instant before its connection is free again.
    expect(sockets.size).toBeLessThanOrEqual(2);
  });

  test('close lets the question under way have its answer', async () => {
    const held: ServerResponse[] = [];
    const scenario = await scenarioOf(subject, (response) => held.push(response));
    const asked = scenario.provider.findCompany(scenario.call, byDomain);
    await vi.waitUntil(() => held.length === 1);
    const closed = scenario.provider.close();
    for (const response of held) json(response, 200, companyBody);
    expect(await asked).toMatchObject({ kind: 'FOUND' });
    await closed;
  });

  test('a closed client sends nothing any more', async () => {
    const scenario = await scenarioOf(subject, (response) => json(response, 200, companyBody));
    await scenario.provider.close();
    const asked = await scenario.provider.findCompany(scenario.call, byDomain);
    expect(asked).toMatchObject({ kind: 'BROKEN', sent: false });
    expect(scenario.seen).toEqual([]);
  });
});

// What concerns the connection alone is the same for all, and slow.
const first = subjects[0]!;

test('a connection that is not there within its time was surely not sent', async () => {
  const port = await startTcp(() => {});
  const client = clientOf(first, `https://127.0.0.1:${port}`, { connectTimeoutMs: 100 });
  const asked = await client.provider.findCompany(client.call, first.byDomain);
  expect(asked).toMatchObject({ kind: 'BROKEN', sent: false });
  expect(client.turns()).toBe(0);
});

test('an upstream that is not there for a moment is asked again', async () => {
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
  const asking = client.provider.findCompany(client.call, first.byDomain);
  await sleep(50);
  await listen(port);
  expect(await asking).toMatchObject({ kind: 'FOUND' });
  expect(client.turns()).toBe(1);
});

test('a question that ran out of time while connecting never goes out', async () => {
  let received = '';
  const port = await startTcp((socket) => socket.on('data', (data) => (received += data.toString('latin1'))));
  const client = clientOf(first, `https://127.0.0.1:${port}`, {
    connectTimeoutMs: 2_000,
    totalTimeoutMs: 200,
  });
  const asked = await client.provider.findCompany(client.call, first.byDomain);
  expect(asked).toMatchObject({ kind: 'BROKEN', sent: false });
  expect(client.turns()).toBe(0);
  expect(received).not.toContain('company');
});

test('a host that does not exist was surely not sent', async () => {
  const client = clientOf(first, 'http://no-such-host.invalid');
  const asked = await client.provider.findCompany(client.call, first.byDomain);
  expect(asked).toMatchObject({ kind: 'BROKEN', sent: false });
});
