import { QueryCache, QueryClient } from '@tanstack/preact-query';
import { RequestError } from './request-error.js';

const everyMs = 10_000;
const retriesMs = [2_000, 4_000, 8_000, 15_000, 30_000] as const;

/**
 * Reads again every ten seconds while the page is visible. While the gateway does not answer it keeps what is shown, and
 * retries at growing intervals. A refusal is not retried before the next ten seconds. `signedOut` runs when the token is
 * refused.
 */
export const createQueryClient = (signedOut: (why: string) => void): QueryClient =>
  new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof RequestError && error.kind === 'SIGNED_OUT') signedOut(error.message);
      },
    }),
    defaultOptions: {
      queries: {
        networkMode: 'always',
        refetchInterval: everyMs,
        refetchOnWindowFocus: 'always',
        retry: (_count, error) => error instanceof RequestError && error.kind === 'UNREACHABLE',
        retryDelay: (count) => retriesMs[Math.min(count, retriesMs.length - 1)] ?? everyMs,
      },
      // What was sent is forgotten with the dialog that sent it: it may have a key.
      mutations: { networkMode: 'always', retry: false, gcTime: 0 },
    },
  });
