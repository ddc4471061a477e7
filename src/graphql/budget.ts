import { may } from '../access/caller.js';
import type { Budget as BudgetShape, Crossing } from '../budgets/budget.js';
import { getBudget } from '../budgets/get-budget.js';
import { listBudgets } from '../budgets/list-budgets.js';
import { builder } from './builder.js';
import { BudgetMode, BudgetPeriod, BudgetScope } from './budget-enums.js';
import { Connection } from './connection.js';
import { toInt } from './credits.js';
import { listType, pageOfArguments, toList } from './list.js';
import { Node } from './node.js';
import { fromPublicId, toPublicId } from '../platform/public-ids.js';
import { Token } from './token.js';

const BudgetAlert = builder.objectRef<Crossing>('BudgetAlert').implement({
  description:
    'That the spending of a period reached a threshold; there is one for each threshold and period.',
  fields: (t) => ({
    threshold: t.exposeInt('threshold', { nullable: false, description: 'Per cent of the limit.' }),
    startsAt: t.expose('startsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the period began; null for TOTAL.',
    }),
    spent: t.int({
      nullable: false,
      description: 'What was spent when it was reached.',
      resolve: ({ spent }) => toInt(spent),
    }),
    limit: t.int({
      nullable: false,
      description: 'The limit of that moment.',
      resolve: ({ limit }) => toInt(limit),
    }),
    raisedAt: t.expose('crossedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When it was reached.',
    }),
    deliveredAt: t.expose('deliveredAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the webhook took it; null where it has not, or there is none.',
    }),
  }),
});

export const Budget = builder.objectRef<BudgetShape>('Budget').implement({
  description: 'A limit in credits per period, with what the current period has spent and holds reserved.',
  interfaces: [Node],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Begins with bud_.',
      resolve: ({ id }) => toPublicId('budget', id),
    }),
    name: t.exposeString('name', { nullable: false, description: 'Unique in the workspace.' }),
    scope: t.expose('scope', { type: BudgetScope, nullable: false, description: 'What it limits.' }),
    subject: t.string({
      description: "The connection's or token's id, or the workflow's name; null for the other scopes.",
      resolve: shownSubject,
    }),
    connection: t.field({
      type: Connection,
      description: 'The connection it limits, also if it was deleted since; null for other scopes.',
      resolve: ({ scope, subject }, _args, { loaders }) =>
        loaders.connection(scope === 'CONNECTION' ? subject : null),
    }),
    token: t.field({
      type: Token,
      description: 'The token it limits; null for other scopes.',
      resolve: ({ scope, subject }, _args, { loaders }) => loaders.token(scope === 'TOKEN' ? subject : null),
    }),
    period: t.expose('period', { type: BudgetPeriod, nullable: false, description: 'How often it renews.' }),
    timeZone: t.expose('timeZone', {
      type: 'TimeZone',
      nullable: false,
      description: 'Whose clocks cut the periods.',
    }),
    limit: t.int({
      nullable: false,
      description: 'Credits per period.',
      resolve: ({ limit }) => toInt(limit),
    }),
    mode: t.expose('mode', { type: BudgetMode, nullable: false, description: 'What happens at the limit.' }),
    thresholds: t.exposeIntList('thresholds', {
      nullable: false,
      description: 'Percentages of the limit that are noted when reached, ascending.',
    }),
    setByOperator: t.exposeBoolean('setByOperator', {
      nullable: false,
      description: "Whether it is the operator's limit for the plan, which nobody inside can change.",
    }),
    webhookUrl: t.string({
      description:
        'Where reached thresholds are sent. Null for whoever may not set it: many such addresses are a secret in themselves.',
      resolve: ({ webhookUrl }, _args, { lookupRequest }) =>
        may(lookupRequest.caller, 'manageBudgets') ? webhookUrl : null,
    }),
    startsAt: t.expose('startsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the current period began; null for TOTAL.',
    }),
    renewsAt: t.expose('renewsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the next period begins; null for TOTAL.',
    }),
    spent: t.int({
      nullable: false,
      description:
        'Credits spent in the current period, presumed ones included; in the period in which the budget was made, only those reserved since.',
      resolve: ({ spent }) => toInt(spent),
    }),
    reserved: t.int({
      nullable: false,
      description: 'Credits held for asks that are under way.',
      resolve: ({ reserved }) => toInt(reserved),
    }),
    remaining: t.int({
      nullable: false,
      description:
        'The limit less what is spent and reserved; below zero where a soft budget was passed or the limit lowered.',
      resolve: ({ remaining }) => toInt(remaining),
    }),
    alerts: t.expose('crossings', {
      type: [BudgetAlert],
      nullable: false,
      description: 'The latest thresholds reached, newest first, up to 20.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', nullable: false, description: 'When it was made.' }),
  }),
});

const BudgetConnection = listType('Budget', Budget, 'budgets');

builder.queryFields((t) => ({
  budgets: t.field({
    type: BudgetConnection,
    nullable: false,
    description: "The workspace's budgets, oldest first.",
    args: {
      first: t.arg.int({ defaultValue: 25, description: 'How many, 1 to 100.' }),
      after: t.arg.string({ description: 'Only those after this cursor.' }),
    },
    resolve: async (_root, args, { app, lookupRequest }) =>
      toList(await listBudgets(app, lookupRequest.caller, pageOfArguments(args, 25)), args.after),
  }),
  budget: t.field({
    type: Budget,
    description: 'One budget; null if this workspace has no such one.',
    args: { id: t.arg.id({ required: true, description: 'Begins with bud_.' }) },
    resolve: (_root, { id }, { app, lookupRequest }) =>
      getBudget(app, lookupRequest.caller, fromPublicId('budget', id)),
  }),
}));

const shownSubject = ({ scope, subject }: BudgetShape): string | null => {
  if (subject === null) return null;
  if (scope === 'CONNECTION') return toPublicId('connection', subject);
  return scope === 'TOKEN' ? toPublicId('token', subject) : subject;
};
