import { may } from '../access/caller.js';
import type { Drift, Plan, Pool, PoolBalance, PoolKind, WarningTold } from '../balances/balance.js';
import { builder } from './builder.js';
import { toInt } from './credits.js';
import { toPublicId } from '../platform/public-ids.js';

const BalancePoolKind = builder.enumType('BalancePoolKind', {
  description: 'Where credits come from.',
  values: {
    SUBSCRIPTION: { description: 'The plan; used first.' },
    ADD_ON: { description: "Bought on top of it; used when the plan's are gone, soonest end first." },
  } satisfies Record<PoolKind, { description: string }>,
});

export const BalancePool = builder.objectRef<PoolBalance>('BalancePool').implement({
  description: 'What one pool of credits holds now.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, description: 'As it was declared.' }),
    kind: t.expose('kind', { type: BalancePoolKind, nullable: false, description: 'Where they come from.' }),
    remaining: t.int({
      nullable: false,
      description: 'What is left in it; below zero where more was charged than anybody declared.',
      resolve: ({ remaining }) => toInt(remaining),
    }),
    startsAt: t.expose('startsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when it stands; of the subscription, its last renewal.',
    }),
    endsAt: t.expose('endsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When what is left in it lapses; null: never.',
    }),
  }),
});

const BalancePlanPool = builder.objectRef<Pool>('BalancePlanPool').implement({
  description: 'An add-on as it was declared.',
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Begins with pool_; a new declaration gives new ones.',
      resolve: ({ id }) => toPublicId('pool', id),
    }),
    name: t.exposeString('name', { nullable: false, description: 'For people.' }),
    credits: t.int({
      nullable: false,
      description: 'What it began with.',
      resolve: ({ credits }) => toInt(credits),
    }),
    startsAt: t.expose('startsAt', {
      type: 'DateTime',
      nullable: false,
      description: 'Since when it stands.',
    }),
    endsAt: t.expose('endsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it lapses; null: never.',
    }),
  }),
});

export const BalancePlan = builder.objectRef<Plan & { pools: Pool[] }>('BalancePlan').implement({
  description: 'What an account gets each month, and its add-ons, as an ADMIN declared them.',
  fields: (t) => ({
    monthlyCredits: t.int({
      nullable: false,
      description: 'What each renewal brings.',
      resolve: ({ monthlyCredits }) => toInt(monthlyCredits),
    }),
    renewalDay: t.exposeInt('renewalDay', {
      nullable: false,
      description: 'The day of the month, 1 to 31; in shorter months the last.',
    }),
    timeZone: t.expose('timeZone', {
      type: 'TimeZone',
      nullable: false,
      description: 'Whose midnight renews.',
    }),
    rollover: t.exposeBoolean('rollover', {
      nullable: false,
      description: 'Whether what is left at a renewal is kept.',
    }),
    thresholds: t.exposeIntList('thresholds', {
      nullable: false,
      description: "Percentages of the month's credits to warn at, ascending.",
    }),
    updatedAt: t.expose('declaredAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When this was declared.',
    }),
    webhookUrl: t.string({
      description:
        'Where reached thresholds are sent. Null for whoever may not set it: many such addresses are a secret in themselves.',
      resolve: ({ webhookUrl }, _args, { lookupRequest }) =>
        may(lookupRequest.caller, 'manageBalances') ? webhookUrl : null,
    }),
    pools: t.expose('pools', { type: [BalancePlanPool], nullable: false, description: 'The add-ons.' }),
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
      description: 'What the earlier one said.',
      resolve: ({ before }) => toInt(before),
    }),
    after: t.int({
      nullable: false,
      description: 'What the later one said.',
      resolve: ({ after }) => toInt(after),
    }),
    granted: t.int({
      nullable: false,
      description: 'What renewals and add-ons granted in between, less what lapsed.',
      resolve: ({ granted }) => toInt(granted),
    }),
    gatewaySpend: t.int({
      nullable: false,
      description: 'What the ledger of this gateway charged, presumed charges included.',
      resolve: ({ gatewaySpend }) => toInt(gatewaySpend),
    }),
    externalSpend: t.int({
      nullable: false,
      description:
        'What was spent outside of this gateway; below zero where credits came that nobody declared.',
      resolve: ({ externalSpend }) => toInt(externalSpend),
    }),
  }),
});

export const BalanceWarning = builder.objectRef<WarningTold>('BalanceWarning').implement({
  description: "That the present month's credits are used up to a threshold.",
  fields: (t) => ({
    threshold: t.exposeInt('threshold', { nullable: false, description: "Per cent of the month's credits." }),
    startsAt: t.expose('startsAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When the month began.',
    }),
    used: t.int({
      nullable: false,
      description: 'What is used of them; credits carried over go first, and add-ons last.',
      resolve: ({ used }) => toInt(used),
    }),
    monthlyCredits: t.int({
      nullable: false,
      description: 'What they are in all.',
      resolve: ({ monthlyCredits }) => toInt(monthlyCredits),
    }),
    raisedAt: t.expose('crossedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was first seen; null where that is still to come, within a minute.',
    }),
    deliveredAt: t.expose('deliveredAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the webhook took it; null where it has not, or there is none.',
    }),
  }),
});
