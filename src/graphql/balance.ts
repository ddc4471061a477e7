import type { Reading, ReadingSource, BalanceEstimate as EstimateShape } from '../balances/balance.js';
import { toPublicId, fromPublicId } from '../access/public-ids.js';
import { listReadings } from '../balances/readings.js';
import { builder } from './builder.js';
import { toInt } from './scalars.js';
import { listType, pageOfArguments, toList } from './list.js';
import { BalanceDrift, BalancePlan, BalancePool, BalanceWarning } from './balance-plan.js';
import { Connection } from './connection.js';

const BalanceSource = builder.enumType('BalanceSource', {
  description: 'The source of a reading.',
  values: {
    RECORDED: { description: 'A person recorded it.' },
    REPORTED: { description: 'The provider reported it.' },
    OUT_OF_CREDITS: { description: 'The provider refused a call because no credits were left.' },
  } satisfies Record<ReadingSource, { description: string }>,
});

export const BalanceReading = builder.objectRef<Reading>('BalanceReading').implement({
  description: 'The balance of an account at one instant.',
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Begins with brd_.',
      resolve: ({ id }) => toPublicId('reading', id),
    }),
    observedAt: t.expose('at', {
      type: 'DateTime',
      nullable: false,
      description: 'When the balance was observed.',
    }),
    credits: t.int({
      nullable: false,
      description: 'The remaining credits.',
      resolve: ({ credits }) => toInt(credits),
    }),
    source: t.expose('source', {
      type: BalanceSource,
      nullable: false,
      description: 'The source of the reading.',
    }),
  }),
});

const BalanceReadingConnection = listType('BalanceReading', BalanceReading, 'readings');

export const BalanceEstimate = builder.objectRef<EstimateShape>('BalanceEstimate').implement({
  description:
    'The balance of an account: the latest reading, or else the plan, minus what the ledger charged since.',
  fields: (t) => ({
    connection: t.expose('connection', {
      type: Connection,
      nullable: false,
      description: 'The connection of the query. Other connections of the account have the same balance.',
    }),
    accountId: t.exposeID('accountId', {
      nullable: false,
      description: 'The provider account of the connection.',
    }),
    asOf: t.expose('asOf', {
      type: 'DateTime',
      nullable: false,
      description: 'The instant of the estimate.',
    }),
    remaining: t.int({
      description: 'The remaining credits; null if there is neither a plan nor a reading.',
      resolve: ({ remaining }) => (remaining === null ? null : toInt(remaining)),
    }),
    estimated: t.exposeBoolean('estimated', {
      nullable: false,
      description: 'Whether the balance is an estimate; false if the provider reports it.',
    }),
    pools: t.expose('pools', {
      type: [BalancePool],
      nullable: false,
      description: 'The pools that add up to `remaining`, in the order of their use.',
    }),
    plan: t.expose('plan', {
      type: BalancePlan,
      nullable: true,
      description: 'The balance plan; null if none was set.',
    }),
    latestReading: t.expose('latestReading', {
      type: BalanceReading,
      nullable: true,
      description: 'The latest reading; null if there is none.',
    }),
    readings: t.field({
      type: BalanceReadingConnection,
      nullable: false,
      description: 'All readings, newest first.',
      args: {
        first: t.arg.int({ defaultValue: 25, description: 'The page size, 1 to 100.' }),
        after: t.arg.string({ description: 'Returns the items after this cursor.' }),
      },
      resolve: async ({ accountId }, args, { app, lookupRequest }) =>
        toList(
          await listReadings(app, lookupRequest.caller, { ...pageOfArguments(args, 25), accountId }),
          args.after,
        ),
    }),
    drift: t.expose('drift', {
      type: [BalanceDrift],
      nullable: false,
      description:
        'What was spent outside this gateway between each two readings, newest first, up to 99 of the last 400 days. Of readings that a provider reports, the last of each day counts.',
    }),
    burnPerDay7: t.exposeFloat('burnPerDay7', {
      nullable: false,
      description: 'Credits spent per day over the last 7 days, including drift.',
    }),
    burnPerDay30: t.exposeFloat('burnPerDay30', {
      nullable: false,
      description: 'Credits spent per day over the last 30 days, including drift.',
    }),
    hasHistory: t.exposeBoolean('hasHistory', {
      nullable: false,
      description:
        'Whether some spending of the last 30 days is at least 7 days old. Without it there is no rate to estimate `depletesAt` and `renewsFirst` from.',
    }),
    depletesAt: t.expose('depletesAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the account depletes at the rate of the last 7 days (30 days if those had no spend); null if a renewal comes first, nothing is spent, or `hasHistory` is false.',
    }),
    renewsAt: t.expose('renewsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the plan renews next; null without a plan.',
    }),
    renewsFirst: t.exposeBoolean('renewsFirst', {
      nullable: false,
      description:
        'Whether the plan renews before the account depletes; false if that is unknown, because credits are spent and `hasHistory` is false.',
    }),
    warnings: t.expose('warnings', {
      type: [BalanceWarning],
      nullable: false,
      description: 'The thresholds reached in the present month, ascending.',
    }),
  }),
});

builder.queryField('balance', (t) =>
  t.field({
    type: BalanceEstimate,
    nullable: false,
    description:
      'The balance of the account behind a connection. A provider that reports its balance is called at most once a minute, at no cost; otherwise the balance is estimated.',
    args: { connection: t.arg.id({ required: true, description: 'Begins with con_.' }) },
    resolve: (_root, { connection }, { app, lookupRequest }) =>
      app.readBalance(lookupRequest.caller, fromPublicId('connection', connection)),
  }),
);
