import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { demoToken } from '../../src/demo.js';
import { newId } from '../../src/platform/ids.js';
import { type Server, startServer } from '../../src/http/start-server.js';
import { requestFor, buy, openLedger } from '../ledger/setup.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { builtDashboard } from '../support/gateway.js';
import { createTestApp, encryptionKey, type TestApp } from '../support/create-test-app.js';

const token = demoToken(encryptionKey);

type Started = { app: TestApp; server: Server };

/** The gateway as `npm start` runs it on an empty machine: the demo, unless `env` says otherwise. */
const startOn = async (database: TestDatabase, env: Record<string, string> = {}): Promise<Started> => {
  const app = await createTestApp({
    database,
    env: { GATEWAY_BOOTSTRAP_TOKEN: '', ...env },
    embedded: true,
    logLevel: 'silent',
    replaced: { dashboard: builtDashboard },
  });
  return { app, server: await startServer(app.gateway) };
};
const stop = async ({ app, server }: Started): Promise<void> => {
  await server.close(100);
  await app.close();
};

const paths = ['/', '/graphql'];
const fetchPage = (url: string, path: string, headers: Record<string, string> = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const options = { headers: { accept: 'text/html', ...headers } };
    request(`${url}${path}`, options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve(text));
    })
      .on('error', reject)
      .end();
  });

/** The pages that contain the token. Each page must be complete, so that an empty one does not pass. */
const offeredAt = async (url: string, headers: Record<string, string> = {}): Promise<string[]> => {
  const pages = await Promise.all(paths.map((path) => fetchPage(url, path, headers)));
  for (const page of pages) expect(page).toContain('</html>');
  return paths.filter((_, at) => pages[at]?.includes(token));
};

describe('shows the token', () => {
  let store: TestDatabase;
  let gateway: Started;
  beforeAll(async () => {
    store = await createTestDatabase();
    gateway = await startOn(store);
  });
  afterAll(async () => {
    await stop(gateway);
    await store.close();
  });

  it('in all pages when a browser connects directly', async () => {
    expect(gateway.app.gateway.firstToken).toBe(token);
    expect(await offeredAt(gateway.server.url)).toEqual(paths);
  });

  it.each([
    ['forwarded', 'for=203.0.113.9;proto=https'],
    ['x-forwarded-for', '203.0.113.9'],
    ['x-forwarded-host', 'demo.example'],
    ['x-forwarded-proto', 'https'],
    ['x-forwarded-server', 'demo.example'],
    ['x-real-ip', '203.0.113.9'],
    ['via', '1.1 Caddy'],
    ['cf-connecting-ip', '203.0.113.9'],
    ['cf-ray', '230b030023ae2822-SJC'],
    ['cdn-loop', 'cloudflare'],
    ['true-client-ip', '203.0.113.9'],
    ['x-client-ip', '203.0.113.9'],
    ['x-cluster-client-ip', '203.0.113.9'],
    ['fastly-client-ip', '203.0.113.9'],
    ['fly-client-ip', '203.0.113.9'],
    ['x-original-forwarded-for', '203.0.113.9'],
    ['x-envoy-external-address', '203.0.113.9'],
    ['x-azure-clientip', '203.0.113.9'],
    ['x-appengine-user-ip', '203.0.113.9'],
  ])('in no page when a local proxy sends %s', async (name, value) => {
    expect(await offeredAt(gateway.server.url, { [name]: value })).toEqual([]);
    expect(await offeredAt(gateway.server.url, { [name]: '' })).toEqual([]);
  });

  it('in no page when a local proxy speaks HTTP/1.0, as nginx does by default', async () => {
    const { hostname, port, host } = new URL(gateway.server.url);
    for (const path of paths) {
      const page = await new Promise<string>((resolve, reject) => {
        let text = '';
        const socket = connect(Number(port), hostname, () =>
          socket.write(`GET ${path} HTTP/1.0\r\nHost: ${host}\r\nAccept: text/html\r\n\r\n`),
        );
        socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        socket.on('end', () => resolve(text)).on('error', reject);
      });
      expect(page).toContain('</html>');
      expect(page).not.toContain(token);
    }
  });
});

describe('shows the token in no page', () => {
  let store: TestDatabase;
  let gateway: Started;
  beforeEach(async () => {
    store = await createTestDatabase();
    gateway = await startOn(store);
  });
  afterEach(async () => {
    await stop(gateway);
    await store.close();
  });

  const post = async (query: string, variables: object = {}): Promise<string> => {
    const response = await fetch(`${gateway.server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    return response.text();
  };
  const connectKey = async (key: string): Promise<string> => {
    const answer = await post(
      `mutation M($input: CreateConnectionInput!) { createConnection(input: $input) { connection { id } } }`,
      { input: { provider: 'FIRMABLE', name: `one ${newId()}`, key, verify: false } },
    );
    return /con_[\w-]+/.exec(answer)?.[0] ?? '';
  };

  it('when a real key is connected, and after it was deleted or the gateway restarted', async () => {
    await connectKey('fbl_sandbox_another');
    expect(await offeredAt(gateway.server.url)).toEqual(paths);
    const id = await connectKey(`fbl_${randomBytes(16).toString('hex')}`);
    expect(id).not.toBe('');
    expect(await offeredAt(gateway.server.url)).toEqual([]);
    await post('mutation M($id: ID!) { deleteConnection(id: $id) { userErrors { code } } }', { id });
    expect(await offeredAt(gateway.server.url)).toEqual([]);
    const again = await startOn(store);
    expect(await offeredAt(again.server.url)).toEqual([]);
    await stop(again);
    // The token itself is still valid.
    expect(await post('{ viewer { token { role } } }')).toContain('"ADMIN"');
  });

  it('when a record was bought with a real key of the caller', async () => {
    const { workspaceId } = await gateway.app.gateway.findCaller(token);
    const ledger = openLedger(store.database);
    await buy(
      ledger,
      requestFor({ workspaceId, accountId: newId() }, 'company:domain:a.example'),
      'company:a',
    );
    await ledger.close(1_000);
    expect(await offeredAt(gateway.server.url)).toEqual([]);
  });

  it('when the operator has a key', async () => {
    const managed = await startOn(store, { MANAGED_FIRMABLE_KEY: 'fbl_sandbox_operators' });
    expect(await offeredAt(managed.server.url)).toEqual([]);
    await stop(managed);
  });

  it('when it is revoked', async () => {
    await store.database.sql`update tokens set revoked_at = now()`;
    await expect.poll(() => offeredAt(gateway.server.url), { timeout: 10_000 }).toEqual([]);
  });
});
