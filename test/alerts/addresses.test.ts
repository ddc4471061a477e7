import { afterEach, beforeEach, expect, it } from 'vitest';
import { postWebhook } from '../../src/alerts/post-webhook.js';
import { isAllowedAddress, isRefusedHost, type Lookup } from '../../src/alerts/public-addresses.js';
import { createWebhookDispatcher } from '../../src/alerts/webhook-dispatcher.js';
import { noProxies } from '../../src/platform/choose-proxy.js';
import { type Receiver, startReceiver } from './start-receiver.js';

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

it.each([
  'http://127.0.0.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://0177.0.0.1/',
  'http://127.1./',
  'http://localhost/',
  'http://app.localhost./',
  'http://0.0.0.0/',
  'http://10.1.2.3/',
  'http://172.31.0.1/',
  'http://192.168.1.1/',
  'http://100.64.0.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://168.63.129.16/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
  'http://[::1]/',
  'http://[::]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://[::127.0.0.1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[64:ff9b::169.254.169.254]/',
  'http://[64:ff9b:1::1]/',
  'http://[2002:7f00:1::]/',
  'http://[fe80::1]/',
  'http://[fd00:ec2::254]/',
  'http://[fc00::1]/',
  'http://[ff02::1]/',
])('refuses %s', (url) => {
  expect(isRefusedHost(url, false)).toBe(true);
});

it('allows public addresses, and private ones by setting, but never metadata services', () => {
  for (const address of ['8.8.8.8', '2606:4700::1111', '64:ff9b::8.8.8.8', '::ffff:8.8.8.8']) {
    expect([address, isAllowedAddress(address, false)]).toEqual([address, true]);
  }
  for (const address of ['127.0.0.1', '10.0.0.1', '100.64.0.1', '::1', 'fd00::1', '::ffff:10.0.0.1']) {
    expect([address, isAllowedAddress(address, true)]).toEqual([address, true]);
  }
  for (const address of ['169.254.169.254', '100.100.100.200', 'fd00:ec2::254', '0.0.0.0', 'fe80::1']) {
    expect([address, isAllowedAddress(address, true)]).toEqual([address, false]);
  }
});

/** A name server whose answers change from one query to the next. */
const answering = (...answers: string[][]): Lookup => {
  let queries = 0;
  return (_hostname, _options, callback) => {
    const addresses = answers[Math.min(queries, answers.length - 1)] ?? [];
    queries += 1;
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
};

const post = async (resolve: Lookup, allowPrivate = false, kind: 'SLACK' | 'WEBHOOK' = 'SLACK') => {
  const webhooks = createWebhookDispatcher(noProxies, { allowPrivate, resolve });
  const url = `http://rebinding.example:${new URL(receiver.url).port}/in`;
  const dispatcher = webhooks.dispatcherFor(url);
  const target = { id: 'alr_1', kind, url, secrets: [], timeoutMs: 3_000, dispatcher };
  try {
    return await postWebhook({ body: {}, title: 'test', facts: [] }, target);
  } finally {
    await webhooks.close();
  }
};

it('checks the address that is connected to when a name changes its answer', async () => {
  const refused = { delivered: false, error: expect.stringContaining('WEBHOOK_PRIVATE_ADDRESSES') };
  expect(await post(answering(['127.0.0.1']))).toMatchObject(refused);
  // One private address among public ones is enough.
  expect(await post(answering(['192.0.0.8', '127.0.0.1']))).toMatchObject(refused);
  expect(await post(answering(['::ffff:127.0.0.1']))).toMatchObject(refused);
  expect(receiver.deliveries).toEqual([]);
  expect(await post(answering(['127.0.0.1'], ['169.254.169.254']), true)).toMatchObject({ delivered: true });
  expect(receiver.deliveries).toHaveLength(1);
});

it('offers the setting for private addresses only when it refuses a metadata service', async () => {
  const error = expect.stringContaining('for a private one the operator may set WEBHOOK_PRIVATE_ADDRESSES');
  expect(await post(answering(['169.254.169.254']), true)).toMatchObject({ delivered: false, error });
});

it('does not follow a redirect to a metadata service, and counts it as failed', async () => {
  for (const status of [301, 302, 303, 307, 308]) {
    for (const kind of ['SLACK', 'WEBHOOK'] as const) {
      receiver.answers.push({ status, headers: { location: 'http://169.254.169.254/latest/meta-data/' } });
      expect(await post(answering(['127.0.0.1']), true, kind)).toMatchObject({ delivered: false, status });
    }
  }
});

it('does not follow a redirect to another host, and counts it as failed for a signed webhook too', async () => {
  const other = await startReceiver();
  for (const status of [301, 302, 303, 307, 308]) {
    for (const location of [
      other.url.replace('127.0.0.1', 'localhost'),
      '//receiver.example/hook',
      // Another port or scheme of the same host is another origin.
      `//rebinding.example:${new URL(other.url).port}/done`,
      `https://rebinding.example:${new URL(receiver.url).port}/done`,
    ]) {
      receiver.answers.push({ status, headers: { location } });
      expect(await post(answering(['127.0.0.1']), true, 'WEBHOOK')).toMatchObject({
        delivered: false,
        status,
        error: `HTTP ${status}, and redirects are not followed: set the address that it leads to`,
      });
    }
  }
  // To the same host: the receiver has run, and points to its result.
  receiver.answers.push({ status: 303, headers: { location: '/done' } });
  expect(await post(answering(['127.0.0.1']), true, 'WEBHOOK')).toMatchObject({ delivered: true });
  expect(other.deliveries).toEqual([]);
  await other.close();
});
