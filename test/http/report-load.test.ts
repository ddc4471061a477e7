import { connect } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createReportQueue, type RunReport } from '../../src/usage/report-queue.js';
import { GatewayError } from '../../src/errors.js';
import { newId } from '../../src/platform/ids.js';
import { entryCursors } from '../../src/usage/entry.js';
import { createFakeEnrichment } from '../support/fake-enrichment.js';
import { sendRaw } from './send-raw.js';
import { startGateway, type TestGateway } from './start-gateway.js';
import { json } from './written-requests.js';

let gateway: TestGateway;
let queue: RunReport;
/** Reports that are requested and not read yet, the most at any moment, and how many were read. */
const reports = { now: 0, most: 0, read: 0, refused: false };
const counted: RunReport = async (caller, read, options) => {
  if (reports.refused) throw new GatewayError('LIMIT_EXCEEDED', 'Too many.', { retryAfterSeconds: 10 });
  reports.now += 1;
  reports.most = Math.max(reports.most, reports.now);
  try {
    return await queue(caller, read, options);
  } finally {
    reports.now -= 1;
    reports.read += 1;
  }
};
beforeAll(async () => {
  gateway = await startGateway({ parts: { ...createFakeEnrichment(), runReport: counted } });
  queue = createReportQueue(gateway.context.database);
});
afterAll(() => gateway.close());
beforeEach(() => Object.assign(reports, { now: 0, most: 0, read: 0, refused: false }));

const report = 'usage(from: "2026-01-01", to: "2026-02-01", groupBy: [DAY, WORKFLOW]) { totals { lookups } }';
const authorization = () => `Bearer ${gateway.token}`;
const requests = (count: number): Buffer => {
  const parts = { keepAlive: true, headers: { authorization: authorization() } };
  return Buffer.concat(Array.from({ length: count }, () => json({ query: `{ ${report} }` }, parts)));
};

describe('a client that sends many reports ahead on one connection', () => {
  it('gets all of them in order, one read at a time', async () => {
    const last = json({ query: '{ __typename }' }, { headers: { authorization: authorization() } });
    const answers = await sendRaw(gateway.url, { pieces: [requests(300), last] });
    expect(answers).toHaveLength(301);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(answers.at(-1)?.body).toContain('__typename');
    expect(reports).toMatchObject({ most: 1, read: 300 });
  });

  it('does not delay or fail the lookups of others, and leaves nothing to read when it disconnects', async () => {
    const socket = connect({ port: Number(new URL(gateway.url).port), host: '127.0.0.1' });
    socket.on('error', () => {}).write(requests(5_000));
    await new Promise((resolve) => socket.once('data', resolve));
    for (let n = 0; n < 20; n += 1) {
      const { status, body } = await gateway.post('{ company(by: { id: "f1" }) { outcome } }');
      expect({ status, errors: body.errors }).toEqual({ status: 200, errors: undefined });
    }
    socket.destroy();
    await expect.poll(() => reports.now).toBe(0);
    expect(reports.read).toBeLessThan(5_000);
  });
});

it('refuses a request of 100 reports before it reads one', async () => {
  const query = `{ ${Array.from({ length: 100 }, (_, n) => `r${n}: ${report}`).join(' ')} }`;
  const { body } = await gateway.post(query);
  expect(body.errors?.[0]).toMatchObject({
    message: expect.stringContaining('25 reports'),
    extensions: { code: 'LIMIT_EXCEEDED' },
  });
  expect(reports.read).toBe(0);
});

it('reads the reports, lists and counts of one request in the queue', async () => {
  const after = entryCursors.make(['2026-11-01T00:00:00.000000Z', newId()]);
  const lists = `e: entries(after: "${after}") { nodes { id } totalCount } u: unlocks { nodes { id } totalCount }`;
  const { body } = await gateway.post(`{ r: ${report} ${lists} }`);
  expect(body.errors).toBeUndefined();
  // A page that is the whole list is not counted.
  expect(reports.read).toBe(4);
});

const fetchExport = (headers: Record<string, string> = {}) =>
  fetch(`${gateway.url}/export/usage.csv?from=2026-01-01&to=2026-02-01`, {
    headers: { authorization: authorization(), ...headers },
  });

describe('an export', () => {
  it('returns 429 with Retry-After when too many reports wait', async () => {
    reports.refused = true;
    const response = await fetchExport();
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('10');
    expect(await response.json()).toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it.each([
    ['gzip', true],
    ['br;q=1, gzip;q=0.5', true],
    ['*', true],
    ['gzip;q=0', false],
    ['identity', false],
    ['br', false],
  ])('is compressed if the client accepts it, when Accept-Encoding is %s', async (accepted, zipped) => {
    const target = '/export/usage.csv?from=2026-01-01&to=2026-02-01';
    const head = `GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: ${authorization()}\r\n`;
    const bytes = await readBytes(`${head}Accept-Encoding: ${accepted}\r\n\r\n`);
    expect(bytes.head.includes('content-encoding: gzip')).toBe(zipped);
    expect(bytes.head).toContain('vary: accept-encoding');
    const text = zipped ? gunzipSync(bytes.body).toString('utf8') : bytes.body.toString('utf8');
    expect(text).toMatch(/^startsAt,/);
  });

  it('ignores Range and says so', async () => {
    const response = await fetchExport({ range: 'bytes=0-10' });
    expect(response.status).toBe(200);
    expect(response.headers.get('accept-ranges')).toBe('none');
  });
});

/** The head and the bytes of a chunked response. */
const readBytes = (request: string): Promise<{ head: string; body: Buffer }> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port: Number(new URL(gateway.url).port), host: '127.0.0.1' });
    const received: Buffer[] = [];
    socket.on('data', (data: Buffer) => received.push(data));
    socket.on('error', reject);
    socket.on('close', () => {
      const all = Buffer.concat(received);
      const end = all.indexOf('\r\n\r\n');
      const chunks: Buffer[] = [];
      for (let at = end + 4; at < all.length; ) {
        const lineEnd = all.indexOf('\r\n', at);
        const size = Number.parseInt(all.toString('latin1', at, lineEnd), 16);
        if (!(size > 0)) break;
        chunks.push(all.subarray(lineEnd + 2, lineEnd + 2 + size));
        at = lineEnd + 2 + size + 2;
      }
      resolve({ head: all.toString('latin1', 0, end).toLowerCase(), body: Buffer.concat(chunks) });
    });
    socket.write(request);
  });
