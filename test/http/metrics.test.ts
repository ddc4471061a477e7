import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMetrics } from '../../src/http/metrics/create-metrics.js';
import { flagship } from '../../src/sandbox/samples.js';
import { facesOf } from '../support/dump.js';
import { parseMetrics } from './parse-metrics.js';
import { startGateway, type TestGateway } from './start-gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const scrape = (headers: Record<string, string> = { authorization: `Bearer ${gateway.token}` }) =>
  fetch(`${gateway.url}/metrics`, { headers });
const read = async () => parseMetrics(await (await scrape()).text());
const lookUp = (domain: string, headers: Record<string, string> = {}) =>
  gateway.post(
    'query Q($domain: String!) { company(by: {domain: $domain}) { outcome } }',
    { domain },
    headers,
  );

const send = (path: string, method = 'GET') => fetch(`${gateway.url}${path}`, { method });

/** The value of the one sample with these labels; 0 if there is none yet. */
const valueIn = (
  families: Awaited<ReturnType<typeof read>>,
  name: string,
  labels: Record<string, string> = {},
): number => {
  const wanted = Object.entries(labels);
  const family = families.get(name) ?? families.get(name.replace(/_(?:count|sum)$/, ''));
  const found = family?.samples.filter(
    (sample) => sample.name === name && wanted.every(([label, value]) => sample.labels[label] === value),
  );
  expect(found?.length).toBeLessThan(2);
  return found?.[0]?.value ?? 0;
};

it('counts lookups, attempts, credits and calls', async () => {
  const before = await read();
  await lookUp(flagship.domain);
  await lookUp(flagship.domain);
  await lookUp('nobody-at-all.example');
  await lookUp(flagship.domain, { 'x-firmable-key': 'no key' });
  const after = await read();
  const increase = (name: string, labels: Record<string, string>): number =>
    valueIn(after, `firmable_gateway_${name}`, labels) - valueIn(before, `firmable_gateway_${name}`, labels);
  const provider = 'FIRMABLE';
  expect({
    found: increase('lookups_total', { operation: 'COMPANY', outcome: 'FOUND' }),
    notFound: increase('lookups_total', { operation: 'COMPANY', outcome: 'NOT_FOUND' }),
    refused: increase('lookups_total', { operation: 'COMPANY', outcome: 'REFUSED' }),
    foundByCall: increase('attempts_total', { provider, outcome: 'FOUND', source: 'call' }),
    foundInSnapshot: increase('attempts_total', { provider, outcome: 'FOUND', source: 'snapshot' }),
    refusedWithoutCall: increase('attempts_total', { provider, outcome: 'REFUSED', source: 'none' }),
    charged: increase('credits_charged_total', { provider, payer: 'CONNECTION' }),
    saved: increase('credits_saved_total', { provider }),
    calls: increase('provider_call_duration_seconds_count', { provider }),
    waits: increase('rate_limit_wait_seconds_count', { provider }),
    requests: increase('http_requests_total', { method: 'POST', route: '/graphql', status: '200' }),
    durations: increase('http_request_duration_seconds_count', { method: 'POST', route: '/graphql' }),
  }).toEqual({
    found: 2,
    notFound: 1,
    refused: 1,
    foundByCall: 1,
    foundInSnapshot: 1,
    refusedWithoutCall: 1,
    charged: 1,
    saved: 1,
    calls: 2,
    waits: 2,
    requests: 4,
    durations: 4,
  });
  expect(valueIn(after, 'firmable_gateway_circuit_breakers_open', { provider })).toBe(0);
  for (const batch of ['reservation', 'settlement', 'entry', 'permit']) {
    expect(valueIn(after, 'firmable_gateway_batch_items_count', { batch })).toBeGreaterThan(0);
    expect(valueIn(after, 'firmable_gateway_batch_duration_seconds_count', { batch })).toBeGreaterThan(0);
  }
});

it('measures requests to providers by class of status', async () => {
  await lookUp('nobody-at-home.example');
  const families = await read();
  const labels = { provider: 'FIRMABLE', status: '5xx' };
  expect(
    valueIn(families, 'firmable_gateway_provider_request_duration_seconds_count', labels),
  ).toBeGreaterThan(0);
});

it('counts requests by method, route and status, and unknown ones together', async () => {
  await send('/healthz');
  await send('/healthz', 'DELETE');
  await send(`/nowhere/${randomBytes(8).toString('hex')}`);
  await send('/export/nothing.csv?after=x');
  await send('/nowhere', 'SEARCH');
  const families = await read();
  const count = (method: string, route: string, status: string) =>
    valueIn(families, 'firmable_gateway_http_requests_total', { method, route, status });
  expect(count('GET', '/healthz', '200')).toBe(1);
  expect(count('DELETE', '/healthz', '405')).toBe(1);
  expect(count('GET', 'other', '404')).toBe(1);
  expect(count('GET', '/export', '401')).toBe(1);
  expect(count('other', 'other', '404')).toBe(1);
});

it('shows the version and the connections of each pool', async () => {
  const families = await read();
  const labels = { version: gateway.context.version, node: process.versions.node };
  expect(valueIn(families, 'firmable_gateway_build_info', labels)).toBe(1);
  for (const pool of ['ledger', 'general', 'reports']) {
    const max = valueIn(families, 'firmable_gateway_database_connections_max', { pool });
    const busy = valueIn(families, 'firmable_gateway_database_connections', { pool, state: 'busy' });
    const idle = valueIn(families, 'firmable_gateway_database_connections', { pool, state: 'idle' });
    expect(max).toBeGreaterThan(0);
    expect(busy + idle).toBeLessThanOrEqual(max);
    expect(valueIn(families, 'firmable_gateway_database_queries_waiting', { pool })).toBe(0);
  }
});

it('exposes the standard metrics of Node.js with their types', async () => {
  const families = await read();
  expect(families.get('process_cpu_seconds_total')?.type).toBe('counter');
  expect(families.get('nodejs_eventloop_lag_p99_seconds')?.type).toBe('gauge');
  expect(valueIn(families, 'process_resident_memory_bytes')).toBeGreaterThan(1e6);
});

describe('follows the conventions of Prometheus', () => {
  it('in its headers', async () => {
    const { headers } = await scrape();
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('in the names of its own metrics, which the docs list', async () => {
    const own = [...(await read())].filter(([name]) => name.startsWith('firmable_gateway_'));
    const docs = readFileSync(new URL('../../docs/monitoring.md', import.meta.url), 'utf8');
    expect(own.map(([name]) => name).toSorted()).toEqual(
      [...new Set(docs.match(/(?<=^\| `)firmable_gateway_\w+/gm))].toSorted(),
    );
    const units = {
      counter: /_total$/,
      histogram: /_(?:seconds|items)$/,
      gauge: /_(?:open|info|connections|max|waiting|readable|seconds|bytes|charges|credits)$/,
      summary: /never/,
    };
    for (const [name, { type, help }] of own) {
      expect(help).toMatch(/^[A-Z].+\.$/);
      expect(name).toMatch(units[type]);
    }
  });

  const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
  if (!hasPromtool)
    console.warn('PROMTOOL IS NOT INSTALLED (package prometheus): /metrics is not checked by it.');
  it.skipIf(!hasPromtool)('as promtool checks them', async () => {
    const input = await (await scrape()).text();
    const { stderr, stdout } = spawnSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' });
    const faults = `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
    // prom-client's own gauges bear these names, which dashboards of Node.js expect.
    const known = /^nodejs_active_(?:handles|requests|resources)_total .*"_total" suffix/;
    expect(faults.filter((line) => !known.test(line))).toEqual([]);
  });
});

it('has no samples and records nothing when it is closed', async () => {
  const metrics = createMetrics({
    version: '1.2.3',
    database: gateway.context.database,
    breakers: { states: () => new Map() },
    subscriptions: { count: () => 0 },
  });
  expect(parseMetrics(await metrics.text()).size).toBeGreaterThan(10);
  metrics.close();
  await lookUp('nobody-at-all.example');
  expect((await metrics.text()).trim()).toBe('');
});

it('answers any token that may read, and refuses other requests', async () => {
  const viewer = await gateway.tokenOf('VIEWER');
  expect((await scrape({ authorization: `Bearer ${viewer}` })).status).toBe(200);
  const refused = await scrape({});
  expect(refused.status).toBe(401);
  expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer/);
  expect((await scrape({ authorization: `Bearer fgw_${'x'.repeat(43)}` })).status).toBe(401);
  expect((await fetch(`${gateway.url}/metrics`, { method: 'POST' })).status).toBe(405);
});

it('contains no workspace, workflow, record or key', async () => {
  const key = `fbl_sandbox_canary${randomBytes(8).toString('hex')}`;
  await lookUp(flagship.domain, { 'x-firmable-key': key, 'x-workflow': 'a-secret-plan' });
  const text = await (await scrape()).text();
  const { workspaceId, tokenId } = await gateway.context.findCaller(gateway.token);
  const secrets = [...facesOf(key), 'a-secret-plan', flagship.domain, workspaceId, tokenId, gateway.token];
  for (const secret of secrets) expect(text).not.toContain(secret);
});
