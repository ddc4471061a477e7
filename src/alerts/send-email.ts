import type { SMTPTransportOptions } from 'nodemailer';
import type { AlertMessage, Sent } from './alert.js';
import { escapeHtml } from './webhook-format.js';

export type EmailTarget = { id: string; recipients: readonly string[] };

export type EmailSender = { send: (message: AlertMessage, target: EmailTarget) => Promise<Sent> };

/** The operator's SMTP server and the sender of alerts. */
export type EmailSettings = {
  /** smtp: or smtps:, with the account in it. */
  smtpUrl: URL;
  from: { name: string; address: string };
};

const connectTimeoutMs = 10_000;
const answerTimeoutMs = 20_000;
const totalTimeoutMs = 60_000;

/**
 * Sends alerts by e-mail: plain text and simple HTML. Recipients are addresses that were checked, and every header is written
 * by nodemailer from parts, so none can be injected. With an account, a server that is not on this machine must offer TLS.
 */
export const createEmailSender = ({ smtpUrl, from }: EmailSettings): EmailSender => ({
  send: async (message, { id, recipients }) => {
    // Loaded with the first e-mail: most gateways send none.
    const { createTransport } = await import('nodemailer');
    const transport = createTransport(optionsOf(smtpUrl));
    const timer = setTimeout(() => transport.close(), totalTimeoutMs);
    timer.unref();
    try {
      const sent = await transport.sendMail({
        from,
        to: recipients.map((address) => ({ name: '', address })),
        envelope: { from: from.address, to: [...recipients] },
        subject: message.title,
        text: textOf(message),
        html: htmlOf(message),
        messageId: `<${id.replace(/[^\w-]/g, '-')}@${from.address.split('@')[1]}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      const { accepted, rejected } = sent;
      const error =
        rejected.length === 0
          ? null
          : `the server refused ${rejected.length} of ${accepted.length + rejected.length} recipients`;
      return { delivered: true, status: Number(/^\d{3}/.exec(sent.response)?.[0] ?? 250), error };
    } catch (error) {
      return failureOf(error);
    } finally {
      clearTimeout(timer);
      transport.close();
    }
  },
});

const optionsOf = (url: URL): SMTPTransportOptions => {
  const secure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isHere = /^(localhost|127\.|::1$)/.test(host);
  const user = decodeURIComponent(url.username);
  return {
    host,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: !secure && user !== '' && !isHere,
    ...(user === '' ? {} : { auth: { user, pass: decodeURIComponent(url.password) } }),
    connectionTimeout: connectTimeoutMs,
    dnsTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    socketTimeout: answerTimeoutMs,
    logger: false,
  };
};

const textOf = ({ title, facts }: AlertMessage): string =>
  `${[title, '', ...facts.map(([name, value]) => `${name}: ${value}`)].join('\n')}\n`;

const htmlOf = ({ title, facts }: AlertMessage): string => {
  const rows = facts.map(
    ([name, value]) => `<tr><th align="left">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  return `<!doctype html><html><body><p><strong>${escapeHtml(title)}</strong></p><table cellpadding="4">${rows.join('')}</table></body></html>`;
};

const causes: Readonly<Record<string, string>> = {
  EAUTH: 'the server refused the account',
  EDNS: 'the server was not found',
  EENVELOPE: 'the server refused the sender or the recipients',
  EMESSAGE: 'the server refused the message',
  ETIMEDOUT: 'no answer from the server in time',
  ECONNECTION: 'no connection to the server',
  ESOCKET: 'no connection to the server',
  ETLS: 'the server offers no valid TLS',
};

/**
 * Only the status and nodemailer's own codes: a server's words may repeat addresses or an account. An answer of 5xx is final.
 * After a lost answer the message is sent again, under the same Message-ID.
 */
const failureOf = (error: unknown): Sent => {
  const status = Number(fieldOf(error, 'responseCode')) || null;
  const cause = causeOf(error);
  return {
    delivered: false,
    status,
    error: status === null ? `SMTP: ${cause}` : `SMTP ${status}: ${cause}`,
    mayRepeat: status !== null && status >= 500 ? 'NO' : 'YES',
    retryAfterSeconds: null,
  };
};

const causeOf = (error: unknown): string => {
  if (error instanceof Error && /certificate|altnames|self-signed/i.test(error.message))
    return 'the certificate of the server is not trusted';
  const code = fieldOf(error, 'code');
  return causes[typeof code === 'string' ? code : ''] ?? 'the server could not be used';
};

const fieldOf = (error: unknown, field: 'code' | 'responseCode'): unknown =>
  error instanceof Error ? Reflect.get(error, field) : undefined;
