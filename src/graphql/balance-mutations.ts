import { setBalancePlan } from '../balances/set-balance-plan.js';
import { recordBalance } from '../balances/readings.js';
import type { BalanceEstimate as BalanceEstimateShape } from '../balances/balance.js';
import { BalanceEstimate } from './balance.js';
import { builder } from './builder.js';
import { userErrorsField, type WithUserErrors, withUserErrors } from './problem.js';
import { fromPublicId } from '../access/public-ids.js';

const BalancePoolInput = builder.inputType('BalancePoolInput', {
  description: 'An add-on pool: credits bought in addition to the plan.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'A display name.' }),
    credits: t.int({ required: true, description: 'The credits at the start.' }),
    startsAt: t.field({
      type: 'DateTime',
      description:
        'When the pool starts. If omitted, an existing pool of this name keeps its start, and a new pool starts now.',
    }),
    endsAt: t.field({
      type: 'DateTime',
      description: 'When the remaining credits expire. If omitted, they do not expire.',
    }),
  }),
});

const BalancePayload = builder.objectRef<WithUserErrors<BalanceEstimateShape>>('BalancePayload').implement({
  description: 'The result of a change to a balance plan or its readings.',
  fields: (t) => ({
    balance: t.field({
      type: BalanceEstimate,
      description: 'The balance after the change; null if the change was refused.',
      resolve: ({ done }) => done,
    }),
    userErrors: userErrorsField(t, 'Why the change was refused; empty if it was made.'),
  }),
});

builder.mutationFields((t) => ({
  setBalancePlan: t.fieldWithInput({
    type: BalancePayload,
    nullable: false,
    description:
      'Sets the balance plan and the add-on pools of an account. Replaces the previous plan. Requires the role ADMIN.',
    typeOptions: {
      description:
        'The complete balance plan of an account. An omitted field is reset to its default, and the given pools replace all others.',
    },
    argOptions: { description: 'The plan and its pools.' },
    input: {
      connection: t.input.id({
        required: true,
        description: 'Any connection of the account. Begins with con_.',
      }),
      monthlyCredits: t.input.int({ required: true, description: 'The credits granted at each renewal.' }),
      renewalDay: t.input.int({
        required: true,
        description: 'The day of the month, 1 to 31. Shorter months renew on their last day.',
      }),
      rollover: t.input.boolean({
        defaultValue: true,
        description: 'Whether remaining credits are kept at a renewal.',
      }),
      timeZone: t.input.field({
        type: 'TimeZone',
        defaultValue: 'UTC',
        description: 'The time zone of renewals at midnight: a place such as Australia/Sydney, or UTC.',
      }),
      thresholds: t.input.intList({
        description: "Percentages of the month's credits that raise an alert; 80 and 100 if omitted.",
      }),
      pools: t.input.field({ type: [BalancePoolInput], description: 'The add-on pools; none if omitted.' }),
    },
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
  recordBalance: t.fieldWithInput({
    type: BalancePayload,
    nullable: false,
    description:
      "Records a reading of the balance, such as the number on Firmable's Credits page. Requires the role ADMIN.",
    typeOptions: {
      description: "A reading of the balance, taken from the provider's own page.",
    },
    argOptions: { description: 'The account and its balance.' },
    input: {
      connection: t.input.id({
        required: true,
        description: 'Any connection of the account. Begins with con_.',
      }),
      credits: t.input.int({ required: true, description: 'The remaining credits of all pools together.' }),
      observedAt: t.input.field({
        type: 'DateTime',
        description:
          'When the balance was read; now if omitted. A second reading of the same instant replaces the first.',
      }),
    },
    resolve: (_root, { input }, { app, lookupRequest }) =>
      withUserErrors(() =>
        recordBalance(app, lookupRequest.caller, {
          ...input,
          connection: fromPublicId('connection', input.connection),
          credits: BigInt(input.credits),
        }),
      ),
  }),
}));
