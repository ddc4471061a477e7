import type { BalanceEstimate as EstimateShape } from '../balances/balance.js';
import { getBalance } from '../balances/get-balance.js';
import { listReadings } from '../balances/list-readings.js';
import { BalanceDrift, BalancePlan, BalancePool, BalanceWarning } from './balance-parts.js';
import { BalanceReading, BalanceReadingConnection } from './balance-reading.js';
import { builder } from './builder.js';
import { Connection } from './connection.js';
import { toInt } from './credits.js';
import { pageOfArguments, toList } from './list.js';
import { fromPublicId } from '../platform/public-ids.js';

export const BalanceEstimate = builder.objectRef<EstimateShape>('BalanceEstimate').implement({
  description:
    'What an account has left: the latest reading, or else the declared plan, less what the ledger charged since.',
  fields: (t) => ({
    connection: t.expose('connection', {
      type: Connection,
      nullable: false,
      description: 'The connection that was named; others of the same account have the same balance.',
    }),
    accountId: t.exposeID('accountId', { nullable: false, description: "The provider's account behind it." }),
    asOf: t.expose('asOf', {
      type: 'DateTime',
      nullable: false,
      description: 'The instant this is true of.',
    }),
    remaining: t.int({
      description: 'Credits left in all; null where no plan was declared and nothing read.',
      resolve: ({ remaining }) => (remaining === null ? null : toInt(remaining)),
    }),
    estimated: t.exposeBoolean('estimated', {
      nullable: false,
      description: 'Whether this was worked out; false where the provider itself tells its balance.',
    }),
    pools: t.expose('pools', {
      type: [BalancePool],
      nullable: false,
      description: 'The parts of `remaining`, in the order in which they are used.',
    }),
    plan: t.expose('plan', {
      type: BalancePlan,
      nullable: true,
      description: 'What was declared; null where nothing was.',
    }),
    latestReading: t.expose('latestReading', {
      type: BalanceReading,
      nullable: true,
      description: 'The latest that was read of it; null where nothing was.',
    }),
    readings: t.field({
      type: BalanceReadingConnection,
      nullable: false,
      description: 'All that was read of it, newest first.',
      args: {
        first: t.arg.int({ defaultValue: 25, description: 'How many, 1 to 100.' }),
        after: t.arg.string({ description: 'Only those after this cursor.' }),
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
        'What was spent outside of this gateway between each two readings, newest first, up to 99 of the last 400 days. Of what a provider tells by itself, the last of each day counts.',
    }),
    burnPerDay7: t.exposeFloat('burnPerDay7', {
      nullable: false,
      description: 'Credits per day over the last 7 days, drift included.',
    }),
    burnPerDay30: t.exposeFloat('burnPerDay30', {
      nullable: false,
      description: 'Credits per day over the last 30 days, drift included.',
    }),
    depletesAt: t.expose('depletesAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When nothing is left at the rate of the last 7 days (of 30 where those had none); null where a renewal comes first, or nothing is spent.',
    }),
    renewsAt: t.expose('renewsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the plan brings its next credits; null without a plan.',
    }),
    renewsFirst: t.exposeBoolean('renewsFirst', {
      nullable: false,
      description: 'Whether the next renewal comes before the credits run out.',
    }),
    warnings: t.expose('warnings', {
      type: [BalanceWarning],
      nullable: false,
      description: 'The thresholds that the present month has reached, ascending.',
    }),
  }),
});

builder.queryField('balance', (t) =>
  t.field({
    type: BalanceEstimate,
    nullable: false,
    description:
      'What the account behind a connection has left. Providers that tell their balance are asked, at no cost, once a minute at most; for others it is estimated.',
    args: { connection: t.arg.id({ required: true, description: 'Begins with con_.' }) },
    resolve: (_root, { connection }, { app, lookupRequest }) =>
      getBalance(app, lookupRequest.caller, fromPublicId('connection', connection)),
  }),
);
