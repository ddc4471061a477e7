import type { Fallback } from '../usage/read-fallbacks.js';
import type { ProviderUsage as Usage } from '../usage/read-usage.js';
import { builder } from './builder.js';
import { ProviderName, toProviderName } from './enums.js';
import { toInt } from './scalars.js';
import { creditsPerFound, totalsFields } from './usage-row.js';

const ProviderFallback = builder.objectRef<Fallback>('ProviderFallback').implement({
  description: 'The results of another provider after this one had no record, later in the same waterfall.',
  fields: (t) => ({
    provider: t.field({
      type: ProviderName,
      nullable: false,
      description: 'The fallback provider.',
      resolve: ({ provider }) => toProviderName(provider),
    }),
    attempts: t.int({
      nullable: false,
      description: 'The number of attempts after a miss.',
      resolve: ({ attempts }) => toInt(attempts),
    }),
    found: t.int({
      nullable: false,
      description: 'The number of records found.',
      resolve: ({ found }) => toInt(found),
    }),
    share: t.float({
      description: 'found / attempts, 0 to 1.',
      resolve: ({ found, attempts }) => (attempts === 0n ? null : Number(found) / Number(attempts)),
    }),
    creditsCharged: t.int({
      nullable: false,
      description: 'The credits charged for these attempts.',
      resolve: ({ creditsCharged }) => toInt(creditsCharged),
    }),
    creditsPerFound: t.float({
      description: 'creditsCharged / found; null if nothing was found.',
      resolve: creditsPerFound,
    }),
  }),
});

/** The results of a provider's attempts, and how to read the fallbacks after its misses. */
export type ProviderUsageShape = Usage & { readFallbacks: () => Promise<Fallback[]> };

export const ProviderUsage = builder.objectRef<ProviderUsageShape>('ProviderUsage').implement({
  description: "The results of one provider's attempts.",
  fields: (t) => ({
    provider: t.field({
      type: ProviderName,
      nullable: false,
      description: 'The provider.',
      resolve: ({ provider }) => toProviderName(provider),
    }),
    ...totalsFields(t),
    fallbacks: t.field({
      type: [ProviderFallback],
      description:
        'The results of other providers after this one had no record (NOT_FOUND) in a waterfall. Filters by workflow, token, operation and sandbox apply; others do not. Null, with an error, where entries of the period are archived.',
      resolve: async (usage) =>
        (await usage.readFallbacks()).filter(({ missedBy }) => missedBy === usage.provider),
    }),
  }),
});
