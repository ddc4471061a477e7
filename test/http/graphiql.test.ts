import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse, validate } from 'graphql';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSchema } from '../../src/graphql/schema.js';
import { exampleTabs } from '../../src/http/graphiql/example-tabs.js';
import { startServer } from '../../src/http/start-server.js';
import { browserPath, launchBrowser, openTab } from '../support/browser.js';
import { startGateway, type TestGateway } from './start-gateway.js';

let gateway: TestGateway;
let demoUrl: string;
let closeDemo: () => Promise<void>;
beforeAll(async () => {
  gateway = await startGateway();
  const demo = await startServer({ ...gateway.context, offerToken: () => Promise.resolve(gateway.token) });
  demoUrl = demo.url;
  closeDemo = () => demo.close(1_000);
});
afterAll(async () => {
  await closeDemo();
  await gateway.close();
});

const page = (url: string, headers: Record<string, string> = {}) =>
  fetch(`${url}/graphql`, { headers: { accept: 'text/html', ...headers } });

describe('the page', () => {
  it('loads without a token, and permits only its own scripts and this origin', async () => {
    const response = await page(gateway.url);
    expect(response.status).toBe(200);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/script-src ('sha256-[^']+' )+blob:/);
    expect(policy).not.toMatch(/script-src[^;]*unsafe-(inline|eval)/);
    expect(policy).not.toContain('http');
  });

  it('contains the demo token only when the demo is on', async () => {
    expect(await (await page(demoUrl)).text()).toContain(gateway.token);
    expect(await (await page(gateway.url)).text()).not.toContain(gateway.token);
  });

  it('contains no demo token when the host name is not local', async () => {
    const { request } = await import('node:http');
    const body = await new Promise<string>((resolve, reject) => {
      const headers = { accept: 'text/html', host: 'rebound.example' };
      request(`${demoUrl}/graphql`, { headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve(text));
      })
        .on('error', reject)
        .end();
    });
    expect(body).toContain('<title>firmable-gateway</title>');
    expect(body).not.toContain(gateway.token);
  });

  it('returns 304 when the browser has cached it', async () => {
    const etag = (await page(gateway.url)).headers.get('etag') ?? '';
    expect((await page(gateway.url, { 'if-none-match': etag })).status).toBe(304);
  });
});

it('has only examples that are valid against the API', () => {
  const schema = createSchema();
  for (const { query } of exampleTabs(new Date())) expect(validate(schema, parse(query))).toEqual([]);
});

const shown = async (tab: Page): Promise<string> =>
  (await tab.locator('.graphiql-response').innerText()).replaceAll('\u00a0', ' ');

/** Runs the operation of the first tab when it is loaded. */
const run = async (tab: Page): Promise<void> => {
  await expect
    .poll(() => tab.locator('.graphiql-query-editor').innerText(), { timeout: 60_000 })
    .toContain('EnrichByDomain');
  await tab.getByRole('button', { name: /Execute query/ }).click();
  await expect.poll(() => shown(tab), { timeout: 60_000 }).toContain('"outcome"');
};

describe.skipIf(browserPath === undefined)('in a browser', { timeout: 150_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  const open = (url: string) => openTab(browser, `${url}/graphql`);

  it('runs the first example without errors when it is offline', async () => {
    const { tab, strays, complaints } = await open(demoUrl);
    await run(tab);
    await tab.screenshot({ path: path.join(tmpdir(), 'firmable-gateway-graphiql.png') });
    expect(await tab.locator('.graphiql-tab').count()).toBe(7);
    expect(await shown(tab)).toContain('Harbourline');
    expect(strays).toEqual([]);
    expect(complaints).toEqual([]);
    await tab.close();
  });

  it('keeps the tabs and the demo token when it reloads', async () => {
    const { tab, complaints } = await open(demoUrl);
    await tab.locator('.graphiql-tab').nth(6).waitFor();
    await tab.reload();
    await run(tab);
    expect(await tab.locator('.graphiql-tab').count()).toBe(7);
    expect(complaints).toEqual([]);
    await tab.close();
  });
});
