import type { ServerResponse } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createSender, type WireRequest } from '../../../src/providers/firmable/create-sender.js';
import { key } from './examples.js';
import { json, startUpstream } from './start-upstream.js';

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
  const busy = Array.from({ length: 128 }, () => sender.send(get('/busy'), key, 20_000));
  await vi.waitUntil(() => held.length === 128, { timeout: 10_000 });
  const late = await sender.send(get('/late'), key, 50);
  expect(late).toEqual({ kind: 'LOST', sent: false, reason: 'TIMEOUT' });
  holding = false;
  for (const response of held) json(response, 200, {});
  await Promise.all(busy);
  expect(await sender.send(get('/after'), key, 5_000)).toMatchObject({ kind: 'ANSWERED', status: 200 });
  expect(upstream.seen.map(({ url }) => url)).not.toContain('/late');
});

test('a key that cannot stand in a header is not sent, and nothing throws', async () => {
  const upstream = await startUpstream((response) => json(response, 200, {}));
  onTestFinished(upstream.close);
  const sender = createSender(new URL(upstream.url), { connectTimeoutMs: 1_000, bodyBytesMax: 1_000 });
  onTestFinished(sender.close);
  const sent = await sender.send(get('/'), 'fbl_line\r\nx-evil: 1', 1_000);
  expect(sent).toEqual({ kind: 'LOST', sent: false, reason: 'CONNECTION' });
  expect(upstream.seen).toEqual([]);
});
