import type { CircuitBreakers } from '../../providers/circuit-breaker.js';
import type { ExchangeFacts } from '../../providers/http/create-sender.js';
import type { Meters } from './meter.js';

export type ProviderMeters = {
  /** Measures one HTTP request to a provider. */
  onExchange: (provider: string, exchange: ExchangeFacts) => void;
  /** Measures how long a call waits for its permit, also where it gets none. */
  meterPermit: <Permit>(provider: string, acquire: () => Promise<Permit>) => Promise<Permit>;
};

const requestBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 45];
const waitBuckets = [0.001, 0.005, 0.02, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Measures what is sent to providers. `providerOf` has the provider of each account that was called. */
export const meterProviders = (
  { histogram, gauge }: Meters,
  breakers: Pick<CircuitBreakers, 'states'>,
  providerOf: ReadonlyMap<string, string>,
): ProviderMeters => {
  const requests = histogram(
    'provider_request_duration_seconds',
    'Duration of HTTP requests to providers, from the first byte on, by class of status; closed: no whole response.',
    ['provider', 'status'],
    requestBuckets,
  );
  const waits = histogram(
    'rate_limit_wait_seconds',
    'Time that calls waited for a permit within the limit of their provider.',
    ['provider'],
    waitBuckets,
  );
  gauge(
    'circuit_breakers_open',
    'Provider accounts whose circuit breaker is open or half-open, by provider.',
    ['provider'],
    (open) => {
      for (const provider of providerOf.values()) open.set({ provider }, 0);
      for (const [accountId, { state }] of breakers.states()) {
        const provider = providerOf.get(accountId);
        if (state !== 'CLOSED' && provider !== undefined) open.inc({ provider });
      }
    },
  );
  return {
    onExchange: (provider, { durationMs, status }) =>
      requests.observe(
        { provider, status: status === null ? 'closed' : `${Math.floor(status / 100)}xx` },
        durationMs / 1_000,
      ),
    meterPermit: async (provider, acquire) => {
      const startedMs = performance.now();
      try {
        return await acquire();
      } finally {
        waits.observe({ provider }, (performance.now() - startedMs) / 1_000);
      }
    },
  };
};
