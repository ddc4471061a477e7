import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { flagship } from '../../src/sandbox/samples.js';
import { facesOf } from '../support/dump.js';
import { startGateway, type TestGateway } from './start-gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const scrape = (headers: Record<string, string> = { authorization: `Bearer ${gateway.token}` }) =>
  fetch(`${gateway.url}/metrics`, { headers });
/** Every series by its name and labels. */
const read = async (): Promise<Map<string, number>> => {
  const lines = (await (await scrape()).text()).split('\n').filter((line) => /^[a-z]/.test(line));
  return new Map(
    lines.map((line): [string, number] => [
      line.slice(0, line.lastIndexOf(' ')),
      Number(line.split(' ').at(-1)),
    ]),
  );
};
const company = (domain: string, headers: Record<string, string> = {}) =>
  gateway.post(
    'query Q($domain: String!) { company(by: {domain: $domain}) { outcome } }',
    { domain },
    headers,
  );

it('counts asks, attempts, credits and calls', async () => {
  const before = await read();
  await company(flagship.domain);
  await company(flagship.domain);
  await company('nobody-at-all.example');
  await company(flagship.domain, { 'x-firmable-key': 'no key' });
  const after = await read();
  const grown = (series: string): number => (after.get(series) ?? 0) - (before.get(series) ?? 0);
  expect({
    found: grown('firmable_gateway_asks_total{operation="COMPANY",outcome="FOUND"}'),
    notFound: grown('firmable_gateway_asks_total{operation="COMPANY",outcome="NOT_FOUND"}'),
    refused: grown('firmable_gateway_asks_total{operation="COMPANY",outcome="REFUSED"}'),
    byCall: grown('firmable_gateway_attempts_total{provider="FIRMABLE",outcome="FOUND",from="call"}'),
    byCopy: grown('firmable_gateway_attempts_total{provider="FIRMABLE",outcome="FOUND",from="snapshot"}'),
    turnedAway: grown('firmable_gateway_attempts_total{provider="FIRMABLE",outcome="REFUSED",from="none"}'),
    charged: grown('firmable_gateway_credits_charged_total{provider="FIRMABLE",payer="CONNECTION"}'),
    saved: grown('firmable_gateway_credits_saved_total{provider="FIRMABLE"}'),
    calls: grown('firmable_gateway_call_seconds_count{provider="FIRMABLE"}'),
  }).toEqual({
    found: 2,
    notFound: 1,
    refused: 1,
    byCall: 1,
    byCopy: 1,
    turnedAway: 1,
    charged: 1,
    saved: 1,
    calls: 2,
  });
  expect(after.get('firmable_gateway_breakers_open{provider="FIRMABLE"}')).toBe(0);
  expect(after.get('firmable_gateway_group_items_count')).toBeGreaterThan(0);
  expect(after.get('process_resident_memory_bytes')).toBeGreaterThan(1e6);
  expect(after.get('nodejs_eventloop_lag_seconds{quantile="1"}')).toBeGreaterThanOrEqual(0);
});

it('is in the format that Prometheus reads', async () => {
  const response = await scrape();
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const text = await response.text();
  expect(text.endsWith('\n')).toBe(true);
  for (const line of text.trimEnd().split('\n')) {
    expect(line).toMatch(
      /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [\d.e+-]+)$/,
    );
  }
});

it('answers any token that may read, and nobody without one', async () => {
  const viewer = await gateway.tokenOf('VIEWER');
  expect((await scrape({ authorization: `Bearer ${viewer}` })).status).toBe(200);
  const refused = await scrape({});
  expect(refused.status).toBe(401);
  expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer/);
  expect((await scrape({ authorization: `Bearer fgw_${'x'.repeat(43)}` })).status).toBe(401);
  expect((await fetch(`${gateway.url}/metrics`, { method: 'POST' })).status).toBe(404);
});

it('tells of no workspace, workflow, record or key', async () => {
  const key = `fbl_sandbox_canary${randomBytes(8).toString('hex')}`;
  await company(flagship.domain, { 'x-firmable-key': key, 'x-workflow': 'a-secret-plan' });
  const text = await (await scrape()).text();
  const { workspaceId, tokenId } = await gateway.context.findCaller(gateway.token);
  for (const word of [
    ...facesOf(key),
    'a-secret-plan',
    flagship.domain,
    workspaceId,
    tokenId,
    gateway.token,
  ]) {
    expect(text).not.toContain(word);
  }
});
