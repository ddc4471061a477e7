import type { Top, TopMeasure } from '../usage/top-groups.js';
import { usageDimensions, type UsageInput } from '../usage/read-usage.js';
import { builder } from './builder.js';
import { readEntryFilter, UsageFilter, type UsageFilterInput } from './entry-filter.js';

const UsageDimension = builder.enumType('UsageDimension', {
  description: 'A dimension of a report.',
  values: usageDimensions,
});

const UsageMeasure = builder.enumType('UsageMeasure', {
  description: 'By what groups of a report are compared, over its whole period.',
  values: {
    CREDITS_CHARGED: { value: 'creditsCharged', description: 'By the credits charged.' },
    CREDITS_SAVED: { value: 'creditsSaved', description: 'By the credits saved.' },
    LOOKUPS: { value: 'lookups', description: 'By the number of lookups.' },
    ATTEMPTS: { value: 'attempts', description: 'By the number of attempts.' },
  } as const satisfies Record<string, { value: TopMeasure; description: string }>,
});

const UsageTop = builder.inputType('UsageTop', {
  description: 'How many groups of a report have rows of their own.',
  fields: (t) => ({
    groups: t.int({ required: true, description: '1 to 1,000.' }),
    by: t.field({
      type: UsageMeasure,
      required: true,
      defaultValue: 'creditsCharged',
      description: 'The largest come first.',
    }),
  }),
});

type ArgumentBuilder = Parameters<Parameters<typeof builder.queryField>[1]>[0]['arg'];

/** The arguments of a report, without its period. */
export const reportArguments = (arg: ArgumentBuilder) => ({
  timeZone: arg({
    type: 'TimeZone',
    defaultValue: 'UTC',
    description: 'The time zone of hours, days, weeks (from Monday) and months.',
  }),
  groupBy: arg({
    type: [UsageDimension],
    defaultValue: [],
    description:
      'The dimensions. Each combination of values is a row. Without dimensions only totals are returned.',
  }),
  filter: arg({ type: UsageFilter, description: 'Selects lookups.' }),
  previous: arg.boolean({
    defaultValue: false,
    description:
      "Whether to add the previous period, which ends where this one starts. In the report's time zone it has as many months if this period is whole months, as many days if it is whole days, else as many milliseconds.",
  }),
  top: arg({
    type: UsageTop,
    description:
      'The largest groups of labels in the period, for a chart. The others have one row together for each time, so that the totals are the same. The previous period has its own largest groups.',
  }),
  chargeback: arg.boolean({
    defaultValue: false,
    description:
      'Whether to divide charges among workflows, with groupBy: [WORKFLOW]. The charge of a record is divided evenly among the workflows that looked it up in the period. Up to a million attempts.',
  }),
});

export type ReportArguments = {
  timeZone?: string | null | undefined;
  groupBy?: UsageInput['groupBy'] | null | undefined;
  filter?: UsageFilterInput | null | undefined;
  previous?: boolean | null | undefined;
  chargeback?: boolean | null | undefined;
  top?: Top | null | undefined;
};

/** What a report of these arguments reads. */
export const inputOf = (
  { from, to }: { from: Date; to: Date },
  { timeZone, groupBy, filter, chargeback, top }: ReportArguments,
): UsageInput => ({
  from,
  to,
  timeZone: timeZone ?? 'UTC',
  groupBy: groupBy ?? [],
  filter: readEntryFilter(filter),
  chargeback: chargeback ?? false,
  top: top ?? null,
});
