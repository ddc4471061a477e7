import type { RotatedSecret } from '../alerts/webhook-endpoints.js';
import { rotateBalanceSecret } from '../balances/set-balance-plan.js';
import { rotateBudgetSecret } from '../budgets/rotate-budget-secret.js';
import { builder } from './builder.js';
import { userErrorsField, type WithUserErrors, withUserErrors } from './problem.js';
import { fromPublicId } from '../access/public-ids.js';

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

builder.mutationField('rotateWebhookSecret', (t) =>
  t.fieldWithInput({
    type: RotateWebhookSecretPayload,
    nullable: false,
    description:
      'Replaces the secret of a webhook. For 24 hours webhooks are signed with both secrets. Requires the role ADMIN.',
    typeOptions: {
      description: 'The webhook whose secret is replaced: exactly one of these fields.',
      isOneOf: true,
    },
    argOptions: { description: 'The webhook.' },
    input: {
      budget: t.input.id({ description: 'The webhook of a budget. Begins with bud_.' }),
      connection: t.input.id({ description: "The webhook of a connection's account. Begins with con_." }),
    },
    resolve: (_root, { input }, { app, lookupRequest }) =>
      withUserErrors(() =>
        typeof input.budget === 'string'
          ? rotateBudgetSecret(app, lookupRequest.caller, fromPublicId('budget', input.budget))
          : rotateBalanceSecret(
              app,
              lookupRequest.caller,
              fromPublicId('connection', input.connection ?? ''),
            ),
      ),
  }),
);
