import type { ServerResponse } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
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

test('a request that ran out of time while it waited for a connection never goes out', async () => {
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

test('a key that cannot stand in a header is not sent, and nothing throws', async () => {
  const upstream = await startUpstream((response) => json(response, 200, {}));
  onTestFinished(upstream.close);
  const sender = createSender(new URL(upstream.url), { connectTimeoutMs: 1_000, bodyBytesMax: 1_000 });
  onTestFinished(sender.close);
  const sent = await sender.send(get('/'), { 'x-api-key': 'line\r\nx-evil: 1' }, atOnce(1_000));
  expect(sent).toEqual({ kind: 'LOST', sent: false, reason: 'CONNECTION', headers: {} });
  expect(upstream.seen).toEqual([]);
});

test('the headers of an answer come with it, and with a body that was cut under them', async () => {
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

test('a request whose turn comes has its connection already, also the first ones', async () => {
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

test('a connection that the other side ends before it is used is not used', async () => {
  const upstream = await startUpstream((response) => json(response, 200, {}));
  const sender = createSender(new URL(upstream.url), { connectTimeoutMs: 1_000, bodyBytesMax: 1_000 });
  onTestFinished(async () => {
    await sender.close();
    await upstream.close();
  });
  let turns = 0;
  const sent = await sender.send(get('/'), keyHeaders, {
    ...atOnce(5_000),
    acquirePermit: async () => {
      turns += 1;
      if (turns > 1) return anyTime;
      upstream.cutConnections();
      await vi.waitUntil(() => upstream.connections() === 0, { timeout: 5_000 });
      return anyTime;
    },
  });
  expect(sent).toMatchObject({ kind: 'ANSWERED', status: 200 });
  expect(turns).toBe(2);
});

test('a turn that has passed by the time the request could leave is not used', async () => {
  const upstream = await startUpstream((response) => json(response, 200, {}));
  const sender = createSender(new URL(upstream.url), { connectTimeoutMs: 1_000, bodyBytesMax: 1_000 });
  onTestFinished(async () => {
    await sender.close();
    await upstream.close();
  });
  let turns = 0;
  const turn = (): Promise<Permit> => {
    turns += 1;
    const isExpired = turns < 3;
    return Promise.resolve({ isExpired: () => isExpired });
  };
  const sent = await sender.send(get('/'), keyHeaders, { ...atOnce(5_000), acquirePermit: turn });
  expect(sent).toMatchObject({ kind: 'ANSWERED', status: 200 });
  expect(turns).toBe(3);
  expect(upstream.seen).toHaveLength(1);
});

test('where no connection can be opened no turn is taken', async () => {
  const upstream = await startUpstream((response) => json(response, 200, {}));
  await upstream.close();
  const sender = createSender(new URL(upstream.url), { connectTimeoutMs: 1_000, bodyBytesMax: 1_000 });
  onTestFinished(sender.close);
  const turn = vi.fn<() => Promise<Permit>>(() => Promise.resolve(anyTime));
  const sent = await sender.send(get('/'), keyHeaders, { ...atOnce(5_000), acquirePermit: turn });
  expect(sent).toEqual({ kind: 'LOST', sent: false, reason: 'CONNECTION', headers: {} });
  expect(turn).not.toHaveBeenCalled();
});
