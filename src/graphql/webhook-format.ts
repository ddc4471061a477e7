import type { WebhookFormat as Format } from '../alerts/webhook-format.js';
import { builder } from './builder.js';

const formatMeanings: Record<Format, { description: string }> = {
  STANDARD_WEBHOOKS: {
    description: 'Signed JSON by the Standard Webhooks convention, for all other receivers.',
  },
  SLACK: { description: 'A text for an incoming webhook of Slack (hooks.slack.com).' },
  MICROSOFT_TEAMS_WORKFLOW: {
    description: 'An Adaptive Card for a workflow of Microsoft Teams (logic.azure.com, powerplatform.com).',
  },
  MICROSOFT_TEAMS_CONNECTOR: {
    description: 'A MessageCard for an old connector of Microsoft Teams (webhook.office.com).',
  },
  GOOGLE_CHAT: { description: 'A text for a space of Google Chat (chat.googleapis.com).' },
  DISCORD: { description: 'A text for a channel of Discord (discord.com).' },
};

export const WebhookFormat = builder.enumType('WebhookFormat', {
  description: 'The format of a webhook.',
  values: formatMeanings,
});
