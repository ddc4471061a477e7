import type { App, Look } from '../app.js';
import { type ProviderUsage, usageByProvider } from '../operations/providers-usage.js';
import { type Drawing, makePanel, type Panel } from '../panel.js';
import { formatLatency, formatNumber, formatShare, providerTitle } from '../format.js';
import { makeShareBars } from '../share-bars.js';
import { makeTable } from '../table.js';
import { usageFile } from './export-path.js';

/** Credits by provider, hit rates, and what each found after others had missed. */
export const makeByProvider = (app: App): Panel =>
  makePanel(app, {
    id: 'by-provider',
    title: 'By provider',
    width: 'third',
    operation: () => usageByProvider,
    variables: ({ period: { from, to }, timeZone }: Look) => ({ from, to, timeZone }),
    draw: ({ usage }) => draw(usage.providers),
    csv: (look) => usageFile(look, 'PROVIDER'),
  });

const draw = (providers: readonly ProviderUsage[]): Drawing => {
  const sorted = providers.toSorted((a, b) => b.creditsCharged - a.creditsCharged || b.attempts - a.attempts);
  const chart = makeShareBars(
    sorted.map((one) => ({
      name: providerTitle(one.provider),
      charged: one.creditsCharged,
      saved: one.creditsSaved,
      notes: [
        `${formatShare(one.hitRate)} hit rate · ${formatNumber(one.found)} found, ${formatNumber(one.notFound)} not`,
        ...fallbacksOf(one, sorted),
      ],
    })),
  );
  const columns = sorted.map((one) => ({
    title: providerTitle(one.provider),
    cell: ({ of }: Measure) => of(one),
    isNumber: true,
  }));
  const table = makeTable(
    'Credits, hit rate and speed by provider',
    [{ title: 'Measure', cell: ({ title }: Measure) => title }, ...columns],
    measures,
  );
  return sorted.length === 0 ? { chart, empty: 'No provider was called in this period.' } : { chart, table };
};

type Measure = { title: string; of: (one: ProviderUsage) => string };

const measures: readonly Measure[] = [
  { title: 'Charged', of: ({ creditsCharged }) => formatNumber(creditsCharged) },
  { title: 'Saved', of: ({ creditsSaved }) => formatNumber(creditsSaved) },
  { title: 'Attempts', of: ({ attempts }) => formatNumber(attempts) },
  { title: 'Found', of: ({ found }) => formatNumber(found) },
  { title: 'Not found', of: ({ notFound }) => formatNumber(notFound) },
  { title: 'Hit rate', of: ({ hitRate }) => formatShare(hitRate) },
  { title: 'Credits per find', of: ({ creditsPerFound }) => creditsPerFound?.toFixed(2) ?? '–' },
  { title: 'Latency p50', of: ({ latency }) => formatLatency(latency.p50Ms) },
  { title: 'Latency p90', of: ({ latency }) => formatLatency(latency.p90Ms) },
];

/** “found 31 % of what Firmable missed, at 1.4 credits each”, for each provider that it came after. */
const fallbacksOf = ({ provider }: ProviderUsage, all: readonly ProviderUsage[]): string[] =>
  all.flatMap((missed) =>
    (missed.fallbacks ?? [])
      .filter((after) => after.provider === provider && after.share !== null)
      .map(({ share, creditsPerFound }) => {
        const price = creditsPerFound === null ? '' : `, at ${creditsPerFound.toFixed(1)} credits each`;
        return `Found ${formatShare(share)} of what ${providerTitle(missed.provider)} missed${price}`;
      }),
  );
