import type { AlertDestinationKind, AlertDestinationsQuery, AlertEvent } from '../../api/operations.js';

export type Destination = AlertDestinationsQuery['alertDestinations']['nodes'][number];

export const kindTitles: Record<AlertDestinationKind, string> = {
  WEBHOOK: 'Signed webhook',
  SLACK: 'Slack',
  TEAMS: 'Microsoft Teams',
  GOOGLE_CHAT: 'Google Chat',
  DISCORD: 'Discord',
  EMAIL: 'E-mail',
};

/** The kinds, in the order in which they are offered. */
export const kinds: readonly AlertDestinationKind[] = [
  'SLACK',
  'TEAMS',
  'GOOGLE_CHAT',
  'DISCORD',
  'EMAIL',
  'WEBHOOK',
];

/** Where the address of a kind is found. */
export const urlHelp: Record<Exclude<AlertDestinationKind, 'EMAIL'>, string> = {
  WEBHOOK: 'The address of your own receiver. It gets signed JSON.',
  SLACK: 'The address of an incoming webhook: https://hooks.slack.com/services/…',
  TEAMS: 'The address of a workflow of the channel that starts when a webhook request is received.',
  GOOGLE_CHAT: 'The address of a webhook of the space: https://chat.googleapis.com/v1/spaces/…',
  DISCORD: 'The address of a webhook of the channel: https://discord.com/api/webhooks/…',
};

export const eventTitles: Record<AlertEvent, string> = {
  BUDGET_THRESHOLD: 'Thresholds of budgets',
  BALANCE_THRESHOLD: 'Thresholds of balances',
  KEY_REFUSED: 'Refused keys',
  PROVIDER_UNAVAILABLE: 'Unavailable providers',
  PRESUMED_CHARGES: 'Presumed charges older than a day',
};

export const events: readonly AlertEvent[] = [
  'BUDGET_THRESHOLD',
  'BALANCE_THRESHOLD',
  'KEY_REFUSED',
  'PROVIDER_UNAVAILABLE',
  'PRESUMED_CHARGES',
];

/** Reads addresses that are separated by commas, semicolons, blanks or lines. */
export const readRecipients = (text: string): string[] =>
  text.split(/[\s,;]+/).filter((address) => address !== '');
