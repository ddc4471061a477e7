import type { ServerResponse } from 'node:http';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.js';
import { proxyFor } from '../../src/platform/choose-proxy.js';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';
import { type Proxy, startProxy } from '../support/start-proxy.js';
import { fullCompany } from './firmable/examples.js';
import { json, startUpstream } from './firmable/start-upstream.js';

let proxy: Proxy;
let upstream: Awaited<ReturnType<typeof startUpstream>>;
let behave: (response: ServerResponse) => void;
let gateway: TestGateway | null;
beforeEach(async () => {
  behave = (response) => json(response, 200, fullCompany);
  upstream = await startUpstream((response) => behave(response));
  const port = Number(new URL(upstream.url).port);
  proxy = await startProxy((target) => (target === 'api.firmable.example:80' ? port : undefined));
  gateway = null;
});
afterEach(async () => {
  await gateway?.close();
  await proxy.close();
  await upstream.close();
});

const key = `fbl_live_${randomBytes(12).toString('hex')}`;
const start = async (env: Record<string, string>): Promise<TestGateway> => {
  gateway = await startGateway({
    env: { FIRMABLE_BASE_URL: 'http://api.firmable.example', ...env },
    demo: false,
  });
  return gateway;
};
type Result = { outcome: string; problem: { code: string } | null; receipt: { charge: string } };
const lookUp = async (headers: Record<string, string> = { 'x-firmable-key': key }): Promise<Result> => {
  if (gateway === null) throw new Error('no gateway runs');
  const query =
    '{ company(by: { domain: "harbourline.example" }) { outcome problem { code } receipt { charge } } }';
  return dataOf<Result>(await gateway.post(query, {}, headers), 'company');
};
const causes = (): unknown[] =>
  (gateway?.logged() ?? '')
    .split('\n')
    .filter((line) => line.includes('"lookup failed"'))
    .map((line) => JSON.parse(line).cause as unknown);

it.each(['HTTP_PROXY', 'http_proxy'])(
  'calls a provider through the proxy of %s, with its credentials',
  async (name) => {
    const password = `p-${randomBytes(8).toString('hex')}`;
    await start({ [name]: `http://corp%40user:${password}@127.0.0.1:${proxy.port}` });
    expect(await lookUp()).toMatchObject({ outcome: 'FOUND', receipt: { charge: 'CHARGED' } });
    expect(new Set(proxy.connects.map(({ target }) => target))).toEqual(new Set(['api.firmable.example:80']));
    const authorization = `Basic ${Buffer.from(`corp@user:${password}`).toString('base64')}`;
    expect(proxy.connects[0]?.authorization).toBe(authorization);
    // The proxy's credentials are for the proxy only.
    expect(upstream.seen[0]?.headers['proxy-authorization']).toBeUndefined();
    proxy.answer = 407;
    await lookUp();
    expect(gateway?.logged()).not.toMatch(new RegExp(`${password}|${authorization.slice(6)}`));
  },
);

it('calls a provider directly when NO_PROXY lists it', async () => {
  const port = new URL(upstream.url).port;
  await start({
    HTTP_PROXY: proxy.url,
    no_proxy: 'firmable.example, 127.0.0.1',
    FIRMABLE_BASE_URL: `http://127.0.0.1:${port}`,
  });
  expect(await lookUp()).toMatchObject({ outcome: 'FOUND' });
  expect(proxy.connects).toEqual([]);
});

it('never calls the sandbox through a proxy', async () => {
  await start({ HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url });
  const { outcome } = await lookUp({ 'x-firmable-key': 'fbl_sandbox_proxy' });
  expect(['FOUND', 'NOT_FOUND']).toContain(outcome);
  expect(proxy.connects).toEqual([]);
});

it.each([
  [407, /PROXY_407/],
  [403, /PROXY_403/],
  [502, /PROXY_502/],
  ['CUT', /^no connection \(PROXY_/],
  ['SILENT', /^no connection/],
] as const)('charges nothing, and names the cause, when the proxy answers %s', async (answer, cause) => {
  proxy.answer = answer;
  await start({ HTTP_PROXY: proxy.url, UPSTREAM_CONNECT_TIMEOUT_MS: '300', UPSTREAM_TIMEOUT_MS: '2000' });
  expect(await lookUp()).toMatchObject({
    outcome: 'FAILED',
    problem: { code: 'PROVIDER_UNAVAILABLE' },
    receipt: { charge: 'NONE' },
  });
  expect(causes()).toEqual([expect.stringMatching(cause)]);
  expect(upstream.seen).toEqual([]);
  // It works again with the proxy.
  proxy.answer = 200;
  expect(await lookUp()).toMatchObject({ outcome: 'FOUND' });
});

it('charges nothing, and names the cause, when the proxy is gone', async () => {
  await start({ HTTP_PROXY: 'http://127.0.0.1:9', UPSTREAM_TIMEOUT_MS: '2000' });
  expect(await lookUp()).toMatchObject({ outcome: 'FAILED', receipt: { charge: 'NONE' } });
  expect(causes()).toEqual(['no connection (PROXY_ECONNREFUSED)']);
});

it('presumes a charge when the tunnel is cut after the request was sent', async () => {
  behave = (response) => response.destroy();
  await start({ HTTP_PROXY: proxy.url });
  expect(await lookUp()).toMatchObject({ outcome: 'UNKNOWN', receipt: { charge: 'PRESUMED' } });
});

it('opens a tunnel to the port of https when the provider is called by https', async () => {
  await start({ https_proxy: proxy.url, FIRMABLE_BASE_URL: 'https://api.firmable.example' });
  proxy.answer = 403;
  await lookUp();
  expect(proxy.connects[0]?.target).toBe('api.firmable.example:443');
});

const chosen = (noProxy: string, url: string, env: Record<string, string> = {}) =>
  proxyFor(
    readConfig({ HTTP_PROXY: 'plain:1', HTTPS_PROXY: 'http://secure:2', NO_PROXY: noProxy, ...env }),
    new URL(url),
  )?.host ?? null;

it.each([
  ['bücher.example', 'https://www.xn--bcher-kva.example'],
  ['0:0:0:0:0:0:0:1', 'https://[::1]:8443'],
  ['[fd00:0::7]:443', 'https://[fd00::7]'],
  ['/var/run/docker.sock, crm.internal.', 'https://crm.internal'],
])('calls a host directly when NO_PROXY lists it in another spelling: %s', (list, url) => {
  expect(chosen(list, url)).toBeNull();
});

it.each([
  'https://crm.internal',
  'crm.internal/',
  'a.example;crm.internal',
  '"crm.internal"',
  '10.0.0.0/33',
  '10.0.0.0/8:443',
  '10.*',
  '*:443',
  '*.*',
  '..',
  ':443',
])('refuses NO_PROXY beside a proxy when an entry matches no host: %s', (entry) => {
  const NO_PROXY = `.internal,${entry}`;
  const refusal = /^NO_PROXY has an entry that matches no host \(see entry 2\): write hosts/;
  expect(() => chosen(NO_PROXY, 'https://a.example')).toThrow(refusal);
  expect(readConfig({ NO_PROXY }).noProxy).toBe(NO_PROXY);
});

it('chooses the proxy by scheme, and none for what NO_PROXY lists', () => {
  expect(chosen('', 'http://a.example')).toBe('plain:1');
  expect(chosen('', 'https://a.example')).toBe('secure:2');
  expect(chosen('', 'https://a.example', { HTTPS_PROXY: '' })).toBe('plain:1');
  expect(chosen('', 'https://a.example', { https_proxy: 'lower:3' })).toBe('lower:3');
  for (const list of [
    '*',
    'example',
    '.a.example',
    '*.example',
    'b.test,a.example',
    'b.test a.example:443',
  ]) {
    expect(chosen(list, 'https://www.a.example')).toBeNull();
  }
  for (const list of ['a.example:8443', 'ample', 'x.www.a.example', '10.0.0.0/8']) {
    expect(chosen(list, 'https://www.a.example')).toBe('secure:2');
  }
  for (const list of ['10.1.2.3', '10.0.0.0/8', '10.1.2.3:80', 'fd00::/8 10.1.0.0/16']) {
    expect(chosen(list, 'http://10.1.2.3')).toBeNull();
  }
  for (const list of ['fd00::1', '[fd00::1]', 'fd00::/8'])
    expect(chosen(list, 'http://[fd00::1]/')).toBeNull();
});

it('does not start with a malformed proxy, and does not repeat it', () => {
  for (const wrong of ['socks5://user:hidden@proxy:1', 'http://user:hidden@', 'http://%zz:hidden@proxy']) {
    expect(() => readConfig({ HTTPS_PROXY: wrong })).toThrow(/^HTTPS_PROXY is not the URL of an HTTP proxy/);
    expect(() => readConfig({ HTTPS_PROXY: wrong })).not.toThrow(/hidden/);
  }
});
