import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facesOf } from '../support/dump.js';
import {
  named,
  newDomain,
  protocols,
  startTracedGateway,
  type TracedGateway,
} from './start-traced-gateway.js';

let app: TracedGateway;
beforeAll(async () => {
  app = await startTracedGateway();
});
afterAll(() => app.close());

describe.each(protocols)('a lookup that is traced over %s', (protocol) => {
  it('has a span for the request, the lookup, the step, the provider call and its HTTP request', async () => {
    const domain = newDomain();
    const spans = await app.traced(() => app.lookUp(domain), { protocol });
    const request = named(spans, 'POST /graphql');
    const lookup = named(spans, 'lookup COMPANY');
    const step = named(spans, 'step FIRMABLE');
    const call = named(spans, 'provider call FIRMABLE');
    const exchange = named(spans, 'GET');
    const chain = [request, lookup, step, call, exchange];
    expect(new Set(chain.map(({ traceId }) => traceId)).size).toBe(1);
    for (const [index, span] of chain.slice(1).entries())
      expect(span.parentSpanId).toBe(chain[index]?.spanId);
    expect(request).toMatchObject({
      kind: 'SERVER',
      parentSpanId: '',
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/graphql',
        'http.response.status_code': 200,
        'graphql.operation.type': 'query',
        'firmable_gateway.lookups': 1,
      },
    });
    expect(lookup.attributes).toMatchObject({
      'firmable_gateway.operation': 'COMPANY',
      'firmable_gateway.outcome': 'FOUND',
      'firmable_gateway.credits_charged': 1,
    });
    expect(step.attributes).toMatchObject({
      'firmable_gateway.provider': 'FIRMABLE',
      'firmable_gateway.step': 1,
      'firmable_gateway.payer': 'CALLER_KEY',
    });
    expect(exchange).toMatchObject({
      kind: 'CLIENT',
      attributes: {
        'http.request.method': 'GET',
        'server.address': '127.0.0.1',
        'server.port': Number(new URL(app.upstreamUrl).port),
        'http.response.status_code': 200,
      },
    });
    expect(app.seenFor(domain).headers['traceparent']).toBe(`00-${exchange.traceId}-${exchange.spanId}-01`);
  });
});

it('links the batches of the ledger to the lookups that they write, and back', async () => {
  const domains = Array.from({ length: 200 }, newDomain);
  const spans = await app.traced(() =>
    app.gateway.post(
      'query Q($by: [CompanyKey!]!) { companies(by: $by) { outcome } }',
      { by: domains.map((domain) => ({ domain })) },
      { 'x-firmable-key': app.key },
    ),
  );
  const steps = spans.filter((span) => span.name === 'step FIRMABLE');
  expect(steps).toHaveLength(200);
  for (const kind of ['reservation', 'settlement']) {
    const batches = spans.filter((span) => span.name === `${kind} batch`);
    const linked = batches.flatMap(({ links }) => links.map(({ spanId }) => spanId));
    expect(linked.toSorted()).toEqual(steps.map(({ spanId }) => spanId).toSorted());
    for (const batch of batches) {
      expect(batch).toMatchObject({ kind: 'CLIENT', parentSpanId: '' });
      expect(batch.attributes).toMatchObject({
        'db.system.name': 'postgresql',
        'firmable_gateway.batch.items': batch.links.length,
      });
      for (const { spanId } of batch.links) {
        const step = steps.find((one) => one.spanId === spanId);
        expect(step?.links).toContainEqual({ traceId: batch.traceId, spanId: batch.spanId });
      }
    }
  }
});

it('marks what failed with its code, and a miss as no failure', async () => {
  const broken = await app.traced(() => app.lookUp(`broken-${newDomain()}`));
  expect(named(broken, 'GET')).toMatchObject({ status: { code: 2 }, attributes: { 'error.type': '502' } });
  for (const failed of ['lookup COMPANY', 'step FIRMABLE', 'provider call FIRMABLE']) {
    expect(named(broken, failed)).toMatchObject({
      status: { code: 2 },
      attributes: { 'error.type': 'PROVIDER_UNAVAILABLE' },
    });
  }
  expect(named(broken, 'POST /graphql').status.code).toBe(0);
  const missed = await app.traced(() => app.lookUp(`missing-${newDomain()}`));
  expect(named(missed, 'lookup COMPANY')).toMatchObject({
    status: { code: 0 },
    attributes: { 'firmable_gateway.outcome': 'NOT_FOUND' },
  });
});

it('says which service, version and instance spans come from', async () => {
  await app.traced(() => app.lookUp(newDomain()));
  expect(app.collector.resources[0]).toMatchObject({
    'service.name': 'firmable-gateway',
    'service.version': '1.2.3',
    'service.instance.id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    'telemetry.sdk.language': 'nodejs',
  });
});

it('has no key, token, identifier or text of the client in any span', async () => {
  const domain = newDomain();
  const canary = `canary${randomBytes(8).toString('hex')}`;
  await app.traced(async () => {
    await app.lookUp(domain, {
      'x-workflow': canary,
      'user-agent': canary,
      'x-request-id': canary,
      baggage: canary,
    });
    await app.gateway.post(`query ${canary} { viewer { role } }`);
    await fetch(`${app.gateway.url}/export/${canary}.csv?after=${canary}`);
    await fetch(`${app.gateway.url}/${app.key}`, { method: 'SEARCH' });
  });
  const { workspaceId, tokenId } = await app.gateway.context.findCaller(app.gateway.token);
  const hidden = [...facesOf(app.key), ...facesOf(app.gateway.token), ...app.recordIds(), domain, canary];
  for (const body of app.collector.bodies) {
    for (const secret of [...hidden, workspaceId, tokenId]) expect(body.includes(secret)).toBe(false);
  }
  for (const { attributes, name: spanName } of app.collector.spans) {
    const texts = [spanName, ...Object.values(attributes)].filter((value) => typeof value === 'string');
    for (const text of texts) expect(text).not.toContain('.example');
  }
});

it('writes the ids of the running span into log lines', async () => {
  const domain = `broken-${newDomain()}`;
  const spans = await app.traced(() => app.lookUp(domain, { 'x-request-id': 'traced-line' }));
  const lines = app.gateway
    .logged()
    .split('\n')
    .filter((line) => line.includes('traced-line'))
    .map((line): Record<string, unknown> => JSON.parse(line));
  const { traceId } = named(spans, 'lookup COMPANY');
  expect(lines.map(({ msg }) => msg)).toEqual(['lookup failed', 'request']);
  for (const line of lines) expect(line['traceId']).toBe(traceId);
});
