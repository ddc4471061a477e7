import { fromPublicId, idOfFilter } from '../access/public-ids.js';
import type { AlertMessage } from '../alerts/alert.js';
import { followAlerts } from '../alerts/follow-alerts.js';
import { getAlert, listAlerts, type RaisedAlert } from '../alerts/read-alerts.js';
import { getBudget, getBudgets } from '../budgets/read-budgets.js';
import { AlertDelivery, AlertDestination, AlertEvent } from './alert-destination.js';
import { Budget } from './budget.js';
import { builder } from './builder.js';
import { Connection } from './connection.js';
import type { GatewayContext } from './context.js';
import { openStream } from './open-stream.js';
import { listType, pageOfArguments, toList } from './list.js';

type Fact = AlertMessage['facts'][number];

const AlertFact = builder.objectRef<Fact>('AlertFact').implement({
  description: 'A line of an alert.',
  fields: (t) => ({
    name: t.string({ nullable: false, description: 'What it is.', resolve: ([name]) => name }),
    value: t.string({
      nullable: false,
      description: 'The value, for people.',
      resolve: ([, value]) => value,
    }),
  }),
});

const Alert = builder.node(builder.objectRef<RaisedAlert>('Alert'), {
  description: 'An alert that was raised, with its deliveries.',
  id: { description: 'Begins with alr_.', resolve: ({ id }) => id },
  loadOne: (id, { app, lookupRequest }) => getAlert(app, lookupRequest.caller, id),
  fields: (t) => ({
    event: t.expose('event', { type: AlertEvent, nullable: false, description: 'What it reports.' }),
    title: t.string({
      description: 'What is reported, in one line; null if its budget, account or connection was deleted.',
      resolve: async (alert, _args, context) => (await messageOf(alert, context))?.title,
    }),
    facts: t.field({
      type: [AlertFact],
      nullable: false,
      description: 'What is reported, line by line.',
      resolve: async (alert, _args, context) => [...((await messageOf(alert, context))?.facts ?? [])],
    }),
    threshold: t.int({
      description: 'The threshold in percent, of a BUDGET_THRESHOLD or BALANCE_THRESHOLD; null for others.',
      resolve: ({ event, threshold }) => (event.endsWith('_THRESHOLD') ? threshold : null),
    }),
    budget: t.field({
      type: Budget,
      description: 'The budget of a BUDGET_THRESHOLD; null for others, and if it was deleted.',
      resolve: ({ event, subject }, _args, { app, lookupRequest }) =>
        event === 'BUDGET_THRESHOLD' ? getBudget(app, lookupRequest.caller, subject) : null,
    }),
    connection: t.field({
      type: Connection,
      description: 'The connection of a KEY_REFUSED; null for a managed key and for other events.',
      resolve: ({ event, subject }, _args, { loaders }) =>
        loaders.connection(event === 'KEY_REFUSED' ? subject : null),
    }),
    raisedAt: t.expose('raisedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When it was raised.',
    }),
    resolvedAt: t.expose('resolvedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When a refused key or a provider worked again; null if it does not, and for other events.',
    }),
    deliveries: t.expose('deliveries', {
      type: [AlertDelivery],
      nullable: false,
      description: 'Its deliveries, one for each destination that there was.',
    }),
  }),
});

builder.objectField(AlertDestination, 'budgets', (t) =>
  t.field({
    type: [Budget],
    description: 'The budgets whose thresholds are sent; null for all.',
    resolve: ({ budgetIds }, _args, { app, lookupRequest }) =>
      budgetIds === null ? null : getBudgets(app, lookupRequest.caller, budgetIds),
  }),
);

const AlertConnection = listType('Alert', Alert, 'alerts');

builder.queryFields((t) => ({
  alerts: t.field({
    type: AlertConnection,
    nullable: false,
    description: 'The alerts of the workspace, newest first.',
    args: {
      first: t.arg.int({ defaultValue: 25, description: 'The page size, 1 to 100.' }),
      after: t.arg.string({ description: 'Returns the items after this cursor.' }),
      events: t.arg({ type: [AlertEvent], description: 'Only these events; all if omitted.' }),
    },
    resolve: async (_root, { events, ...args }, { app, lookupRequest }) =>
      toList(
        await listAlerts(app, lookupRequest.caller, { ...pageOfArguments(args, 25), events }),
        args.after,
      ),
  }),
  alert: t.field({
    type: Alert,
    description: 'An alert; null if the workspace does not have it.',
    args: { id: t.arg.id({ required: true, description: 'Begins with alr_.' }) },
    resolve: (_root, { id }, { app, lookupRequest }) =>
      getAlert(app, lookupRequest.caller, fromPublicId('alert', id)),
  }),
}));

builder.subscriptionField('alerts', (t) =>
  t.field({
    type: Alert,
    description:
      'Each new alert of the workspace, within about a second. It begins when the headers of the response have come.',
    args: {
      after: t.arg.id({
        description:
          'Begins with alr_. First the alerts that were raised after this one, oldest first: how a client goes on after a reconnect.',
      }),
      events: t.arg({ type: [AlertEvent], description: 'Only these events; all if omitted.' }),
    },
    subscribe: async (_root, { after, events }, context) => {
      const { app, lookupRequest } = context;
      const { workspaceId } = lookupRequest.caller;
      const read = await followAlerts(app, lookupRequest.caller, {
        after: idOfFilter('alert', after),
        events: events ?? null,
      });
      return await openStream(context, { topic: 'alerts', key: { workspaceId, id: workspaceId }, read });
    },
    resolve: (alert) => alert,
  }),
);

/** Written once for each alert of a request. */
const messages = new WeakMap<RaisedAlert, Promise<AlertMessage | null>>();

const messageOf = (alert: RaisedAlert, { app }: GatewayContext): Promise<AlertMessage | null> => {
  const written = messages.get(alert) ?? app.alertMessages[alert.event](alert);
  messages.set(alert, written);
  return written;
};
