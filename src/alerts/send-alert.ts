import type { Vault } from '../connections/vault.js';
import type { AlertMessage, Sent } from './alert.js';
import { type SealedDestination, webhookSecretContext, webhookUrlContext } from './destination.js';
import { hostOf } from './public-addresses.js';
import type { AlertSender, OpenTarget } from './send-message.js';

/** Sends a message to a destination, under the id that receivers see. Null if this instance cannot decrypt the destination. */
export const sendTo = async (
  { vault, alertSender }: { vault: Pick<Vault, 'open'>; alertSender: Pick<AlertSender, 'send'> },
  destination: SealedDestination,
  { id, message }: { id: string; message: AlertMessage },
): Promise<Sent | null> => {
  const target = openTarget(vault, destination);
  return target === null ? null : await alertSender.send(message, { ...target, id });
};

/** What the log says of a destination: nothing of its address but the host. */
export const logFactsOf = ({ id, kind, url }: SealedDestination) => ({
  destination: id,
  kind,
  host: url === null ? undefined : hostOf(url),
});

const openTarget = (
  vault: Pick<Vault, 'open'>,
  { workspaceId, id, kind, ...row }: SealedDestination,
): Omit<OpenTarget, 'id'> | null => {
  const place = { workspaceId, id };
  const open = (context: typeof webhookSecretContext, sealed: Buffer | null) =>
    sealed === null ? null : vault.open(context(place), sealed);
  const url = row.urlSealed === null ? row.url : open(webhookUrlContext, row.urlSealed);
  const secret = open(webhookSecretContext, row.secretSealed);
  const previous = open(webhookSecretContext, row.previousSecretSealed);
  if ((kind !== 'EMAIL' && url === null) || (kind === 'WEBHOOK' && secret === null)) return null;
  const secrets = [secret, previous].filter((one) => one !== null);
  return { kind, url, recipients: row.recipients ?? [], secrets };
};
