/** An alert as its receivers get it: the body of a signed webhook, and the same in words for chat services. */
export type AlertMessage = {
  body: object;
  title: string;
  facts: readonly (readonly [name: string, value: string])[];
};

export const webhookFormats = [
  'STANDARD_WEBHOOKS',
  'SLACK',
  'MICROSOFT_TEAMS_WORKFLOW',
  'MICROSOFT_TEAMS_CONNECTOR',
  'GOOGLE_CHAT',
  'DISCORD',
] as const;
export type WebhookFormat = (typeof webhookFormats)[number];

/** Chat services by the host of their addresses, which their documentation gives. */
const chatHosts: readonly [RegExp, Exclude<WebhookFormat, 'STANDARD_WEBHOOKS'>][] = [
  [/^hooks\.slack(-gov)?\.com$/, 'SLACK'],
  [/\.logic\.azure\.(com|us|cn)$/, 'MICROSOFT_TEAMS_WORKFLOW'],
  [/\.powerplatform\.(com|us|cn)$/, 'MICROSOFT_TEAMS_WORKFLOW'],
  [/(^|\.)webhook\.office\.com$/, 'MICROSOFT_TEAMS_CONNECTOR'],
  [/^outlook\.office(365)?\.com$/, 'MICROSOFT_TEAMS_CONNECTOR'],
  [/^chat\.googleapis\.com$/, 'GOOGLE_CHAT'],
  [/^(ptb\.|canary\.)?discord(app)?\.com$/, 'DISCORD'],
];

/** Other services whose addresses are secret. */
const secretHosts = /^(script\.google\.com|hooks\.zapier\.com|hook\.[\w.]*make\.com|maker\.ifttt\.com)$/;

/** The format that a receiver takes: that of a chat service by its host, and Standard Webhooks for all others. */
export const formatOf = (url: string): WebhookFormat => {
  const host = hostOf(url);
  return chatHosts.find(([pattern]) => pattern.test(host))?.[1] ?? 'STANDARD_WEBHOOKS';
};

/** Whether the receiver shows each copy to people, or runs a script each time, instead of dropping a repeated webhook-id. */
export const showsCopies = (url: string): boolean =>
  formatOf(url) !== 'STANDARD_WEBHOOKS' || hostOf(url) === 'script.google.com';

const secretParameter =
  /^(key|token|sig|signature|secret|code|auth|password|pass|apikey|api_key|access_token)$/i;
const longWord = /[A-Za-z0-9_-]{20,}/g;

/**
 * Any client with such an address may post to it: one of a chat service, one with a parameter named as a secret, or one with a
 * long word of letters and digits in its path.
 */
export const isSecretUrl = (url: string): boolean => {
  const { pathname, searchParams } = new URL(url);
  if (formatOf(url) !== 'STANDARD_WEBHOOKS' || secretHosts.test(hostOf(url))) return true;
  if ([...searchParams.keys()].some((name) => secretParameter.test(name))) return true;
  return (pathname.match(longWord) ?? []).some((word) => /\d/.test(word) && /[A-Za-z]/.test(word));
};

/** What is shown of an address: all of it, or only its host where the rest is a secret. */
export const shownUrl = (url: string): string => (isSecretUrl(url) ? `${new URL(url).origin}/…` : url);

/** Whether a text is what `shownUrl` shows instead of a secret address. */
export const isShortened = (url: string): boolean => url.endsWith('/…');

const hostOf = (url: string): string => new URL(url).hostname.toLowerCase().replace(/\.$/, '');

/**
 * The body for a format. Sources: Slack's incoming webhooks, Power Automate's "When a Teams webhook request is received"
 * (an Adaptive Card in a message), the connectors' MessageCard, Google Chat's and Discord's webhooks. Names that people
 * chose cannot mention anybody or add formatting that runs.
 */
export const bodyFor = (format: WebhookFormat, { body, title, facts }: AlertMessage): object => {
  switch (format) {
    case 'STANDARD_WEBHOOKS':
      return body;
    case 'SLACK':
      return { text: textOf(title, facts, escapeHtml) };
    case 'GOOGLE_CHAT':
      return { text: textOf(title, facts, (text) => text.replaceAll('<', '‹').replaceAll('>', '›')) };
    case 'DISCORD':
      return { content: textOf(title, facts, (text) => text), allowed_mentions: { parse: [] } };
    case 'MICROSOFT_TEAMS_WORKFLOW':
      return {
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
                {
                  type: 'TextBlock',
                  text: escapeMarkdown(title),
                  weight: 'Bolder',
                  size: 'Medium',
                  wrap: true,
                },
                {
                  type: 'FactSet',
                  facts: facts.map(([name, value]) => ({ title: name, value: escapeMarkdown(value) })),
                },
              ],
            },
          },
        ],
      };
    case 'MICROSOFT_TEAMS_CONNECTOR':
      return {
        '@type': 'MessageCard',
        '@context': 'https://schema.org/extensions',
        summary: title,
        title: escapeHtml(title),
        sections: [
          { markdown: false, facts: facts.map(([name, value]) => ({ name, value: escapeHtml(value) })) },
        ],
      };
  }
};

const textOf = (title: string, facts: AlertMessage['facts'], escape: (text: string) => string): string =>
  [`*${escape(title)}*`, ...facts.map(([name, value]) => `${name}: ${escape(value)}`)].join('\n');

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const escapeMarkdown = (text: string): string => text.replace(/[\\`*_[\]<>]/g, '\\$&');
