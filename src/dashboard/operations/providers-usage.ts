import type { Operation } from '../operation.js';
import type { Credits, UsageVariables } from './usage.js';

export type ProviderUsage = Credits & {
  provider: string;
  attempts: number;
  found: number;
  notFound: number;
  hitRate: number | null;
  creditsPerFound: number | null;
  latency: { p50Ms: number | null; p90Ms: number | null };
  /** How others did on what this one had missed; null where that is too much to read. */
  fallbacks: { provider: string; share: number | null; creditsPerFound: number | null }[] | null;
};

/** What each provider's attempts came to. */
export const usageByProvider: Operation<UsageVariables, { usage: { providers: ProviderUsage[] } }> = {
  name: 'UsageByProvider',
  text: `query UsageByProvider($from: DateTime!, $to: DateTime!, $timeZone: TimeZone!) {
  usage(from: $from, to: $to, timeZone: $timeZone, groupBy: [PROVIDER]) {
    providers {
      provider
      attempts
      found
      notFound
      hitRate
      creditsCharged
      creditsSaved
      creditsPerFound
      latency {
        p50Ms
        p90Ms
      }
      fallbacks {
        provider
        share
        creditsPerFound
      }
    }
  }
}
`,
};
