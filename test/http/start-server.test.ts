import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../src/http/start-server.js';
import { createFakeEnrichment } from '../support/fake-enrichment.js';
import { dataOf, startGateway, type TestGateway } from './start-gateway.js';

let gateway: TestGateway;
let databaseAnswers = true;
let areCurrent = true;
beforeAll(async () => {
  gateway = await startGateway({
    parts: {
      ...createFakeEnrichment(),
      migrationsCurrent: () => (databaseAnswers ? Promise.resolve(areCurrent) : new Promise(() => {})),
    },
  });
});
afterAll(() => gateway.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${gateway.url}${path}`, { headers, redirect: 'manual' });

describe('the operational endpoints', () => {
  it('returns 200 at /healthz when the database does not answer', async () => {
    databaseAnswers = false;
    const response = await get('/healthz');
    databaseAnswers = true;
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      status: 'alive',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
  });

  it('returns 200 at /readyz when the database answers and its migrations are current', async () => {
    expect((await get('/readyz')).status).toBe(200);
  });

  it('returns 503 at /readyz when the database does not answer', async () => {
    databaseAnswers = false;
    const response = await get('/readyz');
    databaseAnswers = true;
    expect(response.status).toBe(503);
  });

  it('returns 503 at /readyz when the migrations are those of another version', async () => {
    areCurrent = false;
    const response = await get('/readyz');
    areCurrent = true;
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('migrations are not current');
  });

  it('reports the version, the settings that are no secret and the health to every role', async () => {
    const query =
      '{ gateway { version readiness standby { lagSeconds } sandbox canEmail publicUrl snapshotMaxAge } }';
    const authorization = `Bearer ${await gateway.tokenOf('VIEWER')}`;
    const read = async () => dataOf(await gateway.post(query, {}, { authorization }), 'gateway');
    const facts = {
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      readiness: 'READY',
      standby: null,
      sandbox: true,
      canEmail: false,
      publicUrl: null,
      snapshotMaxAge: 30 * 86_400,
    };
    expect(await read()).toEqual(facts);
    areCurrent = false;
    expect(await read()).toEqual({ ...facts, readiness: 'MIGRATIONS_NOT_CURRENT' });
    areCurrent = true;
    databaseAnswers = false;
    expect(await read()).toEqual({ ...facts, readiness: 'DATABASE_UNREACHABLE' });
    databaseAnswers = true;
  });

  it.each(['/nothing', '/graphql/x', '/healthz/x', '/%00', '/GRAPHQL', '/graphql%2f'])(
    'returns 404 in JSON when the path is %s',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(404);
      expect(response.headers.get('content-type')).toMatch('application/json');
    },
  );

  it('sends the security headers with every response', async () => {
    for (const path of ['/healthz', '/nothing', '/graphql']) {
      const { headers } = await get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

const minuteMs = 60_000;

/** A server that closes while a request of `lookupMs` is in flight. A minute is longer than any test may take. */
const closeDuringRequest = async (graceMs: number, lookupMs: number) => {
  const enrichment = createFakeEnrichment();
  const begun = new EventEmitter();
  const lookingUp = once(begun, 'lookup');
  const server = await startServer({
    ...gateway.context,
    ...enrichment,
    lookUpCompany: async (request, by, options) => {
      begun.emit('lookup');
      await sleep(lookupMs, undefined, { ref: false });
      return enrichment.lookUpCompany(request, by, options);
    },
  });
  const answer = fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${gateway.token}` },
    body: '{"query":"{ company(by: { id: \\"f1\\" }) { outcome } }"}',
  }).then(
    (response) => response.status,
    () => 'closed',
  );
  await lookingUp;
  return { server, answer, closed: server.close(graceMs) };
};

describe('closing', () => {
  it('finishes a request in flight and accepts no other when the server closes', async () => {
    const { server, answer, closed } = await closeDuringRequest(minuteMs, 300);
    // The server closes a turn of the event loop later.
    const isRefused = (): Promise<boolean> =>
      fetch(`${server.url}/healthz`).then(
        () => false,
        () => true,
      );
    await expect.poll(isRefused).toBe(true);
    expect(await answer).toBe(200);
    await closed;
  });

  it('closes connections when the grace period is over', async () => {
    const { answer, closed } = await closeDuringRequest(200, minuteMs);
    expect(await answer).toBe('closed');
    await closed;
  });

  // node:http itself closes such a connection after 15 s.
  it('closes the connection of a client when it sends nothing', { timeout: 10_000 }, async () => {
    const server = await startServer({ ...gateway.context });
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    const disconnected = once(socket, 'close');
    socket.resume();
    await server.close(300);
    await expect(disconnected).resolves.toBeDefined();
  });
});

it("rejects with Node's error when the port is taken", async () => {
  const port = Number(new URL(gateway.url).port);
  const config = { ...gateway.context.config, port };
  await expect(startServer({ ...gateway.context, config })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

it('keeps idle connections open for KEEP_ALIVE_SECONDS', async () => {
  const gateway = await startGateway({ env: { KEEP_ALIVE_SECONDS: '620' } });
  try {
    const response = await fetch(`${gateway.url}/healthz`);
    expect(response.headers.get('keep-alive')).toBe('timeout=620');
  } finally {
    await gateway.close();
  }
});
