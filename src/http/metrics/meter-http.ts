import type { Subscriptions } from '../../subscriptions/subscriptions.js';
import type { Meters } from './meter.js';

/** A finished request. `status` is null if its connection was closed before it got a response. */
export type FinishedRequest = {
  /** One of few, as `methodLabel` returns it. */
  method: string;
  route: string;
  status: number | null;
  /** Null for a subscription, which lasts as long as its client wants. */
  durationMs: number | null;
};

const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Makes the function that counts and measures requests to the gateway. */
export const meterHttp = ({ counter, histogram }: Meters): ((request: FinishedRequest) => void) => {
  const requests = counter('http_requests_total', 'Requests by method, route and status.', [
    'method',
    'route',
    'status',
  ]);
  const durations = histogram(
    'http_request_duration_seconds',
    'Duration of requests, from their headers to the end of their response.',
    ['method', 'route'],
    buckets,
  );
  return ({ method, route, status, durationMs }) => {
    requests.inc({ method, route, status: status === null ? 'closed' : String(status) });
    if (durationMs !== null) durations.observe({ method, route }, durationMs / 1_000);
  };
};

/** Shows how many subscriptions are open. */
export const meterSubscriptions = ({ gauge }: Meters, { count }: Pick<Subscriptions, 'count'>): void => {
  gauge('subscriptions_open', 'Subscriptions that are open.', [], (open) => open.set(count()));
};

/** Makes the function that counts requests that were refused because of their token. */
export const meterTokens = ({ counter }: Meters): ((reason: string) => void) => {
  const refusals = counter('token_refusals_total', 'Requests refused because of their token, by reason.', [
    'reason',
  ]);
  return (reason) => refusals.inc({ reason });
};

/** The method of a request; `other` for unusual ones, of which clients can invent many. */
export const methodLabel = (method: string | undefined): string =>
  method !== undefined && methods.has(method) ? method : 'other';

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'PATCH', 'DELETE']);
