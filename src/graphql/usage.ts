import { type Fallback, readFallbacks } from '../usage/read-fallbacks.js';
import {
  type ProviderUsage as Usage,
  readProviderUsage,
  readUsage,
  usageDimensions,
  type UsageInput,
  type UsagePeriod as Period,
  type UsageReport as Report,
} from '../usage/read-usage.js';
import type { UsageTotals as Totals } from '../usage/usage-sums.js';
import { builder } from './builder.js';
import { readReport } from './context.js';
import { toInt } from './scalars.js';
import { ProviderName, toProviderName } from './enums.js';
import { creditsPerFound, totalsFields, UsageRow } from './usage-row.js';
import { readEntryFilter, UsageFilter } from './entry-filter.js';

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
        'The results of other providers after this one had no record (NOT_FOUND) in a waterfall. Filters by workflow, token, operation and sandbox apply; others do not. It reads up to 200,000 later attempts from the ledger; beyond that it is null, with an error.',
      resolve: async (usage) =>
        (await usage.readFallbacks()).filter(({ missedBy }) => missedBy === usage.provider),
    }),
  }),
});

type Types = typeof builder.$inferSchemaTypes;

const UsageTotals = builder.objectRef<Totals>('UsageTotals').implement({
  description: 'The totals: exactly the sum of the rows.',
  fields: totalsFields,
});

const periodFields = <Shape extends Period>(t: PothosSchemaTypes.ObjectFieldBuilder<Types, Shape>) => ({
  from: t.field({
    type: 'DateTime',
    nullable: false,
    description: 'The start of the period, inclusive.',
    resolve: ({ from }) => from,
  }),
  to: t.field({
    type: 'DateTime',
    nullable: false,
    description: 'The end of the period, exclusive.',
    resolve: ({ to }) => to,
  }),
  totals: t.field({
    type: UsageTotals,
    nullable: false,
    description: 'The summary.',
    resolve: ({ totals }) => totals,
  }),
  rows: t.field({
    type: [UsageRow],
    nullable: false,
    description: 'The rows, in the order of time.',
    resolve: ({ rows }) => rows,
  }),
});

const UsagePeriod = builder.objectRef<Period>('UsagePeriod').implement({
  description: 'The usage of the previous period.',
  fields: periodFields,
});

const UsageReport = builder.objectRef<Report & { asOf: Date; input: UsageInput }>('UsageReport').implement({
  description: 'The usage of a period.',
  fields: (t) => ({
    ...periodFields(t),
    asOf: t.field({
      type: 'DateTime',
      nullable: false,
      description:
        'The report includes every change before this instant. Later ones may be missing where a standby is read.',
      resolve: ({ asOf }) => asOf,
    }),
    previous: t.expose('previous', {
      type: UsagePeriod,
      nullable: true,
      description: 'The previous period; null unless `previous` is true.',
    }),
    providers: t.field({
      type: [ProviderUsage],
      nullable: false,
      description: 'The usage by provider.',
      resolve: async ({ input }, _args, context) => {
        const { caller } = context.lookupRequest;
        const fallbacks = once(() => readReport(context, (deps) => readFallbacks(deps, caller, input)));
        const usage = await readReport(context, (deps) => readProviderUsage(deps, caller, input));
        return usage.map((one) => ({ ...one, readFallbacks: fallbacks }));
      },
    }),
  }),
});

const once = <Value>(read: () => Promise<Value>): (() => Promise<Value>) => {
  let reading: Promise<Value> | null = null;
  return () => (reading ??= read());
};

const UsageDimension = builder.enumType('UsageDimension', {
  description: 'A dimension of a report.',
  values: usageDimensions,
});

builder.queryField('usage', (t) =>
  t.field({
    type: UsageReport,
    nullable: false,
    description: 'A usage report, in any time zone. A report of more than 10,000 rows is refused, not cut.',
    args: {
      from: t.arg({ type: 'DateTime', required: true, description: 'The start of the period, inclusive.' }),
      to: t.arg({ type: 'DateTime', required: true, description: 'The end of the period, exclusive.' }),
      timeZone: t.arg({
        type: 'TimeZone',
        defaultValue: 'UTC',
        description: 'The time zone of hours, days, weeks (from Monday) and months.',
      }),
      groupBy: t.arg({
        type: [UsageDimension],
        defaultValue: [],
        description:
          'The dimensions. Each combination of values is a row. Without dimensions only totals are returned.',
      }),
      filter: t.arg({ type: UsageFilter, description: 'Selects lookups.' }),
      previous: t.arg.boolean({
        defaultValue: false,
        description:
          "Whether to add the previous period, which ends where this one starts. In the report's time zone it has as many months if this period is whole months, as many days if it is whole days, else as many milliseconds.",
      }),
      chargeback: t.arg.boolean({
        defaultValue: false,
        description:
          'Whether to divide charges among workflows, with groupBy: [WORKFLOW]. The charge of a record is divided evenly among the workflows that looked it up in the period. Up to a million attempts.',
      }),
    },
    resolve: async (_root, { filter, ...args }, context) => {
      const input: UsageInput = {
        from: args.from,
        to: args.to,
        timeZone: args.timeZone ?? 'UTC',
        groupBy: args.groupBy ?? [],
        filter: readEntryFilter(filter),
        previous: args.previous ?? false,
        chargeback: args.chargeback ?? false,
      };
      const { caller } = context.lookupRequest;
      return await readReport(context, async (deps) => ({
        ...(await readUsage(deps, caller, input)),
        asOf: deps.asOf,
        input,
      }));
    },
  }),
);
