import { randomBytes } from 'node:crypto';
import { startOpenTelemetry } from '../../src/platform/tracing/open-telemetry.js';
import { useTracer } from '../../src/platform/tracing/tracing.js';
import { type Answered, startGateway, type TestGateway } from '../http/start-gateway.js';
import { fullCompany } from '../providers/firmable/examples.js';
import { json, type Seen, startUpstream } from '../providers/firmable/start-upstream.js';
import { silentLog } from '../support/silent-log.js';
import { type CollectedSpan, type Collector, startCollector } from './start-collector.js';

export const protocols = ['http/protobuf', 'http/json'] as const;

export type TracedGateway = {
  gateway: TestGateway;
  collector: Collector;
  upstreamUrl: string;
  /** The key that pays for all lookups. */
  key: string;
  /** The ids of all records that the upstream has returned. */
  recordIds: () => string[];
  lookUp: (domain: string, headers?: Record<string, string>) => Promise<Answered>;
  /** Runs `work` with a tracer, and returns the spans that it caused. */
  traced: (
    work: () => Promise<unknown>,
    options?: { protocol?: (typeof protocols)[number]; propagates?: boolean },
  ) => Promise<CollectedSpan[]>;
  /** The request that the upstream received for a domain. */
  seenFor: (domain: string) => Seen;
  close: () => Promise<void>;
};

/** A gateway between an upstream and a collector. Domains with `missing` are missed, those with `broken` fail. */
export const startTracedGateway = async (): Promise<TracedGateway> => {
  const ids = new Map<string, string>();
  const idFor = (url: string): string => {
    const id = ids.get(url) ?? `f${String(ids.size + 1).padStart(12, '0')}`;
    ids.set(url, id);
    return id;
  };
  const collector = await startCollector();
  const upstream = await startUpstream((response, { url }) =>
    url.includes('missing')
      ? json(response, 500, { error: 'Company profile not found' })
      : url.includes('broken')
        ? json(response, 502, { error: 'broken' })
        : json(response, 200, { ...fullCompany, id: idFor(url) }),
  );
  const gateway = await startGateway({
    env: { FIRMABLE_BASE_URL: upstream.url, LOOKUPS_PER_REQUEST_MAX: '500' },
  });
  const key = `fbl_live_${randomBytes(12).toString('hex')}`;
  const query = 'query Look($domain: String!) { company(by: { domain: $domain }) { outcome } }';
  return {
    gateway,
    collector,
    upstreamUrl: upstream.url,
    key,
    recordIds: () => [...ids.values()],
    lookUp: (domain, headers = {}) => gateway.post(query, { domain }, { 'x-firmable-key': key, ...headers }),
    traced: async (work, options = {}) => {
      const before = collector.spans.length;
      const { tracer, close } = await startOpenTelemetry({
        url: `${collector.url}/v1/traces`,
        protocol: 'http/protobuf',
        propagates: true,
        version: '1.2.3',
        log: silentLog,
        ...options,
      });
      useTracer(tracer);
      await work();
      // The span of a request ends when the gateway has noticed that its response was sent.
      await gateway.post('{ __typename }');
      useTracer(null);
      await close(10_000);
      return collector.spans.slice(before);
    },
    seenFor: (domain) => {
      const found = upstream.seen.find(({ url }) => url.includes(domain));
      if (found === undefined) throw new Error(`nothing was sent for ${domain}`);
      return found;
    },
    close: async () => {
      useTracer(null);
      await gateway.close();
      await upstream.close();
      await collector.close();
    },
  };
};

/** A domain that nobody has looked up. */
export const newDomain = (): string => `${randomBytes(6).toString('hex')}.example`;

/** The first span with this name; throws without one. */
export const named = (spans: readonly CollectedSpan[], wanted: string): CollectedSpan => {
  const found = spans.find((span) => span.name === wanted);
  if (found === undefined) throw new Error(`no span ${wanted} among ${spans.map(({ name }) => name).join()}`);
  return found;
};
