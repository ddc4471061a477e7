import type { ServerResponse } from 'node:http';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createSender } from '../../../src/providers/http/create-sender.js';
import type { WireRequest } from '../../../src/providers/http/exchange.js';
import { json, startUpstream } from '../firmable/start-upstream.js';
import { anyTime } from '../../support/any-time.js';
import type { Permit } from '../../../src/providers/provider.js';

const keyHeaders = { authorization: 'Bearer fbl_0123456789' };
/** In its turn at once, with so much time. */
const atOnce = (timeoutMs: number) => ({
  acquirePermit: () => Promise.resolve(anyTime),
  latestMs: Number.POSITIVE_INFINITY,
  leftMs: () => timeoutMs,
});
const get = (path: string): WireRequest => ({ method: 'GET', path, body: null });

it('never sends a request when its time ends while it waits for a connection', async () => {
  const held: ServerResponse[] = [];
  let holding = true;
  const upstream = await startUpstream((response) => {
    if (holding) held.push(response);
    else json(response, 200, {});
  });
  const sender = createSender(new URL(upstream.url), { connectTimeoutMs: 5_000, bodyBytesMax: 1_000 });
  onTestFinished(async () => {
    await sender.close();
    await upstream.close();
  });
  const busy = Array.from({ length: 128 }, () => sender.send(get('/busy'), keyHeaders, atOnce(20_000)));
  await vi.waitUntil(() => held.length === 128, { timeout: 10_000 });
  const late = await sender.send(get('/late'), keyHeaders, atOnce(50));
  expect(late).toEqual({ kind: 'LOST', sent: false, reason: 'TIMEOUT', headers: {} });
  holding = false;
  for (const response of held) json(response, 200, {});
  await Promise.all(busy);
  expect(await sender.send(get('/after'), keyHeaders, atOnce(5_000))).toMatchObject({
    kind: 'ANSWERED',
    status: 200,
  });
  expect(upstream.seen.map(({ url }) => url)).not.toContain('/late');
});

it('is not sent, and does not throw, when the key is not valid in a header', async () => {
  const upstream = await startUpstream((response) => json(response, 200, {}));
  onTestFinished(upstream.close);
  const sender = createSender(new URL(upstream.url), { connectTimeoutMs: 1_000, bodyBytesMax: 1_000 });
  onTestFinished(sender.close);
  const sent = await sender.send(get('/'), { 'x-api-key': 'line\r\nx-evil: 1' }, atOnce(1_000));
  expect(sent).toEqual({
    kind: 'LOST',
    sent: false,
    reason: 'CONNECTION',
    code: 'UND_ERR_INVALID_ARG',
    headers: {},
  });
  expect(upstream.seen).toEqual([]);
});

it('returns the headers, also when the body is lost', async () => {
  const upstream = await startUpstream((response, seen) => {
    response.writeHead(200, { 'X-Charge': ['1', '2'], 'content-length': '2' });
    if (seen.url === '/whole') response.end('{}');
    else response.write('{', () => response.socket?.destroy());
  });
  const sender = createSender(new URL(upstream.url), { connectTimeoutMs: 1_000, bodyBytesMax: 1_000 });
  onTestFinished(async () => {
    await sender.close();
    await upstream.close();
  });
  const whole = await sender.send(get('/whole'), keyHeaders, atOnce(1_000));
  expect(whole).toMatchObject({ kind: 'ANSWERED', status: 200, headers: { 'x-charge': '1' }, text: '{}' });
  const cut = await sender.send(get('/cut'), keyHeaders, atOnce(1_000));
  expect(cut).toMatchObject({ kind: 'LOST', sent: true, reason: 'CONNECTION', headers: { 'x-charge': '1' } });
});

it('has a connection open when a permit is acquired, also for the first requests', async () => {
  const upstream = await startUpstream((response) => setTimeout(() => json(response, 200, {}), 50));
  const sender = createSender(new URL(upstream.url), { connectTimeoutMs: 1_000, bodyBytesMax: 1_000 });
  onTestFinished(async () => {
    await sender.close();
    await upstream.close();
  });
  const connectedAtTurn: number[] = [];
  const sent = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      sender.send(get(`/${index}`), keyHeaders, {
        ...atOnce(5_000),
        acquirePermit: async () => {
          await vi.waitUntil(() => upstream.connections() >= 20, { timeout: 5_000 });
          connectedAtTurn.push(upstream.connections());
          return anyTime;
        },
      }),
    ),
  );
  expect(sent.every(({ kind }) => kind === 'ANSWERED')).toBe(true);
  expect(Math.min(...connectedAtTurn)).toBe(20);
  expect(upstream.connections()).toBe(20);
});

it('does not use a connection when the server ends it before', async () => {
  const upstream = await startUpstream((response) => json(response, 200, {}));
  const sender = createSender(new URL(upstream.url), { connectTimeoutMs: 1_000, bodyBytesMax: 1_000 });
  onTestFinished(async () => {
    await sender.close();
    await upstream.close();
  });
  let permits = 0;
  const sent = await sender.send(get('/'), keyHeaders, {
    ...atOnce(5_000),
    acquirePermit: async () => {
      permits += 1;
      if (permits > 1) return anyTime;
      upstream.cutConnections();
      await vi.waitUntil(() => upstream.connections() === 0, { timeout: 5_000 });
      return anyTime;
    },
  });
  expect(sent).toMatchObject({ kind: 'ANSWERED', status: 200 });
  expect(permits).toBe(2);
});

it('acquires another permit when one expires before the request is sent', async () => {
  const upstream = await startUpstream((response) => json(response, 200, {}));
  const sender = createSender(new URL(upstream.url), { connectTimeoutMs: 1_000, bodyBytesMax: 1_000 });
  onTestFinished(async () => {
    await sender.close();
    await upstream.close();
  });
  let permits = 0;
  const turn = (): Promise<Permit> => {
    permits += 1;
    const isExpired = permits < 3;
    return Promise.resolve({ isExpired: () => isExpired });
  };
  const sent = await sender.send(get('/'), keyHeaders, { ...atOnce(5_000), acquirePermit: turn });
  expect(sent).toMatchObject({ kind: 'ANSWERED', status: 200 });
  expect(permits).toBe(3);
  expect(upstream.seen).toHaveLength(1);
});

it('acquires no permit when no connection can be opened', async () => {
  const upstream = await startUpstream((response) => json(response, 200, {}));
  await upstream.close();
  const sender = createSender(new URL(upstream.url), { connectTimeoutMs: 1_000, bodyBytesMax: 1_000 });
  onTestFinished(sender.close);
  const turn = vi.fn<() => Promise<Permit>>(() => Promise.resolve(anyTime));
  const sent = await sender.send(get('/'), keyHeaders, { ...atOnce(5_000), acquirePermit: turn });
  expect(sent).toEqual({
    kind: 'LOST',
    sent: false,
    reason: 'CONNECTION',
    code: 'ECONNREFUSED',
    headers: {},
  });
  expect(turn).not.toHaveBeenCalled();
});
