import { readFallbacks } from '../usage/read-fallbacks.js';
import {
  readProviderUsage,
  readUsage,
  usageDimensions,
  type UsageInput,
  type UsagePeriod as Period,
  type UsageReport as Report,
} from '../usage/read-usage.js';
import type { UsageTotals as Totals } from '../usage/usage-sums.js';
import { builder } from './builder.js';
import { readEntryFilter, UsageFilter } from './entry-filter.js';
import { ProviderUsage } from './usage-providers.js';
import { UsageRow } from './usage-row.js';
import { totalsFields } from './usage-totals.js';

type Types = typeof builder.$inferSchemaTypes;

const UsageTotals = builder.objectRef<Totals>('UsageTotals').implement({
  description: 'Everything in sum: exactly the sum of the rows.',
  fields: totalsFields,
});

const periodFields = <Shape extends Period>(t: PothosSchemaTypes.ObjectFieldBuilder<Types, Shape>) => ({
  from: t.field({
    type: 'DateTime',
    nullable: false,
    description: 'The beginning, which counts in.',
    resolve: ({ from }) => from,
  }),
  to: t.field({
    type: 'DateTime',
    nullable: false,
    description: 'The end, which does not.',
    resolve: ({ to }) => to,
  }),
  totals: t.field({
    type: UsageTotals,
    nullable: false,
    description: 'In sum.',
    resolve: ({ totals }) => totals,
  }),
  rows: t.field({
    type: [UsageRow],
    nullable: false,
    description: 'By group, in the order of time.',
    resolve: ({ rows }) => rows,
  }),
});

const UsagePeriod = builder.objectRef<Period>('UsagePeriod').implement({
  description: 'What was asked and spent in the period before.',
  fields: periodFields,
});

const UsageReport = builder.objectRef<Report & { asked: UsageInput }>('UsageReport').implement({
  description: 'What was asked and spent in a period, added up exactly.',
  fields: (t) => ({
    ...periodFields(t),
    previous: t.expose('previous', {
      type: UsagePeriod,
      nullable: true,
      description: 'The period before, if it was asked for.',
    }),
    providers: t.field({
      type: [ProviderUsage],
      nullable: false,
      description: 'By provider, and how each did on what the others had missed.',
      resolve: async ({ asked }, _args, { app, lookupRequest }) => {
        const fallbacks = once(() => readFallbacks(app, lookupRequest.caller, asked));
        const usage = await readProviderUsage(app, lookupRequest.caller, asked);
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
  description: 'What to group by.',
  values: usageDimensions,
});

builder.queryField('usage', (t) =>
  t.field({
    type: UsageReport,
    nullable: false,
    description:
      'Who spent how much on what, in any time zone. Up to 10,000 rows; a report that would have more is refused, never cut.',
    args: {
      from: t.arg({ type: 'DateTime', required: true, description: 'The beginning, which counts in.' }),
      to: t.arg({ type: 'DateTime', required: true, description: 'The end, which does not.' }),
      timeZone: t.arg({
        type: 'TimeZone',
        defaultValue: 'UTC',
        description: 'Whose clocks cut hours, days, weeks (from Monday) and months.',
      }),
      groupBy: t.arg({
        type: [UsageDimension],
        defaultValue: [],
        description: 'One row for each combination; totals alone if empty.',
      }),
      filter: t.arg({ type: UsageFilter, description: 'Which lookups.' }),
      previous: t.arg.boolean({
        defaultValue: false,
        description:
          'Whether to add the period before, which ends where this one begins. On the clocks of the time zone: from the first of a month to the first of a month it is as many months long, from midnight to midnight as many days; else as many milliseconds.',
      }),
      chargeback: t.arg.boolean({
        defaultValue: false,
        description:
          'Whether to tell what each workflow bears, with groupBy: [WORKFLOW]. What was charged for a record is spread evenly over the workflows that asked for it in the period, whoever was first. Up to a million attempts.',
      }),
    },
    resolve: async (_root, { filter, ...args }, { app, lookupRequest }) => {
      const asked: UsageInput = {
        from: args.from,
        to: args.to,
        timeZone: args.timeZone ?? 'UTC',
        groupBy: args.groupBy ?? [],
        filter: readEntryFilter(filter),
        previous: args.previous ?? false,
        chargeback: args.chargeback ?? false,
      };
      return { ...(await readUsage(app, lookupRequest.caller, asked)), asked };
    },
  }),
);
