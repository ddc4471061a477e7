import { fromPublicId } from '../access/public-ids.js';
import { may } from '../access/caller.js';
import type { AlertEvent as Event, DestinationKind } from '../alerts/alert.js';
import type { Destination } from '../alerts/destination.js';
import { type Delivery, type DeliveryState as State, stateOf } from '../alerts/read-alerts.js';
import { getDestination, listDestinations, readConnectionIds } from '../alerts/read-destinations.js';
import { builder } from './builder.js';
import { Connection } from './connection.js';
import { listType, pageOfArguments, toList } from './list.js';

type Meanings<Word extends string> = Record<Word, { description: string }>;

export const AlertEvent = builder.enumType('AlertEvent', {
  description: 'What an alert reports.',
  values: {
    BUDGET_THRESHOLD: { description: 'The spending of a budget reached a threshold.' },
    BALANCE_THRESHOLD: { description: "The month's credits of an account were used up to a threshold." },
    KEY_REFUSED: {
      description:
        'A provider refuses the key of a connection. There is one alert until a call with the key is answered again.',
    },
    PROVIDER_UNAVAILABLE: {
      description:
        'A circuit breaker of a provider opened. There is one alert until a call to the provider is answered again.',
    },
    PRESUMED_CHARGES: {
      description: 'There are presumed charges older than a day. There is one alert a day.',
    },
  } satisfies Meanings<Event>,
});

export const AlertDestinationKind = builder.enumType('AlertDestinationKind', {
  description: 'How alerts are sent.',
  values: {
    WEBHOOK: { description: 'Signed JSON by the Standard Webhooks convention, to a receiver of your own.' },
    SLACK: { description: 'A text for an incoming webhook of Slack.' },
    TEAMS: { description: 'A card for a workflow, or an old connector, of Microsoft Teams.' },
    GOOGLE_CHAT: { description: 'A text for a space of Google Chat.' },
    DISCORD: { description: 'A text for a channel of Discord.' },
    EMAIL: { description: 'E-mail. The operator of the gateway must have set an SMTP server.' },
  } satisfies Meanings<DestinationKind>,
});

const AlertDeliveryState = builder.enumType('AlertDeliveryState', {
  description: 'The state of a delivery.',
  values: {
    PENDING: { description: 'It is attempted now or at `nextAttemptAt`.' },
    DELIVERED: { description: 'The receiver accepted it.' },
    FAILED: { description: 'It was given up.' },
  } satisfies Meanings<State>,
});

export const AlertDestination = builder.node(builder.objectRef<Destination>('AlertDestination'), {
  description: 'Where alerts of the workspace are sent.',
  id: { description: 'Begins with ald_.', resolve: ({ id }) => id },
  loadOne: (id, { app, lookupRequest }) => getDestination(app, lookupRequest.caller, id),
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, description: 'The name, unique in the workspace.' }),
    kind: t.expose('kind', {
      type: AlertDestinationKind,
      nullable: false,
      description: 'How alerts are sent.',
    }),
    url: t.string({
      description:
        'The URL. Of a URL that is a secret, only the host is shown: https://hooks.slack.com/…. Null for EMAIL, and for tokens that may not change it.',
      resolve: ({ url }, _args, { lookupRequest }) =>
        may(lookupRequest.caller, 'manageAlerts') ? url : null,
    }),
    recipients: t.stringList({
      description: 'The addresses of EMAIL. Null for other kinds, and for tokens that may not change them.',
      resolve: ({ recipients }, _args, { lookupRequest }) =>
        may(lookupRequest.caller, 'manageAlerts') ? recipients : null,
    }),
    enabled: t.exposeBoolean('enabled', { nullable: false, description: 'Whether alerts are sent there.' }),
    events: t.expose('events', { type: [AlertEvent], nullable: false, description: 'What is sent there.' }),
    connections: t.field({
      type: [Connection],
      description: 'The connections whose balances and refused keys are sent; null for all.',
      resolve: async ({ accountIds }, _args, { app, lookupRequest, loaders }) => {
        if (accountIds === null) return null;
        const ids = await readConnectionIds(app, lookupRequest.caller, accountIds);
        const found = await Promise.all(ids.map(async (id) => await loaders.connection(id)));
        return found.filter((one) => one !== null);
      },
    }),
    testedAt: t.expose('testedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a test was last sent; null if none was.',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When it was created.',
    }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When it was last changed.',
    }),
  }),
});

export const AlertDelivery = builder.objectRef<Delivery>('AlertDelivery').implement({
  description: 'The delivery of an alert to one destination.',
  fields: (t) => ({
    destination: t.expose('destination', {
      type: AlertDestination,
      nullable: false,
      description: 'The destination as it is now.',
    }),
    state: t.field({
      type: AlertDeliveryState,
      nullable: false,
      description: 'The state.',
      resolve: stateOf,
    }),
    attempts: t.exposeInt('attempts', { nullable: false, description: 'The number of attempts.' }),
    lastAttemptAt: t.expose('lastAttemptAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last attempted; null if it was not.',
    }),
    lastError: t.exposeString('lastError', {
      description: 'Why the last attempt failed, such as "HTTP 404"; null if it did not.',
    }),
    nextAttemptAt: t.expose('nextAttemptAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it is attempted next; null if it is not.',
    }),
    deliveredAt: t.expose('deliveredAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the receiver accepted it; null if it did not.',
    }),
  }),
});

const AlertDestinationConnection = listType('AlertDestination', AlertDestination, 'alert destinations');

builder.queryFields((t) => ({
  alertDestinations: t.field({
    type: AlertDestinationConnection,
    nullable: false,
    description: 'The alert destinations of the workspace, oldest first.',
    args: {
      first: t.arg.int({ defaultValue: 25, description: 'The page size, 1 to 100.' }),
      after: t.arg.string({ description: 'Returns the items after this cursor.' }),
    },
    resolve: async (_root, args, { app, lookupRequest }) =>
      toList(await listDestinations(app, lookupRequest.caller, pageOfArguments(args, 25)), args.after),
  }),
  alertDestination: t.field({
    type: AlertDestination,
    description: 'An alert destination; null if the workspace does not have it.',
    args: { id: t.arg.id({ required: true, description: 'Begins with ald_.' }) },
    resolve: (_root, { id }, { app, lookupRequest }) =>
      getDestination(app, lookupRequest.caller, fromPublicId('destination', id)),
  }),
}));
