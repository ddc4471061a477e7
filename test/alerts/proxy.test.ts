import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createWebhookDispatcher } from '../../src/alerts/webhook-dispatcher.js';
import { postWebhook } from '../../src/alerts/post-webhook.js';
import { newWebhookSecret } from '../../src/alerts/signature.js';
import { readConfig } from '../../src/config/config.js';
import { type Proxy, startProxy } from '../support/start-proxy.js';
import { type Receiver, startReceiver } from './start-receiver.js';

let receiver: Receiver;
let proxy: Proxy;
beforeAll(async () => {
  receiver = await startReceiver();
  const port = Number(new URL(receiver.url).port);
  proxy = await startProxy(() => port);
});
beforeEach(() => {
  proxy.answer = 200;
});
afterAll(async () => {
  await proxy.close();
  await receiver.close();
});

const post = async (url: string, env: Record<string, string>) => {
  const webhooks = createWebhookDispatcher(readConfig(env), { allowPrivate: true });
  const secrets = [newWebhookSecret()];
  const to = {
    id: 'alr_1',
    kind: 'WEBHOOK' as const,
    url,
    secrets,
    timeoutMs: 3_000,
    dispatcher: webhooks.dispatcherFor(url),
  };
  try {
    return await postWebhook({ body: { type: 'test' }, title: 'test', facts: [] }, to);
  } finally {
    await webhooks.close();
  }
};

it('sends a webhook through the proxy with its credentials, which the receiver does not get', async () => {
  const password = randomBytes(8).toString('hex');
  const env = { http_proxy: `http://user:${password}@127.0.0.1:${proxy.port}` };
  expect(await post('http://hooks.receiver.example/in', env)).toMatchObject({ delivered: true });
  expect(proxy.connects.at(-1)).toEqual({
    target: 'hooks.receiver.example:80',
    authorization: `Basic ${Buffer.from(`user:${password}`).toString('base64')}`,
  });
  expect(JSON.stringify(receiver.deliveries.at(-1))).not.toContain('proxy-authorization');
});

it('sends a webhook directly when NO_PROXY lists its host', async () => {
  const before = proxy.connects.length;
  expect(await post(receiver.url, { HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1' })).toMatchObject({
    delivered: true,
  });
  expect(proxy.connects).toHaveLength(before);
});

it('says that nothing was sent when the proxy refuses or is gone', async () => {
  proxy.answer = 403;
  const url = 'http://hooks.receiver.example/in';
  expect(await post(url, { HTTP_PROXY: proxy.url })).toMatchObject({
    delivered: false,
    error: 'no connection (PROXY_403)',
  });
  expect(await post(url, { HTTP_PROXY: 'http://127.0.0.1:9' })).toMatchObject({
    delivered: false,
    error: 'no connection (ECONNREFUSED)',
  });
});
