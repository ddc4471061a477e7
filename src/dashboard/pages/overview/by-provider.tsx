import type { JSX } from 'preact';
import { UsageByProviderDocument, type UsageByProviderQuery } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { ShareBars } from '../../charts/share-bars.js';
import { formatLatency, formatNumber, formatShare, providerTitle } from '../../ui/format.js';
import { Table } from '../../ui/table.js';
import { FiguresPanel } from './figures-panel.js';
import { usePeriodVariables } from './use-period-variables.js';

type ProviderUsage = UsageByProviderQuery['usage']['providers'][number];

/** Credits by provider, hit rates, and what each found after others had missed. */
export const ByProvider = (): JSX.Element => {
  const variables = usePeriodVariables();
  return (
    <FiguresPanel
      title="By provider"
      width="half"
      query={{ document: UsageByProviderDocument, variables }}
      reading={useReading(UsageByProviderDocument, variables)}
      groupBy="PROVIDER"
      emptyOf={({ usage }) =>
        usage.providers.length === 0 ? 'No provider was called in this period.' : null
      }
      chart={({ usage }) => <Shares providers={sorted(usage.providers)} />}
      table={({ usage }) => (
        <Table
          caption="Credits, hit rate and latency by provider"
          columns={[
            { title: 'Measure', cell: ({ title }: Measure) => title },
            ...sorted(usage.providers).map((one) => ({
              title: providerTitle(one.provider),
              cell: ({ of }: Measure) => of(one),
              isNumber: true,
            })),
          ]}
          rows={measures}
          keyOf={({ title }) => title}
        />
      )}
    />
  );
};

const sorted = (providers: readonly ProviderUsage[]): ProviderUsage[] =>
  providers.toSorted((a, b) => b.creditsCharged - a.creditsCharged || b.attempts - a.attempts);

const Shares = ({ providers }: { providers: readonly ProviderUsage[] }): JSX.Element => (
  <ShareBars
    shares={providers.map((one) => ({
      key: one.provider,
      name: providerTitle(one.provider),
      charged: one.creditsCharged,
      saved: one.creditsSaved,
      notes: [
        `${formatShare(one.hitRate)} hit rate · ${formatNumber(one.found)} found, ${formatNumber(one.notFound)} not`,
        ...fallbacksOf(one, providers),
      ],
    }))}
  />
);

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

/** “Found 31 % of what Firmable missed, at 1.4 credits each”, for each provider that it came after. */
const fallbacksOf = ({ provider }: ProviderUsage, all: readonly ProviderUsage[]): string[] =>
  all.flatMap((missed) =>
    (missed.fallbacks ?? [])
      .filter((after) => after.provider === provider && after.share !== null)
      .map(({ share, creditsPerFound }) => {
        const price = creditsPerFound === null ? '' : `, at ${creditsPerFound.toFixed(1)} credits each`;
        return `Found ${formatShare(share)} of what ${providerTitle(missed.provider)} missed${price}`;
      }),
  );
