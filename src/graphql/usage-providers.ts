import type { Fallback } from '../usage/read-fallbacks.js';
import type { ProviderUsage as Usage } from '../usage/read-usage.js';
import { builder } from './builder.js';
import { toInt } from './credits.js';
import { ProviderName, toProviderName } from './enums.js';
import { creditsPerFound, totalsFields } from './usage-totals.js';

const ProviderFallback = builder.objectRef<Fallback>('ProviderFallback').implement({
  description: 'How another provider did where this one had missed, later in the same waterfall.',
  fields: (t) => ({
    provider: t.field({
      type: ProviderName,
      nullable: false,
      description: 'Who was asked after the miss.',
      resolve: ({ provider }) => toProviderName(provider),
    }),
    attempts: t.int({
      nullable: false,
      description: 'How many of the misses it was asked for.',
      resolve: ({ attempts }) => toInt(attempts),
    }),
    found: t.int({
      nullable: false,
      description: 'How many of those it found.',
      resolve: ({ found }) => toInt(found),
    }),
    share: t.float({
      description: 'found / attempts, 0 to 1.',
      resolve: ({ found, attempts }) => (attempts === 0n ? null : Number(found) / Number(attempts)),
    }),
    creditsCharged: t.int({
      nullable: false,
      description: 'Credits spent on those attempts.',
      resolve: ({ creditsCharged }) => toInt(creditsCharged),
    }),
    creditsPerFound: t.float({
      description: 'creditsCharged / found; null where nothing was found.',
      resolve: creditsPerFound,
    }),
  }),
});

/** What a provider's attempts came to, and how to learn what others did with its misses. */
export type ProviderUsageShape = Usage & { readFallbacks: () => Promise<Fallback[]> };

export const ProviderUsage = builder.objectRef<ProviderUsageShape>('ProviderUsage').implement({
  description: "What one provider's attempts came to.",
  fields: (t) => ({
    provider: t.field({
      type: ProviderName,
      nullable: false,
      description: 'Who was asked.',
      resolve: ({ provider }) => toProviderName(provider),
    }),
    ...totalsFields(t),
    fallbacks: t.field({
      type: [ProviderFallback],
      description:
        'How the others did on what it had missed (NOT_FOUND) in waterfalls. Filters by workflow, token, operation and sandbox narrow it, others do not. Read from the ledger itself, up to 200,000 later attempts: beyond that it is null, with an error.',
      resolve: async (usage) =>
        (await usage.readFallbacks()).filter(({ missedBy }) => missedBy === usage.provider),
    }),
  }),
});
