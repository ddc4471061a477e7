import type { Vault } from '../connections/vault.js';
import { GatewayError } from '../errors.js';
import type { DestinationKind } from './alert.js';
import { webhookUrlContext } from './destination.js';
import { refusedAddress } from './post-webhook.js';
import { hostOf, leadsToRefused } from './public-addresses.js';
import type { AlertSender } from './send-message.js';
import { chatOfUrl, isSecretUrl, isShortened, shownUrl } from './webhook-format.js';

type TargetDeps = {
  vault: Pick<Vault, 'seal'>;
  alertSender: Pick<AlertSender, 'canEmail' | 'checksHost'>;
};

type Wanted = { url?: string | null | undefined; recipients?: readonly string[] | null | undefined };

/**
 * Where alerts are sent, as the row has it: of a secret URL only the host is stored in plain text. Throws INVALID_INPUT with the
 * field.
 */
export const targetOf = async (
  { vault, alertSender }: TargetDeps,
  place: { workspaceId: string; id: string },
  kind: DestinationKind,
  { url, recipients }: Wanted,
) => {
  if (kind === 'EMAIL') {
    if (!alertSender.canEmail) throw invalid('kind', noServer);
    if (url != null) throw invalid('url', 'E-mail has recipients and no URL: leave the URL out.');
    if (recipients == null)
      throw invalid('recipients', 'E-mail needs recipients: name at least one address.');
    return { recipients: [...recipients] };
  }
  if (recipients != null)
    throw invalid('recipients', 'Only e-mail has recipients: leave them out, or choose the kind EMAIL.');
  if (url == null) throw invalid('url', 'The URL is missing: paste the address that takes the messages.');
  if (isShortened(url)) throw invalid('url', shortenedFault);
  refuseOtherChat(kind, url);
  await refuseAddress(alertSender, url);
  return {
    url: shownUrl(kind, url),
    urlSealed: isSecretUrl(kind, url) ? vault.seal(webhookUrlContext(place), url) : null,
  };
};

/** Refuses an address that nothing would be sent to. A name is checked again at each connection. */
const refuseAddress = async (sender: TargetDeps['alertSender'], url: string): Promise<void> => {
  const check = sender.checksHost(url);
  const isRefused =
    check === 'REFUSED' || (check !== 'ALLOWED' && (await leadsToRefused(hostOf(url), check.allowPrivate)));
  if (isRefused) throw invalid('url', `Nothing is sent there, because ${refusedAddress}.`);
};

const names: Record<DestinationKind, string> = {
  WEBHOOK: 'a signed webhook',
  SLACK: 'Slack',
  TEAMS: 'Microsoft Teams',
  GOOGLE_CHAT: 'Google Chat',
  DISCORD: 'Discord',
  EMAIL: 'e-mail',
};

/** Refuses the URL of a chat service for another kind: that service would refuse every message. */
const refuseOtherChat = (kind: DestinationKind, url: string): void => {
  const chat = chatOfUrl(url);
  if (chat === null || chat === kind) return;
  throw new GatewayError(
    'INVALID_INPUT',
    `This is an address of ${names[chat]}, which takes no message of ${names[kind]}: create a destination of kind ${chat}.`,
    { field: ['url'] },
  );
};

const invalid = (field: string, message: string): GatewayError =>
  new GatewayError('INVALID_INPUT', message, { field: [field] });

const noServer =
  'This gateway sends no e-mail: have its operator set SMTP_URL and ALERT_EMAIL_FROM, or choose another kind.';

const shortenedFault =
  'This is how another secret address is shown, with its secret left out: send the whole address.';
