import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import protobuf from 'protobufjs';
import * as z from 'zod';

/** What the tests read of opentelemetry/proto/trace/v1/trace.proto, with its numbers. */
const schema = `syntax = "proto3";
message Request { repeated ResourceSpans resource_spans = 1; }
message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
message Resource { repeated KeyValue attributes = 1; }
message ScopeSpans { repeated Span spans = 2; }
message Span {
  bytes trace_id = 1; bytes span_id = 2; string trace_state = 3; bytes parent_span_id = 4; string name = 5; int32 kind = 6;
  fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8; repeated KeyValue attributes = 9;
  repeated Link links = 13; Status status = 15;
}
message Link { bytes trace_id = 1; bytes span_id = 2; }
message Status { string message = 2; int32 code = 3; }
message KeyValue { string key = 1; AnyValue value = 2; }
message AnyValue { oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4; } }`;

const attributes = z
  .array(
    z.object({
      key: z.string(),
      value: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    }),
  )
  .default([])
  .transform((list) =>
    Object.fromEntries(
      list.map(({ key, value }) => {
        const [[kind, shown] = ['', '']] = Object.entries(value);
        return [key, kind === 'intValue' ? Number(shown) : shown] as const;
      }),
    ),
  );
const kinds = ['', 'INTERNAL', 'SERVER', 'CLIENT'];
const span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().default(''),
  traceState: z.string().default(''),
  name: z.string(),
  kind: z.number().transform((kind) => kinds[kind] ?? ''),
  attributes,
  links: z.array(z.object({ traceId: z.string(), spanId: z.string() })).default([]),
  status: z.object({ code: z.number().default(0), message: z.string().default('') }).prefault({}),
});
const message = z.object({
  resourceSpans: z
    .array(
      z.object({
        resource: z.object({ attributes }),
        scopeSpans: z.array(z.object({ spans: z.array(span) })),
      }),
    )
    .default([]),
});

export type CollectedSpan = z.infer<typeof span>;

export type Collector = {
  url: string;
  spans: CollectedSpan[];
  /** The attributes of the resources that spans came from. */
  resources: Record<string, string | number | boolean>[];
  /** The bodies, as they were received and decompressed. */
  bodies: Buffer[];
  headers: IncomingHttpHeaders[];
  close: () => Promise<void>;
};

const hex = (bytes: string): string => Buffer.from(bytes, 'base64').toString('hex');

/** The protobuf message in the shape that OTLP's JSON has: ids in hexadecimal. */
const decode = (body: Buffer): unknown => {
  const type = protobuf.parse(schema, { keepCase: false }).root.lookupType('Request');
  const plain = type.toObject(type.decode(body), { bytes: String, longs: String });
  return JSON.parse(JSON.stringify(plain), (key, value: unknown) =>
    /^(?:traceId|spanId|parentSpanId)$/.test(key) ? hex(String(value)) : value,
  );
};

/** A receiver of OTLP over HTTP, protobuf and JSON. `respond` is the status of each request; null: none. */
export const startCollector = async (respond: () => number | null = () => 200): Promise<Collector> => {
  const collector: Omit<Collector, 'url' | 'close'> = { spans: [], resources: [], bodies: [], headers: [] };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const status = respond();
      if (status === null) return;
      if (status === 200) {
        const sent = Buffer.concat(chunks);
        const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
        const isJson = request.headers['content-type'] === 'application/json';
        const { resourceSpans } = message.parse(isJson ? JSON.parse(body.toString()) : decode(body));
        collector.bodies.push(body);
        collector.headers.push(request.headers);
        for (const { resource, scopeSpans } of resourceSpans) {
          collector.resources.push(resource.attributes);
          for (const { spans } of scopeSpans) collector.spans.push(...spans);
        }
      }
      response.writeHead(status, { 'content-type': request.headers['content-type'] }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
  const { port } = server.address() as AddressInfo;
  return {
    ...collector,
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
