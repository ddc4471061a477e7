import { percentile, type UsageSum, type UsageTotals as Totals } from '../usage/usage-sums.js';
import type { Chargeback as Share } from '../usage/read-chargeback.js';
import type { UsageRow as Row } from '../usage/read-usage.js';
import { builder } from './builder.js';
import { toInt } from './scalars.js';
import { Connection } from './connection.js';
import { Operation, ProviderName, toOperation, toProviderName } from './enums.js';
import { Outcome, PayerKind, toPayerKind } from './receipt.js';
import { Token } from './token.js';

const meanings: Record<UsageSum, string> = {
  lookups: 'The number of lookups.',
  attempts:
    'The number of attempts: found, notFound, refused, failed and unknown together. A waterfall may take several for one lookup.',
  found: 'Attempts that found a record.',
  notFound: 'Attempts that found no record.',
  refused: 'Attempts that were not sent, or that the provider refused.',
  failed: 'Attempts that failed without a charge.',
  unknown: 'Attempts that may have been charged.',
  fromSnapshot: 'Attempts that served a cached snapshot without calling the provider.',
  creditsCharged: 'The credits charged.',
  creditsSaved: 'The credits saved by unlocked records: what they cost when they were bought.',
};

export const creditsPerFound = ({ creditsCharged, found }: Pick<Totals, 'creditsCharged' | 'found'>) =>
  found === 0n ? null : Number(creditsCharged) / Number(found);

export const hitRate = ({ found, notFound }: Pick<Totals, 'found' | 'notFound'>) =>
  found + notFound === 0n ? null : Number(found) / Number(found + notFound);

const Latency = builder.objectRef<readonly number[]>('Latency').implement({
  description:
    'The latency of provider calls. Values are rounded up to the next power of two. Null without calls, and beyond 65,536 ms.',
  fields: (t) => ({
    calls: t.int({
      nullable: false,
      description: 'The number of timed calls. Cached snapshots are not counted.',
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

/** The fields of all totals. */
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
      description: 'found / (found + notFound), 0 to 1; null if there are neither.',
      resolve: hitRate,
    }),
    creditsPerFound: t.float({
      description: 'creditsCharged / found; null if nothing was found.',
      resolve: creditsPerFound,
    }),
    latency: t.field({
      type: Latency,
      nullable: false,
      description: 'The latency of provider calls.',
      resolve: ({ latencies }) => latencies,
    }),
  };
};

const Chargeback = builder.objectRef<Share>('Chargeback').implement({
  description:
    "The share of a workflow. The credits of all workflows add up to the period's creditsCharged, and their remainders to 0.",
  fields: (t) => ({
    credits: t.int({
      nullable: false,
      description: 'The share in whole credits, by the largest remainder.',
      resolve: ({ credits }) => toInt(credits),
    }),
    share: t.exposeFloat('share', { nullable: false, description: 'The exact share, to six decimals.' }),
    remainder: t.exposeFloat('remainder', {
      nullable: false,
      description: 'share minus credits: what rounding removed; negative if it added.',
    }),
  }),
});

export const UsageRow = builder.objectRef<Row>('UsageRow').implement({
  description:
    'One group. Labels that the report is not grouped by are null, as are labels that the lookups do not have.',
  fields: (t) => ({
    startsAt: t.expose('startsAt', {
      type: 'DateTime',
      nullable: true,
      description: "When the hour, day, week or month starts in the report's time zone.",
    }),
    startsAtLocal: t.exposeString('startsAtLocal', {
      description:
        "The same by the clocks of the report's time zone, such as `2026-11-01 00:00`: the label of the row. Where clocks go back, an hour comes twice.",
    }),
    endsAt: t.expose('endsAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the hour, day, week or month ends: where the next one starts. `entries` from the later of `startsAt` and the start of the report, to the earlier of `endsAt` and its end, add up to the row.',
    }),
    connection: t.field({
      type: Connection,
      description: 'The connection that paid, even if deleted; null if no connection did.',
      resolve: ({ connectionId }, _args, { loaders }) => loaders.connection(connectionId),
    }),
    provider: t.field({
      type: ProviderName,
      description: 'The provider.',
      resolve: ({ provider }) => (provider === null ? null : toProviderName(provider)),
    }),
    operation: t.field({
      type: Operation,
      description: 'The operation.',
      resolve: ({ operation }) => (operation === null ? null : toOperation(operation)),
    }),
    workflow: t.exposeString('workflow', { description: 'The workflow.' }),
    token: t.field({
      type: Token,
      description: 'The token of the request.',
      resolve: ({ tokenId }, _args, { loaders }) => loaders.token(tokenId),
    }),
    outcome: t.expose('outcome', {
      type: Outcome,
      nullable: true,
      description: 'The outcome of the attempts.',
    }),
    payer: t.field({
      type: PayerKind,
      description: 'The kind of payer.',
      resolve: ({ payer }) => (payer === null ? null : toPayerKind(payer)),
    }),
    sandbox: t.exposeBoolean('sandbox', {
      description: 'Whether the lookups went to the sandbox; null unless grouped by SANDBOX.',
    }),
    others: t.exposeInt('others', {
      description:
        'How many groups of the period the row stands for: those that are not the largest, with `top`. Their labels are null. Null in a row of one group.',
    }),
    ...totalsFields(t),
    chargeback: t.expose('chargeback', {
      type: Chargeback,
      nullable: true,
      description: 'The share of the workflow; null unless `chargeback` is true.',
    }),
  }),
});
