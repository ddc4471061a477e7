import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewayError } from '../../src/errors.js';
import { startServer } from '../../src/http/start-server.js';
import { startGateway, type TestGateway } from './start-gateway.js';

const listed = 'https://app.example.com';
const viewer = JSON.stringify({ query: '{ viewer { role } }' });

let gateway: TestGateway;
let withYoga: TestGateway;
let closed: TestGateway;
beforeAll(async () => {
  const env = { ALLOWED_ORIGINS: `${listed}, http://localhost:3000`, REQUEST_BODY_BYTES_MAX: '1000' };
  [gateway, withYoga, closed] = await Promise.all([
    startGateway({ env }),
    startGateway({ env, fastPath: false }),
    startGateway(),
  ]);
});
afterAll(() => Promise.all([gateway.close(), withYoga.close(), closed.close()]));

const refuseReport = () =>
  Promise.reject(new GatewayError('LIMIT_EXCEEDED', 'Busy: wait.', { retryAfterSeconds: 7 }));
const corsOf = ({ headers }: Response) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));
const preflight = (origin: string, path = '/graphql', { url } = gateway) =>
  fetch(`${url}${path}`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  });

describe('a preflight', () => {
  it.each(['/graphql', '/export/entries.csv'])(
    'of %s is answered when its origin is listed',
    async (path) => {
      const response = await preflight(listed, path);
      expect(response.status).toBe(204);
      expect(await response.text()).toBe('');
      expect(response.headers.get('vary')).toBe('origin');
      expect(corsOf(response)).toEqual({
        'access-control-allow-origin': listed,
        'access-control-expose-headers': expect.stringMatching(/^x-request-id, retry-after,.* x-as-of/),
        'access-control-allow-methods': 'GET, HEAD, POST',
        'access-control-allow-headers': expect.stringMatching(
          /^authorization, content-type, x-firmable-key, .*idempotency-key/,
        ),
        'access-control-max-age': '600',
      });
    },
  );

  it.each([
    'https://app.example.com.evil.example',
    'https://evilapp.example.com',
    'https://evil.example/https://app.example.com',
    'https://sub.app.example.com',
    'https://app.example.com:8443',
    'https://app.example.com:443',
    'https://app.example.com/',
    'HTTPS://APP.EXAMPLE.COM',
    'https://app.example.com.',
    'http://app.example.com',
    'https://app.example.com, https://evil.example',
    'null',
    '*',
    '__proto__',
  ])('is refused when its origin is %s', async (origin) => {
    const response = await preflight(origin);
    expect(response.status).toBe(403);
    expect(corsOf(response)).toEqual({});
    expect(response.headers.get('vary')).toBe('origin');
    expect(await response.json()).toMatchObject({
      errors: [{ message: expect.stringContaining('ALLOWED_ORIGINS'), extensions: { code: 'FORBIDDEN' } }],
    });
  });

  it('is refused when no origin is listed', async () => {
    const response = await preflight(listed, '/graphql', closed);
    expect(response.status).toBe(403);
    expect(corsOf(response)).toEqual({});
    expect(response.headers.get('vary')).toBeNull();
  });

  it('is not answered where pages may not call', async () => {
    for (const path of ['/metrics', '/healthz', '/readyz', '/', '/dashboard/icon.svg'])
      expect(corsOf(await preflight(listed, path))).toEqual({});
  });
});

type Sent = { method?: string; body?: string; headers?: Record<string, string> };

describe('a response to a listed origin', () => {
  const readable = { 'access-control-allow-origin': listed };
  const send = (to: TestGateway, init: Sent, path = '/graphql') =>
    fetch(`${to.url}${path}`, {
      ...init,
      headers: {
        origin: listed,
        'content-type': 'application/json',
        authorization: `Bearer ${to.token}`,
        ...init.headers,
      },
    });

  it.each<[string, number, Sent, string?]>([
    ['a result', 200, { method: 'POST', body: viewer }],
    ['a wrong document', 200, { method: 'POST', body: '{"query":"{ nothing }"}' }],
    ['broken JSON', 400, { method: 'POST', body: '{' }],
    ['a stream', 200, { method: 'POST', body: viewer, headers: { accept: 'text/event-stream' } }],
    ['no token', 401, { method: 'POST', body: viewer, headers: { authorization: '' } }],
    ['a type that is not sent', 406, { method: 'POST', body: viewer, headers: { accept: 'image/png' } }],
    ['a large body', 413, { method: 'POST', body: `"${'x'.repeat(2_000)}"` }],
    ['another type of body', 415, { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } }],
    ['a mutation by GET', 405, {}, '/graphql?query=mutation{revokeToken(id:"x"){userErrors{code}}}'],
    ['an export', 200, {}, '/export/entries.csv'],
    ['an export without a token', 401, { headers: { authorization: '' } }, '/export/entries.csv'],
    ['an unknown export', 404, {}, '/export/nothing.csv'],
    ['another method of an export', 405, { method: 'POST' }, '/export/entries.csv'],
  ])('may be read by its page when it is %s', async (_, status, init, path) => {
    for (const to of [gateway, withYoga]) {
      const response = await send(to, init, path);
      expect(response.status).toBe(status);
      expect(corsOf(response)).toMatchObject(readable);
      expect(response.headers.get('vary')).toMatch(/^origin\b/);
      expect(corsOf(response)).not.toHaveProperty('access-control-allow-credentials');
      await response.body?.cancel();
    }
  });

  it('may be read when the gateway fails, is overloaded or has no database', async () => {
    const cases = [
      ['UNAVAILABLE', 503],
      ['INTERNAL', 500],
    ] as const;
    for (const [code, status] of cases) {
      const findCaller = () =>
        Promise.reject(code === 'INTERNAL' ? new Error('broken') : new GatewayError(code, 'No: try again.'));
      const server = await startServer({ ...gateway.context, findCaller });
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { origin: listed, authorization: 'Bearer fgw_x' },
      });
      expect(response.status).toBe(status);
      expect(corsOf(response)).toMatchObject(readable);
      await server.close(100);
    }
    const busy = await startServer({ ...gateway.context, runReport: refuseReport });
    const response = await fetch(`${busy.url}/export/entries.csv`, {
      headers: { origin: listed, authorization: `Bearer ${gateway.token}` },
    });
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7']);
    expect(corsOf(response)).toMatchObject(readable);
    await busy.close(100);
  });

  it('is no page with a token: GraphiQL and the dashboard are not readable', async () => {
    for (const path of ['/graphql', '/']) {
      const response = await fetch(`${gateway.url}${path}`, {
        headers: { origin: listed, accept: 'text/html' },
      });
      expect(corsOf(response)).toEqual({});
      await response.body?.cancel();
    }
  });
});

it('runs the request and says nothing of CORS when its origin is not listed', async () => {
  for (const to of [gateway, closed]) {
    const response = await fetch(`${to.url}/graphql`, {
      method: 'POST',
      headers: {
        origin: 'https://evil.example',
        'content-type': 'application/json',
        authorization: `Bearer ${to.token}`,
      },
      body: viewer,
    });
    expect(response.status).toBe(200);
    expect(corsOf(response)).toEqual({});
  }
});
