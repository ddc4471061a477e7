import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSchema } from '../../src/graphql/schema.js';
import { exampleTabs } from '../../src/http/graphiql/example-tabs.js';
import { startServer } from '../../src/http/start-server.js';
import { builtDashboard } from '../support/gateway.js';
import { startGateway, type TestGateway } from './start-gateway.js';

let gateway: TestGateway;
let demoUrl: string;
let closeDemo: () => Promise<void>;
beforeAll(async () => {
  gateway = await startGateway({ parts: { dashboard: builtDashboard } });
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
    expect(policy).toContain("default-src 'none'; script-src 'self'; worker-src 'self';");
    expect(policy).not.toMatch(/script-src[^;]*(unsafe-|data:|blob:)/);
    expect(policy).not.toContain('http');
  });

  it('has every file that it names, each with its type and policy', async () => {
    const text = await (await page(demoUrl)).text();
    const names = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name = '']) => name);
    const workers = ['editorWorkerService', 'json', 'graphql'].map((label) => `/graphiql/${label}.js`);
    expect(names).toHaveLength(5);
    for (const name of [...names, ...workers]) {
      const file = await fetch(`${demoUrl}${name}`);
      expect([name, file.status]).toEqual([name, 200]);
      expect(file.headers.get('content-type')).toMatch(/^(text\/(css|javascript)|image\/svg)/);
      expect(file.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
    const missing = await fetch(`${demoUrl}/graphiql/..%2f..%2fpackage.json`);
    expect(missing.status).toBe(404);
    expect((await fetch(`${demoUrl}/graphiql/graphiql.js`, { method: 'POST' })).status).toBe(405);
  });

  it('has all its addresses under the path of PUBLIC_URL', async () => {
    const publicUrl = 'https://tools.example/gateway';
    const config = { ...gateway.context.config, publicUrl };
    const proxied = await startServer({ ...gateway.context, config });
    const text = await (await page(proxied.url)).text();
    await proxied.close(1_000);
    expect(text.match(/(?:src|href)="(?!\/gateway\/(?:graphiql|dashboard)\/)/g)).toBeNull();
    expect(text).toContain('"basePath":"/gateway"');
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
