import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { GatewayError } from '../../src/errors.js';
import { type Database, openDatabase } from '../../src/platform/database.js';
import { createLog } from '../../src/platform/log.js';
import { createAuthenticateCaller } from '../../src/http/authenticate-caller.js';
import { createExportHandler } from '../../src/http/export-handler.js';
import type { ExportDeps } from '../../src/usage/exports/table.js';
import { counting, exportDepsOn, linesOf } from '../usage/exports/setup.js';
import { writeUnlock } from '../usage/setup.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';

let store: TestDatabase;
let workspace: Awaited<ReturnType<typeof createWorkspace>>;
const closers: (() => void)[] = [];
const token = 'fgw_exporttokenexporttokenexport1234';
const recordBytes = 200_000;
const records = 200;

/** More records than a socket buffers: forty megabytes in four pages. */
beforeAll(async () => {
  store = await createTestDatabase();
  workspace = await createWorkspace(store.database);
  const body = JSON.stringify({ name: 'x'.repeat(recordBytes), phones: [] });
  for (let index = 0; index < records; index += 1) {
    await writeUnlock(store.database, workspace.id, {
      operation: 'PERSON',
      snapshots: [{ variant: '', body, fetchedAt: new Date() }],
    });
  }
});
afterEach(() => {
  for (const close of closers.splice(0)) close();
});
afterAll(() => store.close());

const onlyThisToken = async (sent: string): Promise<Caller> => {
  if (sent === token) return workspace.as.VIEWER;
  throw new GatewayError('UNAUTHENTICATED', 'This token is not one of the gateway: send a valid one.');
};

/** A server with the export handler only. */
const serve = async (
  { database: given, ...more }: Partial<ExportDeps> & { database?: Database } = {},
  findCaller: (sent: string) => Promise<Caller> = onlyThisToken,
) => {
  let logged = '';
  const log = createLog(
    'debug',
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        logged += chunk.toString('utf8');
        done();
      },
    }),
  );
  const { database, selects } = counting(given ?? store.database);
  const clock = { now: () => new Date('2026-11-23T10:00:00Z') };
  const answer = createExportHandler({
    exports: exportDepsOn(database, more),
    results: { providers: {}, readFields: () => [], recordIdOf: () => '' },
    runReport: (_, read) => read({ database, asOf: clock.now(), fromStandby: false }),
    authenticate: createAuthenticateCaller(
      { findCaller, limitRequests: () => Promise.resolve(null), meterTokenRefusal: () => {} },
      log,
    ),
    clock,
    log,
  });
  const responses: ServerResponse[] = [];
  const server = createServer((request, response) => {
    responses.push(response);
    void answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : null;
  return { url: `http://127.0.0.1:${port}/export`, selects, responses, logged: () => logged };
};

const withToken = { headers: { authorization: `Bearer ${token}` } };

it.each<[string, string, RequestInit, number, string | undefined]>([
  ['no token', 'entries.csv', {}, 401, 'UNAUTHENTICATED'],
  ['another token', 'entries.csv', { headers: { authorization: 'Bearer fgw_x' } }, 401, 'UNAUTHENTICATED'],
  ['a token in the address', `entries.csv?authorization=${token}`, {}, 401, 'UNAUTHENTICATED'],
  ['no token, for what is not there', 'gold.csv', {}, 401, 'UNAUTHENTICATED'],
  ['an export that is not there', 'gold.csv', withToken, 404, 'NOT_FOUND'],
  ['a format that is not there', 'entries.xlsx', withToken, 404, 'NOT_FOUND'],
  ['a path that climbs', '../export/entries.csv/x', withToken, 404, 'NOT_FOUND'],
  ['a filter that is not there', 'entries.csv?colour=red', withToken, 400, 'BAD_REQUEST'],
  ['a foreign cursor', 'entries.csv?after=WyIxIl0', withToken, 400, 'BAD_REQUEST'],
  [
    'an unknown time zone',
    'usage.csv?from=2026-01-01&to=2026-02-01&timeZone=Mars',
    withToken,
    400,
    'BAD_REQUEST',
  ],
  [
    'a period that ends before it begins',
    'entries.csv?from=2026-02-01&to=2026-01-01',
    withToken,
    400,
    'BAD_REQUEST',
  ],
  ['the same of unlocks', 'unlocks.ndjson?from=2026-02-01&to=2026-02-01', withToken, 400, 'BAD_REQUEST'],
  ['another method', 'entries.csv', { ...withToken, method: 'POST' }, 405, undefined],
])('responds in JSON before the first byte when it gets %s', async (_, file, init, status, code) => {
  const { url } = await serve();
  const response = await fetch(`${url}/${file}`, init);
  const body: { error: string; code?: string } = await response.json();
  expect([response.status, body.code, response.headers.get('content-type')]).toEqual([
    status,
    code,
    'application/json; charset=utf-8',
  ]);
  expect(body.error).toMatch(/:/);
  expect(body.error).not.toContain(token);
  expect(response.headers.has('www-authenticate')).toBe(status === 401);
});

it('sends the headers of a file when it is requested by GET or HEAD', async () => {
  const { url } = await serve();
  for (const method of ['GET', 'HEAD']) {
    const response = await fetch(`${url}/unlocks.csv?operation=COMPANY`, { ...withToken, method });
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="firmable-unlocks-2026-11-23.csv"',
      'cache-control': 'no-store',
    });
    expect(response.headers.has('access-control-allow-origin')).toBe(false);
    expect(await response.text()).toMatch(method === 'GET' ? /^unlockId,.*,cursor\r\n$/ : /^$/);
  }
});

it('sends all rows when an export is long', async () => {
  const { url } = await serve();
  const response = await fetch(`${url}/records.ndjson`, withToken);
  expect(response.headers.get('transfer-encoding')).toBe('chunked');
  expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
  const text = await response.text();
  expect(text.length).toBeGreaterThan(records * recordBytes);
  expect(linesOf(text)).toHaveLength(records);
});

it('closes the connection when an export fails after its start', async () => {
  let read = 0;
  const readPerson = (): never | null => {
    read += 1;
    if (read > 75) throw new Error(`secret of ${token}`);
    return null;
  };
  const { url, logged } = await serve({ readPerson });
  const response = await fetch(`${url}/records.ndjson`, withToken);
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow(/terminated|aborted|closed/);
  await vi.waitFor(() => expect(logged()).toContain('an export was aborted'));
  expect(logged()).toContain('errorId');
  expect(logged()).not.toContain(token);
});

it('responds with an error when an export fails at its start', async () => {
  const { url } = await serve({
    readPerson: () => {
      throw new Error('no');
    },
  });
  const response = await fetch(`${url}/records.ndjson`, withToken);
  expect([response.status, await response.json()]).toMatchObject([500, { code: 'INTERNAL' }]);
});

it('returns 503 when the database is unreachable', async () => {
  const away = openDatabase(store.address);
  await away.close();
  const { url } = await serve({ database: away });
  const response = await fetch(`${url}/entries.csv`, withToken);
  expect([response.status, await response.json()]).toMatchObject([503, { code: 'UNAVAILABLE' }]);
});

it('ends an export when its token is revoked', async () => {
  let reads = 0;
  const { url, logged } = await serve({}, async (sent) => {
    reads += 1;
    if (reads > 2) throw new GatewayError('UNAUTHENTICATED', 'This token was revoked: send a valid one.');
    return onlyThisToken(sent);
  });
  const response = await fetch(`${url}/records.ndjson`, withToken);
  await expect(response.text()).rejects.toThrow(/terminated|aborted|closed/);
  await vi.waitFor(() => expect(logged()).toContain('UNAUTHENTICATED'));
});

it('waits when the client does not read, and stops when it disconnects', async () => {
  const { url, selects, responses } = await serve();
  const request = get(`${url}/records.ndjson`, withToken);
  request.on('error', () => {});
  const incoming = await new Promise<IncomingMessage>((resolve) => request.on('response', resolve));
  incoming.pause();
  const [response] = responses;
  // It has written until the sockets were full, and read no further page.
  await vi.waitFor(() => expect(response?.writableNeedDrain).toBe(true), { timeout: 10_000 });
  const readSoFar = selects();
  expect(readSoFar).toBeLessThan(4);
  incoming.destroy();
  await vi.waitFor(() => expect(response?.closed).toBe(true));
  expect(selects()).toBe(readSoFar);
});
