import { registry } from './setting.js';
import * as shapes from './setting-shapes.js';

const protocols = ['http/protobuf', 'http/json'] as const;

/** What the gateway reads of OpenTelemetry's settings. Its SDK reads the others; docs/monitoring.md lists them. */
export const tracingSettings = {
  otlpEndpoint: shapes.serviceUrl().nullable().register(registry, {
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    default: null,
    description:
      'The OpenTelemetry collector that traces are sent to, such as http://localhost:4318. Unset: nothing is traced.',
  }),
  otlpTracesEndpoint: shapes.serviceUrl().nullable().register(registry, {
    name: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    default: null,
    description: 'The whole URL that traces are sent to. Unset: OTEL_EXPORTER_OTLP_ENDPOINT with /v1/traces.',
  }),
  otlpProtocol: shapes.oneOf(protocols).register(registry, {
    name: 'OTEL_EXPORTER_OTLP_PROTOCOL',
    default: 'http/protobuf',
    description: 'How traces are encoded: http/protobuf or http/json. There is no grpc.',
  }),
  otlpTracesProtocol: shapes.oneOf(protocols).nullable().register(registry, {
    name: 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL',
    default: null,
    description: 'The same, and goes first.',
  }),
  tracesExporter: shapes.oneOf(['otlp', 'none']).register(registry, {
    name: 'OTEL_TRACES_EXPORTER',
    default: 'otlp',
    description: 'none: nothing is traced.',
  }),
  tracingDisabled: shapes.oneOf(['false', 'true']).register(registry, {
    name: 'OTEL_SDK_DISABLED',
    default: 'false',
    description: 'true: nothing is traced.',
  }),
  tracePropagators: shapes.oneOf(['tracecontext', 'tracecontext,baggage', 'none']).register(registry, {
    name: 'OTEL_PROPAGATORS',
    default: 'tracecontext',
    description:
      'tracecontext: traceparent is read from requests, and sent to providers and webhooks. none: it is neither read nor sent. Baggage is never sent.',
  }),
};
