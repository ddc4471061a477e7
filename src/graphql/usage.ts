import {
  readUsage,
  usageDimensions,
  type UsageReport as Report,
  type UsageRow as Row,
  type UsageTotals as Totals,
} from '../reports/read-usage.js';
import { builder } from './builder.js';
import { Connection } from './connection.js';
import { toInt } from './credits.js';
import { readEntryFilter, UsageFilter } from './entry-filter.js';
import { Operation, ProviderName, toOperation, toProviderName } from './enums.js';
import { Outcome, PayerKind, toPayerKind } from './receipt.js';
import { Token } from './token.js';

const totals = {
  asks: 'How many asks there were.',
  found: 'Asks that came to a record.',
  notFound: 'Asks for what the provider does not have.',
  refused: 'Asks that were not made or turned away.',
  failed: 'Asks that broke, at no cost.',
  unknown: 'Asks of which it is not known whether they were charged.',
  creditsCharged: 'Credits spent.',
  creditsSaved: 'Credits not spent, because the record was ours already.',
} as const satisfies Record<keyof Totals, string>;

const sums = [
  'asks',
  'found',
  'notFound',
  'refused',
  'failed',
  'unknown',
  'creditsCharged',
  'creditsSaved',
] as const;

const UsageTotals = builder.objectRef<Totals>('UsageTotals').implement({
  description: 'Everything in sum: exactly the sum of the rows.',
});

const UsageRow = builder.objectRef<Row>('UsageRow').implement({
  description:
    'One group. Labels that were not grouped by are null, and so are those that the asks did not have.',
  fields: (t) => ({
    startsAt: t.expose('startsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the hour, day, week or month begins in the time zone asked for.',
    }),
    connection: t.field({
      type: Connection,
      description: 'The connection that paid, also if it was deleted since.',
      resolve: ({ connectionId }, _args, { loaders }) => loaders.connection(connectionId),
    }),
    provider: t.field({
      type: ProviderName,
      description: 'The provider.',
      resolve: ({ provider }) => (provider === null ? null : toProviderName(provider)),
    }),
    operation: t.field({
      type: Operation,
      description: 'What was asked.',
      resolve: ({ operation }) => (operation === null ? null : toOperation(operation)),
    }),
    workflow: t.exposeString('workflow', { description: 'The purpose, as the callers named it.' }),
    token: t.field({
      type: Token,
      description: 'The token it was asked with.',
      resolve: ({ tokenId }, _args, { loaders }) => loaders.token(tokenId),
    }),
    outcome: t.expose('outcome', { type: Outcome, nullable: true, description: 'How the asks ended.' }),
    payer: t.field({
      type: PayerKind,
      description: 'Whose key paid.',
      resolve: ({ payer }) => (payer === null ? null : toPayerKind(payer)),
    }),
  }),
});

for (const name of sums) {
  const description = totals[name];
  builder.objectField(UsageTotals, name, (t) =>
    t.int({ nullable: false, description, resolve: (sums) => toInt(sums[name]) }),
  );
  builder.objectField(UsageRow, name, (t) =>
    t.int({ nullable: false, description, resolve: (sums) => toInt(sums[name]) }),
  );
}

const UsageReport = builder.objectRef<Report>('UsageReport').implement({
  description: 'What was asked and spent in a period, added up exactly.',
  fields: (t) => ({
    from: t.expose('from', {
      type: 'DateTime',
      nullable: false,
      description: 'The beginning, which counts in.',
    }),
    to: t.expose('to', { type: 'DateTime', nullable: false, description: 'The end, which does not.' }),
    totals: t.expose('totals', { type: UsageTotals, nullable: false, description: 'In sum.' }),
    rows: t.expose('rows', {
      type: [UsageRow],
      nullable: false,
      description: 'By group, in the order of time.',
    }),
  }),
});

const UsageDimension = builder.enumType('UsageDimension', {
  description: 'What to group by.',
  values: usageDimensions,
});

builder.queryField('usage', (t) =>
  t.field({
    type: UsageReport,
    nullable: false,
    description: 'Who spent how much on what, in any time zone.',
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
      filter: t.arg({ type: UsageFilter, description: 'Which asks.' }),
    },
    resolve: (_root, { from, to, timeZone, groupBy, filter }, { app, asking }) =>
      readUsage(app, asking.caller, {
        from,
        to,
        timeZone: timeZone ?? 'UTC',
        groupBy: groupBy ?? [],
        filter: readEntryFilter(filter),
      }),
  }),
);
