import { percentile, type UsageSum, type UsageTotals as Totals } from '../usage/usage-sums.js';
import { builder } from './builder.js';
import { toInt } from './credits.js';

const meanings: Record<UsageSum, string> = {
  lookups: 'How many lookups started.',
  attempts:
    'How many times a provider was tried for them: found, notFound, refused, failed and unknown together. Waterfalls may take several for one ask.',
  found: 'Attempts that came to a record.',
  notFound: 'Attempts for what the provider does not have.',
  refused: 'Attempts that were not made or turned away.',
  failed: 'Attempts that broke, at no cost.',
  unknown: 'Attempts of which it is not known whether they were charged.',
  fromSnapshot: 'Attempts that were answered from our copy, without asking the provider.',
  creditsCharged: 'Credits spent.',
  creditsSaved:
    'Credits not spent, because the record was ours already: what it cost when it was bought, never a guess.',
};

export const creditsPerFound = ({ creditsCharged, found }: Pick<Totals, 'creditsCharged' | 'found'>) =>
  found === 0n ? null : Number(creditsCharged) / Number(found);

export const hitRate = ({ found, notFound }: Pick<Totals, 'found' | 'notFound'>) =>
  found + notFound === 0n ? null : Number(found) / Number(found + notFound);

const Latency = builder.objectRef<readonly number[]>('Latency').implement({
  description:
    'How long calls took. Times are upper bounds, the next power of two: half of all calls took p50Ms or less. Null without calls, and beyond 65,536 ms.',
  fields: (t) => ({
    calls: t.int({
      nullable: false,
      description: 'How many calls were timed. Answers from our copy are none.',
      resolve: (bins) => bins.reduce((sum, calls) => sum + calls, 0),
    }),
    p50Ms: t.int({
      description: 'Half of the calls took at most this.',
      resolve: (bins) => percentile(bins, 0.5),
    }),
    p90Ms: t.int({
      description: '90 % of the calls took at most this.',
      resolve: (bins) => percentile(bins, 0.9),
    }),
    p99Ms: t.int({
      description: '99 % of the calls took at most this.',
      resolve: (bins) => percentile(bins, 0.99),
    }),
  }),
});

type Types = typeof builder.$inferSchemaTypes;

/** The fields of everything that is added up. */
export const totalsFields = <Shape extends Totals>(t: PothosSchemaTypes.ObjectFieldBuilder<Types, Shape>) => {
  const sum = (name: UsageSum) =>
    t.int({ nullable: false, description: meanings[name], resolve: (totals) => toInt(totals[name]) });
  return {
    lookups: sum('lookups'),
    attempts: sum('attempts'),
    found: sum('found'),
    notFound: sum('notFound'),
    refused: sum('refused'),
    failed: sum('failed'),
    unknown: sum('unknown'),
    fromSnapshot: sum('fromSnapshot'),
    creditsCharged: sum('creditsCharged'),
    creditsSaved: sum('creditsSaved'),
    hitRate: t.float({
      description: 'found / (found + notFound), 0 to 1; null where there are neither.',
      resolve: hitRate,
    }),
    creditsPerFound: t.float({
      description: 'creditsCharged / found; null where nothing was found.',
      resolve: creditsPerFound,
    }),
    latency: t.field({
      type: Latency,
      nullable: false,
      description: 'How long calls took.',
      resolve: ({ latencies }) => latencies,
    }),
  };
};
