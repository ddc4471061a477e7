import type { AlertMessage, DestinationKind, Sent } from './alert.js';
import { postWebhook, refusedAddress } from './post-webhook.js';
import { isRefusedHost, RefusedAddressError } from './public-addresses.js';
import type { EmailSender } from './send-email.js';
import type { WebhookDispatcher } from './webhook-dispatcher.js';

/** A destination with its secrets decrypted. */
export type OpenTarget = {
  /** The id of the message, the same for each attempt. */
  id: string;
  kind: DestinationKind;
  /** Null for EMAIL. */
  url: string | null;
  /** The addresses of EMAIL. */
  recipients: readonly string[];
  /** Those that sign a WEBHOOK. */
  secrets: readonly string[];
};

export type AlertSender = {
  /** Sends one message. Never rejects. */
  send: (message: AlertMessage, target: OpenTarget) => Promise<Sent>;
  /** Whether the operator has set an SMTP server. */
  canEmail: boolean;
  /** Whether a URL's host is refused or allowed as it stands; a name that this process resolves is yet to be checked. */
  checksHost: (url: string) => 'REFUSED' | 'ALLOWED' | { allowPrivate: boolean };
  /** The longest time that an attempt takes. */
  attemptMsMax: number;
  close: () => Promise<void>;
};

/** An attempt of e-mail takes at most as long as its time limit, one of a webhook half. */
const attemptMsMax = 60_000;

/** Creates the one way out for alerts. `timeoutMs`: how long your own receivers may take. */
export const createAlertSender = ({
  webhooks,
  email,
  timeoutMs,
}: {
  webhooks: WebhookDispatcher;
  email: EmailSender | null;
  timeoutMs: number;
}): AlertSender => ({
  send: async (message, { kind, url, recipients, ...target }) => {
    if (kind === 'EMAIL') {
      return email === null ? noServer : await email.send(message, { ...target, recipients });
    }
    if (url === null) return { ...noServer, error: 'the destination has no address', mayRepeat: 'NO' };
    try {
      const dispatcher = webhooks.dispatcherFor(url);
      return await postWebhook(message, { ...target, kind, url, timeoutMs, dispatcher });
    } catch (error) {
      if (!(error instanceof RefusedAddressError)) throw error;
      return { ...noServer, error: refusedAddress };
    }
  },
  canEmail: email !== null,
  checksHost: (url) => {
    const { allowPrivate } = webhooks;
    if (isRefusedHost(url, allowPrivate)) return 'REFUSED';
    return webhooks.usesProxy(url) ? 'ALLOWED' : { allowPrivate };
  },
  attemptMsMax,
  close: async () => {
    await webhooks.close();
  },
});

/** The operator may set it again within the day. */
const noServer: Sent & { delivered: false } = {
  delivered: false,
  status: null,
  error: 'no SMTP server is set: the operator must set SMTP_URL and ALERT_EMAIL_FROM',
  mayRepeat: 'YES',
  retryAfterSeconds: null,
};
