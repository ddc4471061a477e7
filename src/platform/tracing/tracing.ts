/**
 * Facts of a span: names of OpenTelemetry's semantic conventions, or of this gateway. A value is a word of the gateway, a
 * number or a host of its configuration: never a key, a token, an identifier or a text of a caller.
 */
export type SpanFacts = Readonly<Record<string, string | number | boolean | null | undefined>>;

export type SpanOptions = {
  /** Of few values. */
  name: string;
  /** SERVER: handles a request; CLIENT: sends one; INTERNAL, the default: neither. */
  kind?: 'SERVER' | 'CLIENT' | 'INTERNAL';
  facts?: SpanFacts;
  /** W3C's header, as received: the span continues that trace. Without it the span belongs to the span that is running. */
  traceparent?: string | undefined;
  /** The spans that this one works for. It then begins a trace of its own, and only if one of them is recorded. */
  links?: readonly SpanReference[];
};

/** A span, while its work runs. */
export type TraceSpan = {
  add: (facts: SpanFacts) => void;
  /** Marks the span as failed; `type` is a code or an HTTP status. */
  fail: (type: string) => void;
  /** The header `traceparent` for requests that are sent within the span; null for none. */
  traceparent: () => string | null;
};

/** A span that others link to. */
export type SpanReference = object;

export type Tracer = {
  /** Runs `work` within a span, which ends with it. `work` starts in the same tick. */
  run: <Result>(options: SpanOptions, work: (span: TraceSpan) => Promise<Result>) => Promise<Result>;
  /** The span that is running; null without one. */
  running: () => SpanReference | null;
  /** The ids of that span, for the log. */
  ids: () => { traceId: string; spanId: string } | null;
};

const noSpan: TraceSpan = { add: () => {}, fail: () => {}, traceparent: () => null };

/** A process has one tracer or none. */
const traced: { tracer: Tracer | null } = { tracer: null };

/** Sets the tracer of the process; null: nothing is traced, which is how a process begins. */
export const useTracer = (tracer: Tracer | null): void => {
  traced.tracer = tracer;
};

/** Runs `work` within a span if the process traces, and else just runs it. */
export const inSpan = <Result>(
  options: SpanOptions,
  work: (span: TraceSpan) => Promise<Result>,
): Promise<Result> => (traced.tracer === null ? work(noSpan) : traced.tracer.run(options, work));

/** The span that is running; null without one. */
export const runningSpan = (): SpanReference | null => traced.tracer?.running() ?? null;

/** The ids of the span that is running, for log lines; nothing without one. */
export const spanIds = (): { traceId?: string; spanId?: string } => traced.tracer?.ids() ?? {};
