import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../src/http/start-server.js';
import { type DemoGateway, startDemo } from './open-dashboard.js';

let gateway: DemoGateway;
beforeAll(async () => {
  gateway = await startDemo();
});
afterAll(() => gateway.close());

const get = (at: string, headers: Record<string, string> = {}) =>
  fetch(`${gateway.url}${at}`, { headers, redirect: 'manual' });
const html = { accept: 'text/html' };

/** The URL as it is, without the normalization of fetch. */
const getRaw = (url: string, at: string, headers: Record<string, string>) =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path: at, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    })
      .on('error', reject)
      .end();
  });

const addressesIn = (page: string): string[] =>
  [...page.matchAll(/(?:href|src)="(\/dashboard\/[^"]+)"/g)].map(([, at = '']) => at);

describe('the page', () => {
  it('needs no token, and its policy lets nothing in but our own files', async () => {
    const response = await get('/', html);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(await response.text()).not.toMatch(/<script>|<style|\sstyle=|\son\w+=|https?:/);
  });

  it('names only files that are served, each with its type, and once to a browser that kept it', async () => {
    const addresses = addressesIn(await (await get('/', html)).text());
    expect(addresses.length).toBeGreaterThan(3);
    const types = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };
    for (const at of addresses) {
      const { status, headers } = await get(at);
      expect([at, status]).toEqual([at, 200]);
      expect(headers.get('content-type')).toContain(
        types[at.endsWith('.css') ? 'css' : at.endsWith('.js') ? 'js' : 'svg'],
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe(
        at.endsWith('.svg') ? 'private, no-cache' : 'private, max-age=31536000, immutable',
      );
      const again = await get(at, { 'if-none-match': headers.get('etag') ?? '' });
      expect([at, again.status]).toEqual([at, 304]);
    }
  });

  it('differs from the API by the Accept header', async () => {
    expect((await get('/')).status).toBe(404);
    expect((await fetch(`${gateway.url}/`, { method: 'POST', headers: html })).status).toBe(404);
    expect((await fetch(`${gateway.url}/dashboard/icon.svg`, { method: 'POST' })).status).toBe(405);
  });

  it('holds the demo token when, and only when, the demo is on and the browser is on this machine', async () => {
    expect(await (await fetch(gateway.demoUrl, { headers: html })).text()).toContain(gateway.token);
    expect(await (await get('/', html)).text()).not.toContain(gateway.token);
    const rebound = await getRaw(gateway.demoUrl, '/', { ...html, host: 'rebound.example' });
    expect(rebound.body).toContain('id="application"');
    expect(rebound.body).not.toContain(gateway.token);
  });
});

it.each([
  '/dashboard/',
  '/dashboard/page.html',
  '/dashboard/tsconfig.json',
  '/dashboard/main.tsx',
  '/dashboard/documents.json',
  '/dashboard/../package.json',
  '/dashboard/../../package.json',
  '/dashboard/%2e%2e/package.json',
  '/dashboard/..%2f..%2fpackage.json',
  '/dashboard/styles/../page.html',
  '/dashboard//etc/passwd',
  '/dashboard/constructor',
])('%s is no file of the dashboard', async (at) => {
  const { status, body } = await getRaw(gateway.url, at, html);
  expect(status).toBe(404);
  expect(body).toContain('"error"');
});

it('says so when the dashboard was never built', async () => {
  const server = await startServer({ ...gateway.context, dashboard: tmpdir() });
  const response = await fetch(`${server.url}/`, { headers: html });
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('npm run build');
  await server.close(100);
});

describe('the pages', () => {
  const paths = readdirSync(new URL('../../src/dashboard/pages', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => (name === 'overview' ? '/' : `/${name}`));

  it.each([...paths, '/records/fbl_1234', '/settings?period=7d&zone=UTC'])('%s is a page', async (at) => {
    const response = await get(at, html);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('id="application"');
    expect((await get(at)).status).toBe(404);
  });

  it.each(['/none', '/usage/more', '/records/a/b', '/api'])('%s is no page', async (at) => {
    expect((await get(at, html)).status).toBe(404);
  });
});

describe('below a path of PUBLIC_URL', () => {
  it.each([
    ['sends along', '/tools/gateway'],
    ['removes', ''],
  ])('works behind a proxy that %s the path', async (_, prefix) => {
    const config = { ...gateway.context.config, publicUrl: 'https://example.com/tools/gateway/' };
    const server = await startServer({ ...gateway.context, config });
    const at = (path: string) => fetch(`${server.url}${prefix}${path}`, { headers: html });
    const page = await (await at('/usage')).text();
    expect(page).toContain('name="base-path" content="/tools/gateway"');
    const [file = ''] = /\/tools\/gateway\/dashboard\/main-\w+\.js/.exec(page) ?? [];
    expect((await at(file.replace('/tools/gateway', ''))).status).toBe(200);
    expect((await at('/healthz')).status).toBe(200);
    expect((await fetch(`${server.url}/tools/gatewayx/healthz`)).status).toBe(404);
    await server.close(100);
  });
});
