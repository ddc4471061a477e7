import { type BalanceDeclared, setBalancePlan } from '../balances/set-balance-plan.js';
import { recordBalance } from '../balances/record-balance.js';
import { BalanceEstimate } from './balance.js';
import { builder } from './builder.js';
import { UserError } from './problem.js';
import { fromPublicId } from '../platform/public-ids.js';
import { type WithUserErrors, withUserErrors } from './user-errors.js';

const BalancePoolInput = builder.inputType('BalancePoolInput', {
  description: 'An add-on: credits bought on top of the plan.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'A name for people.' }),
    credits: t.int({ required: true, description: 'What it began with.' }),
    startsAt: t.field({
      type: 'DateTime',
      description:
        'Since when it stands. If left out, a pool of this name keeps its beginning, and a new one begins now.',
    }),
    endsAt: t.field({ type: 'DateTime', description: 'When what is left lapses; never if left out.' }),
  }),
});

const SetBalancePlanInput = builder.inputType('SetBalancePlanInput', {
  description:
    'What an account gets, all of it: what is left out goes back to its default, and the pools named here replace all others.',
  fields: (t) => ({
    connection: t.id({
      required: true,
      description: 'Any connection of the account; begins with con_.',
    }),
    monthlyCredits: t.int({ required: true, description: 'What each renewal brings.' }),
    renewalDay: t.int({
      required: true,
      description: 'The day of the month, 1 to 31; in shorter months the last.',
    }),
    rollover: t.boolean({ defaultValue: true, description: 'Whether what is left at a renewal is kept.' }),
    timeZone: t.field({
      type: 'TimeZone',
      defaultValue: 'UTC',
      description: 'Whose midnight renews: a place such as Australia/Sydney, or UTC.',
    }),
    thresholds: t.intList({
      description: "Percentages of the month's credits to warn at; 80 and 100 if left out.",
    }),
    pools: t.field({ type: [BalancePoolInput], description: 'The add-ons; none if left out.' }),
    webhookUrl: t.string({
      description: 'Where to send reached thresholds: an http or https address. Left out: nowhere.',
    }),
  }),
});

const RecordBalanceInput = builder.inputType('RecordBalanceInput', {
  description: "What the provider's page says is left.",
  fields: (t) => ({
    connection: t.id({
      required: true,
      description: 'Any connection of the account; begins with con_.',
    }),
    credits: t.int({ required: true, description: 'What is left, all pools together.' }),
    observedAt: t.field({
      type: 'DateTime',
      description:
        'When the page said so; now if left out. A second one for the same instant puts the first right.',
    }),
  }),
});

const BalancePayload = builder.objectRef<WithUserErrors<BalanceDeclared>>('BalancePayload').implement({
  description: 'What became of a change to what is known of a balance.',
  fields: (t) => ({
    balance: t.field({
      type: BalanceEstimate,
      description: 'The balance as it is known now; null if the change was not made.',
      resolve: ({ done }) => done?.balance,
    }),
    webhookSecret: t.string({
      description:
        'What the deliveries are signed with, as those of budgets are. Shown this once, when a webhook is first set.',
      resolve: ({ done }) => done?.webhookSecret,
    }),
    userErrors: t.expose('userErrors', {
      type: [UserError],
      nullable: false,
      description: 'Why it was not made; empty when all is well.',
    }),
  }),
});

builder.mutationFields((t) => ({
  setBalancePlan: t.field({
    type: BalancePayload,
    nullable: false,
    description:
      'Declares the plan and the add-ons of an account, replacing what was declared before. For ADMIN.',
    args: { input: t.arg({ type: SetBalancePlanInput, required: true, description: 'Plan and pools.' }) },
    resolve: (_root, { input }, { app, lookupRequest }) =>
      withUserErrors(() =>
        setBalancePlan(app, lookupRequest.caller, {
          ...input,
          connection: fromPublicId('connection', input.connection),
          monthlyCredits: BigInt(input.monthlyCredits),
          pools: input.pools?.map((pool) => ({ ...pool, credits: BigInt(pool.credits) })),
        }),
      ),
  }),
  recordBalance: t.field({
    type: BalancePayload,
    nullable: false,
    description:
      "Records what the provider's own page says is left, such as Firmable's Credits page. For ADMIN.",
    args: { input: t.arg({ type: RecordBalanceInput, required: true, description: 'Which, and how much.' }) },
    resolve: (_root, { input: { observedAt, ...input } }, { app, lookupRequest }) =>
      withUserErrors(async () => ({
        balance: await recordBalance(app, lookupRequest.caller, {
          ...input,
          at: observedAt,
          connection: fromPublicId('connection', input.connection),
          credits: BigInt(input.credits),
        }),
        webhookSecret: null,
      })),
  }),
}));
