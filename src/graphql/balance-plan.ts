import type { Drift, Plan, Pool, PoolBalance, PoolKind, RaisedWarning } from '../balances/balance.js';
import { toPublicId } from '../access/public-ids.js';
import { AlertDelivery } from './alert-destination.js';
import { builder } from './builder.js';
import { toInt } from './scalars.js';

const BalancePoolKind = builder.enumType('BalancePoolKind', {
  description: 'The origin of credits.',
  values: {
    SUBSCRIPTION: { description: "The plan's credits. They are used first." },
    ADD_ON: {
      description:
        "Add-on credits. They are used after the plan's; the pool that ends soonest is used first.",
    },
  } satisfies Record<PoolKind, { description: string }>,
});

export const BalancePool = builder.objectRef<PoolBalance>('BalancePool').implement({
  description: 'The present balance of one pool.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, description: 'The name in the balance plan.' }),
    kind: t.expose('kind', {
      type: BalancePoolKind,
      nullable: false,
      description: 'The origin of the credits.',
    }),
    remaining: t.int({
      nullable: false,
      description: 'The remaining credits; negative if more was charged than the plan grants.',
      resolve: ({ remaining }) => toInt(remaining),
    }),
    startsAt: t.expose('startsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the pool started; for the subscription, its last renewal.',
    }),
    endsAt: t.expose('endsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the remaining credits expire; null if they do not.',
    }),
  }),
});

const BalancePlanPool = builder.objectRef<Pool>('BalancePlanPool').implement({
  description: 'An add-on pool of the balance plan.',
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Begins with pool_. Setting the plan again creates new ids.',
      resolve: ({ id }) => toPublicId('pool', id),
    }),
    name: t.exposeString('name', { nullable: false, description: 'The display name.' }),
    credits: t.int({
      nullable: false,
      description: 'The credits at the start.',
      resolve: ({ credits }) => toInt(credits),
    }),
    startsAt: t.expose('startsAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When the pool starts.',
    }),
    endsAt: t.expose('endsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it expires; null if it does not.',
    }),
  }),
});

export const BalancePlan = builder.objectRef<Plan & { pools: Pool[] }>('BalancePlan').implement({
  description: 'The credits that an account gets each month, and its add-on pools, as set by an ADMIN.',
  fields: (t) => ({
    monthlyCredits: t.int({
      nullable: false,
      description: 'The credits granted at each renewal.',
      resolve: ({ monthlyCredits }) => toInt(monthlyCredits),
    }),
    renewalDay: t.exposeInt('renewalDay', {
      nullable: false,
      description: 'The day of the month, 1 to 31. Shorter months renew on their last day.',
    }),
    timeZone: t.expose('timeZone', {
      type: 'TimeZone',
      nullable: false,
      description: 'The time zone of renewals at midnight.',
    }),
    rollover: t.exposeBoolean('rollover', {
      nullable: false,
      description: 'Whether remaining credits are kept at a renewal.',
    }),
    thresholds: t.exposeIntList('thresholds', {
      nullable: false,
      description: "Percentages of the month's credits that raise an alert, ascending.",
    }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When the plan was last set.',
    }),
    pools: t.expose('pools', { type: [BalancePlanPool], nullable: false, description: 'The add-on pools.' }),
  }),
});

export const BalanceDrift = builder.objectRef<Drift>('BalanceDrift').implement({
  description:
    'One period between two readings: after = before + granted - gatewaySpend - externalSpend, to the credit.',
  fields: (t) => ({
    from: t.expose('from', { type: 'DateTime', nullable: false, description: 'The earlier reading.' }),
    to: t.expose('to', { type: 'DateTime', nullable: false, description: 'The later reading.' }),
    before: t.int({
      nullable: false,
      description: 'The credits of the earlier reading.',
      resolve: ({ before }) => toInt(before),
    }),
    after: t.int({
      nullable: false,
      description: 'The credits of the later reading.',
      resolve: ({ after }) => toInt(after),
    }),
    granted: t.int({
      nullable: false,
      description:
        'The credits granted by renewals and add-on pools between the readings, minus those that expired.',
      resolve: ({ granted }) => toInt(granted),
    }),
    gatewaySpend: t.int({
      nullable: false,
      description: 'The credits charged by this gateway, including presumed charges.',
      resolve: ({ gatewaySpend }) => toInt(gatewaySpend),
    }),
    externalSpend: t.int({
      nullable: false,
      description:
        'The credits spent outside this gateway; negative if credits were granted that the plan does not have.',
      resolve: ({ externalSpend }) => toInt(externalSpend),
    }),
  }),
});

export const BalanceWarning = builder.objectRef<RaisedWarning>('BalanceWarning').implement({
  description: "An alert: the month's credits were used up to a threshold.",
  fields: (t) => ({
    threshold: t.exposeInt('threshold', {
      nullable: false,
      description: "The threshold, in percent of the month's credits.",
    }),
    startsAt: t.expose('startsAt', {
      type: 'DateTime',
      nullable: false,
      description: "When the plan's month started.",
    }),
    used: t.int({
      nullable: false,
      description:
        'The used credits of the month. Credits carried over are used before them, add-on pools after them.',
      resolve: ({ used }) => toInt(used),
    }),
    monthlyCredits: t.int({
      nullable: false,
      description: 'The credits of the month.',
      resolve: ({ monthlyCredits }) => toInt(monthlyCredits),
    }),
    raisedAt: t.expose('raisedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the alert was raised; null if it will be raised within a minute.',
    }),
    deliveries: t.expose('deliveries', {
      type: [AlertDelivery],
      nullable: false,
      description: 'The deliveries of the alert, one for each destination.',
    }),
  }),
});
