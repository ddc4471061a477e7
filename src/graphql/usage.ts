import type { GraphQLResolveInfo } from 'graphql';
import { authorize } from '../access/caller.js';
import { readPresentMonth } from '../usage/present-month.js';
import { readFallbacks } from '../usage/read-fallbacks.js';
import {
  isByProvider,
  providersIn,
  readProviderUsage,
  readUsage,
  readUsageInput,
  type UsageInput,
  type UsagePeriod as Period,
} from '../usage/read-usage.js';
import { readPreviousUsage } from '../usage/read-previous-usage.js';
import type { UsageTotals as Totals } from '../usage/usage-sums.js';
import { builder } from './builder.js';
import { type GatewayContext, readReport } from './context.js';
import { openStream } from './open-stream.js';
import { ProviderUsage } from './provider-usage.js';
import { totalsFields, UsageRow } from './usage-row.js';
import { selectsField } from './selects-field.js';
import { inputOf, type ReportArguments, reportArguments } from './usage-arguments.js';

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
    description: 'The sums of all rows.',
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

type Report = Period & { previous: Period | null; asOf: Date; input: UsageInput };

const UsageReport = builder.objectRef<Report>('UsageReport').implement({
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
      resolve: async ({ input, rows }, _args, context) => {
        const { caller } = context.lookupRequest;
        const sharedBy = ['fallbacks', input];
        const fallbacks = once(() =>
          readReport(context, (deps) => readFallbacks(deps, caller, input), { sharedBy }),
        );
        const usage = isByProvider(input)
          ? providersIn(rows)
          : await readReport(context, (deps) => readProviderUsage(deps, caller, input), {
              sharedBy: ['providers', input],
            });
        return usage.map((one) => ({ ...one, readFallbacks: fallbacks }));
      },
    }),
  }),
});

const once = <Value>(read: () => Promise<Value>): (() => Promise<Value>) => {
  let reading: Promise<Value> | null = null;
  return () => (reading ??= read());
};

const readReportOf = async (
  context: GatewayContext,
  period: { from: Date; to: Date },
  { previous: withPrevious, ...args }: ReportArguments,
  info: GraphQLResolveInfo,
): Promise<Report> => {
  const input = { ...inputOf(period, args), latencies: selectsField(info, 'latency') };
  const read = (name: string, of: typeof readUsage): Promise<Period & { asOf: Date }> =>
    readReport(
      context,
      async (deps) => ({ ...(await of(deps, context.lookupRequest.caller, input)), asOf: deps.asOf }),
      { sharedBy: [name, input] },
    );
  const [report, previous] = await Promise.all([
    read('usage', readUsage),
    withPrevious === true ? read('previous usage', readPreviousUsage) : null,
  ]);
  const asOf = previous !== null && previous.asOf < report.asOf ? previous.asOf : report.asOf;
  return { ...report, previous, asOf, input };
};

builder.queryField('usage', (t) =>
  t.field({
    type: UsageReport,
    nullable: false,
    description: 'A usage report, in any time zone. A report of more than 10,000 rows is refused, not cut.',
    args: {
      from: t.arg({ type: 'DateTime', required: true, description: 'The start of the period, inclusive.' }),
      to: t.arg({ type: 'DateTime', required: true, description: 'The end of the period, exclusive.' }),
      ...reportArguments(t.arg),
    },
    resolve: (_root, { from, to, ...args }, context, info) => readReportOf(context, { from, to }, args, info),
  }),
);

type LivePeriod = { from?: Date | null | undefined; to?: Date | null | undefined };

const periodOf = async (
  { app }: GatewayContext,
  { from, to, timeZone }: LivePeriod & Pick<ReportArguments, 'timeZone'>,
) => {
  const month = await readPresentMonth(app, timeZone ?? 'UTC');
  return { from: from ?? month.from, to: to ?? month.to };
};

builder.subscriptionField('usage', (t) =>
  t.field({
    type: UsageReport,
    nullable: false,
    description:
      'The usage report of a period: at once, and again when entries were written, at most once a second.',
    args: {
      from: t.arg({
        type: 'DateTime',
        description: 'The start of the period, inclusive; the start of the present month if omitted.',
      }),
      to: t.arg({
        type: 'DateTime',
        description: 'The end of the period, exclusive; the end of the present month if omitted.',
      }),
      ...reportArguments(t.arg),
    },
    subscribe: async (_root, args, context) => {
      const { caller } = context.lookupRequest;
      authorize(caller, 'read');
      // What is wrong now is wrong at each event: it ends the stream before it begins.
      readUsageInput(inputOf(await periodOf(context, args), args));
      const { workspaceId } = caller;
      return await openStream(context, {
        topic: 'usage',
        key: { workspaceId, id: workspaceId },
        read: () => Promise.resolve({ events: [null] }),
      });
    },
    resolve: async (_event: null, args, context, info) =>
      await readReportOf(context, await periodOf(context, args), args, info),
  }),
);
