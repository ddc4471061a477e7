import { fromPublicId, toPublicId } from '../access/public-ids.js';
import {
  createDestination,
  deleteDestination,
  type DestinationCreated,
  updateDestination,
} from '../alerts/change-destination.js';
import type { Destination } from '../alerts/destination.js';
import { type RotatedSecret, rotateWebhookSecret } from '../alerts/rotate-webhook-secret.js';
import { sendTestAlert, type TestResult } from '../alerts/send-test-alert.js';
import { AlertDestination, AlertDestinationKind, AlertEvent } from './alert-destination.js';
import { builder } from './builder.js';
import { DeletePayload } from './connection-mutations.js';
import { userErrorsField, type WithUserErrors, withUserErrors } from './problem.js';

const destinationField = 'The destination after the change; null if the change was refused.';

const CreateAlertDestinationPayload = builder
  .objectRef<WithUserErrors<DestinationCreated>>('CreateAlertDestinationPayload')
  .implement({
    description: 'The result of creating an alert destination.',
    fields: (t) => ({
      destination: t.field({
        type: AlertDestination,
        description: destinationField,
        resolve: ({ done }) => done?.destination,
      }),
      webhookSecret: t.string({
        description:
          'The secret that signs a WEBHOOK, by the Standard Webhooks convention. Shown once. Null for other kinds.',
        resolve: ({ done }) => done?.webhookSecret,
      }),
      userErrors: userErrorsField(t, 'Why it was not created; empty if it was.'),
    }),
  });

const AlertDestinationPayload = builder
  .objectRef<WithUserErrors<Destination>>('AlertDestinationPayload')
  .implement({
    description: 'The result of a change to an alert destination.',
    fields: (t) => ({
      destination: t.field({
        type: AlertDestination,
        description: destinationField,
        resolve: ({ done }) => done,
      }),
      userErrors: userErrorsField(t, 'Why it was not changed; empty if it was.'),
    }),
  });

const RotateWebhookSecretPayload = builder
  .objectRef<WithUserErrors<RotatedSecret>>('RotateWebhookSecretPayload')
  .implement({
    description: 'The result of rotating a webhook secret.',
    fields: (t) => ({
      webhookSecret: t.string({
        description: 'The new secret, which signs from now on. Shown once. Null if it was not rotated.',
        resolve: ({ done }) => done?.webhookSecret,
      }),
      previousExpiresAt: t.field({
        type: 'DateTime',
        description: 'Until when the previous secret signs as well; null if it was not rotated.',
        resolve: ({ done }) => done?.previousExpiresAt,
      }),
      userErrors: userErrorsField(t, 'Why it was not rotated; empty if it was.'),
    }),
  });

const SendTestAlertPayload = builder.objectRef<WithUserErrors<TestResult>>('SendTestAlertPayload').implement({
  description: 'The result of a test alert.',
  fields: (t) => ({
    destination: t.field({
      type: AlertDestination,
      description: 'The destination; null if nothing was sent.',
      resolve: ({ done }) => done?.destination,
    }),
    delivered: t.boolean({
      nullable: false,
      description: 'Whether the receiver accepted it.',
      resolve: ({ done }) => done?.delivered === true,
    }),
    status: t.int({
      description: 'The status of HTTP or SMTP; null if there was no answer.',
      resolve: ({ done }) => done?.status,
    }),
    error: t.string({
      description: 'Why it was not delivered, such as "HTTP 404"; null if it was.',
      resolve: ({ done }) => done?.error,
    }),
    userErrors: userErrorsField(t, 'Why nothing was sent; empty if it was.'),
  }),
});

const budgetsHelp = 'The budgets whose thresholds are sent';
const connectionsHelp = 'The connections whose balances and refused keys are sent';
const urlHelp =
  'The http or https URL that takes the messages; not for EMAIL. Private, loopback and link-local addresses are refused, unless the operator allows them.';

builder.mutationFields((t) => ({
  createAlertDestination: t.fieldWithInput({
    type: CreateAlertDestinationPayload,
    nullable: false,
    description: 'Creates a destination for alerts from now on. Requires the role ADMIN.',
    typeOptions: { description: 'An alert destination.' },
    argOptions: { description: 'The destination.' },
    input: {
      kind: t.input.field({
        type: AlertDestinationKind,
        required: true,
        description: 'How alerts are sent.',
      }),
      name: t.input.string({ required: true, description: 'The name, unique in the workspace.' }),
      url: t.input.string({ description: urlHelp }),
      recipients: t.input.stringList({ description: 'For EMAIL: 1 to 20 addresses.' }),
      enabled: t.input.boolean({ defaultValue: true, description: 'Whether alerts are sent there.' }),
      events: t.input.field({ type: [AlertEvent], description: 'What is sent there; all if omitted.' }),
      budgets: t.input.idList({ description: `${budgetsHelp}; all if omitted. Begin with bud_.` }),
      connections: t.input.idList({ description: `${connectionsHelp}; all if omitted. Begin with con_.` }),
    },
    resolve: (_root, { input }, { app, lookupRequest }) =>
      withUserErrors(() =>
        createDestination(app, lookupRequest.caller, {
          ...input,
          budgetIds: idsOf('budget', input.budgets),
          connectionIds: idsOf('connection', input.connections),
        }),
      ),
  }),
  updateAlertDestination: t.fieldWithInput({
    type: AlertDestinationPayload,
    nullable: false,
    description: 'Changes an alert destination. Requires the role ADMIN.',
    typeOptions: { description: 'What changes. An omitted field stays as it is.' },
    argOptions: { description: 'The destination and what changes.' },
    input: {
      id: t.input.id({ required: true, description: 'The destination. Begins with ald_.' }),
      name: t.input.string({ description: 'The name, unique in the workspace.' }),
      url: t.input.string({
        description: `${urlHelp} The shortened form that \`url\` returns keeps the present one.`,
      }),
      recipients: t.input.stringList({ description: 'For EMAIL: 1 to 20 addresses.' }),
      enabled: t.input.boolean({ description: 'Whether alerts are sent there. Waiting ones are given up.' }),
      events: t.input.field({ type: [AlertEvent], description: 'What is sent there.' }),
      budgets: t.input.idList({ description: `${budgetsHelp}; null for all.` }),
      connections: t.input.idList({ description: `${connectionsHelp}; null for all.` }),
    },
    resolve: (_root, { input }, { app, lookupRequest }) =>
      withUserErrors(() => {
        const { id, name, budgets, connections, ...rest } = input;
        return updateDestination(app, lookupRequest.caller, {
          ...rest,
          id: fromPublicId('destination', id),
          ...(name == null ? {} : { name }),
          budgetIds: idsOf('budget', budgets),
          connectionIds: idsOf('connection', connections),
        });
      }),
  }),
  deleteAlertDestination: t.field({
    type: DeletePayload,
    nullable: false,
    description: 'Deletes an alert destination with its deliveries. Requires the role ADMIN.',
    args: { id: t.arg.id({ required: true, description: 'The destination. Begins with ald_.' }) },
    resolve: (_root, { id }, { app, lookupRequest }) =>
      withUserErrors(async () => {
        const deleted = await deleteDestination(app, lookupRequest.caller, fromPublicId('destination', id));
        return { id: toPublicId('destination', deleted.id) };
      }),
  }),
  rotateWebhookSecret: t.field({
    type: RotateWebhookSecretPayload,
    nullable: false,
    description:
      'Replaces the secret of a WEBHOOK. For 24 hours webhooks are signed with both secrets. Requires the role ADMIN.',
    args: { id: t.arg.id({ required: true, description: 'The destination. Begins with ald_.' }) },
    resolve: (_root, { id }, { app, lookupRequest }) =>
      withUserErrors(() => rotateWebhookSecret(app, lookupRequest.caller, fromPublicId('destination', id))),
  }),
  sendTestAlert: t.field({
    type: SendTestAlertPayload,
    nullable: false,
    description:
      'Sends a test alert at once and returns what the receiver answered. At most one each ten seconds and destination. Requires the role ADMIN.',
    args: { id: t.arg.id({ required: true, description: 'The destination. Begins with ald_.' }) },
    resolve: (_root, { id }, { app, lookupRequest }) =>
      withUserErrors(() => sendTestAlert(app, lookupRequest.caller, fromPublicId('destination', id))),
  }),
}));

/** Undefined where the list was omitted, null for all. */
const idsOf = (
  kind: 'budget' | 'connection',
  ids: readonly string[] | null | undefined,
): string[] | null | undefined =>
  ids?.map((id) => fromPublicId(kind, id)) ?? (ids === null ? null : undefined);
