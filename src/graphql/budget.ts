import type {
  BudgetMode as Mode,
  BudgetPeriod as Period,
  BudgetScope as Scope,
  BudgetStart as Start,
  Budget as BudgetShape,
  BudgetAlert as AlertShape,
} from '../budgets/budget.js';
import { getBudget, listBudgets } from '../budgets/read-budgets.js';
import { fromPublicId, toPublicId } from '../access/public-ids.js';
import { AlertDelivery } from './alert-destination.js';
import { builder } from './builder.js';
import { Connection } from './connection.js';
import { toInt } from './scalars.js';
import { listType, pageOfArguments, toList } from './list.js';
import { Token } from './token.js';

type Meanings<Word extends string> = Record<Word, { description: string }>;

export const BudgetScope = builder.enumType('BudgetScope', {
  description: 'The scope of a budget.',
  values: {
    WORKSPACE: { description: 'All spending of the workspace.' },
    CONNECTION: { description: 'The spending of one connection.' },
    WORKFLOW: { description: 'The spending of one workflow.' },
    TOKEN: { description: 'The spending of one token.' },
    MANAGED: { description: 'The spending of the managed account.' },
  } satisfies Meanings<Scope>,
});

export const BudgetPeriod = builder.enumType('BudgetPeriod', {
  description: 'The period of a budget, in its time zone.',
  values: {
    DAY: { description: 'Renews at midnight.' },
    WEEK: { description: 'Renews on Monday at midnight.' },
    MONTH: { description: 'Renews on the first of the month at midnight.' },
    TOTAL: { description: 'One period for all time. Never renews.' },
  } satisfies Meanings<Period>,
});

export const BudgetStart = builder.enumType('BudgetStart', {
  description: 'What the current period of a budget counts.',
  values: {
    PERIOD_START: {
      description:
        'Everything that the scope has spent since the period started, presumed charges and lookups in flight included. For TOTAL: everything that the scope has ever spent.',
    },
    NOW: { description: 'Only lookups from now on.' },
  } satisfies Meanings<Start>,
});

export const BudgetMode = builder.enumType('BudgetMode', {
  description: 'The action at the limit.',
  values: {
    HARD: { description: 'Blocks every lookup that could exceed the limit.' },
    SOFT: { description: 'Only raises alerts.' },
  } satisfies Meanings<Mode>,
});

const BudgetAlert = builder.objectRef<AlertShape>('BudgetAlert').implement({
  description:
    'An alert: the spending of a period reached a threshold. There is one for each threshold and period.',
  fields: (t) => ({
    threshold: t.exposeInt('threshold', {
      nullable: false,
      description: 'The threshold, in percent of the limit.',
    }),
    startsAt: t.expose('startsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the period started; null for TOTAL.',
    }),
    spent: t.int({
      nullable: false,
      description: 'The credits spent when the alert was raised.',
      resolve: ({ spent }) => toInt(spent),
    }),
    limit: t.int({
      nullable: false,
      description: 'The limit when the alert was raised.',
      resolve: ({ limit }) => toInt(limit),
    }),
    raisedAt: t.expose('raisedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When the alert was raised.',
    }),
    deliveries: t.expose('deliveries', {
      type: [AlertDelivery],
      nullable: false,
      description: 'The deliveries of the alert, one for each destination.',
    }),
  }),
});

export const Budget = builder.node(builder.objectRef<BudgetShape>('Budget'), {
  description: 'A limit in credits per period, with the spending of the current period.',
  id: { description: 'Begins with bud_.', resolve: ({ id }) => id },
  loadOne: (id, { app, lookupRequest }) => getBudget(app, lookupRequest.caller, id),
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, description: 'The name, unique in the workspace.' }),
    scope: t.expose('scope', { type: BudgetScope, nullable: false, description: 'The scope.' }),
    subject: t.string({
      description: 'The id of the connection or token, or the name of the workflow; null for other scopes.',
      resolve: shownSubject,
    }),
    connection: t.field({
      type: Connection,
      description: 'The connection that it limits, even if deleted; null for other scopes.',
      resolve: ({ scope, subject }, _args, { loaders }) =>
        loaders.connection(scope === 'CONNECTION' ? subject : null),
    }),
    token: t.field({
      type: Token,
      description: 'The token that it limits; null for other scopes.',
      resolve: ({ scope, subject }, _args, { loaders }) => loaders.token(scope === 'TOKEN' ? subject : null),
    }),
    period: t.expose('period', { type: BudgetPeriod, nullable: false, description: 'The period.' }),
    timeZone: t.expose('timeZone', {
      type: 'TimeZone',
      nullable: false,
      description: 'The time zone of the periods.',
    }),
    limit: t.int({
      nullable: false,
      description: 'The credits per period.',
      resolve: ({ limit }) => toInt(limit),
    }),
    mode: t.expose('mode', { type: BudgetMode, nullable: false, description: 'The action at the limit.' }),
    thresholds: t.exposeIntList('thresholds', {
      nullable: false,
      description: 'Percentages of the limit that raise an alert, ascending.',
    }),
    isTokenLimit: t.boolean({
      nullable: false,
      description: "Whether it is the limit of a token's credits a day, which only updateToken changes.",
      resolve: ({ tokenId }) => tokenId !== null,
    }),
    setByOperator: t.exposeBoolean('setByOperator', {
      nullable: false,
      description: 'Whether the operator set it for the plan. The workspace cannot change it.',
    }),
    startsAt: t.expose('startsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the current period started; null for TOTAL.',
    }),
    renewsAt: t.expose('renewsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the next period starts; null for TOTAL.',
    }),
    startsAtLocal: t.exposeString('startsAtLocal', {
      description: "startsAt by the clocks of the budget's time zone, such as `2026-11-01 00:00`.",
    }),
    renewsAtLocal: t.exposeString('renewsAtLocal', {
      description: "renewsAt by the clocks of the budget's time zone.",
    }),
    spent: t.int({
      nullable: false,
      description:
        'The credits spent in the current period, including presumed charges. If the budget was created with `startFrom: NOW`, its first period counts from the creation.',
      resolve: ({ spent }) => toInt(spent),
    }),
    sandboxSpent: t.int({
      nullable: false,
      description:
        'The part of `spent` that is credits of the sandbox, which a budget counts like real ones.',
      resolve: async ({ id }, _args, { loaders }) => toInt((await loaders.sandboxSpend(id)) ?? 0n),
    }),
    reserved: t.int({
      nullable: false,
      description: 'The credits reserved for lookups in flight.',
      resolve: ({ reserved }) => toInt(reserved),
    }),
    remaining: t.int({
      nullable: false,
      description:
        'The limit minus spent and reserved credits; negative if a soft budget was exceeded or the limit was lowered.',
      resolve: ({ remaining }) => toInt(remaining),
    }),
    alerts: t.expose('alerts', {
      type: [BudgetAlert],
      nullable: false,
      description: 'The latest alerts, newest first, up to 20.',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When it was created.',
    }),
  }),
});

const BudgetConnection = listType('Budget', Budget, 'budgets');

builder.queryFields((t) => ({
  budgets: t.field({
    type: BudgetConnection,
    nullable: false,
    description: 'The budgets of the workspace, oldest first.',
    args: {
      first: t.arg.int({ defaultValue: 25, description: 'The page size, 1 to 100.' }),
      after: t.arg.string({ description: 'Returns the items after this cursor.' }),
    },
    resolve: async (_root, args, { app, lookupRequest }) =>
      toList(await listBudgets(app, lookupRequest.caller, pageOfArguments(args, 25)), args.after),
  }),
  budget: t.field({
    type: Budget,
    description: 'A budget; null if the workspace does not have it.',
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
