import { AsyncLocalStorage } from 'node:async_hooks';
import { hostname } from 'node:os';
import {
  type Attributes,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import { ExportResultCode, parseTraceParent } from '@opentelemetry/core';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { newId } from '../ids.js';
import type { Log } from '../log.js';
import { withTimeout } from '../with-timeout.js';
import type { SpanFacts, SpanReference, Tracer, TraceSpan } from './tracing.js';

export type TracingOptions = {
  /** Where spans are sent. */
  url: string;
  protocol: 'http/protobuf' | 'http/json';
  /** Whether traceparent is read from requests and sent with them. */
  propagates: boolean;
  version: string;
  log: Log;
};

/** The links of a batch: above the size of any. */
const linksMax = 1_024;

/**
 * Starts OpenTelemetry's SDK, which reads its other settings (OTEL_*) from the environment: service and resource, sampler,
 * limits, queue, and the exporter's headers, certificates and timeout. Spans are queued in memory and sent in the
 * background. While the collector does not take them they are dropped, which is logged once.
 */
export const startOpenTelemetry = async ({
  url,
  protocol,
  propagates,
  version,
  log,
}: TracingOptions): Promise<{ tracer: Tracer; close: (timeoutMs: number) => Promise<void> }> => {
  const { OTLPTraceExporter } =
    protocol === 'http/json'
      ? await import('@opentelemetry/exporter-trace-otlp-http')
      : await import('@opentelemetry/exporter-trace-otlp-proto');
  const { host } = new URL(url);
  const own = {
    'service.name': 'firmable-gateway',
    'service.version': version,
    'service.instance.id': newId(),
    'host.name': hostname(),
  };
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes(own))
      .merge(detectResources({ detectors: [envDetector] })),
    spanLimits: { linkCountLimit: linksMax },
    spanProcessors: [new BatchSpanProcessor(logFaults(new OTLPTraceExporter({ url }), host, log))],
  });
  const tracer = createTracer(provider, { version, propagates });
  const close = (timeoutMs: number): Promise<void> =>
    withTimeout(timeoutMs, provider.shutdown(), () => new Error('late')).catch(() => {
      log.warn({ host }, 'the last traces could not be exported');
    });
  return { tracer, close };
};

/** The same exporter, which logs once that it fails, and once that it works again. */
const logFaults = (exporter: SpanExporter, host: string, log: Log): SpanExporter => {
  let failed = false;
  return {
    export: (spans, done) => {
      exporter.export(spans, (result) => {
        const fails = result.code !== ExportResultCode.SUCCESS;
        if (fails && !failed) log.warn({ host, cause: causeOf(result.error) }, 'traces cannot be exported');
        if (!fails && failed) log.info({ host }, 'traces are exported again');
        failed = fails;
        // An error that is passed on would be reported to the SDK's own log.
        done({ code: result.code });
      });
    },
    forceFlush: async () => await exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
};

/** A code or a status. The message of an exporter's error may quote what the collector answered. */
const causeOf = (error: (Error & { code?: unknown }) | undefined): string => {
  const code =
    error?.code ?? (error?.cause instanceof Error && 'code' in error.cause ? error.cause.code : null);
  if (typeof code === 'number') return `HTTP ${code}`;
  return typeof code === 'string' && code !== '' ? code : 'no answer in time';
};

const kinds = { SERVER: SpanKind.SERVER, CLIENT: SpanKind.CLIENT, INTERNAL: SpanKind.INTERNAL } as const;

/** A tracer whose running span follows the asynchronous work. */
const createTracer = (
  provider: BasicTracerProvider,
  { version, propagates }: { version: string; propagates: boolean },
): Tracer => {
  const tracer = provider.getTracer('firmable-gateway', version);
  const running = new AsyncLocalStorage<Span>();

  const parentOf = (traceparent: string | undefined, isServer: boolean) => {
    if (!isServer) {
      const parent = running.getStore();
      return parent === undefined ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, parent);
    }
    const remote = traceparent === undefined || !propagates ? null : parseTraceParent(traceparent);
    return remote === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...remote, isRemote: true });
  };

  return {
    run: (options, work) => {
      const { name, kind = 'INTERNAL', facts = {}, links } = options;
      const linked = links?.filter(isSpan);
      if (linked?.every((span) => !span.isRecording()) === true) return work(shown(unrecorded, false));
      const context = linked === undefined ? parentOf(options.traceparent, kind === 'SERVER') : ROOT_CONTEXT;
      const span = tracer.startSpan(
        name,
        {
          kind: kinds[kind],
          attributes: attributesOf(facts),
          links: (linked ?? []).map((one) => ({ context: one.spanContext() })),
        },
        context,
      );
      for (const one of linked ?? []) one.addLink({ context: span.spanContext() });
      return running.run(span, () => endAfter(span, work(shown(span, propagates))));
    },
    running: () => running.getStore() ?? null,
    ids: () => {
      const span = running.getStore();
      if (span === undefined) return null;
      const { traceId, spanId } = span.spanContext();
      return { traceId, spanId };
    },
  };
};

const isSpan = (reference: SpanReference): reference is Span => 'addLink' in reference;

const unrecorded = trace.wrapSpanContext({ traceId: '', spanId: '', traceFlags: TraceFlags.NONE });

const endAfter = async <Result>(span: Span, work: Promise<Result>): Promise<Result> => {
  try {
    return await work;
  } catch (error) {
    fail(span, error instanceof Error ? error.name : typeof error);
    throw error;
  } finally {
    span.end();
  }
};

const fail = (span: Span, type: string): void => {
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR });
};

const shown = (span: Span, propagates: boolean): TraceSpan => ({
  add: (facts) => void span.setAttributes(attributesOf(facts)),
  fail: (type) => fail(span, type),
  // Without tracestate and baggage, which are texts of the caller.
  traceparent: () => {
    const context = span.spanContext();
    if (!propagates || !isSpanContextValid(context)) return null;
    const flags = (context.traceFlags & TraceFlags.SAMPLED).toString(16).padStart(2, '0');
    return `00-${context.traceId}-${context.spanId}-${flags}`;
  },
});

const attributesOf = (facts: SpanFacts): Attributes =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[name, value]],
    ),
  );
