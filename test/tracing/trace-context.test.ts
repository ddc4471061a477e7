import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { named, newDomain, startTracedGateway, type TracedGateway } from './start-traced-gateway.js';

let app: TracedGateway;
beforeAll(async () => {
  app = await startTracedGateway();
});
afterAll(() => app.close());

describe('the trace context of W3C', () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const parent = 'b7ad6b7169203331';

  it('continues the trace of the caller, and sends it to the provider without tracestate and baggage', async () => {
    const domain = newDomain();
    const spans = await app.traced(() =>
      app.lookUp(domain, {
        traceparent: `00-${traceId}-${parent}-01`,
        tracestate: `vendor=${app.key}`,
        baggage: `secret=${app.key}`,
      }),
    );
    expect(named(spans, 'POST /graphql')).toMatchObject({ traceId, parentSpanId: parent, traceState: '' });
    const { headers } = app.seenFor(domain);
    expect(headers['traceparent']).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
    expect(headers).not.toHaveProperty('tracestate');
    expect(headers).not.toHaveProperty('baggage');
  });

  it('records nothing where the caller does not, and says so to the provider', async () => {
    const domain = newDomain();
    const spans = await app.traced(() => app.lookUp(domain, { traceparent: `00-${traceId}-${parent}-00` }));
    expect(spans.filter((span) => span.traceId === traceId || span.name.includes('lookup'))).toEqual([]);
    expect(app.seenFor(domain).headers['traceparent']).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-00$`));
  });

  it.each([
    `00-${traceId}-${parent}`,
    `00-${'0'.repeat(32)}-${parent}-01`,
    `ff-${traceId}-${parent}-01`,
    `00-${traceId.toUpperCase()}-${parent}-01`,
    `00-${traceId}-${parent}-01, 00-${traceId}-${parent}-01`,
    'x'.repeat(5_000),
  ])('begins a trace when the header is malformed (%#)', async (traceparent) => {
    const spans = await app.traced(() => app.lookUp(newDomain(), { traceparent }));
    const request = named(spans, 'POST /graphql');
    expect(request.parentSpanId).toBe('');
    expect(request.traceId).not.toBe(traceId);
  });

  it('is neither read nor sent when OTEL_PROPAGATORS is none', async () => {
    const domain = newDomain();
    const spans = await app.traced(() => app.lookUp(domain, { traceparent: `00-${traceId}-${parent}-01` }), {
      propagates: false,
    });
    expect(named(spans, 'POST /graphql').traceId).not.toBe(traceId);
    expect(app.seenFor(domain).headers).not.toHaveProperty('traceparent');
  });
});
