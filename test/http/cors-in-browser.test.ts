import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inBrowser, launchBrowser, openTab } from '../support/browser.js';
import { startGateway, type TestGateway } from './start-gateway.js';

const viewer = JSON.stringify({ query: '{ viewer { role } }' });
const post = (authorization: string, body: string) => ({
  method: 'POST',
  headers: {
    authorization,
    'content-type': 'application/json',
    'idempotency-key': 'k',
    'x-workflow': 'retool',
    'x-of-a-library': '1',
  },
  body,
});

describe('a page of another origin', inBrowser, () => {
  let browser: Browser;
  let api: TestGateway;
  let port: number;
  const pages = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>a tool</title>');
  });
  beforeAll(async () => {
    await once(pages.listen(0, '127.0.0.1'), 'listening');
    const address = pages.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
    api = await startGateway({
      env: { ALLOWED_ORIGINS: `http://127.0.0.1:${port}`, REQUEST_BODY_BYTES_MAX: '1000' },
    });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await api.close();
    pages.close();
  });

  type Read =
    | { status: number; requestId: string | null; name: string | null; text: string }
    | { failed: string };
  const fetchIn = (tab: Page, path: string, init: object): Promise<Read> =>
    tab.evaluate(
      async ([url, options]) => {
        try {
          const response = await fetch(url, options);
          return {
            status: response.status,
            requestId: response.headers.get('x-request-id'),
            name: response.headers.get('content-disposition'),
            text: await response.text(),
          };
        } catch (error) {
          return { failed: String(error) };
        }
      },
      [`${api.url}${path}`, init] as const,
    );
  it('reads results, errors and files when its origin is listed', async () => {
    const { tab } = await openTab(browser, `http://127.0.0.1:${port}/`);
    const token = `Bearer ${api.token}`;
    expect(await fetchIn(tab, '/graphql', post(token, viewer))).toMatchObject({
      status: 200,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      text: expect.stringContaining('"role":"ADMIN"'),
    });
    expect(await fetchIn(tab, '/graphql', post('Bearer fgw_wrong', viewer))).toMatchObject({
      status: 401,
      text: expect.stringContaining('UNAUTHENTICATED'),
    });
    expect(await fetchIn(tab, '/graphql', post(token, 'x'.repeat(2_000)))).toMatchObject({ status: 413 });
    expect(await fetchIn(tab, '/export/entries.csv', { headers: { authorization: token } })).toMatchObject({
      status: 200,
      name: expect.stringContaining('firmable-entries-'),
    });
    // Credentials would send cookies.
    expect(await fetchIn(tab, '/graphql', { ...post(token, viewer), credentials: 'include' })).toHaveProperty(
      'failed',
    );
    await tab.close();
  });

  it('reads nothing, and its request is not sent, when its origin is not listed', async () => {
    // The same page under another name, and one in a frame without an origin.
    const { tab } = await openTab(browser, `http://localhost:${port}/`);
    expect(await fetchIn(tab, '/graphql', post(`Bearer ${api.token}`, viewer))).toHaveProperty('failed');
    expect(await fetchIn(tab, '/export/entries.csv', {})).toHaveProperty('failed');
    await tab.setContent('<iframe sandbox="allow-scripts" srcdoc="<p>framed</p>"></iframe>');
    await tab.frameLocator('iframe').locator('p').waitFor();
    const framed = tab.frames()[1];
    expect(
      await framed?.evaluate(async (url) => {
        try {
          return (await fetch(url, { headers: { authorization: 'Bearer x' } })).status;
        } catch {
          return `failed in ${origin}`;
        }
      }, `${api.url}/export/entries.csv`),
    ).toBe('failed in null');
    await tab.close();
  });
});
