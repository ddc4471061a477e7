import { deleteBudget } from '../budgets/delete-budget.js';
import type { Budget as BudgetShape } from '../budgets/budget.js';
import { setBudget } from '../budgets/set-budget.js';
import { Budget, BudgetMode, BudgetPeriod, BudgetScope, BudgetStart } from './budget.js';
import { builder } from './builder.js';
import { DeletePayload } from './connection-mutations.js';
import { userErrorsField, type WithUserErrors, withUserErrors } from './problem.js';
import { fromPublicId, toPublicId } from '../access/public-ids.js';

const BudgetPayload = builder.objectRef<WithUserErrors<BudgetShape>>('BudgetPayload').implement({
  description: 'The result of a change to a budget.',
  fields: (t) => ({
    budget: t.field({
      type: Budget,
      description: 'The budget after the change; null if the change was refused.',
      resolve: ({ done }) => done,
    }),
    userErrors: userErrorsField(t, 'Why the change was refused; empty if it was made.'),
  }),
});

builder.mutationFields((t) => ({
  setBudget: t.fieldWithInput({
    type: BudgetPayload,
    nullable: false,
    description: 'Creates or changes a budget. It applies from the next lookup. Requires the role ADMIN.',
    typeOptions: {
      description:
        'The complete state of a budget. An omitted field is reset to its default. Scope, subject, period and time zone of an existing budget cannot change.',
    },
    argOptions: { description: 'The budget.' },
    input: {
      id: t.input.id({
        description: 'The budget to change. Begins with bud_. Without it a budget is created.',
      }),
      name: t.input.string({ required: true, description: 'The name, unique in the workspace.' }),
      scope: t.input.field({ type: BudgetScope, required: true, description: 'The scope.' }),
      subject: t.input.string({
        description:
          'The id of the connection or token, or the name of the workflow; omitted for WORKSPACE and MANAGED.',
      }),
      period: t.input.field({ type: BudgetPeriod, required: true, description: 'The period.' }),
      limit: t.input.int({
        required: true,
        description: 'The credits per period. 0 blocks everything that costs credits.',
      }),
      mode: t.input.field({
        type: BudgetMode,
        defaultValue: 'HARD',
        description: 'The action at the limit.',
      }),
      timeZone: t.input.field({
        type: 'TimeZone',
        defaultValue: 'UTC',
        description: 'The time zone of the periods: a place such as Australia/Sydney, or UTC.',
      }),
      thresholds: t.input.intList({
        description: 'Percentages of the limit that raise an alert; 80 and 100 if omitted.',
      }),
      startFrom: t.input.field({
        type: BudgetStart,
        description:
          'What the current period counts; PERIOD_START for a new budget if omitted. An existing budget keeps its count, unless this is PERIOD_START: then its current period is counted again, from the start.',
      }),
    },
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
    description: 'Deletes a budget and frees its name. Its history stays. Requires the role ADMIN.',
    args: { id: t.arg.id({ required: true, description: 'The budget. Begins with bud_.' }) },
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
