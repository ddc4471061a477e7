import type { AlertMessage, WebhookKind } from './alert.js';
import { hostOf } from './public-addresses.js';

/** Chat services by the host of their addresses, which their documentation gives. */
const chatHosts: readonly [RegExp, WebhookKind][] = [
  [/^hooks\.slack(-gov)?\.com$/, 'SLACK'],
  [/\.logic\.azure\.(com|us|cn)$/, 'TEAMS'],
  [/\.powerplatform\.(com|us|cn)$/, 'TEAMS'],
  [/(^|\.)webhook\.office\.com$/, 'TEAMS'],
  [/^outlook\.office(365)?\.com$/, 'TEAMS'],
  [/^chat\.googleapis\.com$/, 'GOOGLE_CHAT'],
  [/^(ptb\.|canary\.)?discord(app)?\.com$/, 'DISCORD'],
];

/** The chat service that a URL belongs to; null for any other host. */
export const chatOfUrl = (url: string): WebhookKind | null => {
  const host = hostOf(url);
  return chatHosts.find(([pattern]) => pattern.test(host))?.[1] ?? null;
};

/** Whether a URL is that of an old connector of Teams, which takes a MessageCard. */
export const isTeamsConnector = (url: string): boolean =>
  /(^|\.)webhook\.office\.com$|^outlook\.office(365)?\.com$/.test(hostOf(url));

/** Other services whose addresses are secret. */
const secretHosts = /^(script\.google\.com|hooks\.zapier\.com|hook\.[\w.]*make\.com|maker\.ifttt\.com)$/;

/** Whether the receiver shows each copy to people, or runs a script each time, instead of dropping a repeated webhook-id. */
export const showsCopies = (kind: WebhookKind, url: string): boolean =>
  kind !== 'WEBHOOK' || hostOf(url) === 'script.google.com';

const secretParameter =
  /^(key|token|sig|signature|secret|code|auth|password|pass|apikey|api_key|access_token)$/i;
const longWord = /[A-Za-z0-9_-]{20,}/g;

/**
 * Any client with such an address may post to it: one of a chat service, one with a parameter named as a secret, or one with a
 * long word of letters and digits in its path.
 */
export const isSecretUrl = (kind: WebhookKind, url: string): boolean => {
  const { pathname, searchParams } = new URL(url);
  if (kind !== 'WEBHOOK' || secretHosts.test(hostOf(url))) return true;
  if ([...searchParams.keys()].some((name) => secretParameter.test(name))) return true;
  return (pathname.match(longWord) ?? []).some((word) => /\d/.test(word) && /[A-Za-z]/.test(word));
};

/** What is shown of an address: all of it, or only its host where the rest is a secret. */
export const shownUrl = (kind: WebhookKind, url: string): string =>
  isSecretUrl(kind, url) ? `${new URL(url).origin}/…` : url;

/** Whether a text is what `shownUrl` shows instead of a secret address. */
export const isShortened = (url: string): boolean => url.endsWith('/…');

/**
 * The body for a kind of destination. Sources: Slack's incoming webhooks, Power Automate's "When a Teams webhook request is received"
 * (an Adaptive Card in a message), the connectors' MessageCard, Google Chat's and Discord's webhooks. Names that people
 * chose cannot mention anybody or add formatting that runs.
 */
export const bodyFor = (kind: WebhookKind, url: string, { body, title, facts }: AlertMessage): object => {
  switch (kind) {
    case 'WEBHOOK':
      return body;
    case 'SLACK':
      return { text: textOf(title, facts, escapeHtml) };
    case 'GOOGLE_CHAT':
      return { text: textOf(title, facts, (text) => text.replaceAll('<', '‹').replaceAll('>', '›')) };
    case 'DISCORD':
      return { content: textOf(title, facts, (text) => text), allowed_mentions: { parse: [] } };
    case 'TEAMS':
      return isTeamsConnector(url) ? messageCard(title, facts) : adaptiveCard(title, facts);
  }
};

const adaptiveCard = (title: string, facts: AlertMessage['facts']): object => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      contentUrl: null,
      content: {
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        type: 'AdaptiveCard',
        version: '1.4',
        body: [
          { type: 'TextBlock', text: escapeMarkdown(title), weight: 'Bolder', size: 'Medium', wrap: true },
          {
            type: 'FactSet',
            facts: facts.map(([name, value]) => ({ title: name, value: escapeMarkdown(value) })),
          },
        ],
      },
    },
  ],
});

const messageCard = (title: string, facts: AlertMessage['facts']): object => ({
  '@type': 'MessageCard',
  '@context': 'https://schema.org/extensions',
  summary: title,
  title: escapeHtml(title),
  sections: [{ markdown: false, facts: facts.map(([name, value]) => ({ name, value: escapeHtml(value) })) }],
});

const textOf = (title: string, facts: AlertMessage['facts'], escape: (text: string) => string): string =>
  [`*${escape(title)}*`, ...facts.map(([name, value]) => `${name}: ${escape(value)}`)].join('\n');

/** Text as HTML. */
export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const escapeMarkdown = (text: string): string => text.replace(/[\\`*_[\]<>]/g, '\\$&');
