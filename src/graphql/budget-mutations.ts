import { deleteBudget } from '../budgets/delete-budget.js';
import { type BudgetSet, setBudget } from '../budgets/set-budget.js';
import { Budget } from './budget.js';
import { BudgetMode, BudgetPeriod, BudgetScope } from './budget-enums.js';
import { builder } from './builder.js';
import { DeletePayload } from './connection-mutations.js';
import { UserError } from './problem.js';
import { fromPublicId, toPublicId } from '../platform/public-ids.js';
import { type WithUserErrors, withUserErrors } from './user-errors.js';

const SetBudgetInput = builder.inputType('SetBudgetInput', {
  description:
    'The whole state of a budget: what is left out of a change goes back to its default. Scope, subject, period and time zone of a standing budget cannot change.',
  fields: (t) => ({
    id: t.id({ description: 'The budget to change; begins with bud_. A new one is made without it.' }),
    name: t.string({ required: true, description: 'A name for people, unique in the workspace.' }),
    scope: t.field({ type: BudgetScope, required: true, description: 'What it limits.' }),
    subject: t.string({
      description: "The connection's or token's id, or the workflow's name; none for WORKSPACE and MANAGED.",
    }),
    period: t.field({ type: BudgetPeriod, required: true, description: 'How often it renews.' }),
    limit: t.int({ required: true, description: 'Credits per period; 0 allows nothing that costs.' }),
    mode: t.field({ type: BudgetMode, defaultValue: 'HARD', description: 'What happens at the limit.' }),
    timeZone: t.field({
      type: 'TimeZone',
      defaultValue: 'UTC',
      description: 'Whose clocks cut the periods: a place such as Australia/Sydney, or UTC.',
    }),
    thresholds: t.intList({
      description: 'Percentages of the limit to note when reached; 80 and 100 if left out.',
    }),
    webhookUrl: t.string({
      description: 'Where to send reached thresholds: an http or https address. Left out: nowhere.',
    }),
  }),
});

const BudgetPayload = builder.objectRef<WithUserErrors<BudgetSet>>('BudgetPayload').implement({
  description: 'What became of a change to a budget.',
  fields: (t) => ({
    budget: t.field({
      type: Budget,
      description: 'The budget as it is now; null if the change was not made.',
      resolve: ({ done }) => done?.budget,
    }),
    webhookSecret: t.string({
      description:
        'What the deliveries are signed with: X-Firmable-Gateway-Signature is `v1=` and the hexadecimal HMAC-SHA-256 of `<X-Firmable-Gateway-Timestamp>.<body>` under it. Shown this once, when a webhook is first set.',
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
  setBudget: t.field({
    type: BudgetPayload,
    nullable: false,
    description: 'Makes a budget, or changes one. It holds from the next ask. For ADMIN.',
    args: { input: t.arg({ type: SetBudgetInput, required: true, description: 'The budget.' }) },
    resolve: (_root, { input }, { app, lookupRequest }) =>
      withUserErrors(() =>
        setBudget(app, lookupRequest.caller, {
          ...input,
          id: typeof input.id === 'string' ? fromPublicId('budget', input.id) : null,
          subject: readSubject(input.scope, input.subject),
          limit: BigInt(input.limit),
        }),
      ),
  }),
  deleteBudget: t.field({
    type: DeletePayload,
    nullable: false,
    description: 'Ends a budget and frees its name. What it has counted stays as history. For ADMIN.',
    args: { id: t.arg.id({ required: true, description: 'The budget; begins with bud_.' }) },
    resolve: (_root, { id }, { app, lookupRequest }) =>
      withUserErrors(async () => {
        const deleted = await deleteBudget(app, lookupRequest.caller, fromPublicId('budget', id));
        return { id: toPublicId('budget', deleted.id) };
      }),
  }),
}));

const readSubject = (scope: string, subject: string | null | undefined): string | null => {
  if (typeof subject !== 'string') return null;
  if (scope === 'CONNECTION') return fromPublicId('connection', subject);
  return scope === 'TOKEN' ? fromPublicId('token', subject) : subject;
};
